/**
 * The rows of the layers view: each layer of a network run with what the call and the scopes set, its shape and its
 * parameters. Decides nothing about them (see slim/shapes).
 */
import { countParameters, type LayerParameters, type ParameterCount } from '../../slim/shapes/countParameters';
import type { LayerRun, NetworkRun } from '../../slim/shapes/networkTrace';
import { shapeText } from '../../slim/shapes/shape';
import type { CallContext, EffectiveArgument, Op } from '../../slim/model';
import { oneLine, shortened, shownValue } from '../effectiveCallValue';
import { isTensorInput } from '../effectiveCallView';
import { placeKey, type KeywordIds } from './keywordIds';
import type { LayerArgument, LayerRow, Parameters } from './layersModel';

/** Longest value in a row. */
const LONGEST_VALUE = 60;

/** The rows of one run, and the parameters of all together. */
export function layerRows(
  run: NetworkRun,
  ids: KeywordIds,
): { readonly rows: readonly LayerRow[]; readonly total: Parameters } {
  const { layers, total } = countParameters(run);
  for (const { context } of run.layers) register(context, ids);
  const rows = run.layers.map((layer, i) => rowOf(layer, i + 1, layers[i], ids));
  return { rows, total: plain(total) };
}

/** Makes all keywords known that layers receive, before it is asked what they hide. */
function register({ arguments: args, implicitCalls }: CallContext, ids: KeywordIds): void {
  for (const { name, origin, text } of [...args, ...implicitCalls.flatMap((call) => call.arguments)])
    if (origin.kind === 'argScope') ids.idOf(origin, name, text);
}

function plain({ trainable, nonTrainable, reason }: ParameterCount): Parameters {
  return { trainable, nonTrainable, ...(reason !== undefined && { reason }) };
}

function rowOf(layer: LayerRun, index: number, parameters: LayerParameters | undefined, ids: KeywordIds): LayerRow {
  const { op, via, context, scope, effect, call } = layer;
  const { output } = effect;
  const isOpen = !output.dims || output.reason !== undefined;
  return {
    index,
    name: scope.isKnown || scope.text.includes('?') ? scope.text : `${scope.text}?`,
    op: op.name,
    ...(via !== undefined && via !== 'indirect' && { via }),
    arguments: argumentsOf(layer, ids),
    output: shapeText(output),
    ...(isOpen && { outputReason: output.reason ?? 'the shape is not known' }),
    parameters: plain(parameters ?? { trainable: null, nonTrainable: null }),
    isShared: parameters?.isShared ?? false,
    ...(layer.isUncertain && { condition: conditionOf(layer) }),
    ...(context.error && { error: `${context.error.type}: ${context.error.message}` }),
    at: call,
  };
}

/** Words for what decides whether a layer is built. */
function conditionOf({ context }: LayerRun): string {
  const tests = context.branches.map(({ text, holds }) => `${holds ? 'if' : 'unless'} \`${oneLine(text)}\``);
  return tests.length > 0 ? tests.join(', ') : 'on some ways only, or in a loop whose rounds are not known';
}

/** Parameters that name things, and say nothing about what a layer does. */
const NAMES = new Set(['scope', 'name', 'outputs_collections', 'variables_collections']);

function argumentsOf({ op, context, nesting }: LayerRun, ids: KeywordIds): readonly LayerArgument[] {
  const scopes = { ids, open: new Set(nesting.flatMap((one) => (one.kind === 'argScope' ? [placeKey(one.at)] : []))) };
  const own = context.arguments.flatMap((argument) => argumentOf(op, argument, undefined, scopes) ?? []);
  const implicit = context.implicitCalls.flatMap((call) =>
    call.arguments.flatMap((argument) => argumentOf(call.op, argument, call.op.name, scopes) ?? []),
  );
  return [...own, ...implicit];
}

function argumentOf(
  op: Op,
  argument: EffectiveArgument,
  of: string | undefined,
  { ids, open }: { readonly ids: KeywordIds; readonly open: ReadonlySet<string> },
): LayerArgument | undefined {
  const { name, origin, expression, overridden } = argument;
  if (origin.kind !== 'call' && origin.kind !== 'argScope') return undefined;
  if (isTensorInput(op, argument) || (of !== undefined && name === op.signature.parameters[0]?.name)) return undefined;
  // Scopes set collections too, and the map tells of that; rows are about what the layer computes.
  if (NAMES.has(name) && origin.kind === 'call' && overridden.length === 0) return undefined;
  const { text, computed } = shownValue(argument);
  const at = expression ?? (origin.kind === 'call' ? origin.at : (origin.keyword ?? origin.scope));
  return {
    name,
    ...(of !== undefined && { of }),
    text: shortened(computed?.length === 1 ? computed.join() : text, LONGEST_VALUE),
    from: origin.kind === 'call' ? 'call' : 'scope',
    ...(NAMES.has(name) && { isQuiet: true as const }),
    at,
    ...(origin.kind === 'argScope' && { keyword: ids.idOf(origin, name, argument.text) }),
    hides: overridden.map((outer) => ids.idOfHidden(outer.origin, name, outer.text, open)),
  };
}
