import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingDefinitions } from '../../server/src/project/settings';
import { readManifest, repositoryPath } from '../support/repository';
import { withTempDir } from '../support/tempDir';

function check(manifest: string) {
  const script = repositoryPath('scripts/generateSettings.mjs');
  return spawnSync(process.execPath, [script, '--check', '--manifest', manifest], { encoding: 'utf8' });
}

describe('the settings in the manifest', () => {
  it('are those of the table', () => {
    expect(check(repositoryPath('package.json'))).toMatchObject({ status: 0, stderr: '' });
  });

  it('are found stale when one differs', async () => {
    await withTempDir((folder) => {
      const copy = join(folder, 'package.json');
      const text = readFileSync(repositoryPath('package.json'), 'utf8');
      copyFileSync(repositoryPath('package.nls.json'), join(folder, 'package.nls.json'));
      writeFileSync(copy, text.replace('"slimscope.hover.enabled"', '"slimscope.hover.on"'));
      const { status, stderr } = check(copy);
      expect(status).toBe(1);
      expect(stderr).toContain('is stale');
    });
  });

  it('are all there', () => {
    const { configuration } = readManifest().contributes as unknown as {
      configuration: { properties: Record<string, unknown> };
    };
    expect(Object.keys(configuration.properties)).toEqual(settingDefinitions.map(({ name }) => `slimscope.${name}`));
  });
});
