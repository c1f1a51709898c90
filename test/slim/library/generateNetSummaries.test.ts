/**
 * What the generator of the summary does with code that the libraries do not have today: it says unknown with a reason,
 * or ends. The packages here are made up; netSummaries.test.ts runs it over the real ones.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/generateNetSummaries.py', import.meta.url));
const hasPython = spawnSync('python3', ['-c', 'import sys; assert sys.version_info >= (3, 8)']).status === 0;
const work = mkdtempSync(join(tmpdir(), 'slimscope-generator-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const names = ['alexnet', 'inception', 'inception_v1', 'inception_v2', 'inception_v3', 'overfeat', 'resnet_utils'];
const modules = ['__init__', ...names, 'resnet_v1', 'resnet_v2', 'vgg'];

/** Runs the generator over packages that are empty but for `tf_slim/nets/vgg.py` and further files of `tf_slim.nets`. */
function generate(lines: readonly string[], more: readonly string[] = []): { facts: string; error: string } {
  const folder = mkdtempSync(join(work, 'package-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const name of [...modules, ...more]) write(`tf_slim/nets/${name}.py`, '');
  for (const name of modules) write(`tensorflow_core/contrib/slim/python/slim/nets/${name}.py`, '');
  write('tensorflow_core/contrib/slim/nets.py', '');
  write('tf_slim/nets/vgg.py', lines.join('\n'));
  const output = join(folder, 'out.ts');
  const { status, stderr } = spawnSync('python3', [script, folder, folder, '--output', output], { encoding: 'utf8' });
  return status === 0 ? { facts: readFileSync(output, 'utf8'), error: '' } : { facts: '', error: stderr.trim() };
}

const head = ['import slim', 'from slim import arg_scope, add_arg_scope', 'conv = slim.conv2d'];
const scope = (setting: string): string => `  with arg_scope([conv], ${setting}) as sc:`;

test.skipIf(!hasPython).each([
  ['a loop', ['  for i in [1]:', '    k = i', scope('stride=k'), '    return sc'], 'a statement of kind For at line 5'],
  [
    'a change in place',
    ['  p = {}', "  p['a'] = 1", scope('p=p'), '    return sc'],
    'a statement of kind Assign at line 6',
  ],
  [
    'one side of an if',
    ['  if a:', '    k = 1', scope('stride=k'), '    return sc'],
    'a variable that is set on one side of an `if` only',
  ],
  [
    'a shared container',
    ['  p = [1]', scope('stride=p, rate=p'), '    return sc'],
    'the container `p` that two places share',
  ],
  ['another result', [scope('stride=1'), '    if a:', '      return sc', '    return sc'], 'the `with` at line 5'],
  [
    'an outer scope',
    ['  with arg_scope([conv], stride=1) as outer:', '    with arg_scope([conv], rate=1):', '      return outer'],
    'a factory that does not return its innermost scope',
  ],
  [
    'two scopes in one with',
    ['  with arg_scope([conv], stride=1), arg_scope([conv], rate=1) as sc:', '    return sc'],
    'the `with` at line 5',
  ],
  ['ops from nowhere', ['  with arg_scope(*a) as sc:', '    return sc'], 'the arg_scope at line 5'],
  ['a name from nowhere', [scope('stride=elsewhere'), '    return sc'], 'the name `elsewhere`'],
  ['an attribute of a local variable', ['  k = slim', scope('stride=k.size'), '    return sc'], 'the name `k.size`'],
  ['a subscript', [scope('stride=a[0]'), '    return sc'], 'a Subscript'],
])('a factory with %s is unknown', (_, body, reason) => {
  const { facts, error } = generate([...head, 'def scope(a=1):', ...body]);
  expect(error).toBe('');
  expect(facts).toContain(`"result": "unknown", "reason": "the summary has no words for ${reason}"`);
});

test.skipIf(!hasPython).each([
  ['a statement', ['while True: pass'], 'vgg.py: the facts have no words for the statement at line 1'],
  ['a star import', ['from slim import *'], 'vgg.py: the facts have no words for the import at line 1'],
  ['a class', ['class A(object):', '  size = 1'], 'vgg.py: the facts have no words for the class `A`'],
  [
    'a decorator',
    ['import slim', '@slim.other', 'def f(): pass'],
    'vgg.py: the facts have no words for the decorators of `f`',
  ],
  [
    'other parameters',
    ['def f(*args): return args'],
    'vgg.py: the facts have no words for a parameter that is not a plain one',
  ],
  [
    'a manager by hand',
    [...head, 'def f(x):', '  arg_scope([conv]).__enter__()', '  return x'],
    'an arg_scope at line 5 that no `with` enters',
  ],
  [
    'the current scope',
    ['from slim import current_arg_scope', 'def f(x):', '  current_arg_scope()', '  return x'],
    'current_arg_scope at line 3',
  ],
])('a module with %s ends the run', (_, lines, message) => {
  expect(generate(lines).error).toContain(message);
});

test.skipIf(!hasPython)('a module that nobody knows of ends the run', () => {
  expect(generate([], ['mobilenet']).error).toContain('holds other modules than this generator knows');
});

test.skipIf(!hasPython)('places count UTF-16 units, from the decorator on', () => {
  const functions = [
    '@add_arg_scope',
    'def unit(x):',
    '  return x',
    'def scope(a=1):',
    scope('p="𝒂", q=1'),
    '    return sc',
  ];
  const { facts } = generate([...head, ...functions]);
  expect(facts).toContain('"function": "unit", "at": [4, 1, 6, 11]');
  expect(facts).toContain('["q", {"int": 1, "at": [8, 36, 8, 37]}, [8, 34, 8, 37]]');
});

test.skipIf(!hasPython)('what functions return is told by kind, where it is sure', () => {
  const { facts } = generate([
    'from slim import layers, utils, other',
    'def tensor(x, flag):',
    '  if flag: x = layers.conv2d(x)',
    '  return x',
    'def both(x):',
    '  ends = {}',
    '  net = tensor(x, 1)',
    '  return net, ends',
    'def mixed(x):',
    '  if x: return {}',
    '  return layers.conv2d(x)',
    'def strange(x):',
    '  y = other.thing(x)',
    '  return y',
    'def falling(x):',
    '  if x: return layers.conv2d(x)',
    'def nothing(x):',
    '  x + 1',
    'def again(x):',
    '  net, ends = both(x)',
    "  return ends['a'], net, ends",
  ]);
  const kinds = Object.fromEntries(
    [...facts.matchAll(/"function": "(\w+)".*"result": (.*)\},$/gm)].map((match) => [match[1], match[2]]),
  );
  expect(kinds).toEqual({
    tensor: '"tensor"',
    both: '["tensor", "dict"]',
    mixed: '"unknown"',
    strange: '"unknown"',
    falling: '"unknown"',
    nothing: '"unknown"',
    again: '["unknown", "tensor", "dict"]',
  });
});
