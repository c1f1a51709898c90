/**
 * The networks of tf_slim 1.1.0 that the proof covers, each with the program that a person would have written around
 * it. Small ones: where a network has no parameter for its width, numbers in its source are made smaller on both sides.
 */

export interface Net {
  readonly name: string;
  /** Files of `tf_slim/nets` that belong to it. */
  readonly files: readonly string[];
  /** The call, and the scope that it is made in. */
  readonly call: string;
  readonly scope: string;
  /** NHWC. */
  readonly shape: readonly number[];
  /** Texts of the sources that are replaced to make it narrower; left out in full size. */
  readonly narrower?: Replacements;
  /** Why it is not migrated whole yet; the proof then reports it and does not fail. */
  readonly open?: string;
  /** Arguments that make it narrower; left out in full size. */
  readonly narrow?: string;
}

type Replacements = readonly (readonly [RegExp, string | ((...groups: string[]) => string)])[];

const vggWidths: Replacements = [
  [/\b4096\b/g, '24'],
  [/\b512\b/g, '20'],
  [/\b256\b/g, '16'],
  [/\b128\b/g, '12'],
];

const resnetWidths: Replacements = [[/\bbase_depth=(64|128|256|512)\b/g, 'base_depth=8']];

/** The first number of a convolution is its width. */
const inceptionWidths: Replacements = [
  [/(conv2d\(\s*\w+,\s*)(\d+)(?=, \[)/g, (_, call = '', width = '') => call + String(Math.ceil(Number(width) / 8))],
];

const one = (files: readonly string[], name: string, call: string, scope: string): Omit<Net, 'shape'> => ({
  name,
  files,
  call: `${call}(images, num_classes=7, is_training=is_training`,
  scope,
});

const dropoutOff = ', dropout_keep_prob=1.0';

function vgg(name: string): Net {
  const net = one(['vgg.py'], name, `vgg.${name}`, 'vgg.vgg_arg_scope(weight_decay=0.001)');
  return { ...net, call: `${net.call}${dropoutOff})`, shape: [2, 224, 224, 3], narrower: vggWidths };
}

function inception(version: string, shape: readonly number[], narrow?: string): Net {
  const name = `inception_${version}`;
  const net = one([`${name}.py`], name, `${name}.${name}`, `${name}.${name}_arg_scope(weight_decay=0.001)`);
  return { ...net, call: `${net.call}${dropoutOff}NARROW)`, shape, ...(narrow !== undefined && { narrow }) };
}

function resnet(version: string, depth: number): Net {
  const name = `resnet_${version}_${depth}`;
  const scope = 'resnet_utils.resnet_arg_scope(weight_decay=0.001)';
  const net = one([`resnet_${version}.py`, 'resnet_utils.py'], name, `resnet_${version}.${name}`, scope);
  const open = 'calls inside of functions that run many times, each time with other arguments, stay';
  return { ...net, call: `${net.call})`, shape: [2, 65, 65, 3], narrower: resnetWidths, open };
}

const small = ', min_depth=4, depth_multiplier=0.125';

/** All of them. */
export const nets: readonly Net[] = [
  {
    ...one(['alexnet.py'], 'alexnet_v2', 'alexnet.alexnet_v2', 'alexnet.alexnet_v2_arg_scope(weight_decay=0.001)'),
    call: `alexnet.alexnet_v2(images, num_classes=7, is_training=is_training${dropoutOff})`,
    shape: [2, 224, 224, 3],
    narrower: [
      [/\b4096\b/g, '24'],
      [/\b(384|256|192)\b/g, '16'],
    ],
  },
  {
    ...one(['overfeat.py'], 'overfeat', 'overfeat.overfeat', 'overfeat.overfeat_arg_scope(weight_decay=0.001)'),
    call: `overfeat.overfeat(images, num_classes=7, is_training=is_training${dropoutOff})`,
    shape: [2, 231, 231, 3],
    narrower: [
      [/\b(4096|3072)\b/g, '24'],
      [/\b(1024|512|256)\b/g, '16'],
    ],
  },
  vgg('vgg_a'),
  vgg('vgg_16'),
  vgg('vgg_19'),
  { ...inception('v1', [2, 224, 224, 3]), narrower: inceptionWidths },
  inception('v2', [2, 128, 128, 3], small),
  inception('v3', [2, 139, 139, 3], small),
  resnet('v1', 50),
  resnet('v1', 101),
  resnet('v2', 50),
  resnet('v2', 101),
];

/** The program around a network, in TensorFlow 1. */
export function programOf(net: Net, isFullSize: boolean): string {
  const modules = net.files.map((file) => file.replace(/\.py$/, ''));
  const call = net.call.replace('NARROW', isFullSize ? '' : (net.narrow ?? ''));
  return `import tensorflow as tf
import tf_slim as slim

${modules.map((module) => `from nets import ${module}`).join('\n')}


def build(images, is_training):
  with slim.arg_scope(${net.scope}):
    return ${call}
`;
}
