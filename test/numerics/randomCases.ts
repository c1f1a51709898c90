/**
 * Random programs for the numerical proof: two convolutions under up to three nested scopes, with arguments from every
 * row of the conversion. The same seed gives the same programs. Combinations that fail at run time are not made.
 */
import type { NumericsCase } from './cases';

type Choose = <T>(options: readonly [T, ...T[]]) => T;

/** Values per keyword; each is drawn with a chance of one in three. */
const scoped: Readonly<Record<string, readonly [string, ...string[]]>> = {
  stride: ['1', '2', '[2, 1]'],
  padding: ["'SAME'", "'VALID'"],
  activation_fn: ['None', 'tf.nn.relu', 'tf.nn.elu', 'tf.nn.relu6', 'tf.tanh', 'lambda x: tf.nn.leaky_relu(x, 0.1)'],
  normalizer_fn: ['None', 'slim.batch_norm', 'slim.batch_norm'],
  normalizer_params: [
    'None',
    "{'decay': 0.9}",
    "{'scale': True, 'epsilon': 0.01}",
    "{'is_training': False}",
    "{'center': False, 'updates_collections': None}",
    'dict(decay=0.95, scale=True)',
  ],
  weights_regularizer: [
    'None',
    'slim.l2_regularizer(wd)',
    'slim.l2_regularizer(scale=wd * 2)',
    'slim.l1_regularizer(0.02)',
    'slim.l1_l2_regularizer(0.02, wd)',
  ],
  biases_initializer: ['None', 'tf.zeros_initializer()', 'tf.constant_initializer(0.1)'],
  biases_regularizer: ['None', 'slim.l2_regularizer(0.3)'],
  weights_initializer: ['slim.xavier_initializer()', 'tf.truncated_normal_initializer(stddev=0.1)'],
  trainable: ['True', 'False'],
};

const normalizer: Readonly<Record<string, readonly [string, ...string[]]>> = {
  decay: ['0.5', '0.9'],
  scale: ['True', 'False'],
  epsilon: ['0.1', '0.002'],
  is_training: ['training', 'True', 'False'],
  activation_fn: ['None', 'tf.nn.elu'],
};

/** `count` programs. */
export function randomCases(count: number): readonly NumericsCase[] {
  return Array.from({ length: count }, (_, index) => {
    const random = makeRandom(index + 1);
    return { name: `random_${index}`, source: makeProgram(random), shape: [2, 17, 16, 5], positions: 2 * 3 * 3 };
  });
}

/** A small congruential generator: a number from 0 up to 1. */
function makeRandom(seed: number): () => number {
  let state = (seed * 2654435761) % 4294967296;
  return () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
}

function makeProgram(random: () => number): string {
  const choose: Choose = (options) => options[Math.floor(random() * options.length)] ?? options[0];
  const lines = [
    'import tensorflow.compat.v1 as tf',
    'import tf_slim as slim',
    '',
    'wd = 0.05',
    'training = True',
    'net = images',
  ];
  let indentation = '';
  const depth = Math.floor(random() * 4);
  for (let level = 0; level < depth; level++) {
    const isNorm = random() < 0.3;
    const keywords = draw(random, choose, isNorm ? normalizer : scoped);
    const form = random() < 0.2 ? 'saved' : 'list';
    const call = `slim.arg_scope([slim.${isNorm ? 'batch_norm' : 'conv2d'}]${keywords.map((one) => `, ${one}`).join('')})`;
    if (form === 'saved') {
      lines.push(
        `${indentation}with ${call} as scope${level}:`,
        `${indentation}  pass`,
        `${indentation}with slim.arg_scope(scope${level}):`,
      );
    } else lines.push(`${indentation}with ${call}:`);
    indentation += '  ';
  }
  for (const name of ['a', 'b']) {
    const own = draw(random, choose, scoped).filter((one) => random() < 0.5 || one.startsWith('weights_init'));
    const size = choose(['3', '[3, 2]', '1']);
    lines.push(
      `${indentation}net = slim.conv2d(net, ${choose(['4', '6'])}, ${[size, ...own].join(', ')}, scope='${name}')`,
    );
  }
  return lines.join('\n') + '\n';
}

function draw(
  random: () => number,
  choose: Choose,
  from: Readonly<Record<string, readonly [string, ...string[]]>>,
): string[] {
  return Object.entries(from).flatMap(([name, values]) => (random() < 1 / 3 ? [`${name}=${choose(values)}`] : []));
}
