/**
 * Which module-level variables a file's functions change: names declared `global`, and containers or objects that are
 * changed in place. A function that is analysed on its own may run after any of these, so that their values at import time
 * say nothing there. Purely syntactic; changes made through another name or from another file are not seen.
 */
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { SourceFile } from '../program';
import { lookup, type Scope } from '../scopes';

/** What functions change of one variable: it is bound anew (`all`), or these keys or attributes of it are set. */
export interface Mutation {
  readonly all: boolean;
  readonly parts: ReadonlySet<string>;
  /** One of the places, for the reason. */
  readonly at: ast.Node;
}

/** Methods of containers that change them. */
export const MUTATING_METHODS = new Set([
  'append',
  'extend',
  'insert',
  'pop',
  'remove',
  'clear',
  'update',
  'setdefault',
  'popitem',
  'sort',
  'reverse',
  'add',
  'discard',
]);

const cache = new WeakMap<SourceFile, ReadonlyMap<string, Mutation>>();

/** Mutations of the module-level variables of a file, by name. */
export function mutatedGlobals(source: SourceFile): ReadonlyMap<string, Mutation> {
  let found = cache.get(source);
  if (!found) {
    found = collect(source);
    cache.set(source, found);
  }
  return found;
}

function collect(source: SourceFile): ReadonlyMap<string, Mutation> {
  const mutations = new Map<string, { all: boolean; parts: Set<string>; at: ast.Node }>();
  const note = (name: string, at: ast.Node, part: string | undefined): void => {
    const known = mutations.get(name) ?? { all: false, parts: new Set<string>(), at };
    if (part === undefined) known.all = true;
    else known.parts.add(part);
    mutations.set(name, known);
  };
  const inFunctions = (scope: Scope): void => {
    if (scope.kind === 'function' || scope.kind === 'lambda') {
      for (const name of scope.globals) note(name, scope.node, undefined);
      noteChanges(source, scope, note);
    }
    scope.children.forEach(inFunctions);
  };
  inFunctions(source.scopes.module);
  return mutations;
}

type Note = (name: string, at: ast.Node, part: string | undefined) => void;

function noteChanges(source: SourceFile, scope: Scope, note: Note): void {
  const isGlobal = (node: ast.Expression): node is ast.Name =>
    node.kind === 'Name' &&
    lookup(scope, node.name)?.scope.kind === 'module' &&
    source.scopes.module.bindings.has(node.name);
  const target = (node: ast.Expression): void => {
    if (node.kind === 'Subscript' && isGlobalsCall(node.value)) {
      if (node.index.kind === 'String') note(node.index.value, node, undefined);
      else for (const name of source.scopes.module.bindings.keys()) note(name, node, undefined);
    }
    if (node.kind === 'Subscript' && isGlobal(node.value))
      note(node.value.name, node, node.index.kind === 'String' ? node.index.value : undefined);
    if (node.kind === 'Attribute' && isGlobal(node.value)) note(node.value.name, node, node.attribute.name);
  };
  walk(scope.node, (node) => {
    if (node !== scope.node && (node.kind === 'FunctionDef' || node.kind === 'Lambda' || node.kind === 'ClassDef'))
      return 'skip';
    if (node.kind === 'Assign') node.targets.forEach(target);
    if (node.kind === 'AugAssign' || node.kind === 'AnnAssign') target(node.target);
    if (node.kind === 'Delete') node.targets.forEach(target);
    if (node.kind === 'Call' && changesByName(node))
      for (const [name, bindings] of source.scopes.module.bindings)
        if (bindings.some(({ kind }) => kind === 'assign' || kind === 'loop' || kind === 'with'))
          note(name, node, undefined);
    if (node.kind !== 'Call' || node.callee.kind !== 'Attribute') return undefined;
    const { value, attribute } = node.callee;
    if (!MUTATING_METHODS.has(attribute.name) || !isGlobal(value)) return undefined;
    const named = node.args.every((argument) => argument.form === 'keyword');
    if (attribute.name !== 'update' || !named) note(value.name, node, undefined);
    else for (const argument of node.args) note(value.name, node, argument.name?.name);
    return undefined;
  });
}

/** `globals()`. */
function isGlobalsCall(node: ast.Expression): boolean {
  return node.kind === 'Call' && node.callee.kind === 'Name' && node.callee.name === 'globals';
}

/** Calls that may set any module-level variable: `exec(...)`, `globals().update(...)`, `setattr(sys.modules[...], ...)`. */
function changesByName({ callee, args }: ast.Call): boolean {
  if (callee.kind === 'Attribute')
    return isGlobalsCall(callee.value) && !/^(?:get|keys|items|values|copy)$/.test(callee.attribute.name);
  if (callee.kind !== 'Name') return false;
  const [first, second] = args.map((argument) => argument.value);
  if (callee.name === 'exec') return !second;
  const isModule =
    first?.kind === 'Subscript' && first.value.kind === 'Attribute' && first.value.attribute.name === 'modules';
  return callee.name === 'setattr' && isModule;
}
