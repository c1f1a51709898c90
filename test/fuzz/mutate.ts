/**
 * Damage to Python text, of every kind that a keyboard, a merge or a broken disk makes: characters, tokens, lines, and
 * fragments that parsers stumble over. Random but reproducible; says nothing of what the result means.
 */
import type { Random } from '../oracle/programs/generator/random';

/** A text and how it came about, in words. */
export interface Mutated {
  readonly text: string;
  readonly how: readonly string[];
}

const token = /[A-Za-z_]\w*|\d[\w.]*|"""|'''|[-+*/%@&|^~<>=!]=?|\*\*|[()[\]{},:;.'"\\#]|\n[ \t]*/g;

const fragments = [
  'with slim.arg_scope([slim.conv2d], ',
  'with slim.arg_scope([slim.conv2d, slim.fully_connected], stride=2):\n',
  'slim.conv2d(',
  'net = slim.repeat(net, 2, slim.conv2d, ',
  '**{',
  'lambda: ',
  '"""',
  "'''",
  "f'{",
  'r"\\',
  '\\\n',
  'async with ',
  'match x:\n    case [',
  'print "a" % ',
  'exec "x" in d\n',
  'except E, e:\n',
  'def f(a, (b, c)):\n',
  'global slim\n',
  'del slim\n',
  'import tensorflow.contrib.slim as slim\n',
  'from tensorflow.contrib.layers import *\n',
  'slim = tf.contrib.slim\n',
  '@slim.add_arg_scope\n',
  '# slimscope: ignore[',
  '# slimscope: ignore-file\n',
  '\t',
  '\r',
  '\r\n',
  '\f',
  '\0',
  '\u2028',
  '\ufeff',
  '\ud83d',
  '🎉𝒳',
  'é',
  '((((((((((',
  '))))))))))',
  '[[[{{{',
  ' '.repeat(40),
  '\n',
  '\n\n\n',
  '99999999999999999999999',
  '1e999',
  '0777L',
  ':=',
  '->',
  '...',
] as const;

type Mutation = (text: string, random: Random) => Mutated;

const mutations: readonly Mutation[] = [
  (text, random) => splice(text, below(random, text.length + 1), below(random, 4) + 1, '', 'delete characters'),
  (text, random) => splice(text, below(random, text.length + 1), 0, random.pick(fragments), 'insert a fragment'),
  (text, random) => {
    const at = below(random, text.length + 1);
    return splice(text, at, 0, text.slice(at, at + below(random, 60)), 'repeat characters');
  },
  (text, random) => splice(text, below(random, text.length + 1), below(random, 400), '', 'delete a piece'),
  (text, random) => splice(text, below(random, text.length + 1), text.length, '', 'cut the rest off'),
  onTokens('delete a token', () => ''),
  onTokens('repeat a token', (found) => found + found),
  onTokens('replace a token by another of the file', (_found, other) => other),
  onTokens('replace a token by a fragment', (_found, _other, random) => random.pick(fragments)),
  onLines('delete a line', () => []),
  onLines('repeat a line', (line) => [line, line]),
  onLines('indent a line', (line) => [`    ${line}`]),
  onLines('take indentation away', (line) => [line.trimStart()]),
  onLines('indent by one', (line) => [` ${line}`]),
  onLines('move a line here', (line, other) => [other, line]),
  onLines('end a line early', (line, _other, random) => [line.slice(0, below(random, line.length + 1))]),
];

/** Some mutations, one after the other. */
export function mutate(text: string, random: Random): Mutated {
  let mutated: Mutated = { text, how: [] };
  const count = 1 + below(random, below(random, 3) === 0 ? 8 : 2);
  for (let i = 0; i < count; i += 1) {
    const next = random.pick(mutations)(mutated.text, random);
    mutated = { text: next.text, how: [...mutated.how, ...next.how] };
  }
  return mutated;
}

/** The text without each of its tokens in turn; those of the lines that are only text or comment are left out. */
export function* withoutEachToken(text: string): Generator<Mutated> {
  for (const found of text.matchAll(token)) {
    yield splice(text, found.index, found[0].length, '', `delete ${JSON.stringify(found[0])} at ${found.index}`);
  }
}

/** An integer from 0, below the limit. */
function below(random: Random, limit: number): number {
  return random.int(0, limit - 1);
}

function splice(text: string, at: number, length: number, put: string, what: string): Mutated {
  return { text: text.slice(0, at) + put + text.slice(at + length), how: [`${what} at ${at}`] };
}

function onTokens(what: string, change: (found: string, other: string, random: Random) => string): Mutation {
  return (text, random) => {
    const tokens = [...text.matchAll(token)];
    if (tokens.length === 0) return { text, how: [] };
    const [found, other] = [random.pick(tokens), random.pick(tokens)];
    return splice(text, found.index, found[0].length, change(found[0], other[0], random), what);
  };
}

function onLines(what: string, change: (line: string, other: string, random: Random) => readonly string[]): Mutation {
  return (text, random) => {
    const lines = text.split('\n');
    const at = below(random, lines.length);
    lines.splice(at, 1, ...change(lines[at] ?? '', random.pick(lines), random));
    return { text: lines.join('\n'), how: [`${what}: ${at + 1}`] };
  };
}
