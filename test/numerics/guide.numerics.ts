/**
 * The code of the guide really runs: the ```` ```python runs ```` blocks of a page, one after the other, under Keras 3 and
 * under Keras 2.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listRepositoryFiles, readRepositoryFile } from '../support/repository';
import { pythonOrSkip, runPython } from './python';

const pages = listRepositoryFiles()
  .filter((path) => /^docs\/guide\/[\w-]+\.md$/.test(path))
  .map((name) => ({ name, source: programOf(readRepositoryFile(name)) }))
  .filter(({ source }) => source !== '');

function programOf(page: string): string {
  return [...page.matchAll(/^```python runs\n([^]*?)^```$/gm)].map((match) => match[1] ?? '').join('\n\n');
}

const python = pythonOrSkip();

test.skipIf(python === undefined).each([{}, { TF_USE_LEGACY_KERAS: '1' }])(
  'the code of the guide runs: %o',
  (variables) => {
    const file = join(mkdtempSync(join(tmpdir(), 'slimscope-guide-')), 'pages.json');
    writeFileSync(file, JSON.stringify(pages));
    expect(pages.length).toBeGreaterThan(1);
    expect(runPython(python ?? '', 'run_guide.py', { args: [file], variables })).toBe(String(pages.length));
  },
);
