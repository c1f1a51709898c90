/**
 * What `slimscope check` prints: for people, for scripts, for code scanning and for GitHub.
 */
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { readRepositoryFile } from '../support/repository';
import { slimscope, withShell } from './slimscope';

const net = `import tensorflow as tf
import tf_slim as slim

def net(x):
  with slim.arg_scope([slim.conv2d], stride=2):
    return slim.conv2d(x, 32, 3, 1)
`;
const contrib = 'import tensorflow as tf\n\ninit = tf.contrib.layers.xavier_initializer()\n';
const rulePage = (rule: string) => readRepositoryFile(`docs/rules/${rule}.md`);

describe('for people', () => {
  it('marks the place below its line, whatever the line holds', async () => {
    const wide = `import tf_slim as slim\nwith slim.arg_scope([slim.conv2d], stride=2):\n\ty = ['日本', slim.conv2d(x, 32, 3, 1)]  # \u001b[31m\n`;
    const { out } = await slimscope({ 'net.py': wide }, ['check']);
    const lines = out.split('\n');
    const at = lines.findIndex((line) => line.startsWith(' 3 | '));
    expect(lines[at]).toBe(" 3 |     y = ['日本', slim.conv2d(x, 32, 3, 1)]  # \uFFFD[31m");
    // The two characters before the call take two columns each.
    expect(lines[at + 1]).toBe(`   | ${' '.repeat((lines[at] ?? '').indexOf(', 1)') + 2 + 2 - 5)}^`);
    expect(out).not.toContain('\u001b');
  });

  it('cuts long lines around the place', async () => {
    const long = `import tf_slim as slim\nwith slim.arg_scope([slim.conv2d], stride=2):\n  a = '${'a'.repeat(300)}'; slim.conv2d(x, 32, 3, 1); b = '${'b'.repeat(300)}'\n`;
    const { out } = await slimscope({ 'net.py': long }, ['check']);
    const [line = '', carets = ''] = out
      .split('\n')
      .filter((one) => one.startsWith(' 3 | …') || /^ {3}\| +\^/.test(one));
    expect(line.length).toBeLessThan(170);
    expect(line.slice(carets.indexOf('^')).startsWith('1); b = ')).toBe(true);
    expect(line.endsWith('b…')).toBe(true);
  });

  it('has colours only where they are wanted, and never in a file', async () => {
    await withShell({ 'net.py': net }, async ({ run, path }) => {
      const plain = await run(['check']);
      const colored = await run(['check'], { useColors: true });
      expect(colored.out).toContain('\u001b[31merror\u001b[0m');
      expect(colored.out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out);
      let written = '';
      const writeReport = (_path: string, text: string) => void (written = text);
      expect((await run(['check', '--output', path('report.txt')], { useColors: true, writeReport })).out).toBe('');
      expect(written).toBe(plain.out);
    });
  });

  it('says when the file for the report cannot be written', async () => {
    const { code, error } = await slimscope({ 'net.py': net }, ['check', '-o', 'no/where.txt'], {
      writeReport: () => 'no such folder',
    });
    expect({ code, error }).toEqual({
      code: 4,
      error: 'slimscope: `no/where.txt` cannot be written: no such folder\n',
    });
  });

  it('counts by rule', async () => {
    const { out, code } = await slimscope({ 'a.py': net, 'b.py': net, 'c.py': contrib }, ['check', '--statistics']);
    expect(out.split('\n').slice(0, 3)).toEqual([
      '2  positional-collision  2 errors; 2 fixable',
      '2  tf-slim-bridge        2 hints',
      expect.stringMatching(/^1 {2}contrib-\S+ +1 error/),
    ]);
    expect(code).toBe(1);
  });
});

describe('for scripts', () => {
  it('has fixes with their edits', async () => {
    const { out } = await slimscope({ 'net.py': net }, ['check', '--format', 'json']);
    const report = JSON.parse(out) as { files: { path: string; diagnostics: Record<string, unknown>[] }[] };
    expect(report.files.map(({ path }) => path)).toEqual(['net.py']);
    const found = report.files[0]?.diagnostics.find(({ rule }) => rule === 'positional-collision');
    expect(Object.keys(found ?? {})).toEqual([
      'rule',
      'severity',
      'line',
      'column',
      'endLine',
      'endColumn',
      'message',
      'fixes',
      'related',
    ]);
    expect(found?.['fixes']).toEqual([
      {
        title: 'Write `stride` as a keyword',
        safety: 'safe',
        edits: [{ line: 6, column: 34, endLine: 6, endColumn: 34, newText: 'stride=' }],
      },
    ]);
  });

  it('has counts by rule instead with --statistics', async () => {
    const { out } = await slimscope({ 'net.py': net }, ['check', '--format', 'json', '--statistics']);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(['schemaVersion', 'statistics', 'problems', 'summary']);
    expect(report['statistics']).toContainEqual({
      rule: 'positional-collision',
      count: 1,
      errors: 1,
      warnings: 0,
      infos: 0,
      hints: 0,
      fixable: 1,
    });
  });

  it('has every key that the documentation names, and no other', async () => {
    const { out } = await slimscope({ 'net.py': net }, [
      'check',
      '--format',
      'json',
      '--rule',
      'all=off',
      '--rule',
      'positional-collision=error',
    ]);
    const report = JSON.parse(out) as Record<string, unknown>;
    const page = readRepositoryFile('docs/command-line.md');
    const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as Record<string, unknown>;
    expect(shapeOf(example)).toEqual(shapeOf(report));
  });
});

