/**
 * `slimscope check --fix` and `--diff`: what is written, and above all what is not.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../server/src/platform/replaceFile';
import { slimscope, withShell } from './slimscope';

/** Two safe fixes, so that a new rule changes nothing here. */
const rules = ['--rule', 'all=off', '--rule', 'positional-collision=error', '--rule', 'contrib-moved=error'];
const check = ['check', ...rules];

const net = `import tf_slim as slim

def net(x):
  with slim.arg_scope([slim.conv2d], stride=2):
    return slim.conv2d(x, 32, 3, 1)
`;
const fixed = net.replace('3, 1)', '3, stride=1)');
/** A fix that needs a look. */
const contrib = 'import tensorflow.contrib.slim as slim\n\nslim.flatten(x)\n';
const withSuggestions = ['--rule', 'contrib-moved-package=error'];

describe('--fix', () => {
  it('writes safe fixes, says how many, and reports what is left', async () => {
    await withShell({ 'net.py': net, 'old.py': contrib }, async ({ run, path }) => {
      const { code, out } = await run([...check, ...withSuggestions, '--fix']);
      expect(readFileSync(path('net.py'), 'utf8')).toBe(fixed);
      expect(readFileSync(path('old.py'), 'utf8')).toBe(contrib);
      expect(out).toContain('1 problem fixed\n');
      expect(out).toContain('can be fixed with `--fix --unsafe-fixes`');
      expect(out).not.toContain('positional-collision');
      expect(code).toBe(1);
      expect((await run([...check, '--fix', 'net.py'])).out).toBe(
        'Target: TensorFlow 2.16 or newer (nothing in the workspace says another)\n' +
          '0 errors, 0 warnings in 1 file (1 slim call, 1 fully known, 0 with values that are not known)\n',
      );
      expect(readdirSync(path('.'))).toEqual(['net.py', 'old.py']);
    });
  });

  it('writes the others only with --unsafe-fixes', async () => {
    await withShell({ 'old.py': contrib }, async ({ run, path }) => {
      await run([...check, ...withSuggestions, '--fix', '--unsafe-fixes']);
      expect(readFileSync(path('old.py'), 'utf8')).toBe('import tf_slim as slim\n\nslim.flatten(x)\n');
    });
  });

  it('goes on until nothing is left to fix', async () => {
    // Only as a keyword the argument is seen to equal what the scope gives anyway.
    await withShell({ 'net.py': net.replace('stride=2', 'stride=1') }, async ({ run, path }) => {
      const { out } = await run([...check, '--rule', 'redundant-override=warning', '--fix']);
      expect(readFileSync(path('net.py'), 'utf8')).toContain('slim.conv2d(x, 32, 3)\n');
      expect(out).toContain('2 problems fixed');
    });
  });

  it('goes on in files that import what was fixed', async () => {
    const files = {
      'a.py': 'import tf_slim as slim\nimport z\nwith slim.arg_scope(z.scope()):\n  slim.conv2d(x, 32, 3, 1)\n',
      'z.py':
        'import tf_slim as slim\ndef scope():\n  with slim.arg_scope(slim.conv2d, stride=2) as sc:\n    return sc\n',
    };
    await withShell(files, async ({ run, path }) => {
      const { out } = await run([...check, '--rule', 'scope-argument-type=error', '--fix']);
      expect(readFileSync(path('z.py'), 'utf8')).toContain('slim.arg_scope([slim.conv2d], stride=2)');
      expect(readFileSync(path('a.py'), 'utf8')).toContain('3, stride=1)');
      expect(out).toContain('2 problems fixed');
    });
  });

  it('keeps encoding, byte order mark, line ends and mode', async () => {
    const crlf = net.replaceAll('\n', '\r\n');
    const files = {
      'latin.py': Buffer.from(`# coding: latin-1\n# café \x93\n${net}`, 'latin1'),
      'undeclared.py': Buffer.from(`# caf\xe9\n${net}`, 'latin1'),
      'bom.py': Buffer.from(`\uFEFF# \u65e5\n${crlf}`),
      'utf16.py': Buffer.from(`\uFEFF# \u65e5\n${net}`, 'utf16le'),
      'gbk.py': Buffer.concat([
        Buffer.from('# coding: gbk\n# '),
        Buffer.from([0xc8, 0xd5, 0xb1, 0xbe]),
        Buffer.from(`\n${net}`),
      ]),
      'no_line_end.py': net.trimEnd(),
    };
    await withShell(files, async ({ run, path }) => {
      chmodSync(path('latin.py'), 0o754);
      await run([...check, '--fix']);
      const expected = (name: keyof typeof files) => {
        const [before, after] =
          name === 'utf16.py' ? ['3\0,\0 \x001\0', '3\0,\0 \0s\0t\0r\0i\0d\0e\0=\x001\0'] : ['3, 1', '3, stride=1'];
        return Buffer.from(files[name]).toString('latin1').replace(before, after);
      };
      for (const name of Object.keys(files) as (keyof typeof files)[]) {
        expect([name, readFileSync(path(name), 'latin1')]).toEqual([name, expected(name)]);
      }
      expect(statSync(path('latin.py')).mode & 0o777).toBe(0o754);
    });
  });

  it('writes through a symbolic link', async () => {
    await withShell({ 'real/net.py': net }, async ({ run, path }) => {
      symlinkSync(path('real/net.py'), path('link.py'));
      await run([...check, '--fix', 'link.py']);
      expect(lstatSync(path('link.py')).isSymbolicLink()).toBe(true);
      expect(readFileSync(path('real/net.py'), 'utf8')).toBe(fixed);
    });
  });

  it('does not touch damaged files', async () => {
    const damaged = `${net}\ndef half(:\n  return [1,\n`;
    await withShell({ 'net.py': damaged }, async ({ run, path }) => {
      await run([...check, '--fix', '--unsafe-fixes']);
      expect(readFileSync(path('net.py'), 'utf8')).toBe(damaged);
    });
  });

  it('leaves Python 2 as Python 2', async () => {
    const python2 = `print "hello"\n${net}\ntry:\n  pass\nexcept Exception, e:\n  print e\n`;
    await withShell({ 'net.py': python2 }, async ({ run, path }) => {
      await run([...check, '--fix']);
      expect(readFileSync(path('net.py'), 'utf8')).toBe(python2.replace('3, 1)', '3, stride=1)'));
    });
  });

  it('does not write over what has changed meanwhile, and says so', async () => {
    await withShell({ 'a.py': net, 'b.py': net }, async ({ run, path }) => {
      const { code, error, out } = await run([...check, '--fix'], {
        replaceFile(file, before, after) {
          if (file.endsWith('a.py')) writeFileSync(path('a.py'), '# edited\n');
          return replaceFile(file, before, after);
        },
      });
      expect(readFileSync(path('a.py'), 'utf8')).toBe('# edited\n');
      expect(readFileSync(path('b.py'), 'utf8')).toBe(fixed);
      expect(error).toBe('slimscope: a.py is not fixed: it has changed since it was read\n');
      expect(out).toContain('a.py:5:34 error positional-collision');
      expect(code).toBe(2);
    });
  });

  it('leaves a folder without traces when it cannot write', async () => {
    await withShell({ 'net.py': `# coding: latin-1\n${net}` }, ({ path }) => {
      expect(
        replaceFile(`file://${path('net.py')}`, `# coding: latin-1\n${net}`, '# coding: latin-1\n# \u65e5\n'),
      ).toBe('its encoding cannot be written without a loss');
      expect(replaceFile(`file://${path('nowhere.py')}`, '', 'x')).toMatch(/ENOENT/);
      expect(readdirSync(path('.'))).toEqual(['net.py']);
      return Promise.resolve();
    });
  });
});

