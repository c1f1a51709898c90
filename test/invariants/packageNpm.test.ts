/**
 * The npm package as `npm run package:npm` makes it, used as its users do: installed from the packed file into an empty
 * folder without a network, then `slimscope` and `slimscope-server` from there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifest, repositoryPath } from '../support/repository';
import { withTempDir } from '../support/tempDir';

/** Bytes of the package. */
const budget = 1_100_000;

const windows = process.platform === 'win32';

test('the npm package works from an empty folder, offline, and stays small', async () => {
  await withTempDir((folder) => {
    const { name, version } = readManifest();
    execFileSync(process.execPath, [repositoryPath('scripts/packageNpm.mjs'), '--out', folder]);
    const packed = join(folder, `${name}-${version}.tgz`);
    expect(statSync(packed).size).toBeLessThan(budget);

    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{}');
    writeFileSync(join(project, 'net.py'), 'import tensorflow as tf\nslim = tf.contrib.slim\n');
    const options = { cwd: project, encoding: 'utf8', shell: windows } as const;
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', packed], options);
    expect(readdirSync(join(project, 'node_modules')).filter((one) => !one.startsWith('.'))).toEqual([name]);

    const check = spawnSync('npx', ['--offline', 'slimscope', 'check', '.'], options);
    expect([check.status, check.stderr, check.stdout]).toEqual([1, '', expect.stringContaining('net.py:2:8 error')]);
    const page = spawnSync('npx', ['--offline', 'slimscope', 'rule', 'contrib-moved-package'], options);
    expect(page.stdout).toMatch(/^# contrib-moved-package/);
    const help = spawnSync('npx', ['--offline', 'slimscope-server'], options);
    expect([help.status, help.stderr]).toEqual([4, expect.stringContaining('slimscope-server --stdio')]);

    const shipped = readManifestIn(join(project, 'node_modules', name));
    expect(Object.keys(shipped)).not.toContain('dependencies');
    expect(shipped).not.toHaveProperty('private');
  });
}, 180_000);

function readManifestIn(folder: string): object {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
}
