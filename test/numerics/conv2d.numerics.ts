/**
 * The truth of the conversion: every program runs under real tf_slim and, converted by us, under Keras 3 and Keras 2,
 * with the same weights and inputs; outputs, penalties, gradients and moving averages are compared, and initializers by
 * their statistics. Prints the figures.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/src/base/textEdit';
import { convertToKeras, kerasLayerOf } from '../../server/src/slim/keras/convertToKeras';
import { memoryWorkspace } from '../support/memoryWorkspace';
import { openSourceOrSkip } from '../support/openSources';
import { numericsCases as ownCases } from './cases';
import type { NumericsCase } from './cases';
import { pythonOrSkip, runPython } from './python';
import { callsPerProgram, randomCases } from './randomCases';

/** The networks are run with few channels; only their size differs from the real ones. */
const folder = await openSourceOrSkip('tf_slim');
/** Programs that are converted, by name. */
const converted = new Map<string, Converted>();
/** Random programs that are left out: the reason, by name. */
const refusedCases = new Map<string, string>();

/** `SLIMSCOPE_NUMERICS_CASES` is a pattern of names, for work on some of them. */
const meant = new RegExp(process.env['SLIMSCOPE_NUMERICS_CASES'] ?? '');
const numericsCases: readonly NumericsCase[] = [
  ...ownCases,
  ...randomCases(Number(process.env['SLIMSCOPE_NUMERICS_RANDOM'] ?? 120)),
  ...(folder === undefined ? [] : [inceptionV3(folder)]),
].filter((one) => meant.test(one.name) && isConvertible(one));

/** Largest difference relative to the largest value. */
const tolerance = 1e-5;
/** Random programs normalize by variances down to 1e-6, which multiplies rounding errors. */
const randomTolerance = 1e-4;
/** Four million draws: the standard error of a standard deviation is 0.035 %, the wrong scale is off by 0.29 %. */
const drawTolerance = 1.5e-3;

interface Comparison {
  readonly output: number;
  readonly penalty: number;
  readonly gradient: number;
  readonly moving_mean: number;
  readonly moving_variance: number;
  /** The same, each variable with or without Bessel's correction. */
  readonly moving_variance_exact: number;
  readonly trainable: boolean;
  /** Largest output: a comparison of zeros would prove nothing. */
  readonly largest: number;
  readonly parameters: boolean;
}

