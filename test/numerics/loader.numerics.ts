/**
 * The Python loader that users get, with real checkpoints: what it loads, and what it says about those that do not fit.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pythonOrSkip, runPython } from './python';

const python = pythonOrSkip();

test.skipIf(python === undefined).each([{}, { TF_USE_LEGACY_KERAS: '1' }])('all or nothing: %o', (variables) => {
  const folder = mkdtempSync(join(tmpdir(), 'slimscope-loader-'));
  try {
    const held = JSON.parse(runPython(python ?? '', 'run_loader.py', { args: [folder], variables })) as string[];
    expect(held).toHaveLength(18);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
