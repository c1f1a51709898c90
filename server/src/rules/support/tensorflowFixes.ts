/**
 * The fixes of the `tf1-...` rules about single names: the name that TensorFlow 2 has for the very same object, and the
 * name in `tf.compat.v1`. Only for chains that start at TensorFlow itself; imports and aliases are left to people.
 */
import type * as ast from '../../syntax/ast';
import type { Fix, RuleContext } from '../rule';
import { kerasLayerFix } from './kerasLayerFix';
import { isGraphName, isPlainName } from './tensorflowAdvice';
import type { TensorflowUse } from './tensorflowUses';

/** The fixes for one use; empty when none is right. */
export function tensorflowFixes(context: RuleContext, one: TensorflowUse): readonly Fix[] {
  if (one.use.targets.length > 1) return [];
  const layer = one.family === 'tf1-layers' ? kerasLayerFix(context, one) : undefined;
  return [...(layer ? [layer] : []), ...nameFixes(one)];
}

/** The other name, or the place where the name still is. */
function nameFixes(one: TensorflowUse): readonly Fix[] {
  const chain = readChain(one);
  if (!chain || one.owner !== 'tensorflow' || one.origin) return [];
  const { found, family } = one;
  if (found.fate === 'renamed' && found.renamed !== undefined) {
    const newText = `${chain.root.name}.${found.renamed}`;
    const span = { start: chain.root.span.start, end: chain.end };
    return [{ title: `Replace by \`${newText}\``, safety: 'safe', edits: [{ span, newText }] }];
  }
  if (found.fate !== 'compat') return [];
  const isGraph = found.graphOnly || family === 'tf1-layers' || isGraphName(found.name);
  const { end } = chain.root.span;
  return [
    {
      title: `Replace by \`${chain.root.name}.compat.v1.${found.name}\``,
      safety: isGraph ? 'unsafe' : isPlainName(found.name) ? 'safe' : 'suggestion',
      edits: [{ span: { start: end, end }, newText: '.compat.v1' }],
    },
  ];
}

/** The name that denotes TensorFlow, and the end of the known name, of `tf.GraphKeys.UPDATE_OPS` for example. */
function readChain(one: TensorflowUse): { readonly root: ast.Name; readonly end: number } | undefined {
  const { node } = one.use;
  if (node.kind !== 'Attribute') return undefined;
  const parts = one.below.split('.');
  const known = one.found.name.split('.').length;
  let expression: ast.Expression = node;
  let end = node.span.end;
  for (let i = parts.length - 1; i >= 0; i--) {
    if (expression.kind !== 'Attribute' || expression.attribute.name !== parts[i]) return undefined;
    if (i === known - 1) end = expression.span.end;
    expression = expression.value;
  }
  return expression.kind === 'Name' ? { root: expression, end } : undefined;
}
