/**
 * Every call of tf_slim's own networks: converted or refused with a reason, and the file parses afterwards.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../server/src/base/textEdit';
import type { TextEdit } from '../../../server/src/base/textEdit';
import { makeExplicit } from '../../../server/src/slim/explicit/makeExplicit';
import { convertToKeras, kerasLayerOf } from '../../../server/src/slim/keras/convertToKeras';
import type { RewriteRequest } from '../../../server/src/slim/rewrite/request';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { openSourceOrSkip } from '../../support/openSources';
import { parse } from '../../support/parser';

const folder = await openSourceOrSkip('tf_slim');
const nets = folder === undefined ? [] : readNets(join(folder, 'tf_slim', 'nets'));

describe.skipIf(folder === undefined)("tf_slim's networks", () => {
  test.each(nets)('$path', ({ path, text }) => {
    const requests = requestsOf(path);
    const conversions = requests.filter(({ call }) => kerasLayerOf(call) !== undefined).map(convertToKeras);
    for (const conversion of conversions) {
      if (conversion.kind === 'converted') continue;
      expect(conversion.reasons.length).toBeGreaterThan(0);
      for (const { reason } of conversion.reasons) expect(reason).toMatch(/^\S.*[^.]$/);
    }
    const converted = conversions.flatMap((one) => (one.kind === 'converted' ? one.edits : []));
    expect(parse(applyAll(text, converted)).incomplete).toEqual([]);
    const explicit = requests.map(makeExplicit).flatMap((one) => (one.kind === 'explicit' ? one.edits : []));
    expect(parse(applyAll(text, explicit)).incomplete).toEqual([]);
  });

  test('all calls of the base of Inception v3, 94 convolutions and 13 pools, are converted, each with its name', () => {
    const path = 'tf_slim/nets/inception_v3.py';
    const requests = requestsOf(path).filter(({ call }) => call.enclosingFunction === 'inception_v3_base');
    const conversions = requests.filter(({ call }) => kerasLayerOf(call) !== undefined).map(convertToKeras);
    const edits = conversions.flatMap((one) => (one.kind === 'converted' ? one.edits : []));
    const names = edits.flatMap(({ newText }) => /name='(\w+)'/.exec(newText)?.[1] ?? []);
    expect(conversions).toHaveLength(107);
    expect(conversions.filter(({ kind }) => kind === 'refused')).toEqual([]);
    expect(new Set(names).size).toBe(107);
    expect(names).toContain('Mixed_7c_Branch_2_Conv2d_0d_3x1');
  });
});

/** All edits at once; the import that several conversions add is added once. */
function applyAll(text: string, edits: readonly TextEdit[]): string {
  const unique = new Map(edits.map((edit) => [JSON.stringify(edit), edit]));
  return applyEdits(text, [...unique.values()]);
}

function readNets(from: string): { readonly path: string; readonly text: string }[] {
  const names = readdirSync(from).filter((name) => name.endsWith('.py') && !name.endsWith('_test.py'));
  return names.map((name) => ({ path: `tf_slim/nets/${name}`, text: readFileSync(join(from, name), 'utf8') }));
}

/** The op calls of a network, with the others beside it. */
function requestsOf(path: string): RewriteRequest[] {
  const workspace = memoryWorkspace(nets);
  const file = workspace.uri(path);
  const source = workspace.snapshot.getFile(file);
  const analysis = workspace.snapshot.analysis(file);
  if (!source || !analysis) return [];
  return analysis.calls.map((call) => ({ program: workspace.snapshot, source, analysis, call }));
}