describe('a notebook', () => {
  const source = net.split(/(?<=\n)/);
  const notebook = `{
  "cells": [
    {"cell_type": "markdown", "metadata": {}, "source": ["# é"]},
    {
      "cell_type": "code", "execution_count": 7, "metadata": {"x": 1},
      "outputs": [{"name": "stdout", "output_type": "stream", "text": ["3, 1)"]}],
      "source": [\n        "%matplotlib inline\\n",\n        ${source.map((line) => JSON.stringify(line)).join(',\n        ')}\n      ]
    }
  ],
  "metadata": {}, "nbformat": 4, "nbformat_minor": 5
}`;

  it('is reported by cell and line, and fixed without touching anything else', async () => {
    await withShell({ 'net.ipynb': notebook }, async ({ run, path }) => {
      const human = await run(check);
      expect(human.out).toContain('net.ipynb:cell 1:6:34 error positional-collision');
      expect(human.out).toContain(' 6 |     return slim.conv2d(x, 32, 3, 1)\n');
      const github = await run([...check, '--format', 'github']);
      expect(github.out).toMatch(/^::error file=net\.ipynb,title=\S+ \S+::net\.ipynb:cell 1:6:34: `stride`/);
      const json = JSON.parse((await run([...check, '--format', 'json'])).out) as {
        files: { diagnostics: Record<string, unknown>[] }[];
      };
      expect(json.files[0]?.diagnostics[0]).toMatchObject({ cell: 1, line: 6, column: 34 });
      expect((await run([...check, '--fix'])).code).toBe(0);
      expect(readFileSync(path('net.ipynb'), 'utf8')).toBe(notebook.replace('3, 1)\\n', '3, stride=1)\\n'));
    });
  });

  it('that is damaged is said, and takes nothing else down', async () => {
    const { code, out } = await slimscope({ 'bad.ipynb': '{"cells": [', 'net.py': net }, check);
    expect(out).toMatch(/^bad\.ipynb note: not read: /m);
    expect(out).toContain('net.py:5:34 error');
    expect(code).toBe(1);
  });
});

