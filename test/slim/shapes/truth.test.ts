/**
 * Shapes and variables against those of TensorFlow: the networks of tf_slim, and the small ones of truth/cases.py, as
 * truth/record.py saw them built. Every layer that TensorFlow names, in order, with its shape; every variable, with its
 * name, its shape and whether it is trained. Nothing may be left open.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { countParameters } from '../../../server/src/slim/shapes/countParameters';
import { variableScopeNames } from '../../../server/src/slim/shapes/layerEffect';
import type { NetworkRun } from '../../../server/src/slim/shapes/networkTrace';
import type { Dimension } from '../../../server/src/slim/shapes/shape';
import { traceNetwork } from '../../../server/src/slim/shapes/traceNetwork';
import type { Snapshot } from '../../../server/src/project/snapshot';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { openSourceOrSkip, pythonFiles } from '../../support/openSources';

interface Built {
  readonly layers: readonly (readonly [name: string, dims: readonly Dimension[]])[];
  readonly variables: readonly (readonly [name: string, dims: readonly Dimension[], isTrainable: boolean])[];
}

interface Network {
  readonly module: string;
  readonly function: string;
  readonly scope?: string;
  readonly arguments?: string;
  readonly input: readonly Dimension[];
}

const here = (file: string): string => join(import.meta.dirname, 'truth', file);
const truth = JSON.parse(gunzipSync(readFileSync(here('shapes.json.gz'))).toString()) as {
  readonly networks: readonly Built[];
  readonly cases: Readonly<Record<string, Built & { readonly input: readonly Dimension[] }>>;
};
const networks = JSON.parse(readFileSync(here('networks.json'), 'utf8')) as readonly Network[];

/** Layers whose library code gives no name to their output. */
const UNNAMED = new Set(['softmax', 'unit_norm', 'maxout', 'spatial_softmax']);

/**
 * What we say of a network, in the words of the record. A name scope of the graph is not a variable scope, and what a
 * layer calls for normalizing counts as part of it.
 */
function described(run: NetworkRun): Built {
  const { layers } = countParameters(run);
  const isInner = (i: number): boolean =>
    run.layers[i]?.scope.text.startsWith(`${run.layers[i - 1]?.scope.text}/`) ?? false;
  const named = run.layers.filter(({ op }, i) => !UNNAMED.has(op.name) && !isInner(i));
  return {
    layers: named.map(({ op, scope, effect }) => [
      variableScopeNames[op.name] === undefined ? '' : scope.isKnown ? scope.text : `${scope.text} (not known)`,
      effect.output.dims ?? [],
    ]),
    variables: layers.flatMap(({ variables }) =>
      variables.map(({ name, shape, isTrainable }) => [name, shape.dims ?? [], isTrainable] as const),
    ),
  };
}

/** The record with the names that we can say: of what opens a variable scope. */
function comparable(built: Built, ours: Built): Built {
  return {
    layers: built.layers.map(([name, dims], i) => [ours.layers[i]?.[0] === '' ? '' : name, dims]),
    variables: built.variables,
  };
}

function sizes(variables: Built['variables']): { readonly all: number; readonly trained: number } {
  const count = (list: Built['variables']): number =>
    list.reduce((sum, [, dims]) => sum + dims.reduce<number>((product, dim) => product * (dim ?? NaN), 1), 0);
  return { all: count(variables), trained: count(variables.filter(([, , isTrainable]) => isTrainable)) };
}

function startOf(snapshot: Snapshot, file: string, name: string): number {
  const found = snapshot
    .getFile(file)
    ?.tree.module.body.find((one) => one.kind === 'FunctionDef' && one.name.name === name);
  if (!found) throw new Error(`no ${name} in ${file}`);
  return found.span.start;
}

function byName(variables: Built['variables']): Built['variables'] {
  return [...variables].sort(([a], [b]) => (a < b ? -1 : 1));
}

function expectSame(run: NetworkRun | undefined, built: Built): void {
  if (!run) throw new Error('the network was not run');
  const ours = described(run);
  expect(ours.layers).toEqual(comparable(built, ours).layers);
  expect(byName(ours.variables)).toEqual(byName(built.variables));
  const { total } = countParameters(run);
  const { all, trained } = sizes(built.variables);
  expect(total).toEqual({ trainable: trained, nonTrainable: all - trained });
}

describe('small networks', () => {
  const text = readFileSync(here('cases.py'), 'utf8');
  const { snapshot, uri } = memoryWorkspace([{ path: 'cases.py', text }]);

  test.each(Object.entries(truth.cases))('%s', (name, built) => {
    const file = uri('cases.py');
    const target = { file, start: startOf(snapshot, file, name), inputShape: { dims: built.input } };
    const { runs } = traceNetwork(snapshot, target, { callers: [] });
    expectSame(runs[0], built);
    expect(runs).toHaveLength(1);
  });
});

const folder = await openSourceOrSkip('tf_slim');

describe.skipIf(folder === undefined)('the networks of tf_slim', async () => {
  const paths = folder === undefined ? [] : await pythonFiles(folder);
  const files = paths
    .filter((path) => path.startsWith('tf_slim/') && !path.endsWith('_test.py'))
    .map((path) => ({ path, text: readFileSync(join(folder ?? '', path), 'utf8') }));

  test.each(networks.map((network, i) => [network.function, network.arguments ?? '', i] as const))(
    '%s(%s)',
    (_, given, i) => {
      const { module, function: name, scope, input } = networks[i] as Network;
      const call = `${module}.${name}(images${given === '' ? '' : `, ${given}`})`;
      const text = [
        'import tf_slim as slim',
        `from tf_slim.nets import ${module}`,
        'def build(images):',
        `  with slim.arg_scope(${scope === undefined ? '{}' : `${module}.${scope}()`}):`,
        `    return ${call}`,
      ].join('\n');
      const { snapshot, uri } = memoryWorkspace([...files, { path: 'main.py', text }]);
      const file = uri(`tf_slim/nets/${module}.py`);
      const target = { file, start: startOf(snapshot, file, name), inputShape: { dims: input } };
      const caller = snapshot.getFile(uri('main.py'));
      const { runs } = traceNetwork(snapshot, target, { callers: caller ? [caller] : [] });
      expectSame(runs[0], truth.networks[i] as Built);
    },
    30_000,
  );
});
