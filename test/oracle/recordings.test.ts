/**
 * The recordings as they are committed: whole, exact, the same on every machine, and made by the drivers that are there.
 * Needs no network.
 */
import { describe, expect, test } from 'vitest';
import { readRecording, type RecordedContext } from './truth/recording';
import { driverFiles, truthSources } from './truth/sources';

describe.each(truthSources.map((source) => [source.name, source] as const))('%s', (name, source) => {
  const recording = readRecording(name);
  const contexts = recording.rows.flatMap((row) => row.contexts);
  const stacks = (context: RecordedContext): RecordedContext['stack'][] => [
    context.stack,
    ...(context.otherStacks ?? []),
  ];

  test('was made by the drivers that are there, in its environment', () => {
    const drivers = driverFiles(source).map(({ path }) => path);
    expect([...new Set(contexts.map((context) => context.driver))].sort()).toEqual(drivers);
    expect(new Set(contexts.flatMap(stacks).map((stack) => stack[0]?.path))).toEqual(new Set(drivers));
    expect(recording.tensorflow).toMatch(source.environment === 'tf1' ? /^1\.15\./ : /^2\./);
  });

  test('has one row for each call site and op, with the exact range', () => {
    const keys = recording.rows.map(({ path, line, col, endLine, endCol, op, via }) =>
      [path, line, col, endLine, endCol, op, via ?? ''].join(' '),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const inexact = recording.rows.filter((row) => !(row.col > 0 && row.endCol > 0 && row.endLine >= row.line));
    expect(inexact).toEqual([]);
    const files = [...source.code, ...driverFiles(source).map(({ path }) => path)];
    const elsewhere = recording.rows.filter(({ path }) => !files.some((file) => path.startsWith(file)));
    expect(elsewhere.map((row) => row.path)).toEqual([]);
  });

  test('says where each value of a scope was set, and ends each stack at the call', () => {
    const origins = contexts
      .flatMap((context) => Object.values(context.args))
      .map((argument) => [argument.from, argument.scope?.col ?? 0] as const);
    expect(origins.filter(([from, column]) => (from === 'scope') !== column > 0)).toEqual([]);
    for (const row of recording.rows)
      for (const stack of row.contexts.flatMap(stacks))
        expect(stack.at(-1)).toMatchObject({ path: row.path, line: row.line, col: row.col });
  });

  test('has no trace of the machine', () => {
    expect(JSON.stringify(recording)).not.toMatch(/0x[0-9a-f]{6}|site-packages|\/home\/|\/root\//);
  });
});
