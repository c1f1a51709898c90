/**
 * The truth of the migration of whole networks: every network of tf_slim 1.1.0 is built under real TF-Slim with random
 * weights and saved, migrated by the one command, built under Keras 3 and Keras 2, and loaded by our own loader. Outputs,
 * end points, penalties, gradients, moving averages, the number of parameters and the saved model are compared.
 *
 *   SLIMSCOPE_NUMERICS_NETS=vgg,inception_v3   some of them
 *   SLIMSCOPE_NUMERICS_FULL=1                  in full size: minutes and gigabytes each
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSourceOrSkip } from '../support/openSources';
import { nets, type Net } from './nets/nets';
import { modes, prepareNet, type Mode, type PreparedNet } from './nets/prepareNets';
import { findPython, pythonOrSkip, runPython } from './python';

/** Largest difference relative to the largest value. */
const tolerance = 1e-5;

const sources = await openSourceOrSkip('tf_slim');
const python = sources === undefined ? undefined : pythonOrSkip();
const isFullSize = Boolean(process.env['SLIMSCOPE_NUMERICS_FULL']);
const only = process.env['SLIMSCOPE_NUMERICS_NETS']?.split(',');
const wanted = nets.filter(({ name }) => only === undefined || only.some((start) => name.startsWith(start)));

/** Keras 3, and Keras 2 as the package tf_keras. */
const versions = { keras3: {}, keras2: { TF_USE_LEGACY_KERAS: '1' } } as const;
type Version = keyof typeof versions;

interface Comparison {
  readonly missingEndPoints: readonly string[];
  readonly outputs: Readonly<Record<string, number>>;
  readonly largest: number;
  readonly penalty: number;
  readonly gradient: number;
  readonly movingMean: number;
  readonly movingVariance: number;
  /** Of the model, and of the original. */
  readonly parameters: readonly [number, number];
  readonly loaded: number;
  readonly extra: readonly string[];
  readonly saved: number;
  readonly seconds: number;
}

interface Original {
  readonly tensorflow: string;
  readonly python: string;
  readonly errors: Readonly<Record<string, string>>;
}

interface Results {
  readonly tensorflow: string;
  readonly keras: string;
  readonly nets: Readonly<Record<string, Comparison | { readonly error: string }>>;
}

const folder = mkdtempSync(join(tmpdir(), 'slimscope-nets-'));
const prepared = new Map<string, PreparedNet>();
const results = new Map<Version, Results>();
let original: Original | undefined;

beforeAll(async () => {
  if (python === undefined || sources === undefined) return;
  for (const net of wanted) prepared.set(net.name, await prepareNet(net, { folder, sources, isFullSize }));
  const runs = [...prepared.values()].flatMap((one) => one.runs);
  const file = join(folder, 'runs.json');
  writeFileSync(file, JSON.stringify(runs));
  const args = [file, folder];
  // TensorFlow 1.15 is what such code was written for; where it does not install, tf_slim runs on TensorFlow 2.
  const old = findPython('tf1');
  const variables = old === undefined ? {} : { PYTHONPATH: sources };
  original = JSON.parse(runPython(old ?? python, 'nets/original_net.py', { args, variables })) as Original;
  process.stdout.write(`the originals ran on TensorFlow ${original.tensorflow}, Python ${original.python}\n`);
  for (const [version, variables] of Object.entries(versions)) {
    const found = JSON.parse(runPython(python, 'nets/converted_net.py', { args, variables })) as Results;
    results.set(version as Version, found);
  }
});

afterAll(() => {
  if (process.env['SLIMSCOPE_NUMERICS_KEEP']) process.stdout.write(`kept: ${folder}\n`);
  else rmSync(folder, { recursive: true, force: true });
});

/** What was found for a network; an error of the original comes first. */
function resultOf(version: Version, net: Net, mode: Mode): Comparison {
  const name = `${net.name}-${mode}`;
  const problem = original?.errors[name];
  if (problem !== undefined) throw new Error(`the original: ${problem}`);
  const result = results.get(version)?.nets[name];
  if (result === undefined) throw new Error('it did not run');
  if ('error' in result) throw new Error(result.error);
  return result;
}

/** Fails where something is not equal. */
function check(version: Version, net: Net, mode: Mode): Comparison {
  expect(prepared.get(net.name)?.refused, 'calls that stay').toEqual([]);
  const found = resultOf(version, net, mode);
  expect(found.largest, 'size of the output').toBeGreaterThan(1e-3);
  expect(found.missingEndPoints, 'end points that are gone').toEqual([]);
  for (const [name, difference] of Object.entries(found.outputs)) expect(difference, name).toBeLessThan(tolerance);
  expect(found.penalty, 'sum of the penalties').toBeLessThan(tolerance);
  // In single precision a rounding error decides which of two equal pixels a pool takes, and all gradients behind it.
  if (mode === 'training') expect(found.gradient, 'gradients').toBeLessThan(tolerance);
  expect(found.movingMean, 'moving means').toBeLessThan(tolerance);
  // The named caveat: Keras stores the variance without Bessel's correction; least positions make the largest factor.
  expect(found.movingVariance, 'moving variances').toBeLessThan(mode === 'training' ? 1 : tolerance);
  expect(found.parameters[0], 'parameters').toBe(found.parameters[1]);
  expect(found.extra, 'variables that no weight takes').toEqual([]);
  expect(found.saved, 'the saved model').toBeLessThan(tolerance);
  return found;
}

describe.skipIf(python === undefined).each(Object.keys(versions) as readonly Version[])('%s', (version) => {
  test.each(wanted.filter(({ open }) => open === undefined))('$name', (net) => {
    for (const { mode } of modes) check(version, net, mode);
  });

  test.each(wanted.filter(({ open }) => open !== undefined))('$name is open: $open', (net) => {
    const closed = modes.every(({ mode }) => {
      try {
        return check(version, net, mode).loaded > 0;
      } catch {
        return false;
      }
    });
    if (closed) process.stdout.write(`${net.name} is equal now under ${version}: take it out of the open ones\n`);
    expect(net.open).toMatch(/\S/);
  });

  test('figures', () => {
    const found = results.get(version);
    process.stdout.write(`\nTensorFlow ${found?.tensorflow ?? '?'}, Keras ${found?.keras ?? '?'}\n`);
    const rows = wanted.flatMap((net) => modes.map(({ mode }) => rowOf(version, net, mode)));
    process.stdout.write(`${rows.join('\n')}\n`);
    expect(rows.length).toBe(wanted.length * modes.length);
  });
});

/** A line about a network for people. */
function rowOf(version: Version, net: Net, mode: Mode): string {
  const one = prepared.get(net.name);
  const head = `${net.name.padEnd(14)} ${mode.padEnd(9)} ${String(one?.converted).padStart(3)} of ${one?.calls ?? 0} calls`;
  try {
    const { outputs, penalty, gradient, movingMean, movingVariance, parameters, saved, seconds } = resultOf(
      version,
      net,
      mode,
    );
    const worst = Math.max(...Object.values(outputs));
    const figures = { output: worst, penalty, gradient, 'moving mean': movingMean, 'moving variance': movingVariance };
    const texts = Object.entries({ ...figures, saved }).map(([name, value]) => `${name} ${value.toExponential(1)}`);
    return `${head}, ${parameters[0]} parameters, ${Object.keys(outputs).length} outputs: ${texts.join(', ')}; ${seconds} s`;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 300) : String(error);
    const refused = one?.refused.map((text) => `\n    stays: ${text}`).join('') ?? '';
    return `${head}: ${reason}${refused}`;
  }
}
