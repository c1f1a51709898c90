/**
 * What the generated programs talk about: the ops with their parameters, and expressions for values of each parameter.
 */
import type { Random } from './random';

/** An op as generated calls use it. */
export interface OpWords {
  /** Attribute of the slim namespace. */
  readonly name: string;
  /** Parameters that are usually given by position, in order, after the input. */
  readonly positional: readonly string[];
  readonly keywords: readonly string[];
}

const LAYER = [
  'activation_fn',
  'normalizer_fn',
  'normalizer_params',
  'weights_initializer',
  'weights_regularizer',
  'biases_initializer',
  'biases_regularizer',
  'reuse',
  'outputs_collections',
  'trainable',
  'scope',
];
const NORM = ['center', 'scale', 'activation_fn', 'trainable', 'scope'];

export const conv2dWords: OpWords = {
  name: 'conv2d',
  positional: ['num_outputs', 'kernel_size', 'stride', 'padding'],
  keywords: ['rate', ...LAYER],
};

export const ops: readonly OpWords[] = [
  conv2dWords,
  { name: 'convolution2d', positional: ['num_outputs', 'kernel_size', 'stride'], keywords: ['padding', ...LAYER] },
  {
    name: 'separable_conv2d',
    positional: ['num_outputs', 'kernel_size', 'depth_multiplier', 'stride'],
    keywords: ['padding', 'rate', 'pointwise_initializer', ...LAYER],
  },
  { name: 'conv2d_transpose', positional: ['num_outputs', 'kernel_size', 'stride'], keywords: ['padding', ...LAYER] },
  { name: 'conv2d_in_plane', positional: ['kernel_size', 'stride'], keywords: ['padding', ...LAYER] },
  {
    name: 'convolution',
    positional: ['num_outputs', 'kernel_size', 'stride'],
    keywords: ['rate', 'padding', ...LAYER],
  },
  { name: 'fully_connected', positional: ['num_outputs'], keywords: LAYER },
  { name: 'relu', positional: ['num_outputs'], keywords: LAYER },
  { name: 'linear', positional: ['num_outputs'], keywords: LAYER },
  { name: 'batch_norm', positional: ['decay'], keywords: ['epsilon', 'is_training', ...NORM] },
  { name: 'layer_norm', positional: [], keywords: NORM },
  { name: 'max_pool2d', positional: ['kernel_size', 'stride'], keywords: ['padding', 'scope', 'outputs_collections'] },
  { name: 'avg_pool2d', positional: ['kernel_size', 'stride'], keywords: ['padding', 'scope'] },
  { name: 'dropout', positional: ['keep_prob'], keywords: ['is_training', 'scope', 'seed'] },
  { name: 'flatten', positional: [], keywords: ['scope', 'outputs_collections'] },
  { name: 'softmax', positional: [], keywords: ['scope'] },
  { name: 'bias_add', positional: [], keywords: ['activation_fn', 'trainable', 'scope'] },
  { name: 'unit_norm', positional: ['dim'], keywords: ['epsilon', 'scope'] },
];

/** How often each op is chosen: convolutions and what accompanies them. */
export function pickOp(random: Random): OpWords {
  if (random.chance(0.45)) return conv2dWords;
  return random.pick(ops);
}

/** How many positional arguments an op needs at least. */
export function requiredCount(op: OpWords): number {
  const required = ['num_outputs', 'kernel_size', 'dim'];
  return op.positional.filter((name) => required.includes(name)).length;
}

/** Names that are bound where an expression stands, by what they hold. */
export interface Names {
  readonly numbers: readonly string[];
  readonly floats: readonly string[];
  readonly strings: readonly string[];
  readonly flags: readonly string[];
  /** Flags of the world outside: nobody can know them. */
  readonly unknownFlags: readonly string[];
  readonly unknownNumbers: readonly string[];
  readonly functions: readonly string[];
  /** Functions of one number that give an initializer. */
  readonly initializers: readonly string[];
  readonly normalizers: readonly string[];
  readonly dicts: readonly string[];
  readonly slim: string;
  readonly tf: string;
  /** True where no mistake may be made. */
  readonly calm: boolean;
}

