import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundlePath } from '../support/bundle';
import { readManifest, repositoryPath } from '../support/repository';
import { withTempDir, writeFiles } from '../support/tempDir';

/** Runs the command line from a copy of `dist`, where no `node_modules` is in reach. */
function runAlone(folder: string, args: readonly string[]) {
  bundlePath('cli.js');
  cpSync(repositoryPath('dist'), join(folder, 'dist'), { recursive: true });
  cpSync(repositoryPath('package.json'), join(folder, 'package.json'));
  return spawnSync(process.execPath, [join(folder, 'dist', 'cli.js'), ...args], { cwd: folder, encoding: 'utf8' });
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

  it('knows its version', async () => {
    await withTempDir((folder) => {
      const { stdout } = runAlone(folder, ['--version']);
      expect(stdout).toBe(`slimscope ${readManifest().version}\n`);
    });
  });
});
