/**
 * A whole random program: imports in one of their forms, definitions, perhaps a second file, a module body.
 */
import { Bindings } from './bindings';
import { definition } from './definitions';
import { block, line, type GeneratedProgram, type Line, type ProgramFile } from './lines';
import { moreFiles } from './modules';
import { Random } from './random';
import { statements } from './statements';

interface Imports {
  readonly lines: readonly Line[];
  readonly slim: string;
  readonly argScope: string;
}

/** The program of a seed. */
export function generateProgram(seed: number): GeneratedProgram {
  const random = new Random(seed);
  const imports = importsOf(random);
  const style = {
    slim: imports.slim,
    tf: 'tf',
    argScope: imports.argScope,
    calm: random.chance(0.55),
    known: random.chance(0.45),
    counter: { value: 0 },
    nesting: { value: 0 },
  };
  const main = new Bindings(random, style);
  if (!style.known) {
    main.lists.unknownFlags.push('outside.flag_a', 'outside.flag_b');
    main.lists.unknownNumbers.push('outside.depth');
  }
  const files: ProgramFile[] = [];
  const lines: Line[] = [...header(imports)];
  if (random.chance(0.35)) lines.push(...moreFiles(main, header(imports), files));
  for (let i = random.int(0, 3); i > 0; i--) lines.push(...definition(main));
  lines.push(...statements(main, random.int(2, 6)));
  files.unshift({ path: 'main.py', lines });
  return { files, worlds: worldsOf(random) };
}

function header(imports: Imports): readonly Line[] {
  return [
    line('import abc'),
    line('import collections'),
    line('import contextlib'),
    line('import functools'),
    line('import outside'),
    line('import tensorflow as tf'),
    ...imports.lines,
    block('def plain(v):', [line('return v')]),
    line('IMAGE = tf.placeholder(tf.float32, [None, 32, 32, 3])'),
    line('x = IMAGE'),
  ];
}

function importsOf(random: Random): Imports {
  const of = (texts: readonly string[], slim = 'slim', argScope = `${slim}.arg_scope`): Imports => ({
    lines: texts.map(line),
    slim,
    argScope,
  });
  return random.weighted<Imports>([
    [6, of(['import tf_slim as slim'])],
    [1, of(['import tf_slim'], 'tf_slim')],
    [3, of(['from tensorflow.contrib import slim'])],
    [2, of(['import tensorflow.contrib.slim as slim'])],
    [2, of(['slim = tf.contrib.slim'])],
    [1, of([], 'tf.contrib.slim')],
    [1, of(['import tf_slim as slim', 'from tf_slim import arg_scope'], 'slim', 'arg_scope')],
    [1, of(['import tf_slim as slim', 'S = slim.arg_scope'], 'slim', 'S')],
    [
      1,
      {
        lines: [
          block('try:', [line('import tf_slim as slim')]),
          block('except ImportError:', [line('from tensorflow.contrib import slim')]),
        ],
        slim: 'slim',
        argScope: 'slim.arg_scope',
      },
    ],
  ]);
}

/** Two runs: what nobody can know is different in each. */
function worldsOf(random: Random): GeneratedProgram['worlds'] {
  const flag = random.chance(0.5);
  const [many, few] = [random.int(2, 4), random.int(0, 1)];
  return [
    { flag_a: true, flag_b: flag, depth: many, key: 'a', settings: { stride: 3 }, params: {}, sizes: [2, 3] },
    { flag_a: false, flag_b: !flag, depth: few, key: 'b', settings: {}, params: { decay: 0.25 }, sizes: [] },
  ];
}