/** Keys and types of a JSON value, by its first items. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]));
}

describe('for GitHub', () => {
  it('escapes what would end a command or a property', async () => {
    const odd = { 'a, b:c%/net.py': net };
    const { out, code } = await slimscope(odd, ['check', '--format', 'github']);
    const [line = ''] = out.split('\n');
    expect(line).toMatch(
      /^::error file=a%2C b%3Ac%25\/net\.py,line=6,endLine=6,col=34,endColumn=35,title=Slimscope \(positional-collision\)::`stride` /,
    );
    expect(line).toContain('%0A');
    expect(code).toBe(1);
  });

  it('leaves hints to editors', async () => {
    const { out } = await slimscope({ 'a.py': 'import tf_slim as slim\n' }, ['check', '--format', 'github']);
    expect(out).toBe('');
  });
});

describe('SARIF', () => {
  const require = createRequire(import.meta.url);
  const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const isValid = ajv.compile(schema);

  async function sarifOf(files: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<Log> {
    const { out } = await slimscope(files, ['check', '--format', 'sarif', ...args], { rulePage });
    return JSON.parse(out) as Log;
  }

  const notebook = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [{ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source: net.split(/(?<=\n)/) }],
  });

  it('is valid by the published schema', async () => {
    const files = { 'dir with space/net.py': net, 'b.py': contrib, 'n.ipynb': notebook, 'broken.ipynb': '{' };
    for (const log of [await sarifOf(files), await sarifOf({ 'empty.py': '' })]) {
      isValid(log);
      expect(isValid.errors ?? []).toEqual([]);
    }
    // The schema is really asked.
    expect(isValid({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it('has rules with pages, places, related places, fixes and fingerprints', async () => {
    const log = await sarifOf({ 'dir with space/net.py': net });
    const [run] = log.runs;
    expect(run?.tool.driver).toMatchObject({ name: 'Slimscope', version: '1.2.3' });
    const [rule] = run?.tool.driver.rules ?? [];
    expect(rule).toMatchObject({
      id: 'positional-collision',
      helpUri: 'https://example.org/rules/positional-collision.md',
      defaultConfiguration: { level: 'error' },
    });
    expect(rule?.help?.text).toBe(rulePage('positional-collision'));
    expect(rule?.help?.markdown).not.toMatch(/\]\(\.\.?\//);
    const region = { startLine: 6, startColumn: 34, endLine: 6, endColumn: 35 };
    const artifactLocation = { uri: 'dir%20with%20space/net.py', uriBaseId: 'SRCROOT' };
    expect(run?.results).toHaveLength(1);
    expect(run?.results?.[0]).toMatchObject({
      ruleId: 'positional-collision',
      ruleIndex: 0,
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation, region } }],
      relatedLocations: [{ id: 1, physicalLocation: { artifactLocation, region: { startLine: 5, startColumn: 38 } } }],
      fixes: [
        {
          description: { text: 'Write `stride` as a keyword' },
          artifactChanges: [
            {
              artifactLocation,
              replacements: [
                { deletedRegion: { startLine: 6, startColumn: 34 }, insertedContent: { text: 'stride=' } },
              ],
            },
          ],
        },
      ],
    });
  });

  it('has fingerprints that survive edits elsewhere', async () => {
    const print = (log: Log) => log.runs[0]?.results?.map((result) => result.partialFingerprints);
    const before = print(await sarifOf({ 'net.py': net }));
    expect(before?.[0]?.['slimscopeFinding/v1']).toMatch(/^[0-9a-f]{32}$/);
    expect(print(await sarifOf({ 'net.py': `# new\n\n${net}` }))).toEqual(before);
  });

  it('says that it is not whole after an internal error', async () => {
    const parse = () =>
      Promise.resolve(() => {
        throw new TypeError('a bug');
      });
    const { out, code } = await slimscope({ 'a.py': net }, ['check', '--format', 'sarif'], { parse });
    expect(code).toBe(2);
    expect((JSON.parse(out) as Log).runs[0]?.invocations?.[0]?.executionSuccessful).toBe(false);
  });
});
