/**
 * Whether a call, as it is written, calls one function of the program and can call no other: by a name that only this
 * function is bound to, by an attribute of an imported module, or by a method that only one class has. By names and
 * imports; nothing is evaluated.
 */
import type { Snapshot } from '../../../project/snapshot';
import type { SourceFile } from '../../../semantics/program';
import { lookup, type Scope } from '../../../semantics/scopes';
import { pathTo, scopeAlong } from '../../../slim/rewrite/syntaxAt';
import type * as ast from '../../../syntax/ast';

/** See the file comment. The evaluator has seen that the call leads to the function. */
export function isCallOf(
  snapshot: Snapshot,
  { caller, node }: { readonly caller: SourceFile; readonly node: ast.Call },
  target: { readonly source: SourceFile; readonly fn: ast.FunctionDef },
): boolean {
  const { callee } = node;
  const { name } = target.fn.name;
  const scope = scopeAlong(caller, pathTo(caller.tree.module, node.span));
  if (callee.kind === 'Name') {
    const [binding, another] = lookup(scope, callee.name)?.bindings ?? [];
    if (!binding || another) return false;
    if (binding.kind === 'function') return callee.name === name;
    return binding.kind === 'importFrom';
  }
  if (callee.kind !== 'Attribute') return false;
  // `block.unit_fn(...)`: a function kept in an object. Whoever keeps another one there hears of the parameter (TypeError).
  if (callee.attribute.name !== name) return isKept(snapshot, callee, scope);
  const { value } = callee;
  if (value.kind === 'Name') {
    const bindings = lookup(scope, value.name)?.bindings ?? [];
    if (bindings.length > 0 && bindings.every(({ kind }) => kind === 'import' || kind === 'importFrom')) return true;
  }
  return isOnlyOne(snapshot, name);
}

/** True for an attribute of a variable, under a name that no function has. */
function isKept(snapshot: Snapshot, { value, attribute }: ast.Attribute, scope: Scope): boolean {
  if (value.kind !== 'Name') return false;
  const bindings = lookup(scope, value.name)?.bindings ?? [];
  if (bindings.length === 0 || bindings.some(({ kind }) => kind === 'import' || kind === 'importFrom')) return false;
  const definition = new RegExp(`\\bdef\\s+${attribute.name}\\b`);
  return snapshot.files.every((file) => !definition.test(snapshot.getText(file) ?? ''));
}

/** True when one `def` of this name is in all files. */
function isOnlyOne(snapshot: Snapshot, name: string): boolean {
  const definition = new RegExp(`\\bdef\\s+${name}\\b`, 'g');
  let count = 0;
  for (const file of snapshot.files) count += [...(snapshot.getText(file) ?? '').matchAll(definition)].length;
  return count === 1;
}
