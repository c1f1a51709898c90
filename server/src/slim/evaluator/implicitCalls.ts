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
import { opIdentityOf, opPartialOf, type OpIdentity } from './opIdentity';
import { defaultObjectOf } from './defaultObject';
import { mergePartial, withStored } from '../../semantics/interpreter/partials';

/** Ops whose library code calls `normalizer_fn(outputs, **normalizer_params)`. */
export const NORMALIZED: ReadonlySet<string> = new Set([
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
    const implicit = fn && calledOp(fn, call);
    if (!implicit) continue;
    const given = via === 'normalizer_fn' ? normalizerParams(bound, call) : noKeywords;
    const args = withStored(implicit.stored, { positional: [inputs], ...given });
    const inner = bindCall(implicit.identity.op, args, activeScope(implicit.identity), call, textAt);
    made.push({
      via,
      op: implicit.identity.op,
      arguments: inner.arguments,
      ...(inner.error ? { error: inner.error } : {}),
    });
    // An exception in the normalizer leaves no activation to run.
    if (inner.error) break;
  }
  return made;
}

const noKeywords: Pick<CallArguments, 'keywords' | 'unknownKeywords'> = { keywords: [] };

/** The op that calling an object runs, through partials of the program and of the library. */
function calledOp(
  fn: PyObject,
  call: Location,
): { readonly identity: OpIdentity; readonly stored: readonly EvaluatedArgument[] } | undefined {
  const identity = opIdentityOf(fn);
  if (identity && fn.kind !== 'function') return { identity, stored: [] };
  if (fn.kind === 'partial') {
    const inner = calledOp(fn.target, call);
    return inner && { identity: inner.identity, stored: mergePartial(inner.stored, fn.args) };
  }
  const library = opPartialOf(fn);
  if (!library) return undefined;
  const stored = [...library.boundKeywords].map(([name, text]): EvaluatedArgument => ({
    name,
    value: defaultObjectOf(text),
    form: 'partial',
    at: call,
  }));
  return { identity: library.identity, stored };
}

/** `**(normalizer_params or {})`. */
export function normalizerParams(
  bound: BoundCall,
  call: Location,
): Pick<CallArguments, 'keywords' | 'unknownKeywords'> {
  const params = bound.values.get('normalizer_params');
  const stated = bound.arguments.find((argument) => argument.name === 'normalizer_params');
  if (stated?.certainty === 'unlessCallerSets' && params?.kind === 'none') {
    const unknownKeywords = pyUnknown('`normalizer_params` may be set by a caller', call);
    return { keywords: [], unknownKeywords: { ...unknownKeywords, fromCaller: true } };
  }
  if (!params || params.kind === 'none') return { keywords: [] };
  if (params.kind !== 'dict') {
    const reason = params.kind === 'unknown' ? params.reason : 'it has several possible values';
    return { keywords: [], unknownKeywords: { ...pyUnknown(`normalizer_params is not known: ${reason}`, call) } };
  }
  const { entries, rest } = params.cell.value;
  const keywords = [...entries.values()].flatMap((entry): readonly EvaluatedArgument[] =>
    entry.key.kind === 'str' && !entry.maybe
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
  const maybe = [...entries.values()].find((entry) => entry.maybe)?.value;
  const unknownKeywords = rest ?? (maybe?.kind === 'unknown' ? maybe : undefined);
  return unknownKeywords ? { keywords, unknownKeywords } : { keywords };
}
