import { beforeEach, describe, expect, it } from 'vitest';
import type { ReadResult } from '../../server/src/project/ports';
import { Project, type Evaluator } from '../../server/src/project/project';
import { defaultSettings } from '../../server/src/project/settings';
import type { Program, SourceFile } from '../../server/src/semantics/program';
import { parse } from '../support/parser';

const uri = (path: string) => `file:///w/${path}`;

/** An evaluator that says in words what each run found. */
function evaluatorOf(look: (program: Program, source: SourceFile) => readonly string[]): Evaluator {
  return {
    run: (program, source, { mode }) => ({
      file: source.file,
      mode,
      calls: [],
      assumed: [],
      scopes: [],
      roots: [],
      hasSkipped: false,
      calledFrom: new Map(),
      escaped: new Set(),
      problems: [`run ${mode} ${source.file}`, ...look(program, source)].map((reason) => ({ reason })),
    }),
    areAllEntryPoints: () => false,
    merge: (source, runs) => ({
      file: source.file,
      calls: [],
      scopes: [],
      problems: runs.flatMap((run) => run.problems),
    }),
  };
}

/** Follows the imports `import x` of a file as an evaluator does, and so on from there. */
const followImports = evaluatorOf((program, source) => {
  const seen = new Set<string>();
  const follow = (file: SourceFile) => {
    if (seen.has(file.file)) return;
    seen.add(file.file);
    for (const statement of file.tree.module.body) {
      if (statement.kind !== 'Import') continue;
      for (const { name } of statement.names) {
        const found = program.resolveImport(file, name.parts.map((part) => part.name).join('.'), 0);
        if (found) follow(found);
      }
    }
  };
  follow(source);
  return [...seen].sort();
});

let disk: Map<string, string>;
let project: Project;
let messages: string[];

beforeEach(() => {
  disk = new Map();
  messages = [];
  const note = (message: string) => void messages.push(message);
  project = new Project({
    parse,
    evaluator: followImports,
    readText(file): ReadResult {
      const text = disk.get(file);
      return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
    },
    logger: { error: note, warn: note, info: note, debug: note, trace: note },
  });
});

/** Puts files on disk and tells the project. */
function save(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) disk.set(uri(path), text);
  project.apply({ folders: [uri('').slice(0, -1)], onDisk: Object.keys(files).map(uri) });
}

function edit(path: string, text: string): void {
  project.apply({ edited: [{ file: uri(path), text }] });
}

/** Looks at a file by its identity, as the evaluator does for places it was told of. */
const lookAtOther = evaluatorOf((program) => [program.getFile(uri('other.py'))?.text ?? 'none']);

/** The files that the run of a file by itself reached. */
function reached(path: string): string[] | undefined {
  const analysis = project.snapshot.quickAnalysis(uri(path));
  return analysis?.problems.slice(1).map(({ reason }) => reason.slice(uri('').length));
}

/** Whose runs the result for a file is made of: its own, then those that may call it. */
function madeOf(path: string): string[] | undefined {
  const analysis = project.snapshot.analysis(uri(path));
  const reasons = analysis?.problems.map(({ reason }) => reason.replace(uri(''), ''));
  return reasons?.flatMap((reason) => (reason.startsWith('run ') ? [reason.slice(4)] : []));
}

describe('laziness', () => {
  it('reads and parses nothing that nobody asks for', () => {
    save({ 'a.py': 'import b\n', 'b.py': '', 'c.py': '' });
    expect(project.counts).toEqual({ reads: 0, parses: 0, ownRuns: 0, callerRuns: 0, manifestReads: 0 });
    expect(reached('a.py')).toEqual(['a.py', 'b.py']);
    expect(project.counts).toEqual({ reads: 2, parses: 2, ownRuns: 1, callerRuns: 0, manifestReads: 0 });
    expect(reached('a.py')).toEqual(['a.py', 'b.py']);
    expect(project.counts).toEqual({ reads: 2, parses: 2, ownRuns: 1, callerRuns: 0, manifestReads: 0 });
  });
});

