/**
 * Which files `slimscope check` looks at, under which settings, and what the baseline leaves out.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { slimscope, withShell, type Files } from './slimscope';

/** So that a new rule changes nothing here. */
const rules = ['--rule', 'all=off', '--rule', 'positional-collision=error'];

const net = `import tf_slim as slim

def net(x):
  with slim.arg_scope([slim.conv2d], stride=2):
    return slim.conv2d(x, 32, 3, 1)
`;

/** The files with findings. */
async function found(files: Files, args: readonly string[] = []): Promise<readonly string[]> {
  const { out } = await slimscope(files, ['check', ...rules, '--format', 'json', ...args]);
  return (JSON.parse(out) as { files: { path: string }[] }).files.map(({ path }) => path);
}

describe('folders', () => {
  const files = {
    '.gitignore': 'build/\n*_gen.py\n!keep_gen.py\n',
    'sub/.gitignore': 'local.py\n',
    'net.py': net,
    'a_gen.py': net,
    'keep_gen.py': net,
    'build/net.py': net,
    'sub/local.py': net,
    'sub/net.py': net,
    '.hidden/net.py': net,
    'my-env/pyvenv.cfg': 'home = x\n',
    'my-env/lib/net.py': net,
    'node_modules/x/net.py': net,
    'net.txt': net,
  };
  const usual = ['keep_gen.py', 'net.py', 'sub/net.py'];

  it('leave out what git leaves out, environments and hidden folders', async () => {
    expect(await found(files)).toEqual(usual);
    expect(await found(files, ['sub'])).toEqual(['sub/net.py']);
  });

  it('show what git leaves out with --no-ignore', async () => {
    const more = ['a_gen.py', 'build/net.py', 'keep_gen.py', 'net.py', 'sub/local.py', 'sub/net.py'];
    expect(await found(files, ['--no-ignore'])).toEqual(more);
  });

  it('and files that are named are checked', async () => {
    const named = ['build', '.hidden', 'a_gen.py', 'sub/local.py', 'net.txt', 'my-env/lib/net.py'];
    expect(await found(files, named)).toEqual([
      '.hidden/net.py',
      'a_gen.py',
      'build/net.py',
      'my-env/lib/net.py',
      'net.txt',
      'sub/local.py',
    ]);
  });

  it('still lead imports into files that git leaves out', async () => {
    const imported = {
      '.gitignore': 'scopes.py\n',
      'scopes.py':
        'import tf_slim as slim\ndef scope():\n  with slim.arg_scope([slim.conv2d], stride=2) as sc:\n    return sc\n',
      'net.py':
        'import tf_slim as slim\nimport scopes\nwith slim.arg_scope(scopes.scope()):\n  slim.conv2d(x, 32, 3, 1)\n',
    };
    expect(await found(imported)).toEqual(['net.py']);
  });

  it('without Python files are said', async () => {
    const { code, error } = await slimscope({ 'a.txt': '' }, ['check']);
    expect({ code, error }).toEqual({ code: 0, error: 'slimscope: there are no Python files in the given folders\n' });
  });
});

describe('progress', () => {
  it('is told before each file, and taken away before the report', async () => {
    const told: (string | undefined)[] = [];
    const files = { 'a.py': net, 'b.py': '' };
    await slimscope(files, ['check'], { progress: (text) => told.push(text), out: () => told.push('report') });
    expect(told.filter((text, i) => text !== told[i - 1])).toEqual([
      '0 of 2 files',
      '1 of 2 files',
      undefined,
      'report',
    ]);
  });
});

describe('[tool.slimscope]', () => {
  const contrib = 'import tensorflow as tf\nslim = tf.contrib.slim\n';

  it('holds, and flags count more', async () => {
    const pyproject = '[tool.slimscope]\nrules = { all = "off" }\nexclude = ["old"]\n';
    await withShell({ 'pyproject.toml': pyproject, 'net.py': net, 'old/net.py': net }, async ({ run }) => {
      expect((await run(['check'])).out).toContain('0 errors, 0 warnings in 1 file (');
      const { out } = await run(['check', '--rule', 'positional-collision=warning']);
      expect(out).toMatch(/^net\.py:5:34 warning positional-collision/);
    });
  });

  it('that is wrong ends the run with 3, and says where', async () => {
    const pyproject = '[tool.slimscope]\n\nrules = { nonsense = "off" }\n';
    const { code, out, error } = await slimscope({ 'pyproject.toml': pyproject, 'net.py': net }, ['check']);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(error).toMatch(/^slimscope: pyproject\.toml:3: .*nonsense/);
  });

  it('and requirements set the target, unless --target does', async () => {
    const files = { 'requirements.txt': 'tensorflow==1.15.5\n', 'a.py': contrib };
    const only = ['--rule', 'all=off', '--rule', 'contrib-moved-package=error'];
    expect((await slimscope(files, ['check', ...only])).code).toBe(0);
    expect((await slimscope(files, ['check', ...only, '--target', '2.16'])).code).toBe(1);
    const auto = { ...files, 'pyproject.toml': '[tool.slimscope]\ntargetTensorflow = "2.16"\n' };
    expect((await slimscope(auto, ['check', ...only])).code).toBe(1);
    expect((await slimscope(auto, ['check', ...only, '--target', 'auto'])).code).toBe(0);
  });
});

