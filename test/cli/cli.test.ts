import { describe, expect, it } from 'vitest';
import type { CliIo } from '../../server/src/cli/run';
import { nodeFileSystem } from '../../server/src/platform/node';
import { rules } from '../../server/src/rules/registry';
import { parse } from '../support/parser';
import { slimscope } from './slimscope';

const net = `import tensorflow as tf
import tf_slim as slim

def net(x, is_training=True):
  with slim.arg_scope([slim.conv2d], stride=2, normalizer_fn=slim.batch_norm):
    y = slim.conv2d(x, 64, [3, 3])
    return slim.conv2d(y, 32, 3, 1)
`;

/** So that a new rule changes nothing here. */
const onlyCollisions = ['--rule', 'all=off', '--rule', 'positional-collision=error'];

describe('exit codes', () => {
  const clean = { 'a.py': 'x = 1\n' };
  it.each([
    [0, 'help', ['--help']],
    [0, 'the version', ['--version']],
    [0, 'a clean file', ['check', 'a.py']],
    [0, 'an explained file, whatever is wrong with it', ['explain', 'bad.py']],
    [1, 'errors', ['check', 'bad.py']],
    [1, 'errors, in JSON', ['check', '--format', 'json', '.']],
    [3, 'a setting with a wrong value', ['check', '--target', '3.x', 'a.py']],
    [3, 'a rule that does not exist', ['check', '--rule', 'nonsense=off', 'a.py']],
    [3, 'a severity that does not exist', ['check', '--rule', 'unknown-argument=loud', 'a.py']],
    [4, 'no command', []],
    [4, 'an unknown command', ['lint', 'a.py']],
    [4, 'an unknown flag', ['check', '--fast', 'a.py']],
    [1, 'errors in the current folder', ['check']],
    [4, 'nothing to explain', ['explain']],
    [4, 'an option of another command', ['explain', '--fix', 'a.py']],
    [4, 'a diff in another format', ['check', '--diff', '--format', 'json']],
    [4, 'unsafe fixes without fixes', ['check', '--unsafe-fixes']],
    [4, 'stdin among other files', ['check', '-', 'a.py']],
    [0, 'the list of rules', ['rule', '--list']],
    [4, 'a file that does not exist', ['explain', 'nowhere.py']],
    [4, 'a format that does not exist', ['explain', '--format', 'xml', 'a.py']],
    [4, 'a rule page that does not exist', ['rule', 'nonsense']],
  ])('%i for %s', async (expected, _what, args) => {
    const { code } = await slimscope({ ...clean, 'bad.py': net }, args);
    expect(code).toBe(expected);
  });

  it('is 2 for an internal error, which is told on stderr', async () => {
    const parse = () => Promise.reject(new TypeError('a bug'));
    const { code, out, error } = await slimscope(clean, ['check', 'a.py'], { parse });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(/^slimscope: internal error: TypeError: a bug\n\s+at /);
  });
});

describe('an internal error', () => {
  it('in one file leaves the findings of the others', async () => {
    const broken = (text: string) => {
      if (text.includes('BUG')) throw new TypeError('the parser failed');
      return parse(text);
    };
    const files = { 'a.py': net, 'b.py': 'import lib\n', 'lib.py': '# BUG\n' };
    const { code, out, error } = await slimscope(files, ['check', 'a.py', 'b.py'], {
      parse: () => Promise.resolve(broken),
    });
    expect(code).toBe(2);
    expect(out).toContain('positional-collision');
    expect(error).toContain('internal error in the evaluation of b.py: TypeError: the parser failed');
  });
});

describe('messages', () => {
  it('of wrong command lines go to stderr and point to the help', async () => {
    const { out, error } = await slimscope({}, ['lint']);
    expect(out).toBe('');
    expect(error).toBe('slimscope: there is no command `lint`\nTry `slimscope --help`.\n');
  });

  it('of wrong settings name key, value and allowed values', async () => {
    const { error } = await slimscope({ 'a.py': '' }, ['check', '--target', '3.x', 'a.py']);
    expect(error).toBe(
      'slimscope: Setting `slimscope.targetTensorflow`: `"3.x"` is not allowed, allowed are `auto`, `1.15`, `2.0-2.15`, `2.16`, `2.16-tf_keras`. The default holds\n',
    );
  });

  it('of the help name every command and every flag', async () => {
    const { out } = await slimscope({}, ['--help']);
    for (const word of ['explain', 'check', 'rule', '--root', '--target', '--rule', '--python-path', '--exclude']) {
      expect(out).toContain(word);
    }
  });
});