describe('an edit', () => {
  beforeEach(() => {
    save({ 'a.py': 'import b\n', 'b.py': 'import c\n', 'c.py': '', 'd.py': '' });
    for (const path of ['a.py', 'b.py', 'c.py', 'd.py']) reached(path);
    expect(project.counts).toEqual({ reads: 4, parses: 4, ownRuns: 4, callerRuns: 0, manifestReads: 0 });
  });

  it('costs one parse, and the analyses that looked at the file', () => {
    edit('c.py', 'x = 1\n');
    for (const path of ['a.py', 'b.py', 'c.py', 'd.py']) reached(path);
    expect(project.counts).toEqual({ reads: 4, parses: 5, ownRuns: 7, callerRuns: 0, manifestReads: 0 });
  });

  it('of a file that nobody imports costs its own analysis', () => {
    edit('a.py', 'import b\nx = 1\n');
    for (const path of ['a.py', 'b.py', 'c.py', 'd.py']) reached(path);
    expect(project.counts).toEqual({ reads: 4, parses: 5, ownRuns: 5, callerRuns: 0, manifestReads: 0 });
  });

  it('to the same text costs nothing', () => {
    edit('c.py', '');
    for (const path of ['a.py', 'b.py', 'c.py', 'd.py']) reached(path);
    expect(project.counts).toEqual({ reads: 4, parses: 4, ownRuns: 4, callerRuns: 0, manifestReads: 0 });
  });

  it('reaches analyses that looked at the file by its identity', () => {
    const looking = new Project({ parse, evaluator: lookAtOther, readText: () => ({ kind: 'missing' }) });
    const problems = () =>
      looking.snapshot
        .quickAnalysis(uri('a.py'))
        ?.problems.slice(1)
        .map(({ reason }) => reason);
    looking.apply({ edited: [{ file: uri('a.py'), text: '' }] });
    expect(problems()).toEqual(['none']);
    looking.apply({ edited: [{ file: uri('other.py'), text: 'x = 1\n' }] });
    expect(problems()).toEqual(['x = 1\n']);
    looking.apply({ edited: [{ file: uri('other.py'), text: 'x = 2\n' }] });
    expect(problems()).toEqual(['x = 2\n']);
  });

  it('leaves earlier snapshots as they were', () => {
    const before = project.snapshot;
    edit('c.py', 'x = 1\n');
    expect(before.getFile(uri('c.py'))?.text).toBe('');
    expect(project.snapshot.getFile(uri('c.py'))?.text).toBe('x = 1\n');
  });
});

describe('files that come and go', () => {
  it('change what imports reach', () => {
    save({ 'a.py': 'import b\n' });
    expect(reached('a.py')).toEqual(['a.py']);
    save({ 'b.py': '' });
    expect(reached('a.py')).toEqual(['a.py', 'b.py']);
    disk.delete(uri('b.py'));
    project.apply({ removed: [uri('b.py')] });
    expect(reached('a.py')).toEqual(['a.py']);
    expect(project.snapshot.analysis(uri('b.py'))).toBeUndefined();
  });

  it('do not cost analyses that they have nothing to do with', () => {
    save({ 'a.py': 'import b\n', 'b.py': '' });
    reached('a.py');
    save({ 'unrelated.py': '' });
    reached('a.py');
    expect(project.counts.ownRuns).toBe(1);
  });

  it('are those of the editor before those of the disk', () => {
    save({ 'a.py': 'import b\n', 'b.py': '', 'c.py': '' });
    edit('a.py', 'import c\n');
    expect(reached('a.py')).toEqual(['a.py', 'c.py']);
    project.apply({ closed: [uri('a.py')] });
    expect(reached('a.py')).toEqual(['a.py', 'b.py']);
  });

  it('vanish with their document when they are not on disk', () => {
    edit('new.py', 'import os\n');
    expect(project.snapshot.files).toEqual([uri('new.py')]);
    project.apply({ closed: [uri('new.py')] });
    expect(project.snapshot.files).toEqual([]);
  });

  it('do not cost a parse when a saved document is closed', () => {
    save({ 'a.py': 'x = 1\n' });
    edit('a.py', 'x = 2\n');
    reached('a.py');
    disk.set(uri('a.py'), 'x = 2\n');
    project.apply({ closed: [uri('a.py')], onDisk: [uri('a.py')] });
    reached('a.py');
    expect(project.counts).toMatchObject({ parses: 1, ownRuns: 1 });
  });

  it('are empty, with a line in the log, when they cannot be read', () => {
    save({ 'a.py': 'import b\n' });
    project.apply({ onDisk: [uri('b.py')] });
    expect(reached('a.py')).toEqual(['a.py', 'b.py']);
    expect(messages).toEqual([`skipped ${uri('b.py')}: it does not exist`]);
  });
});

describe('folders without __init__', () => {
  it('are empty packages', () => {
    save({ 'a.py': 'import nets\n', 'nets/vgg.py': '' });
    const source = project.snapshot.getFile(uri('a.py'));
    const found = source && project.snapshot.resolveImport(source, 'nets', 0);
    expect(found).toMatchObject({ file: uri('nets/'), moduleName: 'nets', isPackage: true, path: 'nets', text: '' });
    expect(project.snapshot.getFile(uri('nets/'))).toBe(found);
  });

  it('stay the same over edits', () => {
    save({ 'a.py': 'import nets\n', 'nets/vgg.py': '', 'b.py': '' });
    reached('a.py');
    edit('b.py', 'x = 1\n');
    reached('a.py');
    expect(project.counts.ownRuns).toBe(1);
  });
});

