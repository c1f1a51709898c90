import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundlePath } from '../support/bundle';
import { readManifest, repositoryPath } from '../support/repository';
import { withTempDir, writeFiles } from '../support/tempDir';

/** Runs the command line from a copy of `dist`, where no `node_modules` is in reach. */
function runAlone(folder: string, args: readonly string[], input: string | Buffer = '') {
  bundlePath('cli.js');
  cpSync(repositoryPath('dist'), join(folder, 'dist'), { recursive: true });
  cpSync(repositoryPath('package.json'), join(folder, 'package.json'));
  return spawnSync(process.execPath, [join(folder, 'dist', 'cli.js'), ...args], {
    cwd: folder,
    encoding: 'latin1',
    input,
  });
}

describe('the bundle', () => {
  it('runs without any package beside it', async () => {
    await withTempDir((folder) => {
      writeFiles(folder, { 'net.py': 'import tf_slim as slim\ny = slim.conv2d(x, 64, [3, 3])\n' });
      const { status, stdout, stderr } = runAlone(folder, ['explain', 'net.py']);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('net.py:2:5 conv2d');
      expect(stdout).toMatch(/num_outputs +64 +call/);
    });
  });

  it('fixes stdin in its own encoding, and says the rest on stderr', async () => {
    await withTempDir((folder) => {
      const net = `# coding: latin-1\n# caf\xe9\nimport tf_slim as slim\nwith slim.arg_scope([slim.conv2d], stride=2):\n  slim.conv2d(x, 8, 3, 1)\n`;
      const args = ['check', '--fix', '-', '--rule', 'all=off', '--rule', 'positional-collision=error'];
      const { status, stdout, stderr } = runAlone(folder, args, Buffer.from(net, 'latin1'));
      expect(stdout).toBe(net.replace('3, 1)', '3, stride=1)'));
      expect(stderr).toMatch(/^Target: TensorFlow 2\.16.*\n1 problem fixed\n0 errors/);
      expect(status).toBe(0);
    });
  });

  it('checks, fixes files and opens pages', async () => {
    await withTempDir((folder) => {
      writeFiles(folder, { 'old.py': 'import tensorflow as tf\nslim = tf.contrib.slim\n', '.gitignore': 'dist\n' });
      const { status, stdout, stderr } = runAlone(folder, ['check', '--format', 'sarif']);
      expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
      const { runs } = JSON.parse(stdout) as { runs: { tool: { driver: { rules: { helpUri: string }[] } } }[] };
      const { version } = readManifest();
      expect(runs[0]?.tool.driver.rules[0]?.helpUri).toMatch(
        new RegExp(`^https://.*/blob/v${version.replaceAll('.', '\\.')}/docs/rules/contrib-moved-package\\.md$`),
      );
      expect(runAlone(folder, ['check', '--diff', '--unsafe-fixes']).stdout).toContain('--- a/old.py\n');
    });
  });

  it('knows its version', async () => {
    await withTempDir((folder) => {
      const { stdout } = runAlone(folder, ['--version']);
      expect(stdout).toBe(`slimscope ${readManifest().version}\n`);
    });
  });
});
