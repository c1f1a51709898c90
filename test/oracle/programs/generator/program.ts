/**
 * A whole random program: imports in one of their forms, definitions, perhaps a second file, a module body.
 */
import { Bindings } from './bindings';
import { definition } from './definitions';
import { block, line, type GeneratedProgram, type Line, type ProgramFile } from './lines';
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
  const counter = { value: 0 };
  const main = new Bindings(random, imports.slim, 'tf', imports.argScope, counter);
  main.lists.unknownFlags.push('outside.flag_a', 'outside.flag_b');
  main.lists.unknownNumbers.push('outside.depth');
  const files: ProgramFile[] = [];
  const lines: Line[] = [...header(imports)];
  if (random.chance(0.35)) lines.push(...secondFile(main, imports, files));
  for (let i = random.int(0, 3); i > 0; i--) lines.push(...definition(main));
  lines.push(...statements(main, random.int(2, 6)));
  files.unshift({ path: 'main.py', lines });
  return { files, worlds: worldsOf(random) };
}

function header(imports: Imports): readonly Line[] {
  return [
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

/** A file with definitions of its own; returns how `main.py` imports them. */
function secondFile(main: Bindings, imports: Imports, files: ProgramFile[]): readonly Line[] {
  const { random } = main;
  const inPackage = random.chance(0.4);
  const path = inPackage ? 'nets/scopes.py' : 'scopes.py';
  if (inPackage) files.push({ path: 'nets/__init__.py', lines: [] });
  const own = new Bindings(random, imports.slim, 'tf', imports.argScope, main.counter);
  own.lists.unknownFlags.push('outside.flag_a');
  const lines: Line[] = [...header(imports), line(`DEPTH = ${random.int(1, 9)}`)];
  own.lists.numbers.push('DEPTH');
  for (let i = random.int(1, 3); i > 0; i--) lines.push(...definition(own));
  files.push({ path, lines });
  const module = inPackage ? 'nets.scopes' : 'scopes';
  const exported = exportedNames(own);
  const style = random.int(0, 2);
  const prefix = style === 0 ? 'lib.' : '';
  take(main, own, prefix);
  if (style === 0) return [line(inPackage ? 'from nets import scopes as lib' : 'import scopes as lib')];
  if (style === 1 && exported.length > 0) return [line(`from ${module} import ${exported.join(', ')}`)];
  return [line(`from ${module} import *`), line('x = IMAGE')];
}

function exportedNames(own: Bindings): readonly string[] {
  const { lists } = own;
  const names = [...lists.factories, ...lists.managers, ...lists.blocks].map((one) => one.name);
  const others = [
    ...lists.initializers,
    ...lists.functions,
    ...lists.normalizers,
    ...lists.layers.map((one) => one.text),
  ];
  const numbers = lists.numbers.map((text) => text.replace(/\(.*/, ''));
  return [...new Set([...names, ...others, ...numbers].map((name) => name.split('.')[0] ?? name))];
}

/** Binds in `main` what the other file defines, under the prefix of its import. */
function take(main: Bindings, own: Bindings, prefix: string): void {
  const { lists } = own;
  for (const kind of ['factories', 'managers', 'blocks'] as const)
    main.lists[kind].push(...lists[kind].map((one) => ({ ...one, name: prefix + one.name })));
  for (const kind of ['initializers', 'functions', 'normalizers', 'numbers'] as const)
    main.lists[kind].push(...lists[kind].map((name) => prefix + name));
  main.lists.layers.push(...lists.layers.map((layer) => ({ ...layer, text: prefix + layer.text })));
}

/** Two runs: what nobody can know is different in each. */
function worldsOf(random: Random): GeneratedProgram['worlds'] {
  const world = (flag: boolean): Record<string, unknown> => ({
    flag_a: flag,
    flag_b: random.chance(0.5),
    depth: random.int(0, 4),
  });
  return [world(true), world(false)];
}
