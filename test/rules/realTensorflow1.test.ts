/**
 * Real programs of TensorFlow 1: every name that TensorFlow 2 does not have is found, by a count that knows nothing of
 * bindings, and nothing else is reported as an error.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nameRows } from '../../server/src/slim/data/tensorflowNames';
import { memoryWorkspace } from '../support/memoryWorkspace';
import { openSourceOrSkip, pythonFiles } from '../support/openSources';
import type { OpenSourceName } from '../support/openSourcePins';

const settings = {
  tf1Files: 'each',
  rules: { all: 'off', 'family:tf1-api': 'error', 'family:legacy-layers': 'error' },
};

const sources: readonly OpenSourceName[] = ['facenet', 'luminoth', 'baselines', 'lucid', 'mmdnn'];

const fates = new Map(
  nameRows.flatMap(([module, fate, names]) =>
    names.split(' ').map((name): [string, string] => [module === '' ? name : `${module}.${name}`, fate]),
  ),
);

/** True when `tf` of the newest TensorFlow lacks the name, or what it starts with. */
function isMissing(dotted: string): boolean {
  const parts = dotted.split('.');
  return parts.some((_, i) => {
    const fate = fates.get(parts.slice(0, i + 1).join('.'));
    return fate !== undefined && fate[1] !== 's';
  });
}

/** The same text with strings and comments blanked out, lines kept. */
function codeOnly(text: string): string {
  const pattern = /("""|''')[\s\S]*?\1|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|#.*$/gm;
  return text.replace(pattern, (match) => match.replace(/[^\n]/g, ' '));
}

/** Places of names that are missing, as `line: tf.name`. */
function missingNames(text: string): string[] {
  return codeOnly(text)
    .split('\n')
    .flatMap((line, i) =>
      [...line.matchAll(/(?<![\w.])tf((?:\.\w+)+)/g)].flatMap((match) => {
        const name = (match[1] ?? '').slice(1);
        return !/^contrib\b/.test(name) && isMissing(name) ? [`${i + 1}: tf.${name}`] : [];
      }),
    )
    .sort();
}

describe.each(sources)('%s', async (source) => {
  const folder = await openSourceOrSkip(source);
  const files = folder === undefined ? [] : (await pythonFiles(folder)).map((path) => ({ path, folder }));
  const texts = files
    .map(({ path, folder: at }) => ({ path, text: readFileSync(join(at, path), 'utf8').replaceAll('\r\n', '\n') }))
    .filter(({ text }) => /^import tensorflow as tf$/m.test(text) && !/(?<!\.)\btf *= |\btry:/.test(text));

  test.skipIf(folder === undefined)('has programs to look at', () => {
    expect(texts.reduce((sum, { text }) => sum + missingNames(text).length, 0)).toBeGreaterThan(20);
  });

  test.skipIf(folder === undefined)('every name that is missing is found, and no other', () => {
    for (const { path, text } of texts) {
      const workspace = memoryWorkspace([{ path, text }], settings);
      const lines = workspace.snapshot.getFile(workspace.uri(path))?.lines;
      const found = workspace.diagnose(path).flatMap(({ diagnostic: { rule, severity, span } }) => {
        const isName = /^tf1-(?:renamed|compat|removed|layers)$/.test(rule) && severity === 'error';
        const name = text.slice(span.start, span.end).replace(/\s+/g, '');
        return isName ? [`${(lines?.positionAt(span.start).line ?? -2) + 1}: ${name}`] : [];
      });
      expect(found.sort(), path).toEqual(missingNames(text));
    }
  });
});