describe('the result for a file', () => {
  beforeEach(() => {
    save({
      'net.py': '',
      'model.py': 'import net\n',
      'train.py': 'import model\n',
      'net_test.py': 'import net\n',
      'tests/helper.py': 'import net\n',
      'other.py': '',
    });
  });

  it('is made of its own run and of what those say who may call it, nearest first', () => {
    expect(madeOf('net.py')).toEqual(['own net.py', 'callers net.py', 'callers model.py', 'callers train.py']);
    expect(madeOf('train.py')).toEqual(['own train.py', 'callers train.py']);
  });

  it('leaves tests out, unless it is one or the setting asks for them', () => {
    expect(madeOf('net_test.py')).toEqual(['own net_test.py', 'callers net_test.py']);
    project.apply({ settings: { all: { ...defaultSettings, testsAreCallers: true } } });
    expect(madeOf('net.py')).toContain('callers net_test.py');
    expect(madeOf('net.py')).toContain('callers tests/helper.py');
  });

  it('counts tests for what stands among the tests', () => {
    save({ 'tests/test_net.py': 'import helper\n' });
    expect(madeOf('tests/helper.py')).toContain('callers tests/test_net.py');
  });

  it('is kept as long as all of its runs hold', () => {
    const { snapshot } = project;
    const before = snapshot.analysis(uri('net.py'));
    edit('other.py', 'x = 1\n');
    expect(project.snapshot.analysis(uri('net.py'))).toBe(before);
    edit('train.py', 'import model\nx = 1\n');
    expect(project.snapshot.analysis(uri('net.py'))).not.toBe(before);
    expect(project.counts).toMatchObject({ ownRuns: 1, callerRuns: 4 });
  });

  it('can be prepared in pieces, one run each', () => {
    expect([...project.snapshot.prepareAnalysis(uri('net.py'))]).toHaveLength(3);
    expect(project.counts).toMatchObject({ ownRuns: 0, callerRuns: 3 });
    expect([...project.snapshot.prepareAnalysis(uri('net.py'))]).toHaveLength(0);
    project.snapshot.analysis(uri('net.py'));
    expect(project.counts).toMatchObject({ ownRuns: 1, callerRuns: 3 });
  });

  it('says when there are too many callers to look at', () => {
    save(Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`caller${i}.py`, 'import other\n'])));
    const problems = project.snapshot.analysis(uri('other.py'))?.problems;
    expect(problems?.at(-1)?.reason).toBe('only 300 of the 301 files that import this one were searched for calls');
  });
});

describe('importers', () => {
  it('are found through every form of import, wherever it stands', () => {
    save({
      'nets/__init__.py': '',
      'nets/vgg.py': '',
      'nets/inner.py': 'from . import vgg\n',
      'nets/other.py': 'from .vgg import vgg_16\n',
      'train.py': 'def main():\n  if True:\n    import nets.vgg as net\n',
      'eval.py': 'from nets import vgg\n',
      'unrelated.py': '# vgg is only a word here\n',
      'relative.py': 'from nets import inner\n',
      'named.py': 'import importlib\nfor name in ["nets.vgg"]:\n  importlib.import_module(name)\n',
    });
    const importers = (path: string) => project.snapshot.importersOf(uri(path)).map((source) => source.path);
    expect(importers('nets/vgg.py')).toEqual(['eval.py', 'named.py', 'nets/inner.py', 'nets/other.py', 'train.py']);
    expect(importers('nets/__init__.py')).toEqual(['eval.py', 'named.py', 'nets/inner.py', 'relative.py', 'train.py']);
    expect(importers('missing.py')).toEqual([]);
  });
});

describe('settings', () => {
  it('are those of the closest folder', () => {
    const strict = { ...defaultSettings, hoverEnabled: false };
    project.apply({ settings: { all: defaultSettings, folders: new Map([[uri('nested'), strict]]) } });
    expect(project.snapshot.settings(uri('nested/a.py')).hoverEnabled).toBe(false);
    expect(project.snapshot.settings(uri('nested2/a.py')).hoverEnabled).toBe(true);
  });

  it('add import roots', () => {
    save({ 'a.py': 'import core\n', 'lib/deep/core.py': '' });
    expect(reached('a.py')).toEqual(['a.py']);
    project.apply({ settings: { all: { ...defaultSettings, pythonPaths: ['lib/deep'] } } });
    expect(reached('a.py')).toEqual(['a.py', 'lib/deep/core.py']);
  });
});
