/**
 * The summary of the libraries' nets against the libraries: generated anew from the pinned packages it is the same, and
 * a program that uses an installed net gets what it gets with the net's source in its workspace. Every factory of both
 * libraries, with its defaults, with each parameter changed and with each parameter unknown.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Location } from '../../../server/src/base/span';
import { netSummaries } from '../../../server/src/slim/data/netSummaries';
import type { FunctionFact, NetModule } from '../../../server/src/slim/library/nets/netFacts';
import { isNetFile } from '../../../server/src/slim/library/nets/netSource';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';
import { openSourceOrSkip, pythonFiles } from '../../support/openSources';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const tfSlim = await openSourceOrSkip('tf_slim');
const contrib = await openSourceOrSkip('contrib_slim');

const libraries = [
  { name: 'tf_slim', folder: tfSlim, nets: 'tf_slim.nets', slim: 'import tf_slim as slim' },
  {
    name: 'contrib',
    folder: contrib,
    nets: 'tensorflow.contrib.slim.python.slim.nets',
    slim: 'import tensorflow.contrib.slim as slim',
  },
];

/** A call of every op that a factory could concern, with as little of its own as Python allows. */
const ops = [
  'slim.conv2d(x, 8, 3)',
  'slim.conv2d(x, 8, 3, normalizer_fn=None, padding="VALID")',
  'slim.fully_connected(x, 8)',
  'slim.batch_norm(x)',
  'slim.max_pool2d(x, 2)',
  'slim.avg_pool2d(x, 2)',
  'slim.separable_conv2d(x, 8, 3, 1)',
  'slim.conv2d_transpose(x, 8, 3)',
  'slim.convolution(x, 8, 3)',
  'slim.dropout(x)',
  'slim.softmax(x)',
  'slim.layer_norm(x)',
  'slim.flatten(x)',
];

/** Factories by the name under which a user reaches them: `vgg.vgg_arg_scope`. */
function factoriesOf(library: (typeof libraries)[number]): readonly (readonly [string, string, FunctionFact])[] {
  return netSummaries
    .filter(({ module }) => module.startsWith(`${library.nets}.`))
    .flatMap((module) =>
      module.facts.flatMap((fact) =>
        'function' in fact && 'scopes' in fact
          ? [[module.module.slice(library.nets.length + 1), fact.function, fact] as const]
          : [],
      ),
    );
}

/** Programs that use a factory in every way that makes a difference. */
function programsFor(library: (typeof libraries)[number], module: string, factory: string, fact: FunctionFact) {
  const head = [library.slim, `from ${library.nets} import ${module}`, ''];
  const body = (indent: string): readonly string[] => ops.map((op) => `${indent}${op}`);
  const entered = (call: string): readonly string[] => [`with slim.arg_scope(${call}):`, ...body('    ')];
  const name = `${module}.${factory}`;
  const changed = fact.parameters.flatMap(([parameter]) =>
    ['0.125', 'False', 'None'].map((value) => entered(`${name}(${parameter}=${value})`)),
  );
  const unknown = fact.parameters.map(([parameter]) => [
    `def with_${parameter}(x, given):`,
    `    with slim.arg_scope(${name}(${parameter}=given)):`,
    ...body('        '),
  ]);
  const positional = entered(`${name}(${fact.parameters.map((_, i) => i + 1).join(', ')})`);
  const nested = [
    'with slim.arg_scope([slim.conv2d, slim.max_pool2d, slim.batch_norm], padding="VALID", trainable=False, decay=0.5):',
    `    with slim.arg_scope(${name}()) as sc:`,
    ...body('        '),
    'with slim.arg_scope(sc):',
    ...body('    '),
    `saved = ${name}()`,
    'with slim.arg_scope(dict(sc, **saved)):',
    ...body('    '),
    'with slim.arg_scope(saved):',
    '    with slim.arg_scope([slim.conv2d, slim.fully_connected], normalizer_params={"decay": 0.25}):',
    ...body('        '),
  ];
  const changes = [...entered(`${name}()`), ...positional, ...changed.flat()];
  return [changes, nested, unknown.flat()].map((lines) => [...head, ...lines].join('\n'));
}

/** The calls of a program, with places as people read them; the text of an expression is said in other words. */
function callsOf(workspace: MemoryWorkspace, path = 'main.py'): unknown {
  const { snapshot } = workspace;
  const seen = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(seen);
    if (value instanceof Map) return [...value].map(seen);
    if (typeof value !== 'object' || value === null) return value;
    const location = value as Partial<Location>;
    if (location.file !== undefined && location.span)
      return placeOf(workspace, { file: location.file, span: location.span });
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]) => (key === 'text' ? [] : [[key, seen(part)] as const])),
    );
  };
  return seen(snapshot.analysis(workspace.uri(path))?.calls);
}

function placeOf({ snapshot }: MemoryWorkspace, { file, span }: Location): string {
  const lines = snapshot.getFile(file)?.lines;
  const at = (offset: number): string => {
    const position = lines?.positionAt(offset) ?? { line: -1, column: -1 };
    return `${position.line + 1}:${position.column + 1}`;
  };
  return `${snapshot.getPath(file).replace(/^<(.*)>$/, '$1')} ${at(span.start)}-${at(span.end)}`;
}

