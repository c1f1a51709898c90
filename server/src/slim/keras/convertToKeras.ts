/**
 * Rewrites one call of a TF 1 layer to Keras, exactly, or says why not. The entry of this folder: one op is one
 * converter, found by its library and name. Nothing is decided here that an op's converter could decide.
 */
import type { Location } from '../../base/span';
import type { CallContext, OpCall } from '../model';
import { assumptionAboutCallers, checkCallerVariables } from './closedWorld';
import { checkVariableReaders } from './collections';
import { convertConv2dTranspose, convertConvolution } from './convolutions';
import type { Reason, Refused, RewriteRequest } from '../rewrite/request';
import type { Conversion } from './conversion';
import { convertDropout } from './dropout';
import { emitLayers, hasOwnStatement } from './emit';
import { endPointText } from './endPoints';
import { convertFunctionParameter } from './functionParameter';
import { convertFullyConnected } from './fullyConnected';
import type { ConvertedCall } from './layers';
import { commonReasons, disagreements } from '../rewrite/reasons';
import { makeKerasSite } from './kerasSite';
import { findNormalizer } from '../rewrite/site';
import { convertOneHot } from './oneHot';
import { convertOwnBatchNorm } from './ownBatchNorm';
import { convertOwnNorm } from './ownNorm';
import { convertPool } from './pools';
import { layerRequests } from './repeated';
import { convertSeparableConv2d } from './separableConv2d';
import { convertFlatten, convertSoftmax } from './simpleLayers';
import type { KerasSite } from './kerasSite';
import { checkSurroundings } from './surroundings';
import { convertTfLayer, tfLayersRows } from './tfLayers';
import { convertTfLayerClass } from './tfLayersObjects';

interface Converter {
  /** The class that the op becomes, for titles. */
  readonly layer: string;
  /** True for layers without variables: what lies around them and shares or changes variables does not concern them. */
  readonly isWeightless?: true;
  convert(site: KerasSite): ConvertedCall | undefined;
}

const slimConverters: Readonly<Record<string, Converter | undefined>> = {
  avg_pool2d: { layer: 'AveragePooling2D', isWeightless: true, convert: convertPool('AveragePooling2D') },
  avg_pool3d: { layer: 'AveragePooling3D', isWeightless: true, convert: convertPool('AveragePooling3D') },
  batch_norm: { layer: 'BatchNormalization', convert: convertOwnBatchNorm },
  conv1d: { layer: 'Conv1D', convert: convertConvolution('Conv1D') },
  conv2d: { layer: 'Conv2D', convert: convertConvolution('Conv2D') },
  conv2d_transpose: { layer: 'Conv2DTranspose', convert: convertConv2dTranspose },
  conv3d: { layer: 'Conv3D', convert: convertConvolution('Conv3D') },
  dropout: { layer: 'Dropout', isWeightless: true, convert: convertDropout },
  flatten: { layer: 'Flatten', isWeightless: true, convert: convertFlatten },
  fully_connected: { layer: 'Dense', convert: convertFullyConnected },
  group_norm: { layer: 'GroupNormalization', convert: convertOwnNorm('group_norm') },
  instance_norm: { layer: 'GroupNormalization', convert: convertOwnNorm('instance_norm') },
  layer_norm: { layer: 'GroupNormalization', convert: convertOwnNorm('layer_norm') },
  max_pool2d: { layer: 'MaxPooling2D', isWeightless: true, convert: convertPool('MaxPooling2D') },
  max_pool3d: { layer: 'MaxPooling3D', isWeightless: true, convert: convertPool('MaxPooling3D') },
  one_hot_encoding: { layer: 'one_hot', isWeightless: true, convert: convertOneHot },
  separable_conv2d: { layer: 'SeparableConv2D', convert: convertSeparableConv2d },
  softmax: { layer: 'Softmax', isWeightless: true, convert: convertSoftmax },
};

const tfLayersConverters: Readonly<Record<string, Converter | undefined>> = Object.fromEntries(
  Object.entries(tfLayersRows).flatMap(([name, row]): [string, Converter][] => {
    const common = { layer: row.className, ...(row.isWeightless ? { isWeightless: true as const } : {}) };
    return [
      [name, { ...common, convert: convertTfLayer(row) }],
      [row.className, { ...common, convert: convertTfLayerClass(row) }],
    ];
  }),
);

/** The Keras class that calls of this op become, or undefined for ops that are not converted. */
export function kerasLayerOf(call: OpCall): string | undefined {
  return findConverter(call)?.layer;
}

