import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { repositoryPath, repositoryRoot } from '../support/repository';

it('has no unused files, exports or dependencies', () => {
  const options = ['--no-progress', '--no-config-hints', '--no-exit-code', '--reporter', 'compact'];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [repositoryPath('node_modules/knip/bin/knip.js'), '--config', '.knip.json', ...options],
    { cwd: repositoryRoot, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(stdout.split('\n').filter((line) => line.trim() !== '')).toEqual([]);
});
