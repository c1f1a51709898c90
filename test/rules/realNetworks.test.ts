/**
 * tf_slim's own files: silent as they are, and every use found once they are written for tf.contrib again.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/src/base/textEdit';
import { memoryWorkspace } from '../support/memoryWorkspace';
import { openSourceOrSkip } from '../support/openSources';

const folder = await openSourceOrSkip('tf_slim');
const files =
  folder === undefined ? [] : ['nets', 'layers'].flatMap((part) => readFolder(join(folder, 'tf_slim', part)));

function readFolder(path: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.py') && !name.endsWith('_test.py'))
    .map((name) => ({
      path: `${path.split(/[\\/]/).at(-1) ?? ''}/${name}`,
      text: readFileSync(join(path, name), 'utf8'),
    }));
}

/** The way these files were imported before tf_slim: the facts are those of TensorFlow 1.15. */
function writtenForContrib(text: string): string {
  return text
    .replaceAll('from tf_slim.layers import', 'from tensorflow.contrib.layers.python.layers import')
    .replaceAll('from tf_slim.ops.arg_scope import', 'from tensorflow.contrib.framework.python.ops import')
    .replaceAll('from tf_slim.ops import', 'from tensorflow.contrib.framework.python.ops import')
    .replaceAll('from tf_slim.nets import', 'from tensorflow.contrib.slim.python.slim.nets import')
    .replaceAll('from tf_slim import', 'from tensorflow.contrib import');
}

/** Uses counted in another way: imports, and words that these (or an alias) bind, outside strings, comments, keywords. */
function countUses(text: string): { readonly imports: number; readonly uses: number } {
  const code = text
    .replace(/"""[\s\S]*?"""/g, '')
    .replace(/#.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
  const names = [...code.matchAll(/^from tensorflow\.contrib\S* import (\w+)(?: as (\w+))?$/gm)];
  const body = code.replace(/^(?:from|import) .*$/gm, '');
  const imported = [...new Set(names.map((match) => match[2] ?? match[1] ?? ''))];
  const aliases = [...body.matchAll(new RegExp(`^\\s+(\\w+) = (?:${imported.join('|')})\\.\\w+$`, 'gm'))];
  const words = [...imported, ...aliases.map((match) => match[1] ?? '')];
  const uses = words.flatMap((word) => [...body.matchAll(new RegExp(`(?<![\\w.])${word}\\b(?!\\s*=[^=])`, 'g'))]);
  return { imports: names.length, uses: uses.length };
}

describe.skipIf(folder === undefined)("tf_slim's own files", () => {
  test.each(files.map(({ path, text }) => [path, text] as const))('%s is silent, but for a hint', (path, text) => {
    const found = memoryWorkspace([{ path, text }]).diagnose(path);
    const loud = found.filter(({ diagnostic }) => diagnostic.rule !== 'tf-slim-bridge');
    expect(loud.map(({ diagnostic }) => `${diagnostic.rule}: ${diagnostic.message}`)).toEqual([]);
    expect(found.length).toBeLessThanOrEqual(1);
  });

  const nets = files.filter(({ path, text }) => path.startsWith('nets/') && writtenForContrib(text) !== text);

  test('there are networks to look at', () => expect(nets.length).toBeGreaterThan(6));

  test.each(nets.map(({ path, text }) => [path, writtenForContrib(text)] as const))(
    '%s, written for contrib: an error for each import, a hint for each use',
    (path, text) => {
      const found = memoryWorkspace([{ path, text }])
        .diagnose(path)
        .map(({ diagnostic }) => diagnostic);
      const expected = countUses(text);
      const contrib = found.filter((one) => one.rule.startsWith('contrib-'));
      expect(contrib.filter((one) => one.severity === 'error')).toHaveLength(expected.imports);
      expect(contrib.filter((one) => one.severity === 'hint')).toHaveLength(expected.uses);
      expect(found).toHaveLength(contrib.length);
    },
  );

  test.each(nets.map(({ path, text }) => [path, writtenForContrib(text)] as const))(
    '%s: the switch to tf_slim, as long as one is offered, leaves nothing of contrib',
    (path, contribText) => {
      let text = contribText;
      for (let steps = 0; steps < 20; steps++) {
        const fixes = memoryWorkspace([{ path, text }])
          .diagnose(path)
          .flatMap((one) => one.fixes());
        const fix = fixes.find(({ title }) => title.startsWith('Import from `tf_slim`'));
        if (!fix) break;
        text = applyEdits(text, fix.edits);
      }
      const left = memoryWorkspace([{ path, text }])
        .diagnose(path)
        .filter(({ diagnostic }) => diagnostic.rule !== 'tf-slim-bridge');
      expect(left.map(({ diagnostic }) => diagnostic.message)).toEqual([]);
    },
  );
});
