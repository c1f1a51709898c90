/**
 * How much work an action may cost, as counts: they are the same on every machine, so that they can be a test.
 * Times are measured by `npm run bench`.
 */
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../server/src/base/cancel';
import { codeActions } from '../../server/src/features/codeActions';
import { diagnostics } from '../../server/src/features/diagnostics';
import { hover } from '../../server/src/features/hover';
import { Project, type ProjectCounts } from '../../server/src/project/project';
import { nodeFileSystem } from '../../server/src/platform/node';
import { evaluator } from '../../server/src/slim/evaluator/evaluator';
import { openSourceOrSkip } from '../support/openSources';
import { parse } from '../support/parser';

const folder = 'file:///w';
const files: Readonly<Record<string, string>> = {
  'scopes.py': `import tf_slim as slim

def scope(decay=0.1):
  with slim.arg_scope([slim.conv2d], weights_regularizer=slim.l2_regularizer(decay)) as sc:
    return sc
`,
  'nets/__init__.py': '',
  'nets/vgg.py': `import tf_slim as slim
import scopes

def vgg(x):
  with slim.arg_scope(scopes.scope()):
    return slim.conv2d(x, 64, [3, 3])
`,
  'train.py': `from nets import vgg
import tensorflow as tf
y = vgg.vgg(tf.ones([1, 32, 32, 3]))
`,
  'other.py': `import tf_slim as slim
y = slim.conv2d(x, 64, [3, 3])
`,
};

let project: Project;
beforeEach(() => {
  project = new Project({
    parse,
    evaluator,
    readText: (file) => ({ kind: 'text', text: files[file.slice(folder.length + 1)] ?? '' }),
  });
  project.apply({ folders: [folder], onDisk: Object.keys(files).map((path) => `${folder}/${path}`) });
});

/** Everything that an editor asks about a file after an edit. */
function ask(path: string): void {
  const file = `${folder}/${path}`;
  const { snapshot } = project;
  diagnostics(snapshot, file, { cancel: neverCancelled });
  const offset = (snapshot.getText(file) ?? '').indexOf('conv2d(x') + 2;
  hover(snapshot, file, offset, { cancel: neverCancelled, link: () => '' });
  codeActions(snapshot, file, { start: offset, end: offset }, { cancel: neverCancelled });
}

/** What `action` costs. */
function cost(action: () => void): ProjectCounts {
  const before = project.counts;
  action();
  const after = project.counts;
  return {
    reads: after.reads - before.reads,
    parses: after.parses - before.parses,
    ownRuns: after.ownRuns - before.ownRuns,
    callerRuns: after.callerRuns - before.callerRuns,
    manifestReads: after.manifestReads - before.manifestReads,
  };
}

function type(path: string, before: string, after: string): void {
  const file = `${folder}/${path}`;
  const text = project.snapshot.getText(file) ?? '';
  expect(text).toContain(before);
  project.apply({ edited: [{ file, text: text.replace(before, after) }] });
}

describe('the first look at a file', () => {
  it('reads all files for their imports, parses what it imports and who imports it, and runs it and its callers', () => {
    // scopes.py, nets/__init__.py, nets/vgg.py and train.py; other.py has nothing to do with it.
    expect(cost(() => ask('nets/vgg.py'))).toEqual({
      reads: 5,
      parses: 4,
      ownRuns: 1,
      callerRuns: 2,
      manifestReads: 0,
    });
  });

  it('costs nothing more for hovers, diagnostics and actions after the first', () => {
    ask('nets/vgg.py');
    expect(cost(() => ask('nets/vgg.py'))).toEqual({
      reads: 0,
      parses: 0,
      ownRuns: 0,
      callerRuns: 0,
      manifestReads: 0,
    });
  });
});

describe('one keystroke', () => {
  beforeEach(() => Object.keys(files).forEach(ask));

  it('costs one parse and one evaluation of the file', () => {
    expect(
      cost(() => {
        type('other.py', '64', '32');
        Object.keys(files).forEach(ask);
      }),
    ).toEqual({ reads: 0, parses: 1, ownRuns: 1, callerRuns: 1, manifestReads: 0 });
  });

  it('costs one evaluation without assumptions when only its diagnostics are asked for', () => {
    expect(
      cost(() => {
        type('other.py', '64', '32');
        diagnostics(project.snapshot, `${folder}/other.py`, { cancel: neverCancelled });
      }),
    ).toEqual({ reads: 0, parses: 1, ownRuns: 1, callerRuns: 0, manifestReads: 0 });
  });

  it('in a file with scopes costs evaluations of the files that look at it', () => {
    expect(
      cost(() => {
        type('scopes.py', '0.1', '0.2');
        Object.keys(files).forEach(ask);
      }),
      // By themselves scopes.py and vgg.py, whose functions are called; train.py has none, and no op calls.
    ).toEqual({ reads: 0, parses: 1, ownRuns: 2, callerRuns: 3, manifestReads: 0 });
  });

  it('in a file that is imported costs the runs of its importers, for what they do with it', () => {
    expect(
      cost(() => {
        type('scopes.py', '0.1', '0.2');
        ask('scopes.py');
      }),
    ).toEqual({ reads: 0, parses: 1, ownRuns: 1, callerRuns: 3, manifestReads: 0 });
  });
});

const folderOfSlim = await openSourceOrSkip('tf_slim');

describe.skipIf(folderOfSlim === undefined)('a real package', () => {
  it('is read only as far as a net imports it', async () => {
    const root = pathToFileURL(folderOfSlim ?? '').href;
    const { files: listed } = await nodeFileSystem.listPythonFiles(root, {
      recursive: true,
      limit: 1000,
      isExcluded: () => false,
    });
    expect(listed.length).toBeGreaterThan(50);
    const real = new Project({ parse, evaluator, readText: (file) => nodeFileSystem.readText(file) });
    const snapshot = real.apply({ folders: [root], onDisk: listed });
    const analysis = snapshot.analysis(`${root}/tf_slim/nets/resnet_v1.py`);
    expect(analysis?.calls.length).toBeGreaterThan(5);
    // resnet_v1.py, resnet_utils.py, and the __init__.py of tf_slim.nets with what that imports.
    expect(real.counts.parses).toBeLessThanOrEqual(12);
    // resnet_v1.py itself, and the three modules that lead to it.
    expect(real.counts).toMatchObject({ ownRuns: 1, callerRuns: 4 });
  });
});
