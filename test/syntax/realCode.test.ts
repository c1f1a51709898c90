/**
 * The parser on tf_slim 1.1.0, against CPython's own parser where a python3 is at hand.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/src/base/lineIndex';
import { findRepairs } from '../../server/src/syntax/repair';
import { walk } from '../../server/src/syntax/visit';
import { openSourceOrSkip, pythonFiles } from '../support/openSources';
import { parse } from '../support/parser';

const folder = await openSourceOrSkip('tf_slim');
const paths = folder === undefined ? [] : (await pythonFiles(folder)).map((path) => join(folder, path));
const texts = new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)));

/** Prints, for each file named on the standard input, `line:column-line:column` of every call, in UTF-16 columns. */
const listCalls = `
import ast, json, sys
def place(lines, line, column):
    return '%d:%d' % (line, len(lines[line - 1].encode()[:column].decode().encode('utf-16-le')) // 2)
answer = {}
for path in json.load(open(sys.argv[1])):
    text = open(path, encoding='utf8', newline='').read()
    lines = text.split('\\n')
    answer[path] = sorted(
        place(lines, n.lineno, n.col_offset) + '-' + place(lines, n.end_lineno, n.end_col_offset)
        for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call))
print(json.dumps(answer))
`;

async function callsOfPython(): Promise<Record<string, readonly string[]>> {
  const work = await mkdtemp(join(tmpdir(), 'slimscope-'));
  try {
    const list = join(work, 'files.json');
    await writeFile(list, JSON.stringify(paths));
    const output = execFileSync('python3', ['-W', 'ignore', '-c', listCalls, list], { encoding: 'utf8' });
    return JSON.parse(output) as Record<string, readonly string[]>;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The version of python3, or undefined when there is none that knows where nodes end (3.8). */
function pythonVersion(): string | undefined {
  try {
    const version = execFileSync('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return Number(version.split('.')[1]) >= 8 ? version : undefined;
  } catch {
    return undefined;
  }
}

function callsOf(text: string): string[] {
  const lines = new LineIndex(text);
  const place = (offset: number): string => {
    const { line, column } = lines.positionAt(offset);
    return `${line + 1}:${column}`;
  };
  const calls: string[] = [];
  walk(parse(text).module, (node) => {
    if (node.kind === 'Call') calls.push(`${place(node.span.start)}-${place(node.span.end)}`);
  });
  return calls.sort();
}

describe.skipIf(folder === undefined)('tf_slim', () => {
  it('parses without damage, and is Python 3', () => {
    const damaged = paths.filter((path) => {
      const tree = parse(texts.get(path) ?? '');
      return tree.incomplete.length > 0 || tree.python2;
    });
    expect(paths.length).toBeGreaterThan(80);
    expect(damaged).toEqual([]);
  });

  it('gives the repair pass nothing to do', () => {
    const repaired = paths.filter((path) => {
      const { damage, isCertain } = findRepairs(texts.get(path) ?? '');
      return damage.length > 0 || isCertain;
    });
    expect(repaired).toEqual([]);
  });

  const version = pythonVersion();
  if (version === undefined) process.stderr.write('skipped: comparison with CPython, because there is no python3\n');
  it.skipIf(version === undefined)('has exactly the calls that CPython finds, at the same places', async () => {
    const expected = await callsOfPython();
    let count = 0;
    for (const path of paths) {
      const calls = callsOf(texts.get(path) ?? '');
      count += calls.length;
      expect(calls, path).toEqual([...(expected[path] ?? [])].sort());
    }
    process.stdout.write(`${count} calls in ${paths.length} files as in CPython ${version}\n`);
    expect(count).toBeGreaterThan(15_000);
  });
});