/** An expression for a value of a parameter. */
export function valueOf(random: Random, parameter: string, names: Names): string {
  if (random.chance(0.04) && names.unknownNumbers.length > 0 && NUMERIC.has(parameter))
    return random.chance(0.7) ? random.pick(names.unknownNumbers) : byUnknownKey(random);
  switch (parameter) {
    case 'num_outputs':
    case 'depth_multiplier':
    case 'stride':
    case 'rate':
    case 'dim':
    case 'seed':
      return numberText(random, names);
    case 'kernel_size':
      return random.chance(0.6)
        ? `[${random.int(1, 5)}, ${numberText(random, names)}]`
        : random.chance(0.3)
          ? `(${random.int(1, 5)},) * 2`
          : numberText(random, names);
    case 'padding':
      return random.pick(["'SAME'", "'VALID'", ...names.strings.slice(0, 1)]);
    case 'decay':
    case 'epsilon':
    case 'keep_prob':
      return floatText(random, names);
    case 'trainable':
    case 'is_training':
    case 'center':
    case 'scale':
    case 'reuse':
      return flagText(random, names);
    case 'activation_fn':
      return random.pick([
        'None',
        `${names.tf}.nn.relu`,
        `${names.tf}.nn.relu6`,
        `${names.tf}.nn.elu`,
        'lambda v: v',
        ...names.functions,
      ]);
    case 'normalizer_fn':
      return random.pick([`${names.slim}.batch_norm`, `${names.slim}.batch_norm`, 'None', ...names.normalizers]);
    case 'normalizer_params':
      return random.pick([dictText(random, names), dictText(random, names), 'None', ...names.dicts]);
    case 'weights_initializer':
    case 'pointwise_initializer':
    case 'biases_initializer':
      return random.pick([
        'None',
        `${names.tf}.truncated_normal_initializer(stddev=${floatText(random, names)})`,
        `${names.tf}.zeros_initializer()`,
        `${names.slim}.xavier_initializer()`,
        `${names.slim}.variance_scaling_initializer(${floatText(random, names)})`,
        ...names.initializers.map((name) => `${name}(${floatText(random, names)})`),
      ]);
    case 'weights_regularizer':
    case 'biases_regularizer':
      return random.chance(0.2) ? 'None' : `${names.slim}.l2_regularizer(${floatText(random, names)})`;
    default:
      return stringText(random, names);
  }
}

/** A number that is chosen by a key from outside. */
function byUnknownKey(random: Random): string {
  return random.pick([
    `{'a': ${random.int(1, 5)}, 'b': ${random.int(1, 5)}}[outside.key]`,
    `{'a': ${random.int(1, 5)}}.get(outside.key, ${random.int(1, 5)})`,
    `(${random.int(1, 5)} if outside.key in {'a': 1} else ${random.int(1, 5)})`,
    `(${random.int(1, 5)} if outside.key == 'b' else ${random.int(1, 5)})`,
    `{'a': 1, outside.key: ${random.int(2, 5)}}['a']`,
    `len({'a': 1, outside.key: 2})`,
    `'ab'.index(outside.key)`,
    `{outside.key: 2}.get('a', ${random.int(1, 5)})`,
  ]);
}

const NUMERIC = new Set(['num_outputs', 'stride', 'rate', 'depth_multiplier', 'kernel_size']);

/** An int. */
export function numberText(random: Random, names: Names): string {
  const literal = String(random.int(1, 9));
  if (random.chance(0.55)) return literal;
  const a = names.numbers.length > 0 ? random.pick(names.numbers) : literal;
  return random.pick([
    a,
    a,
    `${a} + ${literal}`,
    `${a} * 2`,
    `max(${a}, ${literal})`,
    `min(${literal}, ${a})`,
    `int(${a} * 1.5)`,
    `${a} // 2 + 1`,
    `len([${literal}, ${a}])`,
    `(${a} if ${flagText(random, names)} else ${literal})`,
    `[${a}, ${literal}][${random.int(0, 1)}]`,
    `{'a': ${a}, 'b': ${literal}}['${random.pick(['a', 'b'])}']`,
    `2 ** ${random.int(0, 4)}`,
    `(${a} % 3) + 1`,
    `sum([${a}, 1])`,
    `abs(-${literal})`,
    `(${a} or ${literal})`,
    `dict(a=${a}).get('${random.pick(['a', 'b'])}', ${literal})`,
  ]);
}

