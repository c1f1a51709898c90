/**
 * Methods of built-in types that are called through their type, and the functions of `operator` that do the same:
 * `dict.update(d, k=1)`, `list.append(l, 1)`, `operator.setitem(d, 'k', 1)`.
 */
import type { CallArguments, CallSite, PyObject } from './objects';
import { containerOf, pyNone } from './objects';
import type { Machine } from './machine';
import { builtinMethod } from './methods';
import { plainAttribute } from './instances';
import { removeAttribute, setPlainly } from './setByName';

const METHOD = /^(?:builtins\.(dict|list|set|str|tuple)|collections\.(?:OrderedDict|defaultdict))\.(\w+)$/;

/** Functions of `operator` by the method that does the same. */
const OPERATORS: Readonly<Record<string, string>> = {
  'operator.setitem': '__setitem__',
  'operator.delitem': '__delitem__',
  'operator.iadd': '__iadd__',
  'operator.iconcat': '__iadd__',
  'operator.ior': '__ior__',
};

/** Calls a method through its type; undefined when it is none, or its receiver is not known. */
export function callUnboundMethod(
  machine: Machine,
  path: string,
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  if (/^builtins\.(?:object|type)\.__setattr__$/.test(path)) return setPlainly(machine, args, site);
  const values = args.positional.map((argument) => argument.value);
  if (/^builtins\.(?:object|type)\.__delattr__$/.test(path)) return removeAttribute(machine, values, site);
  const [of, named] = values;
  if (path === 'builtins.object.__getattribute__' && of?.kind === 'instance' && named?.kind === 'str')
    return plainAttribute(machine, of, named.value, site.call);
  const [self, ...positional] = args.positional;
  if (!self || args.unknownPositional) return undefined;
  const container = containerOf(self.value);
  const rest: CallArguments = { ...args, positional };
  if (Object.hasOwn(OPERATORS, path)) {
    const name = OPERATORS[path] ?? '';
    const method =
      self.value.kind === 'instance' || self.value.kind === 'host'
        ? machine.attribute(self.value, name, site.call)
        : builtinMethod(machine, container, name);
    const result = method && machine.call(method, rest, site);
    return name === '__iadd__' || name === '__ior__' ? result && self.value : result;
  }
  if (INIT.test(path)) return initialize(machine, container, rest, site);
  const [, type = 'dict', name = ''] = METHOD.exec(path) ?? [];
  const method = name !== '' && container.kind === type && builtinMethod(machine, container, name);
  return method ? machine.call(method, rest, site) : undefined;
}

const INIT = /^(?:builtins\.\w+|collections\.(?:OrderedDict|defaultdict))\.__init__$/;

/** `dict.__init__(self, ...)`; those of other types set nothing that anybody reads. */
function initialize(machine: Machine, container: PyObject, args: CallArguments, site: CallSite): PyObject {
  const name = { dict: 'update', set: 'update', list: 'extend' }[container.kind as string];
  const isEmpty = args.positional.length === 0 && args.keywords.length === 0 && !args.unknownKeywords;
  const method = name === undefined || isEmpty ? undefined : builtinMethod(machine, container, name);
  if (method) machine.call(method, args, site);
  return pyNone;
}
