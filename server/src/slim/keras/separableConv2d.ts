/**
 * `slim.separable_conv2d` as `SeparableConv2D`, or as `DepthwiseConv2D` where `num_outputs` is None: then slim has no
 * pointwise stage at all (D8). `weights_regularizer` goes to both kernels.
 */
import type { StaticValue } from '../../semantics/staticValue';
import type * as ast from '../../syntax/ast';
import { lookup, type Scope } from '../../semantics/scopes';
import { pathTo, scopeAlong } from '../rewrite/syntaxAt';
import type { EffectiveArgument } from '../model';
import { reasonOf } from './activations';
import {
  checkSize,
  checkStrideAndRate,
  inputsText,
  isOne,
  paddingText,
  passOn,
  readChannelsFirst,
  requiredText,
} from './convolution';
import { convertCoreLayer, type Kernel } from './coreLayer';
import type { ConvertedCall } from './layers';
import { refuse } from '../rewrite/notes';
import type { KerasSite } from './kerasSite';
import { findArgument, quoted } from '../rewrite/site';

const depthwise: Kernel = { prefix: 'depthwise', initializer: 'weights_initializer' };
const pointwise: Kernel = { prefix: 'pointwise', initializer: 'pointwise_initializer' };

/** Converts a call of separable_conv2d; the site's notes say why not, or what stays different. */
export function convertSeparableConv2d(site: KerasSite): ConvertedCall | undefined {
  const argument = findArgument(site.context, 'num_outputs');
  const outputs = argument?.value;
  const mayBeNone = outputs?.kind === 'unknown' || outputs?.kind === 'choice';
  if (mayBeNone && !isNumber(site, argument)) {
    return refuse(site.notes, `it is not known whether \`num_outputs\` is None${reasonOf(outputs)}`);
  }
  const isDepthwise = outputs?.kind === 'none';
  const inputs = inputsText(site);
  const sizes = [...(isDepthwise ? [] : [requiredText(site, 'num_outputs')]), requiredText(site, 'kernel_size')];
  if (!isDepthwise) checkSize(site, 'num_outputs');
  checkStrideAndRate(site, 'stride', 'rate', 'which Keras does not take together');
  checkStrides(site, 'stride');
  if (isDepthwise) checkPadding(site);
  const channelsFirst = readChannelsFirst(site, { formats: ['NHWC', 'NCHW'], none: 'fails' });
  const padding = findArgument(site.context, 'padding');
  const args = () => [
    ...sizes,
    passOn(site, 'stride', 'strides', isOne),
    padding && paddingText(site, padding),
    channelsFirst ? `data_format=${quoted(site, 'channels_first')}` : undefined,
    passOn(site, 'rate', 'dilation_rate', isOne),
    passOn(site, 'depth_multiplier', 'depth_multiplier', isOne),
  ];
  return convertCoreLayer(site, {
    className: isDepthwise ? 'DepthwiseConv2D' : 'SeparableConv2D',
    inputs,
    args,
    channelsFirst,
    rank: 4,
    kernels: isDepthwise ? [depthwise] : [depthwise, pointwise],
  });
}

/** True when the expression gives a number, whatever its variables are: `depth(64)` with `depth = lambda d: max(...)`. */
function isNumber(site: KerasSite, argument: EffectiveArgument | undefined): boolean {
  if (argument?.expression?.file !== site.source.file) return false;
  const path = pathTo(site.source.tree.module, argument.expression.span);
  const node = path[path.length - 1];
  return node !== undefined && givesNumber(scopeAlong(site.source, path), node);
}

const numberFunctions = new Set(['int', 'float', 'max', 'min', 'round', 'abs', 'len', 'sum']);

/** Python's own operators and functions fail on None, and answer numbers. */
function givesNumber(scope: Scope, node: ast.Node): boolean {
  if (node.kind === 'Number' || node.kind === 'BinaryOp') return true;
  if (node.kind !== 'Call' || node.callee.kind !== 'Name') return false;
  const { name } = node.callee;
  const found = lookup(scope, name);
  if (!found) return numberFunctions.has(name);
  return found.bindings.every(
    ({ node: made }) =>
      made.kind === 'Assign' && made.value.kind === 'Lambda' && givesNumber(found.scope, made.value.body),
  );
}

/** The depthwise kernel of TensorFlow takes one stride for both directions. */
export function checkStrides(site: KerasSite, name: string): void {
  const argument = findArgument(site.context, name);
  if (!argument || !isUnequal(argument.value)) return;
  refuse(
    site.notes,
    `\`${name}=${argument.text}\`: TensorFlow's depthwise convolution takes equal strides only`,
    argument.expression,
  );
}

function isUnequal(value: StaticValue): boolean {
  if (value.kind !== 'tuple' && value.kind !== 'list') return false;
  const sizes = value.items.map((item) => (item.kind === 'int' ? item.value : undefined));
  return new Set(sizes).size > 1;
}

/** Without a pointwise stage slim hands the text to the raw op, which knows upper case only (D1). */
function checkPadding(site: KerasSite): void {
  const argument = findArgument(site.context, 'padding');
  if (argument?.value.kind !== 'str' || ['SAME', 'VALID'].includes(argument.value.value)) return;
  refuse(site.notes, `\`padding\` is \`${argument.value.value}\`, which fails at run time`, argument.expression);
}
