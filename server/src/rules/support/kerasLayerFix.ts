/**
 * The fix that turns a call of a function of `tf.layers`, or of one that was thought to be in `tf.keras.layers`, into a
 * Keras layer that is called: `dense(x, 8)` -> `Dense(8)(x)` (B4: arguments carry over by name). Not offered where an
 * argument would have to be thought about: `reuse`, `*args`, positions in which the two differ.
 */
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Fix, RuleContext } from '../rule';
import type { TensorflowUse } from './tensorflowUses';
import { kerasClassOf } from './tensorflowUses';

/** Positional arguments behind `inputs` that mean the same in both; `flatten` has none. */
const samePositions = 3;

/** What the function takes and the class does not, or not there. */
const notCarriedOver = new Set(['reuse', 'training']);

/** The fix for a use that is the callee of a call; undefined when it is none, or not certain to be right. */
export function kerasLayerFix(context: RuleContext, one: TensorflowUse): Fix | undefined {
  const { node } = one.use;
  const layer = one.kerasLayer ?? kerasClassOf(one.below);
  const isFunction = /\.[a-z]\w*$/.test(one.below);
  if (layer === undefined || !isFunction || node.kind !== 'Attribute' || one.origin) return undefined;
  const call = callOf(context, node);
  const text = call && layerCall(context, call, layer);
  const callee = calleeText(context, one, node, layer);
  if (!call || text === undefined || callee === undefined) return undefined;
  return {
    title: `Make it the layer \`${callee}\``,
    safety: one.kerasLayer ? 'suggestion' : 'unsafe',
    edits: [{ span: call.span, newText: callee + text }],
  };
}

function callOf(context: RuleContext, callee: ast.Expression): ast.Call | undefined {
  let found: ast.Call | undefined;
  walk(context.source.tree.module, (node) => {
    if (node.kind === 'Call' && node.callee === callee) found = node;
  });
  return found;
}

/** `tf.keras.layers.Dense`, with the names that the file has. */
function calleeText(context: RuleContext, one: TensorflowUse, node: ast.Attribute, layer: string): string | undefined {
  const textOf = (expression: ast.Expression): string =>
    context.source.text.slice(expression.span.start, expression.span.end);
  if (one.kerasLayer) return `${textOf(node.value)}.${layer}`;
  // `tf.layers.dense`: TensorFlow itself is two steps up.
  const module = node.value;
  if (one.owner !== 'tensorflow' || module.kind !== 'Attribute' || module.value.kind !== 'Name') return undefined;
  return `${module.value.name}.keras.layers.${layer}`;
}

/** `(8, activation=f)(x)` */
function layerCall({ source }: RuleContext, call: ast.Call, layer: string): string | undefined {
  const textOf = ({ start, end }: ast.Node['span']): string => source.text.slice(start, end);
  const inputs = call.args.find(({ name }) => name?.name === 'inputs') ?? call.args[0];
  const others = call.args.filter((one) => one !== inputs);
  const isGiven = inputs !== undefined && (inputs.form === 'positional' || inputs.name?.name === 'inputs');
  if (!isGiven || textOf(call.argsSpan).includes('#')) return undefined;
  const positional = others.filter(({ form }) => form === 'positional').length;
  const training = others.find(({ name }) => name?.name === 'training');
  const rest = others.filter((one) => one !== training);
  const isPlain = rest.every(
    ({ form, name }) => form === 'positional' || (form === 'keyword' && !notCarriedOver.has(name?.name ?? '')),
  );
  const known = layer === 'Flatten' || inputs.form === 'keyword' ? 0 : samePositions;
  if (!isPlain || positional > known) return undefined;
  const hasMode = layer === 'Dropout' || layer === 'BatchNormalization';
  if (training && !hasMode) return undefined;
  // The functions are not training unless told to; a Keras layer is while a model is fitted.
  const mode = hasMode ? `, training=${training ? textOf(training.value.span) : 'False'}` : '';
  return `(${rest.map(({ span }) => textOf(span)).join(', ')})(${textOf(inputs.value.span)}${mode})`;
}
