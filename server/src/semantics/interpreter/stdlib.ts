/**
 * Functions of Python's standard library that carry functions and scopes around, or compute values: functools,
 * contextlib, collections, itertools, copy, importlib. Everything else of the standard library stays a library name.
 */
import type { CallArguments, CallSite, EvaluatedArgument, PyObject } from './objects';
import { pyNone } from './objects';
import type { Machine } from './machine';
import { mergePartial } from './partials';
import { contextManagerFunction, exitStack, manager, nested } from './contextManagers';
import { callNumberFunction, isNumberFunction, numberConstant } from './numberFunctions';
import { asDataclass, dataclassField, namedTupleClass } from './recordClasses';
import { copyOf } from './copies';
import { chained, product, repeated } from './itertools';
import { defaultDict } from './defaultDict';
import { importByName, loadedModule } from './reflection';
import { dictFromKeys } from './methods';
import { newInstance } from './instances';
import { makeRecord } from './recordObjects';

type LibraryFunction = (machine: Machine, args: CallArguments, site: CallSite) => PyObject | undefined;

/** Calls a function of the standard library by dotted name; undefined when it is not modelled. */
export function callStandardLibrary(
  machine: Machine,
  path: string,
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  if (Object.hasOwn(FUNCTIONS, path)) return FUNCTIONS[path]?.(machine, args, site);
  if (!isNumberFunction(path) || args.unknownPositional || args.unknownKeywords || args.keywords.length > 0)
    return undefined;
  const values = args.positional.map((argument) => argument.value);
  return callNumberFunction(path, values, machine.frame.source.tree.python2);
}

/** The value of a constant of the standard library; `six.moves.range` and its like are built-ins. */
export function standardConstant(path: string): PyObject | undefined {
  const moved = /^six\.moves\.(range|xrange|map|zip|filter|reduce|input)$/.exec(path)?.[1];
  if (moved !== undefined) return builtin(moved === 'xrange' ? 'range' : moved);
  return numberConstant(path);
}

function builtin(name: string): PyObject {
  return { kind: 'external', paths: [`builtins.${name}`], via: 'attribute', isObject: true };
}