describe('check', () => {
  it('prints each finding with its line, and a summary', async () => {
    const { out } = await slimscope({ 'pkg/net.py': net }, ['check', '.', ...onlyCollisions]);
    const [first, ...rest] = out.trimEnd().split('\n');
    expect(first).toMatch(/^pkg\/net\.py:7:34 error positional-collision: `stride` /);
    expect(rest.slice(1, 4)).toEqual([
      ' 7 |     return slim.conv2d(y, 32, 3, 1)',
      '   |                                  ^',
      '   = pkg/net.py:5:38: `stride` is set here',
    ]);
    expect(rest.at(-2)).toBe('1 can be fixed with `--fix`');
    expect(rest.at(-1)).toBe(
      '1 error, 0 warnings in 1 file (2 slim calls, 2 fully known, 0 with values that are not known)',
    );
  });

  it('prints a public JSON', async () => {
    const { out } = await slimscope({ 'net.py': net, 'clean.py': '' }, [
      ...['check', '--format', 'json', '.'],
      ...onlyCollisions,
    ]);
    const report = JSON.parse(out) as { files: { path: string; diagnostics: unknown[] }[] };
    expect(report).toMatchObject({
      schemaVersion: 1,
      problems: [],
      summary: { errors: 1, warnings: 0, infos: 0, files: 2, slimCalls: 2, unknownCalls: 0 },
    });
    const errors = report.files[0]?.diagnostics.filter((one) => (one as { severity: string }).severity === 'error');
    expect(errors).toEqual([
      {
        rule: 'positional-collision',
        severity: 'error',
        line: 7,
        column: 34,
        endLine: 7,
        endColumn: 35,
        message: expect.stringContaining('stride') as unknown,
        fixes: [
          {
            title: expect.stringContaining('stride') as unknown,
            safety: 'safe',
            edits: [{ line: 7, column: 34, endLine: 7, endColumn: 34, newText: 'stride=' }],
          },
        ],
        related: [{ path: 'net.py', line: 5, column: 38, message: expect.stringMatching(/./) as unknown }],
      },
    ]);
  });

  it('takes severities and the target from flags', async () => {
    const contrib = { 'a.py': 'import tensorflow as tf\nslim = tf.contrib.slim\n' };
    expect((await slimscope(contrib, ['check', 'a.py'])).code).toBe(1);
    expect((await slimscope(contrib, ['check', '--target', '1.15', 'a.py'])).code).toBe(0);
    const rule = '--rule=contrib-moved-package=info';
    expect(await slimscope(contrib, ['check', rule, 'a.py'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 errors, 0 warnings, 1 info in 1 file') as unknown,
    });
  });

  it('leaves out what is excluded, unless it is named', async () => {
    const files = { 'gen/a.py': net, 'venv/b.py': net, 'c.py': '' };
    expect((await slimscope(files, ['check', '--exclude', 'gen', '.'])).out).toContain('in 1 file');
    expect((await slimscope(files, ['check', '--exclude', 'gen', '.', 'gen/a.py'])).out).toContain('in 2 files');
  });
});

describe('explain', () => {
  it('prints the arguments of every call with their values and origins', async () => {
    const { out } = await slimscope({ 'net.py': net }, ['explain', 'net.py:6']);
    const lines = out.split('\n').map((line) => line.trimEnd());
    expect(lines[0]).toBe('net.py:6:9 conv2d');
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}num_outputs +64 +call$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}stride +2 +arg_scope net\.py:5$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}padding +'SAME' +default$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}normalizer_fn +slim\.batch_norm +arg_scope net\.py:5$/));
    expect(lines).toContain('  assuming no arg_scope outside net.py:net');
    expect(lines).toContain('net.py:6:9 batch_norm (through normalizer_fn)');
    expect(out).not.toContain('net.py:7');
  });

  it('prints the error of a call that fails', async () => {
    const { out } = await slimscope({ 'net.py': net }, ['explain', 'net.py:7']);
    expect(out).toMatch(/^ {2}fails: TypeError: .*'stride'/m);
  });

  it('prints the public JSON of effective arguments', async () => {
    const { out } = await slimscope({ 'net.py': net }, ['explain', '--format', 'json', 'net.py:6']);
    const { schemaVersion, files } = JSON.parse(out) as { schemaVersion: number; files: Explained[] };
    expect(schemaVersion).toBe(1);
    expect(files.map(({ path, problems }) => ({ path, problems }))).toEqual([{ path: 'net.py', problems: [] }]);
    const [conv, norm] = files[0]?.calls ?? [];
    expect(conv).toMatchObject({ op: 'conv2d', line: 6, column: 9, endLine: 6, endColumn: 35 });
    expect(conv).not.toHaveProperty('via');
    expect(conv?.contexts).toHaveLength(1);
    const [context] = conv?.contexts ?? [];
    expect(context).toMatchObject({ callers: [], open: true });
    expect(Object.keys(context?.arguments ?? {})).toEqual([
      'inputs',
      'num_outputs',
      'kernel_size',
      'stride',
      'padding',
      'data_format',
      'rate',
      'activation_fn',
      'normalizer_fn',
      'normalizer_params',
      'weights_initializer',
      'weights_regularizer',
      'biases_initializer',
      'biases_regularizer',
      'reuse',
      'variables_collections',
      'outputs_collections',
      'trainable',
      'scope',
    ]);
    expect(context?.arguments['kernel_size']).toEqual({
      text: '[3, 3]',
      value: { known: [3, 3] },
      origin: { kind: 'call' },
    });
    expect(context?.arguments['stride']).toEqual({
      text: '2',
      value: { known: 2 },
      origin: {
        kind: 'arg_scope',
        path: 'net.py',
        line: 5,
        column: 8,
        endLine: 5,
        endColumn: 78,
        keywordLine: 5,
        keywordColumn: 38,
      },
    });
    expect(context?.arguments['padding']).toEqual({
      text: '',
      value: { known: 'SAME', assuming: ['no arg_scope outside net.py:net'] },
      origin: { kind: 'default' },
    });
    expect(context?.arguments['activation_fn']?.value).toMatchObject({ known: { function: 'relu' } });
    expect(context?.arguments['inputs']?.value).toEqual({ unknown: 'parameter `x` of `net`' });
    expect(norm).toMatchObject({ op: 'batch_norm', via: 'normalizer_fn', line: 6, column: 9 });
  });

  it('names the definition of user ops, the layer of repeat, and re-entered scopes', async () => {
    const { out } = await slimscope(
      {
        'ops.py': `import tf_slim as slim

@slim.add_arg_scope
def block(inputs, depth=8):
  return inputs

def scope():
  with slim.arg_scope([block], depth=16) as sc:
    return sc
`,
        'net.py': `import tf_slim as slim
import ops
with slim.arg_scope(ops.scope()):
  y = ops.block(x)
y = slim.repeat(y, 2, slim.conv2d, 64, [3, 3], scope='c')
`,
      },
      ['explain', '--format', 'json', 'net.py'],
    );
    const calls = (JSON.parse(out) as { files: Explained[] }).files[0]?.calls;
    expect(calls?.map(({ op, via, line }) => ({ op, via, line }))).toEqual([
      { op: 'block', via: undefined, line: 4 },
      { op: 'conv2d', via: 'repeat', line: 5 },
    ]);
    expect(calls?.[0]?.userOp).toEqual({ path: 'ops.py', line: 3 });
    expect(calls?.[0]?.contexts[0]?.arguments['depth']).toMatchObject({
      value: { known: 16 },
      origin: { kind: 'arg_scope', path: 'ops.py', line: 8, reentered: { path: 'net.py', line: 3 } },
    });
  });

  it('is the same for any order of the paths, and names each file once', async () => {
    const files = { 'a.py': net, 'b/c.py': net, 'd.py': '' };
    const args = ['explain', '--format', 'json'];
    const first = await slimscope(files, [...args, 'a.py', 'b', 'd.py']);
    expect((JSON.parse(first.out) as { files: Explained[] }).files.map(({ path }) => path)).toEqual([
      'a.py',
      'b/c.py',
      'd.py',
    ]);
    expect((await slimscope(files, [...args, 'd.py', 'b/c.py', 'a.py', 'b'])).out).toBe(first.out);
  });

  it('reads files as Python does: Latin-1, byte order marks, CRLF', async () => {
    const latin = Buffer.from(
      // Valid UTF-8 by chance: only the declaration tells that it is two characters.
      `# -*- coding: latin-1 -*-\ns = '\xc3\xa9'; import tf_slim as slim; slim.flatten(x)\n`,
      'latin1',
    );
    const files = {
      'latin.py': latin,
      'undeclared.py': Buffer.from(`# caf\xe9\nimport tf_slim as slim; slim.flatten(x)\n`, 'latin1'),
      'bom.py': Buffer.from('\uFEFFimport tf_slim as slim; slim.flatten(x)\r\n'),
      'utf16.py': Buffer.from('\uFEFFimport tf_slim as slim; slim.flatten(x)\n', 'utf16le'),
    };
    const { out } = await slimscope(files, ['explain', '--format', 'json', '.']);
    const places = (JSON.parse(out) as { files: Explained[] }).files.map(({ path, calls }) => [path, calls[0]?.column]);
    expect(places).toEqual([
      ['bom.py', 25],
      ['latin.py', 35],
      ['undeclared.py', 25],
      ['utf16.py', 25],
    ]);
  });

  it('reports files that cannot be read, and goes on', async () => {
    const readText: CliIo['fileSystem']['readText'] = (file) =>
      file.endsWith('b.py') ? { kind: 'unreadable', reason: 'no permission' } : nodeFileSystem.readText(file);
    const { code, out } = await slimscope({ 'a.py': 'import b\n', 'b.py': '' }, ['explain', '--format', 'json', '.'], {
      fileSystem: { ...nodeFileSystem, readText },
    });
    expect(code).toBe(0);
    expect((JSON.parse(out) as { files: Explained[] }).files).toEqual([
      { path: 'a.py', calls: [], problems: [] },
      { path: 'b.py', calls: [], problems: [{ reason: 'not read: no permission' }] },
    ]);
  });
});