describe('--diff', () => {
  it('prints what git can apply, writes nothing, and exits with 1', async () => {
    const files = {
      'a/net.py': net,
      'b.py': net.trimEnd(),
      'crlf.py': net.replaceAll('\n', '\r\n'),
      'clean.py': 'x = 1\n',
    };
    await withShell(files, async ({ run, path, folder }) => {
      const { code, out } = await run([...check, '--diff']);
      expect(code).toBe(1);
      expect(readFileSync(path('a/net.py'), 'utf8')).toBe(net);
      expect(out.split('\n').slice(0, 9)).toEqual([
        '--- a/a/net.py',
        '+++ b/a/net.py',
        '@@ -2,4 +2,4 @@',
        ' ',
        ' def net(x):',
        '   with slim.arg_scope([slim.conv2d], stride=2):',
        '-    return slim.conv2d(x, 32, 3, 1)',
        '+    return slim.conv2d(x, 32, 3, stride=1)',
        '--- a/b.py',
      ]);
      execFileSync('git', ['apply', '-'], { cwd: folder, input: out });
      expect(readFileSync(path('a/net.py'), 'utf8')).toBe(fixed);
      expect(readFileSync(path('b.py'), 'utf8')).toBe(fixed.trimEnd());
      expect(readFileSync(path('crlf.py'), 'utf8')).toBe(fixed.replaceAll('\n', '\r\n'));
      expect(await run([...check, '--diff'])).toEqual({ code: 0, out: '', error: '' });
    });
  });
});

describe('stdin', () => {
  const stdin = (text: string) => ({ readStdin: () => Promise.resolve(text) });

  it('is checked as the file that it stands for', async () => {
    const files = {
      'pkg/scopes.py':
        'import tf_slim as slim\ndef scope():\n  with slim.arg_scope([slim.conv2d], stride=2) as sc:\n    return sc\n',
    };
    const text =
      'import tf_slim as slim\nfrom . import scopes\nwith slim.arg_scope(scopes.scope()):\n  slim.conv2d(x, 32, 3, 1)\n';
    const named = await slimscope(files, [...check, '-', '--stdin-filename', 'pkg/new.py'], stdin(text));
    expect(named.out).toContain('pkg/new.py:4:25 error positional-collision');
    expect((await slimscope({}, [...check, '-'], stdin(net))).out).toContain('<stdin>:5:34 error positional-collision');
    expect((await slimscope({}, [...check, '-'], stdin(''))).code).toBe(0);
  });

  it('is a notebook when its name says so', async () => {
    const cell = { cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source: net };
    const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] });
    const named = ['--stdin-filename', 'net.ipynb'];
    expect((await slimscope({}, [...check, '-', ...named], stdin(text))).out).toContain('net.ipynb:cell 1:5:34 error');
    const changed = await slimscope({}, [...check, '--fix', '-', ...named], stdin(text));
    expect(changed.out).toBe(text.replace('3, 1)', '3, stride=1)'));
  });

  it('hides the file of the same name', async () => {
    const { code } = await slimscope(
      { 'net.py': net },
      [...check, '-', '--stdin-filename', 'net.py'],
      stdin('x = 1\n'),
    );
    expect(code).toBe(0);
  });

  it('comes out fixed on stdout, with the report on stderr', async () => {
    const changed = await slimscope({}, [...check, '--fix', '-'], stdin(net));
    expect(changed).toMatchObject({
      code: 0,
      out: fixed,
      error: expect.stringContaining('1 problem fixed') as unknown,
    });
    expect((await slimscope({}, [...check, '--fix', '-'], stdin('x = 1\n'))).out).toBe('x = 1\n');
    const diff = await slimscope({}, [...check, '--diff', '-', '--stdin-filename', 'a.py'], stdin(net));
    expect(diff.out).toMatch(/^--- a\/a\.py\n/);
  });
});