/** Converts a call; see {@link Conversion}. */
export function convertToKeras(request: RewriteRequest): Conversion {
  const byParameter = convertFunctionParameter(request);
  if (byParameter) return byParameter;
  const converter = findConverter(request.call);
  if (!converter) return refusedFor(`\`${request.call.op.name}\` is not converted`);
  const made = layerRequests(request);
  if (made.kind === 'refused') return made;
  const parts = made.requests.map((one) => convertOne(one, converter));
  const refusals = parts.filter((part) => part.kind === 'refused');
  if (refusals.length > 0) return { kind: 'refused', reasons: unique(refusals.flatMap(({ reasons }) => reasons)) };
  const done = parts.filter((part) => part.kind === 'done');
  const [first] = done;
  if (!first) return refusedFor('it makes no layer');
  const layers = done.flatMap(({ converted }) => converted.layers);
  const converted = { inputs: first.converted.inputs, layers };
  if (layers.some(({ endPoint }) => endPoint !== undefined) && !hasOwnStatement(first.site, converted)) {
    return refusedFor('its result goes into a dictionary of end points, and no statement of its own gives it a name');
  }
  const assumption = done.find((part) => part.assumption !== undefined)?.assumption;
  return {
    kind: 'converted',
    // `SeparableConv2D` becomes `DepthwiseConv2D` where there is no pointwise stage.
    layer: layers[0]?.className ?? converter.layer,
    edits: [...emitLayers(first.site, converted), ...(first.converted.edits ?? [])],
    ...(assumption ? { assumption } : {}),
    caveats: caveatsOf(done, made.caveats),
    scopes: new Map(
      done.flatMap(({ site }) => [...site.notes.scopes].map(([name, scope]) => [stars(name), stars(scope)])),
    ),
  };
}

function caveatsOf(done: readonly Done[], more: readonly string[]): readonly string[] {
  const assumptions = done.flatMap(({ assumption }) => assumption ?? []);
  return [...new Set([...assumptions, ...more, ...done.flatMap(({ site }) => site.notes.caveats)])];
}

/** One layer of slim as layers of Keras. */
interface Done {
  readonly kind: 'done';
  readonly site: KerasSite;
  readonly converted: ConvertedCall;
  readonly assumption: string | undefined;
}

function convertOne(request: RewriteRequest, converter: Converter): Done | Refused {
  const reasons = reasonsBefore(request);
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const site = makeKerasSite(request);
  if (!site) return refusedFor('the call cannot be read');
  const converted = converter.convert(site);
  if (!converter.isWeightless) {
    checkSurroundings(site);
    checkCallerVariables(site);
    checkVariableReaders(site);
  }
  const assumption = assumptionAboutCallers(site);
  const endPoint = endPointText(site);
  if (site.notes.reasons.length > 0) return { kind: 'refused', reasons: site.notes.reasons };
  if (!converted) return refusedFor('an argument is missing');
  return {
    kind: 'done',
    site,
    converted: endPoint === undefined ? converted : keepLast(converted, endPoint),
    assumption,
  };
}

/** What is only known at run time is a star to those who look for the variables. */
function stars(template: string): string {
  return template.replace(/\{[^}]*\}/g, '*');
}

/** The result of the last layer is kept in `endPoint` as well. */
function keepLast({ inputs, layers }: ConvertedCall, endPoint: string): ConvertedCall {
  return { inputs, layers: layers.map((layer, at) => (at === layers.length - 1 ? { ...layer, endPoint } : layer)) };
}

/** Reasons without those that were given for another layer. */
function unique(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter(({ reason }, at) => reasons.findIndex((other) => other.reason === reason) === at);
}

/** A default is one only if no arg_scope may set the argument; an op list that is not known may hold any op. */
function unknownDefaults(context: CallContext): readonly Reason[] {
  const normalizer = findNormalizer(context)?.arguments ?? [];
  const groups = new Map<string, { readonly names: string[]; readonly at: Location | undefined }>();
  for (const { name, origin, value } of [...context.arguments, ...normalizer]) {
    if (origin.kind !== 'default' || (value.kind !== 'unknown' && value.kind !== 'choice')) continue;
    const why = value.kind === 'unknown' ? value.reason : 'the default is one of several possible values';
    const group = groups.get(why) ?? { names: [], at: value.kind === 'unknown' ? value.at : undefined };
    group.names.push(`\`${name}\``);
    groups.set(why, group);
  }
  return [...groups].map(([why, { names, at }]) => {
    const reason = `${listNames(names)} not known: ${why}`;
    return at ? { reason, at } : { reason };
  });
}

function listNames(names: readonly string[]): string {
  const [first = '', second = ''] = names;
  if (names.length === 1) return `${first} is`;
  return names.length === 2 ? `${first} and ${second} are` : `${first} and ${names.length - 1} more arguments are`;
}

/** Reasons that need no look at the arguments. */
function reasonsBefore(request: RewriteRequest): readonly Reason[] {
  if (request.source.tree.python2) return [{ reason: 'the file is Python 2, and TensorFlow 2 needs Python 3' }];
  const common = commonReasons(request);
  if (common.length > 0) return common;
  const unknown = request.call.contexts.flatMap(unknownDefaults);
  if (unknown.length > 0) return unknown;
  return disagreements(request.call).map((what) => ({ reason: `${what} is not the same each time this call runs` }));
}

function refusedFor(reason: string): Refused {
  return { kind: 'refused', reasons: [{ reason }] };
}

function findConverter(call: OpCall): Converter | undefined {
  const { op } = call;
  if (op.libraries.includes('user')) return undefined;
  const converters = op.libraries.includes('tf.layers') ? tfLayersConverters : slimConverters;
  return Object.hasOwn(converters, op.name) ? converters[op.name] : undefined;
}
