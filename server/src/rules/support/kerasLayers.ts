/**
 * Keras layers that a file makes, by what the names denote: `tf.keras.layers.Conv2D(...)` in all import forms.
 */
import { usesOf } from '../../semantics/qualifiedNames';
import type * as ast from '../../syntax/ast';
import { pathTo } from '../../slim/rewrite/syntaxAt';
import type { RuleContext } from '../rule';

/** The construction of a layer. */
export interface KerasLayer {
  readonly node: ast.Call;
  /** `Conv2D`. */
  readonly name: string;
  /** True when one of its arguments adds a loss. */
  readonly regularizer: boolean;
}

const LAYER = /^(?:tensorflow(?:\.compat\.v[12])?\.keras|keras|tf_keras)\.layers\.([A-Z]\w*)$/;
const REGULARIZER = /^(?:kernel|bias|activity|depthwise|pointwise|gamma|beta|recurrent|embeddings)_regularizer$/;

/** The layers in the order of the file. */
export function kerasLayers(context: RuleContext): readonly KerasLayer[] {
  return usesOf(context.program, context.source).flatMap(({ targets, span, form, certain }) => {
    const names = new Set(targets.map(({ path }) => LAYER.exec(path)?.[1]));
    const [name] = names;
    if (!certain || name === undefined || names.size !== 1 || (form !== 'attribute' && form !== 'name')) return [];
    const node = pathTo(context.source.tree.module, span).findLast((one) => one.kind === 'Call');
    if (node?.kind !== 'Call' || node.callee.span.start !== span.start || node.callee.span.end !== span.end) return [];
    return [{ node, name, regularizer: node.args.some(isRegularizer) }];
  });
}

function isRegularizer({ name, value }: ast.Argument): boolean {
  if (name === undefined || !REGULARIZER.test(name.name)) return false;
  return !(value.kind === 'Constant' && value.value === 'None');
}
