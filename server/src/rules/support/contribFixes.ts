/**
 * The fixes of the `contrib-...` rules: the plain rename, where the successor is verified and means the same, and the
 * switch to tf_slim (switchToTfSlim.ts).
 */
import { isTensorflow1 } from '../../project/target';
import { pathsOf } from '../../semantics/qualifiedNames';
import type { Scope } from '../../semantics/scopes';
import { tensorflow1Names } from '../../slim/tensorflowFate';
import type * as ast from '../../syntax/ast';
import type { Fix, RuleContext } from '../rule';
import type { ContribUse } from './contribUses';
import { isExact, isPlainRename } from './contribUses';
import { scopeAt } from './scopeAt';
import { switchToTfSlim } from './switchToTfSlim';

/** The fixes for one use; empty when none is right. */
export function contribFixes(context: RuleContext, use: ContribUse): readonly Fix[] {
  if (use.targets.length > 1) return [];
  return [renameFix(context, use), switchToTfSlim(context, use)].filter((fix) => fix !== undefined);
}

/** `tf.contrib.framework.nest.x` -> `tf.nest.x`, for chains; an import would need another module that may not exist. */
function renameFix(context: RuleContext, use: ContribUse): Fix | undefined {
  const [{ fate, name }] = use.targets;
  const { node } = use.use;
  if (!fate?.replacement || !isExact(name, fate) || !isPlainRename(fate) || node.kind !== 'Attribute') return undefined;
  // A project that stays on TensorFlow 1 must find the new name there.
  const isMissingNow = isTensorflow1(context.target.target) && !isInTensorflow1(fate.replacement);
  if (isMissingNow) return undefined;
  const root = tensorflowName(context, scopeAt(context.source, node.span.start));
  if (!root) return undefined;
  const rest = fate.replacement.slice('tf.'.length);
  const newText = root.isCompat ? `${root.name}.${rest.replace(/^compat\.v1\./, '')}` : `${root.name}.${rest}`;
  if (root.isCompat && !rest.startsWith('compat.v1.')) return undefined;
  return { title: `Replace by \`${newText}\``, safety: 'safe', edits: [{ span: node.span, newText }] };
}

let names: ReadonlySet<string> | undefined;

/** True for `tf.nest.flatten`, and for `tf.compat.v1.x` where 1.15 has `tf.x`. */
function isInTensorflow1(name: string): boolean {
  names ??= new Set(tensorflow1Names());
  return names.has(name.replace(/^tf\.(?:compat\.v1\.)?/, ''));
}

/** A name that denotes TensorFlow, and nothing else, in a scope. */
function tensorflowName(
  context: RuleContext,
  scope: Scope,
): { readonly name: string; readonly isCompat: boolean } | undefined {
  for (const name of ['tf', 'tensorflow', 'tf1', 'tfv1']) {
    const expression: ast.Name = { kind: 'Name', span: { start: 0, end: 0 }, name };
    const [path, ...others] = pathsOf(context.program, context.source, scope, expression);
    if (others.length > 0) continue;
    if (path === 'tensorflow') return { name, isCompat: false };
    if (path === 'tensorflow.compat.v1') return { name, isCompat: true };
  }
  return undefined;
}