describe('rule', () => {
  it('prints the page of a rule', async () => {
    const { code, out } = await slimscope({}, ['rule', 'unknown-argument'], { rulePage: (name) => `# ${name}\n` });
    expect({ code, out }).toEqual({ code: 0, out: '# unknown-argument\n' });
  });

  it('lists the rules when there is none of that name', async () => {
    const { error } = await slimscope({}, ['rule', 'nonsense']);
    expect(error).toContain('there is no rule `nonsense`');
    for (const rule of rules) expect(error).toContain(rule.name);
  });
});

/** The part of the format that these tests look at. */
interface Explained {
  readonly path: string;
  readonly problems: readonly unknown[];
  readonly calls: readonly {
    readonly op: string;
    readonly via?: string;
    readonly userOp?: unknown;
    readonly line: number;
    readonly column: number;
    readonly contexts: readonly { readonly arguments: Readonly<Record<string, { readonly value: unknown }>> }[];
  }[];
}

describe('a flag that is true or false', () => {
  const files = { 'net.py': net, 'net_test.py': 'import net\nnet.net(None, is_training=False)\n' };

  it('turns a setting on', async () => {
    const { out } = await slimscope(files, ['explain', 'net.py', '--callers-tests', 'true']);
    expect(out).toContain('net_test.py:2');
    expect((await slimscope(files, ['explain', 'net.py', '--callers-tests', 'false'])).out).not.toContain(
      'net_test.py',
    );
  });

  it('refuses anything else', async () => {
    expect((await slimscope(files, ['explain', 'net.py', '--callers-tests', 'maybe'])).code).toBe(3);
  });
});