function floatText(random: Random, names: Names): string {
  const literal = random.pick(['0.5', '0.9', '0.0005', '0.25', '1e-3', '0.999']);
  if (random.chance(0.6)) return literal;
  const a = names.floats.length > 0 ? random.pick(names.floats) : literal;
  return random.pick([a, a, `${a} * 0.5`, `1.0 - ${a}`, `max(${a}, ${literal})`, `float(${a})`]);
}

/** A bool. */
export function flagText(random: Random, names: Names): string {
  if (random.chance(0.06) && names.unknownFlags.length > 0) return random.pick(names.unknownFlags);
  const a = names.flags.length > 0 ? random.pick(names.flags) : 'True';
  const n = names.numbers.length > 0 ? random.pick(names.numbers) : '3';
  return random.pick([
    'True',
    'False',
    'True',
    'False',
    a,
    `not ${a}`,
    `${n} > ${random.int(1, 6)}`,
    `${n} == 2`,
    `${n} in (1, 2, 3)`,
    `${a} and ${n} < 5`,
    `bool(${n} - 1)`,
    `isinstance(${n}, int)`,
    `1 < ${n} <= 4`,
    `${a} is not None`,
  ]);
}

function stringText(random: Random, names: Names): string {
  const literal = `'${random.pick(['a', 'b', 'conv', 'net'])}${random.int(1, 3)}'`;
  if (random.chance(0.5)) return literal;
  const s = names.strings.length > 0 ? random.pick(names.strings) : literal;
  const n = names.numbers.length > 0 ? random.pick(names.numbers) : '7';
  return random.pick([
    s,
    `'s%d' % ${n}`,
    `'%s_%d' % (${s}, ${n})`,
    `'s{}'.format(${n})`,
    `f"s{${n}}"`,
    `${s} + '_x'`,
    `${s}.upper()`,
    `'_'.join(['a', ${s}])`,
    `str(${n})`,
    `'c{0}_{n}'.format(${s}, n=${n})`,
    ...(/['"]/.test(s + n) ? [] : [`f"{${s}}/{${n}:02d}"`]),
    `'x' * 2`,
    `${s}[:2]`,
    `${s}.replace('a', 'o')`,
  ]);
}

/** A dict for `normalizer_params`. */
export function dictText(random: Random, names: Names): string {
  const keys = random.some(['decay', 'epsilon', 'center', 'scale', 'is_training'], 0, 3);
  if (!names.calm && random.chance(0.04)) return "{'bogus': 1}";
  return random.chance(0.3)
    ? `dict(${keys.map((key) => `${key}=${valueOf(random, key, names)}`).join(', ')})`
    : `{${keys.map((key) => `'${key}': ${valueOf(random, key, names)}`).join(', ')}}`;
}

/** Seldom in scopes: calls give these by position, so that a scope with them makes most calls fail. */
const REQUIRED = new Set(['num_outputs', 'kernel_size', 'dim', 'stride']);

/** How often a keyword that calls give by position stands in a scope. */
function shareOf(name: string, calm: boolean): number {
  return name === 'stride' ? 0.8 : calm ? 0 : 0.12;
}

/** Keywords for some ops: mostly ones that they take. */
export function keywordNames(
  random: Random,
  chosen: readonly OpWords[],
  least: number,
  most: number,
  calm: boolean,
): readonly string[] {
  const [first] = chosen;
  const all = first ? [...first.positional, ...first.keywords] : ['stride'];
  const shared = all.filter((name) => chosen.every((op) => op.positional.includes(name) || op.keywords.includes(name)));
  const pool = calm || (random.chance(0.85) && shared.length > 0) ? shared : all;
  const common = pool.filter((name) => !REQUIRED.has(name) || random.chance(shareOf(name, calm)));
  const names = [...random.some(common, least, most)];
  if (!calm && random.chance(0.03)) names.push(random.pick(['bogus', 'rate', 'padding', 'is_training']));
  return [...new Set(names)];
}