const FUNCTIONS: Readonly<Record<string, LibraryFunction>> = {
  'functools.partial': (_, args) => {
    const [target, ...positional] = args.positional;
    if (!target || args.unknownKeywords || args.unknownPositional) return undefined;
    const stored = [...positional, ...args.keywords].map((argument): EvaluatedArgument => ({
      ...argument,
      form: 'partial',
    }));
    if (target.value.kind === 'partial')
      return { kind: 'partial', target: target.value.target, args: mergePartial(target.value.args, stored) };
    return { kind: 'partial', target: target.value, args: stored };
  },
  'functools.wraps': (_, args) => {
    const wrapped = args.positional[0]?.value;
    return (
      wrapped &&
      decorator('functools.wraps', (fn) =>
        fn.kind === 'function' ? { ...fn, name: nameOf(wrapped) ?? fn.name, wraps: wrapped } : fn,
      )
    );
  },
  'functools.lru_cache': (_, args) => {
    const [fn] = args.positional;
    return fn?.value.kind === 'function' ? fn.value : decorator('functools.lru_cache', (one) => one);
  },
  'functools.update_wrapper': (_, args) => args.positional[0]?.value,
  'contextlib.contextmanager': (machine, args) => {
    const fn = args.positional[0]?.value;
    return fn?.kind === 'function' && fn.isGenerator ? contextManagerFunction(machine, fn) : undefined;
  },
  'functools.cache': (_, args) => args.positional[0]?.value,
  'functools.total_ordering': (_, args) => args.positional[0]?.value,
  'functools.reduce': (machine, args, site) => machine.call(builtin('reduce'), args, site),
  'abc.abstractmethod': (_, args) => args.positional[0]?.value,
  'abc.abstractproperty': (machine, args, site) => machine.call(builtin('property'), args, site),
  'typing.overload': (_, args) => args.positional[0]?.value,
  'typing.cast': (_, args) => args.positional[1]?.value,
  'six.add_metaclass': () => decorator('six.add_metaclass', (cls) => cls),
  'six.with_metaclass': (_, args) => ({
    kind: 'tuple',
    items: args.positional.slice(1).map((argument) => argument.value),
  }),
  'six.iteritems': (machine, args, site) => ofDict(machine, 'items', args, site),
  'six.itervalues': (machine, args, site) => ofDict(machine, 'values', args, site),
  'six.iterkeys': (machine, args, site) => ofDict(machine, 'keys', args, site),
  'contextlib.nullcontext': (_, args) =>
    manager('contextlib.nullcontext', [{ run: (body) => body(args.positional[0]?.value ?? pyNone) }]),
  'contextlib.suppress': () => manager('contextlib.suppress', [{ suppresses: true, run: (body) => body(pyNone) }]),
  'contextlib.nested': (machine, args, site) => {
    if (args.unknownPositional) return undefined;
    return nested(
      machine,
      args.positional.map((argument) => argument.value),
      site,
    );
  },
  'contextlib.closing': (_, args) => {
    const thing = args.positional[0]?.value ?? pyNone;
    return manager('contextlib.closing', [{ run: (body) => body(thing) }]);
  },
  'contextlib.ExitStack': (machine) => exitStack(machine),
  'collections.namedtuple': (machine, args, site) => namedTupleClass(machine, args, site),
  'typing.NamedTuple': (machine, args, site) => namedTupleClass(machine, args, site),
  'collections.OrderedDict': (machine, args, site) => machine.call(builtin('dict'), args, site),
  'collections.defaultdict': (machine, args, site) => defaultDict(machine, args, site),
  'dataclasses.dataclass': (_, args) => {
    const [cls] = args.positional;
    return cls ? asDataclass(cls.value) : decorator('dataclasses.dataclass', asDataclass);
  },
  'dataclasses.field': (_, args) => dataclassField(args),
  'types.SimpleNamespace': (machine, args, site) => makeRecord(machine, { name: 'SimpleNamespace' }, args, site),
  'argparse.Namespace': (machine, args, site) => makeRecord(machine, { name: 'Namespace' }, args, site),
  'copy.copy': (_, args) => args.positional[0] && copyOf(args.positional[0].value, 'shallow'),
  'copy.deepcopy': (_, args) => args.positional[0] && copyOf(args.positional[0].value, 'deep'),
  'itertools.chain': (machine, args) =>
    chained(
      machine,
      args.positional.map((argument) => argument.value),
    ),
  'itertools.chain.from_iterable': (machine, args) => {
    const lists = args.positional[0] && machine.iterate(args.positional[0].value);
    return lists && chained(machine, lists);
  },
  'itertools.product': (machine, args) =>
    args.keywords.length > 0
      ? undefined
      : product(
          machine,
          args.positional.map((argument) => argument.value),
        ),
  'itertools.repeat': (_, args) => repeated(args.positional[0]?.value, args.positional[1]?.value),
  'itertools.izip': (machine, args, site) => machine.call(builtin('zip'), args, site),
  'importlib.import_module': (machine, args) =>
    importByName(
      machine,
      args.positional.map((argument) => argument.value),
      args,
      false,
    ),
  'sys.modules.get': (machine, args) => args.positional[0] && loadedModule(machine, args.positional[0].value),
  'builtins.dict.fromkeys': (machine, args) => dictFromKeys(machine, args),
  'builtins.object.__new__': (machine, args) => {
    const [cls, ...positional] = args.positional;
    return cls?.value.kind === 'class' ? newInstance(machine, cls.value, { ...args, positional }) : undefined;
  },
};

/** `six.iteritems(d)` is `d.items()`. */
function ofDict(machine: Machine, name: string, args: CallArguments, site: CallSite): PyObject | undefined {
  const [dict] = args.positional;
  const method = dict && machine.attribute(dict.value, name, site.call);
  return method && machine.call(method, { positional: [], keywords: [] }, site);
}

function nameOf(object: PyObject): string | undefined {
  return object.kind === 'function' || object.kind === 'class' ? object.name : undefined;
}

function decorator(description: string, apply: (fn: PyObject) => PyObject): PyObject {
  return { kind: 'host', host: { description, call: (args) => apply(args.positional[0]?.value ?? pyNone) } };
}