describe.each(libraries)('$name', (library) => {
  const { folder } = library;
  const factories = factoriesOf(library);

  test('all its factories are expressed', () => {
    const modules = netSummaries.filter(({ module }) => module.startsWith(library.nets));
    const unexpressed = modules.flatMap(({ facts }) => facts.filter((fact) => 'reason' in fact && 'function' in fact));
    expect(unexpressed).toEqual([]);
    expect(factories.map(([, factory]) => factory)).toEqual([
      'alexnet_v2_arg_scope',
      'inception_v1_arg_scope',
      'inception_v2_arg_scope',
      'inception_v3_arg_scope',
      'overfeat_arg_scope',
      'resnet_arg_scope',
      'vgg_arg_scope',
    ]);
  });

  test.skipIf(folder === undefined).each(factories)(
    '%s.%s as if its source were there',
    async (module, factory, fact) => {
      const programs = programsFor(library, module, factory, fact).map((text, i) => ({ path: `main${i}.py`, text }));
      const installed = memoryWorkspace(programs);
      const present = memoryWorkspace([...programs, ...(await sourcesOf(folder ?? '', library.nets))]);
      for (const { path, text } of programs) {
        const calls = callsOf(installed, path);
        expect(JSON.stringify(calls)).toContain(library.nets.replaceAll('.', '/'));
        expect(calls, text).toEqual(callsOf(present, path));
      }
    },
  );

  test.skipIf(folder === undefined)('its ops as if their sources were there', async () => {
    const sources = await sourcesOf(folder ?? '', library.nets);
    const text = [
      library.slim,
      `from ${library.nets} import resnet_utils, resnet_v1, resnet_v2`,
      'block = resnet_v2.resnet_v2_block("b", 64, 3, 2)',
      'with slim.arg_scope([resnet_v1.bottleneck, resnet_utils.stack_blocks_dense, slim.conv2d], outputs_collections=1):',
      '    resnet_v1.bottleneck(1, 256, 64, stride=1)',
      '    resnet_v2.bottleneck(1, 256, 64, 1, rate=2)',
      '    resnet_utils.stack_blocks_dense(1, [])',
      '    for unit in block.args:',
      '        block.unit_fn(1, scope=block.scope, **unit)',
      'slim.conv2d(1, 8, resnet_v1.resnet_v1.default_image_size)',
    ].join('\n');
    const main = { path: 'main.py', text };
    expect(callsOf(memoryWorkspace([main]))).toEqual(callsOf(memoryWorkspace([main, ...sources])));
  });
});

async function sourcesOf(folder: string, nets: string): Promise<readonly { path: string; text: string }[]> {
  const below = nets.replaceAll('.', '/');
  const paths = (await pythonFiles(folder)).filter(
    (path) => path.startsWith(`${below}/`) && !path.endsWith('_test.py'),
  );
  expect(paths.length).toBeGreaterThan(10);
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })));
}

test.skipIf(tfSlim === undefined || contrib === undefined)('generated anew, the summary is the same', async () => {
  const work = await mkdtemp(join(tmpdir(), 'slimscope-nets-'));
  try {
    const output = join(work, 'netSummaries.ts');
    const script = join(root, 'scripts', 'generateNetSummaries.py');
    await promisify(execFile)('python3', [script, tfSlim ?? '', contrib ?? '', '--output', output]);
    const committed = await readFile(join(root, 'server', 'src', 'slim', 'data', 'netSummaries.ts'), 'utf8');
    expect(await readFile(output, 'utf8')).toBe(committed);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
});

test('a place of the summary lies in the file that it names', () => {
  const workspace = memoryWorkspace([
    {
      path: 'main.py',
      text: 'import tf_slim as slim\nfrom tf_slim.nets import vgg\nwith slim.arg_scope(vgg.vgg_arg_scope()):\n    slim.conv2d(x, 8, 3)\n',
    },
  ]);
  const [call] = workspace.snapshot.analysis(workspace.uri('main.py'))?.calls ?? [];
  const argument = call?.contexts[0]?.arguments.find(({ name }) => name === 'weights_regularizer');
  const origin = argument?.origin.kind === 'argScope' ? argument.origin : undefined;
  expect(origin && placeOf(workspace, origin.scope)).toBe('tf_slim/nets/vgg.py 71:8-75:55');
  expect(origin?.keyword && placeOf(workspace, origin.keyword)).toBe('tf_slim/nets/vgg.py 74:7-74:68');
  expect(isNetFile(origin?.scope.file ?? '')).toBe(true);
  expect(argument?.text).toBe('regularizers.l2_regularizer(weight_decay)');
});

test('names and places are those of modules that the summary has', () => {
  const modules: ReadonlyMap<string, NetModule> = new Map(netSummaries.map((one) => [one.module, one]));
  for (const { facts } of netSummaries) {
    for (const fact of facts) {
      if ('import' in fact && fact.import.includes('.nets')) expect(modules.has(fact.import), fact.import).toBe(true);
    }
  }
});
