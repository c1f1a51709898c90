/**
 * What the library calls on behalf of a layer: its `normalizer_fn` with `normalizer_params`, then its `activation_fn`.
 * These are calls of decorated ops, so they see the active arg_scope; the entries of `normalizer_params` are explicit
 * keywords and win over it (A9).
 */
import type { Location } from '../../base/span';
import type { CallArguments, EvaluatedArgument, PyObject } from '../../semantics/interpreter/objects';
import { pyUnknown } from '../../semantics/interpreter/objects';
import type { ImplicitCall } from '../model';
import { bindCall, type ActiveScope, type BoundCall, type TextAt } from './bindCall';
import { opIdentityOf, type OpIdentity } from './opIdentity';

/** Ops whose library code calls `normalizer_fn(outputs, **normalizer_params)`. */
const NORMALIZED = new Set([
  'conv1d',
  'conv2d',
  'conv3d',
  'convolution',
  'conv2d_in_plane',
  'conv2d_transpose',
  'conv3d_transpose',
  'separable_conv2d',
  'fully_connected',
]);

/** The implicit calls of a bound layer call, in running order. */
export function implicitCallsOf(
  identity: OpIdentity,
  bound: BoundCall,
  call: Location,
  activeScope: (identity: OpIdentity) => ActiveScope | undefined,
  textAt: TextAt,
): readonly ImplicitCall[] {
  if (bound.error || !NORMALIZED.has(identity.op.name) || identity.op.libraries.includes('user')) return [];
  const made: ImplicitCall[] = [];
  const inputs: EvaluatedArgument = {
    value: { kind: 'unknown', reason: 'the output of the layer', isTensor: true },
    form: 'unpacked',
    at: call,
  };
  for (const via of ['normalizer_fn', 'activation_fn'] as const) {
    const fn = bound.values.get(via);
    const implicit = fn && opIdentityOf(fn);
    if (!implicit) continue;
    const keywords: Pick<CallArguments, 'keywords' | 'unknownKeywords'> =
      via === 'normalizer_fn' ? normalizerParams(bound.values.get('normalizer_params'), call) : { keywords: [] };
    const inner = bindCall(implicit.op, { positional: [inputs], ...keywords }, activeScope(implicit), call, textAt);
    made.push({ via, op: implicit.op, arguments: inner.arguments, ...(inner.error ? { error: inner.error } : {}) });
  }
  return made;
}

/** `**(normalizer_params or {})`. */
function normalizerParams(
  params: PyObject | undefined,
  call: Location,
): Pick<CallArguments, 'keywords' | 'unknownKeywords'> {
  if (!params || params.kind === 'none') return { keywords: [] };
  if (params.kind !== 'dict') {
    const reason = params.kind === 'unknown' ? params.reason : 'it has several possible values';
    return { keywords: [], unknownKeywords: { ...pyUnknown(`normalizer_params is not known: ${reason}`, call) } };
  }
  const { entries, rest } = params.cell.value;
  const keywords = [...entries.values()].flatMap((entry): readonly EvaluatedArgument[] =>
    entry.key.kind === 'str'
      ? [
          {
            name: entry.key.value,
            value: entry.value,
            form: 'unpacked',
            at: entry.expression ?? call,
            ...(entry.expression ? { expression: entry.expression } : {}),
          },
        ]
      : [],
  );
  return rest ? { keywords, unknownKeywords: rest } : { keywords };
}
