/**
 * "Convert to `tf.keras.layers.X`" for an op call: a refactoring, and a quick fix where a finding is on the callee.
 * A refused conversion is one disabled entry that says why.
 */
import { convertToKeras, kerasLayerOf } from '../../slim/keras/convertToKeras';
import type { Conversion } from '../../slim/keras/conversion';
import type { RewriteRequest } from '../../slim/rewrite/request';
import type { CodeActionResult } from '../model';
import { describeReason } from './describeReason';

/** The actions; `onCallee` are the keys of findings that the conversion takes away. */
export function convertActions(request: RewriteRequest, onCallee: readonly string[]): readonly CodeActionResult[] {
  const layer = kerasLayerOf(request.call);
  if (layer === undefined) return [];
  const conversion = convertToKeras(request);
  const title = `Convert to \`${pathOf(conversion.kind === 'converted' ? conversion.layer : layer)}\``;
  const refactoring = toAction(request, title, conversion);
  if (conversion.kind === 'refused' || onCallee.length === 0) return [refactoring];
  const quickFix: CodeActionResult = { ...refactoring, id: 'convert:fix', kind: 'quickfix', resolves: onCallee };
  return [quickFix, refactoring];
}

/** A class of Keras, or a function of TensorFlow such as `one_hot`. */
function pathOf(layer: string): string {
  return /^[A-Z]/.test(layer) ? `tf.keras.layers.${layer}` : `tf.${layer}`;
}

function toAction(request: RewriteRequest, title: string, conversion: Conversion): CodeActionResult {
  const base = {
    id: 'convert',
    kind: 'refactor.rewrite.slimscope.keras',
    isPreferred: false,
    safety: 'suggestion',
    resolves: [],
  } as const;
  if (conversion.kind === 'refused') {
    const disabledReason = describeReason(request, conversion.reasons);
    return { ...base, title, edits: [], disabledReason, caveats: [] };
  }
  const { assumption, edits, caveats } = conversion;
  return { ...base, title: assumption ? `${title} (${assumption})` : title, edits, caveats };
}
