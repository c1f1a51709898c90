/**
 * The evaluator against recorded programs: random ones of ours that the real arg_scope ran once (see docs/oracle.md).
 * Every call has to agree in every value, origin and exception, below each of its callers.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compareProgram, noFigures, type Figures } from './programs/compare';
import { textOfLines } from './programs/generator/lines';
import { generateProgram } from './programs/generator/program';
import type { ProgramText, Truth, TruthArgument } from './programs/truth';
import { toNormalForm } from '../../server/src/slim/library/normalForm';
import { defaultValue } from '../../server/src/slim/library/pythonText';
import { findSlimOp } from '../../server/src/slim/signatures/libraryFunctions';

interface Recorded extends ProgramText {
  readonly seed: number;
  readonly truth: Truth;
}

const recorded = JSON.parse(
  gunzipSync(readFileSync(join(__dirname, 'programs/recorded.json.gz'))).toString(),
) as readonly Recorded[];

test('recorded programs agree in every call', () => {
  const figures = noFigures();
  const wrong: string[] = [];
  for (const program of recorded) {
    const comparison = compareProgram(program, program.truth);
    for (const key of Object.keys(figures) as (keyof Figures)[]) figures[key] += comparison.figures[key];
    for (const one of comparison.disagreements) wrong.push(`seed ${program.seed}: ${one.kind}: ${one.text}`);
  }
  expect(wrong).toEqual([]);
  expect(recorded.length).toBeGreaterThanOrEqual(300);
  expect(figures.moduleCalls).toBeGreaterThan(1_500);
  expect(figures.throughCallers).toBeGreaterThan(800);
  expect(figures.throughCallers / figures.functionCalls).toBeGreaterThan(0.95);
  expect(figures.requiredRuns).toBeGreaterThan(700);
  expect(figures.predicted / figures.errors).toBeGreaterThan(0.95);
  expect(figures.predictedEntries / figures.failedEntries).toBeGreaterThan(0.9);
  expect(figures.unknown / figures.arguments).toBeLessThan(0.06);
});

test('a wrong value, a wrong origin, a call that is not found and a wrong exception are seen', () => {
  const program: ProgramText = {
    files: {
      'main.py': [
        'import tensorflow as tf',
        'import tf_slim as slim',
        'x = tf.placeholder(tf.float32)',
        'with slim.arg_scope([slim.conv2d], stride=2):',
        '    slim.conv2d(x, 8, 3)',
        '    slim.conv2d(x, 8, 3, 1)',
        '',
      ].join('\n'),
    },
    worlds: [{}],
  };
  const place = { path: 'main.py', col: 5 };
  const stack = [{ path: 'main.py', function: '<module>', line: 5 }];
  const scope = { path: 'main.py', line: 4, col: 6, kwLine: 4, kwCol: 36 };
  const kinds = (row: Partial<Truth['rows'][number]>, context: object): readonly string[] =>
    compareProgram(program, {
      rows: [
        {
          ...place,
          line: 5,
          endLine: 5,
          endCol: 25,
          op: 'conv2d',
          contexts: [{ stack, driver: '', ...context }],
          ...row,
        },
      ],
      scopes: [],
      ends: [{ type: 'TypeError', message: 'the second call', line: 4 }],
    }).disagreements.map((one) => one.kind);
  expect(kinds({}, { args: received({ value: 2, from: 'scope', scope }) })).toEqual([]);
  expect(kinds({}, { args: received({ value: 3, from: 'scope', scope }) })).toEqual(['value']);
  expect(kinds({}, { args: received({ value: 2, from: 'default' }) })).toEqual(['origin']);
  const elsewhere = { ...scope, kwCol: 30 };
  expect(kinds({}, { args: received({ value: 2, from: 'scope', scope: elsewhere }) })).toEqual(['origin']);
  expect(kinds({}, { args: { stride: { value: 2, from: 'scope', scope } } })).toEqual(['notStated']);
  expect(kinds({ line: 9 }, {})).toEqual(['missing']);
  expect(kinds({}, { error: { type: 'TypeError', message: 'other' } })).toEqual(['error']);
  const message = "convolution2d() got multiple values for argument 'stride'";
  const second = { line: 6, endLine: 6, endCol: 28 };
  expect(kinds(second, { error: { type: 'TypeError', message } })).toEqual([]);
  expect(kinds(second, { error: { type: 'TypeError', message: `${message}s` } })).toEqual(['error']);
  expect(kinds(second, {})).toEqual(['error']);
});

test('another caller, and a stated way on which nothing ran, are seen', () => {
  const program: ProgramText = {
    files: {
      'main.py': [
        'import tensorflow as tf',
        'import tf_slim as slim',
        'x = tf.placeholder(tf.float32)',
        'def net(x):',
        '    slim.conv2d(x, 8, 3)',
        'with slim.arg_scope([slim.conv2d], stride=2):',
        '    net(x)',
        'net(x)',
        '',
      ].join('\n'),
    },
    worlds: [{}],
  };
  const place = { path: 'main.py', line: 5, col: 5, endLine: 5, endCol: 25, op: 'conv2d' };
  const scope = { path: 'main.py', line: 6, col: 6, kwLine: 6, kwCol: 36 };
  const below = (line: number, col: number, stride: TruthArgument): Truth['rows'][number]['contexts'][number] => ({
    stack: [
      { path: 'main.py', function: '<module>', line, col },
      { path: 'main.py', function: 'net', line: 5, col: 5 },
    ],
    driver: '',
    args: received(stride),
  });
  const kinds = (...contexts: Truth['rows'][number]['contexts']): readonly string[] =>
    compareProgram(program, { rows: [{ ...place, contexts }], scopes: [], ends: [null] }).disagreements.map(
      (one) => one.kind,
    );
  const inScope = below(7, 5, { value: 2, from: 'scope', scope });
  const outside = below(8, 1, { value: 1, from: 'default' });
  expect(kinds(inScope, outside)).toEqual([]);
  expect(kinds(inScope)).toEqual(['extra']);
  expect(kinds(inScope, outside, below(3, 5, { value: 1, from: 'default' }))).toEqual(['path']);
  expect(kinds(inScope, below(8, 1, { value: 2, from: 'scope', scope }))).toEqual(['origin', 'extra']);
});

/** What `slim.conv2d(x, 8, 3)` receives, with a stride. */
function received(stride: TruthArgument): Record<string, TruthArgument> {
  const parameters = findSlimOp('conv2d')?.parameters ?? [];
  const defaults = parameters.map(({ name, default: text }): [string, TruthArgument] => [
    name,
    { value: (text === undefined ? undefined : toNormalForm(defaultValue(text))) ?? null, from: 'default' },
  ]);
  const given = (value: TruthArgument['value']): TruthArgument => ({ value, from: 'call' });
  return {
    ...Object.fromEntries(defaults),
    inputs: given({ tensor: true }),
    num_outputs: given(8),
    kernel_size: given(3),
    stride,
  };
}

test('a seed gives the same program every time', () => {
  const text = (seed: number): string =>
    generateProgram(seed)
      .files.map(({ lines }) => textOfLines(lines))
      .join('');
  expect(text(7)).toBe(text(7));
  expect(text(7)).not.toBe(text(8));
});
