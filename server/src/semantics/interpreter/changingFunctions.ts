/**
 * Whether a call of a function may change anything that outlives it, as far as its text tells, and that of the functions
 * that it names. Most functions only compute, and need not be run to see what they change.
 */
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Environment, PyFunction, PyObject } from './objects';
import { classMember } from './classes';
import type { Machine } from './machine';
import { MUTATING_METHODS } from './mutatedGlobals';
import { variable } from './names';

/** What the text of a function says. */
interface Summary {
  /** True when it sets something besides its own variables. */
  readonly changes: boolean;
  /** The same, without what it sets on its first parameter. */
  readonly changesOthers: boolean;
  /** Names that it calls, and what they are called on. */
  readonly calls: readonly { readonly root: string | undefined; readonly name: string }[];
}

const MAX_DEPTH = 8;

/** True when calling something may change the state of the program. */
export function mayChangeState(machine: Machine, callee: PyObject): boolean {
  return mayChange(machine, callee, new Set(), 0);
}

function mayChange(machine: Machine, callee: PyObject, seen: Set<object>, depth: number): boolean {
  switch (callee.kind) {
    case 'method':
      return mayChange(machine, callee.function, seen, depth);
    case 'partial':
      return mayChange(machine, callee.target, seen, depth);
    case 'choice':
      return callee.options.some((option) => mayChange(machine, option.value, seen, depth));
    case 'class': {
      const init = classMember(callee, '__init__');
      return init?.kind === 'function' && functionMayChange(machine, init, seen, depth, true);
    }
    case 'function':
      return functionMayChange(machine, callee, seen, depth, false);
    case 'host': {
      const data = callee.host.data as { readonly freezesTo?: PyObject } | undefined;
      return data?.freezesTo !== undefined && mayChange(machine, data.freezesTo, seen, depth);
    }
    default:
      return false;
  }
}

function functionMayChange(
  machine: Machine,
  fn: PyFunction,
  seen: Set<object>,
  depth: number,
  isInit: boolean,
): boolean {
  if (seen.has(fn.node)) return false;
  seen.add(fn.node);
  if (depth > MAX_DEPTH) return true;
  const { changes, changesOthers, calls } = summaryOf(fn.node);
  if (isInit ? changesOthers : changes) return true;
  return calls.some(({ root, name }) => {
    if (root === undefined) {
      const called = lookUp(fn.closure, name);
      return called !== undefined && mayChange(machine, called, seen, depth + 1);
    }
    const holder = lookUp(fn.closure, root);
    if (holder?.kind === 'external') return false;
    if (holder?.kind === 'module') {
      const called = variable(holder.namespace, name);
      return called !== undefined && mayChange(machine, called, seen, depth + 1);
    }
    return methodsNamed(machine, name).some((method) => method !== fn.node && summaryOf(method).changes);
  });
}

function lookUp(closure: Environment, name: string): PyObject | undefined {
  for (let at: Environment | undefined = closure; at; at = at.parent) {
    const value = at.scope.kind === 'class' ? undefined : variable(at, name);
    if (value) return value;
  }
  return undefined;
}

const summaries = new WeakMap<ast.Node, Summary>();

/** Built-ins that set what they are given by name. */
const SETTERS = new Set(['setattr', 'delattr', 'exec', 'eval', 'next', 'globals', 'vars', 'locals', 'setitem']);

function summaryOf(fn: ast.FunctionDef | ast.Lambda): Summary {
  const known = summaries.get(fn);
  if (known) return known;
  const self = fn.parameters[0]?.name.name;
  const parameters = new Set(fn.parameters.map((parameter) => parameter.name.name));
  const calls: { root: string | undefined; name: string }[] = [];
  let changes = false;
  let changesOthers = false;
  const note = (root: string | undefined): void => {
    changes = true;
    changesOthers ||= root !== self || self === undefined;
  };
  const target = (node: ast.Expression): void => {
    if (node.kind === 'Attribute' || node.kind === 'Subscript') note(rootOf(node.value));
    else if (node.kind === 'Tuple' || node.kind === 'List') node.elements.forEach(target);
    else if (node.kind === 'Starred') target(node.value);
  };
  walk(fn, (node) => {
    if (node.kind === 'Global' || node.kind === 'Nonlocal') note(undefined);
    else if (node.kind === 'Assign' || node.kind === 'Delete') node.targets.forEach(target);
    else if (node.kind === 'AugAssign' && node.target.kind === 'Name' && parameters.has(node.target.name))
      note(node.target.name);
    else if (node.kind === 'AugAssign' || node.kind === 'AnnAssign' || node.kind === 'For') target(node.target);
    else if (node.kind === 'With') for (const item of node.items) if (item.target) target(item.target);
    if (node.kind !== 'Call') return;
    const { callee } = node;
    if (callee.kind === 'Name') {
      if (SETTERS.has(callee.name)) note(undefined);
      calls.push({ root: undefined, name: callee.name });
    } else if (callee.kind === 'Attribute') {
      const { name } = callee.attribute;
      if (MUTATING_METHODS.has(name) || SETTERS.has(name) || /^__(?:set|del|i)\w+__$/.test(name))
        note(rootOf(callee.value));
      calls.push({ root: rootOf(callee.value) ?? '', name });
    } else note(undefined);
  });
  const summary: Summary = { changes, changesOthers, calls };
  summaries.set(fn, summary);
  return summary;
}

/** The name that an expression of attributes and items starts from. */
function rootOf(node: ast.Expression): string | undefined {
  if (node.kind === 'Name') return node.name;
  return node.kind === 'Attribute' || node.kind === 'Subscript' ? rootOf(node.value) : undefined;
}

const methodCache = new WeakMap<object, ReadonlyMap<string, readonly ast.FunctionDef[]>>();

/** Methods of this name in the classes of the program. */
function methodsNamed(machine: Machine, name: string): readonly ast.FunctionDef[] {
  return [...machine.modules.values()].flatMap(({ source }) => {
    let methods = methodCache.get(source);
    if (!methods) {
      const found = new Map<string, ast.FunctionDef[]>();
      walk(source.tree.module, (node) => {
        if (node.kind !== 'ClassDef') return;
        for (const one of node.body)
          if (one.kind === 'FunctionDef') found.set(one.name.name, [...(found.get(one.name.name) ?? []), one]);
      });
      methods = found;
      methodCache.set(source, methods);
    }
    return methods.get(name) ?? [];
  });
}