describe('the target', () => {
  const source = 'import tensorflow.contrib.slim as slim\n';
  const only = ['--rule', 'all=off', '--rule', 'family:removed=error'];

  it('is said with its reason and line, per part of the project', async () => {
    const files = {
      'old/requirements.txt': 'numpy\ntensorflow-gpu==1.14\n',
      'old/a.py': source,
      'old/b.py': source,
      'new/setup.py': "setup(install_requires=['tensorflow>=2.16'])\n",
      'new/pyproject.toml': '[tool.slimscope]\nexclude = ["old"]\n',
      'new/old/a.py': source,
    };
    const { out, code } = await slimscope(files, ['check', ...only]);
    expect(out.split('\n').filter((line) => line.startsWith('Target'))).toEqual([
      'Target for 1 file: TensorFlow 2.16 or newer (`tensorflow>=2.16` in new/setup.py, line 1)',
      'Target for 2 files: TensorFlow 1.x (`tensorflow-gpu==1.14` in old/requirements.txt, line 2)',
    ]);
    expect(out).toContain('0 errors, 0 warnings, 2 infos in 3 files');
    expect(code).toBe(0);
  });

  it('of a file elsewhere comes from its own folder', async () => {
    const files = { 'work/x.py': '', 'lib/a.py': source, 'lib/requirements.txt': 'tensorflow<2\n' };
    const { out } = await slimscope(files, ['check', ...only, '--root', 'work', 'lib/a.py']);
    expect(out).toMatch(/^Target: TensorFlow 1\.x \(`tensorflow<2` in .*lib\/requirements\.txt, line 1\)$/m);
  });
});

describe('the baseline', () => {
  it('makes problems known, and counts what is new and what is gone', async () => {
    await withShell({ 'net.py': net, 'sub/b.py': net }, async ({ run, path }) => {
      const made = await run(['check', ...rules, '--write-baseline']);
      expect(made).toEqual({
        code: 0,
        out: '2 problems of 2 files are in the baseline <folder>/.slimscope-baseline.json\n',
        error: '',
      });
      const known = await run(['check', ...rules]);
      expect(known.code).toBe(0);
      expect(known.out).toMatch(/^Target: .*\n2 problems in the baseline\n0 errors, 0 warnings in 2 files/);
      writeFileSync(
        path('net.py'),
        `# moved\n${net.replace('    return', '    x = slim.conv2d(x, 64, 3, 2)\n    return')}`,
      );
      writeFileSync(path('sub/b.py'), '');
      const later = await run(['check', ...rules, '--format', 'json']);
      expect(later.code).toBe(1);
      expect((JSON.parse(later.out) as { summary: object }).summary).toMatchObject({
        errors: 1,
        baselined: 1,
        staleBaselineEntries: 1,
      });
      // What was not checked stays.
      await run(['check', ...rules, '--write-baseline', 'net.py']);
      const { files } = JSON.parse(readFileSync(path('.slimscope-baseline.json'), 'utf8')) as { files: object };
      expect(Object.keys(files)).toEqual(['net.py', 'sub/b.py']);
      expect((await run(['check', ...rules, 'net.py'])).code).toBe(0);
    });
  });

  it('keeps --fix from what is known', async () => {
    await withShell({ 'net.py': net }, async ({ run, path }) => {
      await run(['check', ...rules, '--write-baseline']);
      expect((await run(['check', ...rules, '--fix'])).code).toBe(0);
      expect(readFileSync(path('net.py'), 'utf8')).toBe(net);
    });
  });

  it('that the project names has to lie in the project', async () => {
    const outside = { 'pyproject.toml': '[tool.slimscope]\nbaseline = "../known.json"\n', 'net.py': '' };
    await withShell(outside, async ({ run, path }) => {
      const { code, error } = await run(['check', '--write-baseline']);
      expect([code, error]).toEqual([
        3,
        expect.stringContaining('`../known.json` is no baseline: it lies outside the project'),
      ]);
      expect(existsSync(path('../known.json'))).toBe(false);
    });
  });

  it('is relative to where the flag is typed, and has to exist then', async () => {
    await withShell({ 'net.py': net, 'sub/x.py': '' }, async ({ run, path }) => {
      const missing = await run(['check', ...rules, '--baseline', 'known.json']);
      expect(missing).toMatchObject({ code: 3, out: '' });
      expect(missing.error).toContain('there is no baseline `known.json`');
      await run(['check', ...rules, '--write-baseline', '--baseline', 'sub/known.json']);
      expect(readFileSync(path('sub/known.json'), 'utf8')).toContain('"../net.py"');
      expect((await run(['check', ...rules, '--baseline', 'sub/known.json'])).code).toBe(0);
      writeFileSync(path('sub/known.json'), '[]');
      expect((await run(['check', ...rules, '--baseline', 'sub/known.json'])).code).toBe(3);
    });
  });

  it('is not written after an internal error', async () => {
    await withShell({ 'net.py': net }, async ({ run, folder }) => {
      const parse = () =>
        Promise.resolve(() => {
          throw new TypeError('a bug');
        });
      expect((await run(['check', '--write-baseline'], { parse })).code).toBe(2);
      expect(() => readFileSync(`${folder}/.slimscope-baseline.json`)).toThrow(/ENOENT/);
    });
  });
});
