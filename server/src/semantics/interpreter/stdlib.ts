/**
 * Functions of Python's standard library that carry functions and scopes around: functools, contextlib, collections.
 * Everything else of the standard library stays a library name.
 */
import type { CallArguments, CallSite, EvaluatedArgument, ManagerOption, PyClass, PyObject } from './objects';
import { pyNone, pyStr, pyUnknown } from './objects';
import type { Machine } from './machine';
import { mergePartial } from './partials';
import { bindParameters, refusal, runBody } from './functions';
import { joinObjects } from './join';

type LibraryFunction = (machine: Machine, args: CallArguments, site: CallSite) => PyObject | undefined;

/** Calls a function of the standard library by dotted name; undefined when it is not modelled. */
export function callStandardLibrary(
  machine: Machine,
  path: string,
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  return FUNCTIONS[path.replace(/^six\.moves\./, 'builtins.')]?.(machine, args, site);
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
  'functools.lru_cache': () => decorator('functools.lru_cache', (fn) => fn),
  'functools.update_wrapper': (_, args) => args.positional[0]?.value,
  'contextlib.contextmanager': (machine, args) => {
    const fn = args.positional[0]?.value;
    return fn?.kind === 'function' && fn.isGenerator ? contextManagerFunction(machine, fn) : undefined;
  },
  'contextlib.nullcontext': (_, args) =>
    manager('contextlib.nullcontext', [{ run: (body) => body(args.positional[0]?.value ?? pyNone) }]),
  'contextlib.suppress': () => manager('contextlib.suppress', [{ suppresses: true, run: (body) => body(pyNone) }]),
  'contextlib.nested': (machine, args) => {
    if (args.unknownPositional) return undefined;
    return nested(
      machine,
      args.positional.map((argument) => argument.value),
    );
  },
  'contextlib.ExitStack': (machine) => exitStack(machine),
  'collections.namedtuple': (machine, args, site) => namedTupleClass(machine, args, site),
  'collections.OrderedDict': (machine, args, site) =>
    machine.call({ kind: 'external', paths: ['builtins.dict'], via: 'attribute' }, args, site),
};

function nameOf(object: PyObject): string | undefined {
  return object.kind === 'function' || object.kind === 'class' ? object.name : undefined;
}

function decorator(description: string, apply: (fn: PyObject) => PyObject): PyObject {
  return { kind: 'host', host: { description, call: (args) => apply(args.positional[0]?.value ?? pyNone) } };
}

function manager(description: string, options: readonly ManagerOption[]): PyObject {
  return { kind: 'host', host: { description, enter: () => options } };
}

/** `@contextlib.contextmanager`: the function runs to its `yield`, the `with` body runs there, then the rest runs. */
function contextManagerFunction(machine: Machine, fn: PyObject & { kind: 'function' }): PyObject {
  return {
    kind: 'host',
    host: {
      description: `\`${fn.name}\``,
      data: { kind: 'contextManagerFunction', function: fn },
      call: (args, site) => {
        const bound = bindParameters(fn, args, (parameter) =>
          pyUnknown(`no argument for \`${parameter.name.name}\``, site.call),
        );
        const option: ManagerOption = {
          run: (body) => {
            const refused = refusal(machine, fn, site);
            if (refused !== undefined) {
              enterUnknown(machine, refused, body, site);
              return;
            }
            const consumer = machine.frame;
            runBody(machine, fn, bound, site, undefined, (value) => {
              const inner = machine.frame;
              machine.frame = consumer;
              try {
                body(value);
              } finally {
                machine.frame = inner;
              }
            });
          },
        };
        return manager(`\`${fn.name}(...)\``, [option]);
      },
    },
  };
}

/** Runs the body of a `with` whose manager is not followed: it may open scopes. */
function enterUnknown(machine: Machine, reason: string, body: (target: PyObject) => void, site: CallSite): void {
  const { host } = machine;
  const outside = host.ambient();
  host.distrustAmbient(reason);
  body(pyUnknown(reason, site.call));
  host.restoreAmbient(outside);
}

