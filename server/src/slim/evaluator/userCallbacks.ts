/**
 * Functions of the program that a layer calls for the user: a `normalizer_fn` or `activation_fn` that is no op of the
 * library. Their bodies run at the call of the layer, below the same scopes. Functions that a layer is given for other
 * purposes (initializers, regularizers) may be called at any time: they escape.
 */
import type { Location } from '../../base/span';
import type { CallArguments, CallSite, EvaluatedArgument, PyObject } from '../../semantics/interpreter/objects';
import { pyUnknown } from '../../semantics/interpreter/objects';
import { escape } from '../../semantics/interpreter/notFollowed';
import { withStored } from '../../semantics/interpreter/partials';
import { bindCall, type ActiveScope, type BoundCall } from './bindCall';
import { normalizerParams } from './implicitCalls';
import { opIdentityOf, type DecoratedOpData, type OpIdentity } from './opIdentity';
import type { SlimState } from './slimState';

/** Parameters whose value the library calls with the output of the layer, in running order. */
const CALLED = ['normalizer_fn', 'activation_fn', 'activation'] as const;

/** Calls what a bound layer calls of the program. */
export function callUserFunctions(
  state: SlimState,
  identity: OpIdentity,
  bound: BoundCall,
  activeScope: (identity: OpIdentity) => ActiveScope | undefined,
  site: CallSite,
): void {
  if (identity.op.libraries.includes('user')) return;
  for (const [name, value] of bound.values) {
    if (!CALLED.some((called) => called === name)) escape(state.machine, value);
  }
  if (bound.error) return;
  for (const name of CALLED) {
    const fn = bound.values.get(name);
    if (!fn || !isOfProgram(fn)) continue;
    const inputs: EvaluatedArgument = {
      value: state.tensors?.innerTensor() ?? { ...pyUnknown('the output of the layer'), isTensor: true },
      form: 'unpacked',
      at: site.call,
    };
    const given = name === 'normalizer_fn' ? normalizerParams(bound, site.call) : { keywords: [] };
    callWith(state, fn, { positional: [inputs], ...given }, activeScope, site);
  }
}

/** True for functions whose bodies are in the workspace, directly or in partials and choices. */
function isOfProgram(fn: PyObject): boolean {
  switch (fn.kind) {
    case 'function':
    case 'method':
    case 'instance':
    case 'class':
      return true;
    case 'partial':
      return isOfProgram(fn.target);
    case 'choice':
      return fn.options.some((option) => isOfProgram(option.value));
    case 'host':
      return fn.host.call !== undefined;
    default:
      return false;
  }
}

/** The call of an op of the program is an implicit call of the layer; here its body runs. */
function callWith(
  state: SlimState,
  fn: PyObject,
  args: CallArguments,
  activeScope: (identity: OpIdentity) => ActiveScope | undefined,
  site: CallSite,
): void {
  const inner: CallSite = { call: site.call, callee: site.callee, node: undefined };
  if (fn.kind === 'partial') {
    callWith(state, fn.target, withStored(fn.args, args), activeScope, site);
    return;
  }
  const data = fn.kind === 'host' ? (fn.host.data as Partial<DecoratedOpData> | undefined) : undefined;
  const identity = data?.kind === 'decoratedOp' ? opIdentityOf(fn) : undefined;
  if (!identity || !data?.function) {
    state.machine.call(fn, args, inner);
    return;
  }
  const textAt = (location: Location): string => state.textAt(location);
  const bound = bindCall(identity.op, args, activeScope(identity), site.call, textAt);
  state.machine.call(data.function, bound.merged(), inner);
}