interface Statistics {
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

interface Draw {
  readonly variables: readonly {
    readonly name: string;
    readonly original: Statistics;
    readonly converted: Statistics;
  }[];
}

interface Network {
  readonly output: number;
  readonly parameters: boolean;
  readonly layers: number;
  readonly largest: number;
}

interface Failure {
  readonly error: string;
  /** True when the original does not run. */
  readonly isOriginal?: boolean;
}

interface Results {
  readonly tensorflow: string;
  readonly keras: string;
  readonly cases: Readonly<Record<string, Comparison | Draw | Network | Failure>>;
}

const results: { keras3?: Results; keras2?: Results } = {};

const python = pythonOrSkip();

beforeAll(() => {
  if (python === undefined) return;
  const folder = join(tmpdir(), `slimscope-numerics-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'cases.json');
  writeFileSync(file, JSON.stringify(numericsCases.map(toJson), undefined, 1));
  const args = [file, folder];
  runPython(python, 'run_original.py', { args });
  results.keras3 = readResults(runPython(python, 'run_converted.py', { args }));
  results.keras2 = readResults(
    runPython(python, 'run_converted.py', { args, variables: { TF_USE_LEGACY_KERAS: '1' } }),
  );
});

describe.skipIf(python === undefined).each(['keras3', 'keras2'] as const)('%s', (version) => {
  test.each(numericsCases.filter(({ eager }) => eager))('$name', ({ name }) => {
    const result = results[version]?.cases[name];
    if (!result || !('layers' in result)) throw new Error(JSON.stringify(result));
    expect(result.largest, 'size of the output').toBeGreaterThan(1e-3);
    expect(result.output, 'output').toBeLessThan(tolerance);
    expect(result.parameters, 'the same variables').toBe(true);
    process.stdout.write(`${name}: ${result.layers} layers, output ${result.output.toExponential(1)}\n`);
  });

  test.each(numericsCases.filter(({ draw, eager, isRandom }) => !draw && !eager && !isRandom))(
    '$name',
    ({ name, positions = 2 * 9 * 10 }) => {
      const result = results[version]?.cases[name];
      if (!result || !('penalty' in result)) throw new Error(JSON.stringify(result));
      const limit = tolerance;
      expect(result.largest, 'size of the output').toBeGreaterThan(1e-3);
      expect(result.output, 'output').toBeLessThan(limit);
      expect(result.penalty, 'penalty').toBeLessThan(mayDiffer(version, name) ? Infinity : limit);
      expect(result.gradient, 'gradients').toBeLessThan(limit);
      expect(result.moving_mean, 'moving mean').toBeLessThan(limit);
      // The caveat: Bessel's correction N/(N-1).
      expect(result.moving_variance, 'moving variance').toBeLessThan(1 / (positions - 1) + tolerance);
      expect(result.trainable && result.parameters, 'the same variables').toBe(true);
    },
  );

  test('random calls', () => {
    const failed: string[] = [];
    const wrong: string[] = [];
    const random = numericsCases.filter(({ isRandom }) => isRandom);
    for (const { name, source } of random) {
      const result = results[version]?.cases[name];
      if (result && 'isOriginal' in result) failed.push(result.error);
      else {
        const what = result && 'penalty' in result ? differences(version, name, result) : JSON.stringify(result);
        if (what !== '') wrong.push(`${name}: ${what}\n${source}\n${converted.get(name)?.text ?? ''}`);
      }
    }
    process.stdout.write(
      `${random.length - failed.length} random programs with ${callsPerProgram} calls each; ${refusedCases.size} refused, ` +
        `${failed.length} fail in the original\n${tally([...refusedCases.values()])}${tally(failed)}`,
    );
    expect(wrong.length, wrong.slice(0, 12).join('\n')).toBe(0);
    // What fails there proves nothing here.
    expect(failed.length).toBeLessThan(Math.max(4, random.length / 5));
  });

  test.each(numericsCases.filter(({ draw }) => draw))('$name', ({ name }) => {
    const result = results[version]?.cases[name];
    if (!result || !('variables' in result)) throw new Error(JSON.stringify(result));
    for (const { original, converted } of result.variables) {
      expect(relativeStd({ original, converted }), 'standard deviation').toBeLessThan(drawTolerance);
      const scale = Math.max(original.std, 1e-12);
      expect(Math.abs(converted.mean - original.mean) / scale, 'mean').toBeLessThan(drawTolerance * 2);
    }
  });

  test('figures', () => {
    const found = results[version];
    if (!found) throw new Error('no results');
    // Where the penalty may differ, as the conversion says, it is no figure.
    const compared = Object.entries(found.cases).flatMap(([name, one]) =>
      'penalty' in one ? [{ ...one, penalty: mayDiffer(version, name) ? 0 : one.penalty }] : [],
    );
    const worst = (key: keyof Comparison): string =>
      Math.max(...compared.map((one) => Number(one[key]))).toExponential(1);
    process.stdout.write(
      `TensorFlow ${found.tensorflow}, Keras ${found.keras}: ${compared.length} programs, largest relative difference: ` +
        `output ${worst('output')}, penalty ${worst('penalty')}, gradients ${worst('gradient')}, ` +
        `moving mean ${worst('moving_mean')}, moving variance ${worst('moving_variance')}\n`,
    );
    const draws = Object.values(found.cases).flatMap((one) => ('variables' in one ? one.variables : []));
    const drift = Math.max(...draws.map(relativeStd));
    process.stdout.write(
      `  ${draws.length} variables drawn, largest difference of the standard deviation ${percent(drift)}\n`,
    );
    const others = numericsCases.filter(({ draw, eager, isRandom }) => !draw && !eager && !isRandom).length;
    expect(compared.length).toBeGreaterThanOrEqual(others);
  });
});

/** The base of Inception v3: 94 convolutions, which become Keras, among pools and concatenations, which stay. */
function inceptionV3(from: string): NumericsCase {
  const text = readFileSync(join(from, 'tf_slim', 'nets', 'inception_v3.py'), 'utf8');
  const call = 'net, end_points = inception_v3_base(images, min_depth=4, depth_multiplier=0.125)';
  return { name: 'inception_v3_base', source: `${text}\n\n${call}\n`, shape: [2, 139, 139, 3], eager: true };
}

/** What is not equal, in words. */
function differences(version: string, name: string, result: Comparison): string {
  const limits: readonly [keyof Comparison, number][] = [
    ['output', randomTolerance],
    ['penalty', mayDiffer(version, name) ? Infinity : randomTolerance],
    ['gradient', randomTolerance],
    ['moving_mean', randomTolerance],
    ['moving_variance_exact', randomTolerance],
  ];
  const over = limits.filter(([key, limit]) => !(Number(result[key]) < limit));
  const texts = over.map(([key]) => `${key} ${Number(result[key]).toExponential(1)}`);
  if (!result.trainable || !result.parameters) texts.push('other variables');
  return texts.join(', ');
}

/** How often each text occurs, for the report. */
function tally(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return sorted.map(([text, count]) => `  ${count} x ${text.replace(/\s+/g, ' ').slice(0, 150)}\n`).join('');
}

function relativeStd({
  original,
  converted,
}: {
  readonly original: Statistics;
  readonly converted: Statistics;
}): number {
  return Math.abs(converted.std - original.std) / Math.max(original.std, 1e-12);
}

function percent(value: number): string {
  return `${(100 * value).toFixed(3)} %`;
}

interface Converted {
  readonly text: string;
  /** The named caveat: Keras 3 leaves the penalty of frozen weights out. */
  readonly leavesPenaltyOut: boolean;
}

function mayDiffer(version: string, name: string): boolean {
  return version === 'keras3' && converted.get(name)?.leavesPenaltyOut === true;
}

/** Converts the program; a random one may be refused. */
function isConvertible(one: NumericsCase): boolean {
  const result = convertAll(one.source);
  if (typeof result !== 'string') converted.set(one.name, result);
  else if (one.isRandom) refusedCases.set(one.name, result);
  else throw new Error(`${one.source}\n${result}`);
  return typeof result !== 'string';
}

function toJson(one: NumericsCase): object {
  return {
    name: one.name,
    original: one.source,
    converted: converted.get(one.name)?.text,
    shape: one.shape ?? [2, 9, 10, 5],
    draw: one.draw ?? false,
    eager: one.eager ?? false,
    random: one.isRandom ?? false,
  };
}

/** Converts one call after the other until none is left; a text is the reason why not. */
function convertAll(source: string): Converted | string {
  let text = source;
  let leavesPenaltyOut = false;
  for (;;) {
    const workspace = memoryWorkspace([{ path: 'main.py', text }]);
    const file = workspace.uri('main.py');
    const parsed = workspace.snapshot.getFile(file);
    const analysis = workspace.snapshot.analysis(file);
    // Of the network only the function that runs.
    const isMeant = (enclosing: string | undefined): boolean =>
      !text.includes('def inception_v3_base') || enclosing === 'inception_v3_base';
    const call = analysis?.calls.find((one) => kerasLayerOf(one) !== undefined && isMeant(one.enclosingFunction));
    if (!parsed || !analysis || !call) break;
    const conversion = convertToKeras({ program: workspace.snapshot, source: parsed, analysis, call });
    if (conversion.kind === 'refused') return conversion.reasons[0]?.reason ?? 'no reason';
    text = applyEdits(text, conversion.edits);
    leavesPenaltyOut ||= conversion.caveats.some((caveat) => caveat.startsWith('while the layer is frozen'));
  }
  return { text, leavesPenaltyOut };
}

function readResults(output: string): Results {
  return JSON.parse(output) as Results;
}