/** Python 2's `contextlib.nested(a, b)`. */
function nested(machine: Machine, managers: readonly PyObject[]): PyObject | undefined {
  const lists = managers.map((one) => (one.kind === 'host' ? one.host.enter : undefined));
  if (lists.includes(undefined)) return undefined;
  const enterFrom = (index: number, targets: readonly PyObject[], body: (target: PyObject) => void): void => {
    const option = lists[index]?.()[0];
    if (!option) body({ kind: 'tuple', items: targets });
    else option.run((target) => enterFrom(index + 1, [...targets, target], body));
  };
  return manager('contextlib.nested', [{ run: (body) => enterFrom(0, [], body) }]);
}

/** `with ExitStack() as stack: stack.enter_context(cm)`: what it entered is left when the `with` ends. */
function exitStack(machine: Machine): PyObject {
  let entered: { readonly inside: unknown; readonly outside: unknown }[] = [];
  const stack: PyObject = {
    kind: 'host',
    host: {
      description: 'an ExitStack',
      attribute: (name) => (name === 'enter_context' ? enterContext : undefined),
      enter: () => [
        {
          run: (body) => {
            const { host } = machine;
            const outside = host.ambient();
            entered = [];
            const imbalance = host.imbalance();
            const attempt = machine.attempts[machine.attempts.length - 1];
            const from = attempt?.raised.length ?? 0;
            body(stack);
            const balanced = host.imbalance() - imbalance === entered.length;
            const leave = (now: unknown): unknown =>
              balanced
                ? outside
                : entered.reduceRight<unknown>((state, scope) => host.unwind(state, scope.inside, scope.outside), now);
            for (const failure of attempt?.raised.slice(from) ?? []) failure.ambient = leave(failure.ambient);
            host.restoreAmbient(leave(host.ambient()));
          },
        },
      ],
    },
  };
  const enterContext: PyObject = {
    kind: 'host',
    host: {
      description: '`ExitStack.enter_context`',
      call: (args, site) => {
        const context = args.positional[0]?.value;
        const options = context?.kind === 'host' ? context.host.enter?.() : undefined;
        if (!options || options.length === 0) return pyUnknown('what the ExitStack entered is not known', site.call);
        const { host } = machine;
        const outside = host.ambient();
        const results: PyObject[] = [];
        const states = options.map((option) => {
          let inside = outside;
          option.run((target) => {
            results.push(target);
            inside = host.ambient();
          });
          host.restoreAmbient(outside);
          return inside;
        });
        const inside = host.joinAmbients(states);
        host.restoreAmbient(inside);
        entered.push({ inside, outside });
        host.noteImbalance();
        return joinObjects(results) ?? pyNone;
      },
    },
  };
  return stack;
}

function namedTupleClass(machine: Machine, args: CallArguments, site: CallSite): PyObject | undefined {
  const [name, fields] = args.positional;
  const list =
    fields?.value.kind === 'str'
      ? fields.value.value
          .split(/[\s,]+/)
          .filter((field) => field !== '')
          .map(pyStr)
      : fields && machine.iterate(fields.value);
  const names = list?.map((field) => (field.kind === 'str' ? field.value : undefined));
  if (name?.value.kind !== 'str' || !names || names.includes(undefined) || !site.node) return undefined;
  const { environment, source } = machine.frame;
  const className = name.value.value;
  const description: PyClass['node'] = {
    kind: 'ClassDef',
    span: site.node.span,
    name: { kind: 'Identifier', name: className, span: site.node.span },
    bases: [],
    decorators: [],
    body: [],
  };
  return {
    kind: 'class',
    node: description,
    source,
    name: className,
    qualifiedName: className,
    bases: [],
    namespace: { scope: environment.scope, variables: new Map(), parent: environment, source, qualifier: className },
    fields: names.filter((field) => field !== undefined),
  };
}
