/** What a hover costs, in counts: nothing is evaluated where the syntax already says that there is nothing to say. */
import { describe, expect, test } from 'vitest';
import { Cancelled, neverCancelled } from '../../../server/src/base/cancel';
import { hover } from '../../../server/src/features/hover';
import type { Snapshot } from '../../../server/src/project/snapshot';
import { memoryWorkspace } from '../../support/memoryWorkspace';

const text = `import tf_slim as slim

def scope():
    with slim.arg_scope([slim.conv2d], stride=2) as sc:
        return sc

def local(x):
    with slim.arg_scope([slim.conv2d], padding='VALID'):
        return slim.conv2d(x, 64, [3, 3])
`;
const files = [
  { path: 'nets.py', text },
  { path: 'train.py', text: 'import tf_slim as slim\nimport nets\n' },
];

describe('the work behind a hover', () => {
  test.each([
    ['import tf_slim', []],
    ['return sc', []],
    ['conv2d(x', ['nets.py']],
    // Nothing in train.py runs below a scope of nets.py.
    ["padding='VALID'", ['nets.py']],
    ['stride=2', ['nets.py']],
  ])('%s', (needle, expected) => {
    const workspace = memoryWorkspace(files);
    const evaluated: string[] = [];
    const { snapshot } = workspace;
    const watching: Snapshot = {
      files: snapshot.files,
      getFile: (file) => snapshot.getFile(file),
      getText: (file) => snapshot.getText(file),
      getPath: (file) => snapshot.getPath(file),
      resolveImport: (from, name, level) => snapshot.resolveImport(from, name, level),
      importersOf: (file) => snapshot.importersOf(file),
      settings: (file) => snapshot.settings(file),
      target: (file) => snapshot.target(file),
      getLines: (file) => snapshot.getLines(file),
      isExcluded: (file) => snapshot.isExcluded(file),
      configurationProblems: (file) => snapshot.configurationProblems(file),
      quickAnalysis: (file, cancel) => snapshot.quickAnalysis(file, cancel),
      prepareAnalysis: (file, cancel) => snapshot.prepareAnalysis(file, cancel),
      isPrepared: (file) => snapshot.isPrepared(file),
      withoutCallers: (reason) => snapshot.withoutCallers(reason),
      analysis: (file, cancel) => {
        evaluated.push(workspace.path(file));
        return snapshot.analysis(file, cancel);
      },
      network: (target) => snapshot.network(target),
      analysesBelow: (file, cancel) => {
        const analyses = snapshot.analysesBelow(file, cancel);
        evaluated.push(...analyses.map((one) => workspace.path(one.file)));
        return analyses;
      },
    };
    hover(watching, workspace.uri('nets.py'), text.indexOf(needle) + 2, { cancel: neverCancelled, link: () => '' });
    expect([...new Set(evaluated)]).toEqual(expected);
  });

  test('a hover that nobody waits for any more is no empty answer', () => {
    const { snapshot, uri } = memoryWorkspace(files);
    const options = { cancel: { isCancelled: true }, link: () => '' };
    expect(() => hover(snapshot, uri('nets.py'), text.indexOf('conv2d(x'), options)).toThrow(Cancelled);
  });

  test('a file that does not exist', () => {
    const { snapshot, uri } = memoryWorkspace(files);
    expect(hover(snapshot, uri('gone.py'), 0, { cancel: neverCancelled, link: () => '' })).toBeUndefined();
  });
});
