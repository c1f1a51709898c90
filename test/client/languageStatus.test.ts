import { describe, expect, it, vi } from 'vitest';
import type { StatusParams } from '../../server/src/lsp/protocol';

// Both need a running VS Code to load; the view needs only the names of the states.
vi.mock('vscode', () => import('./vscodeStub'));
vi.mock('vscode-languageclient', () => ({ State: { Stopped: 1, Running: 2, Starting: 3, StartFailed: 4 } }));

const { viewStatus } = await import('../../client/src/languageStatus');

const [stopped, running, starting, startFailed] = [1, 2, 3, 4];

const newest = { target: '2.16', reason: 'nothing in the workspace says another' };

const quiet: StatusParams = {
  targets: [newest],
  files: 0,
  slimCalls: 0,
  unknownCalls: 0,
  limits: [],
  isBusy: false,
  internalError: false,
};

const busy: StatusParams = { ...quiet, files: 2, slimCalls: 41 };

/** One entry of the menu. */
const entry = (id: string, status: StatusParams) => viewStatus(running, status).find((view) => view.id === id);

describe('the language status', () => {
  it('is absent until a file with a slim call is open', () => {
    expect(viewStatus(starting, undefined)).toEqual([]);
    expect(viewStatus(running, undefined)).toEqual([]);
    expect(viewStatus(running, quiet)).toEqual([]);
  });

  it('says the target and why, and leads to the setting where no file says it', () => {
    expect(entry('target', busy)).toEqual({
      id: 'target',
      text: 'Slimscope: TensorFlow 2.16',
      detail: 'nothing in the workspace says another',
      command: {
        title: 'Set Target',
        command: 'workbench.action.openSettings',
        argument: 'slimscope.targetTensorflow',
      },
    });
  });

  it('opens the line that says the target', () => {
    const at = { uri: 'file:///w/requirements.txt', line: 2 };
    const old = { target: '1.15', reason: '`tensorflow==1.15` in requirements.txt', at };
    expect(entry('target', { ...busy, targets: [old] })).toMatchObject({
      text: 'Slimscope: TensorFlow 1.15',
      detail: 'tensorflow==1.15 in requirements.txt',
      command: { title: 'Open Requirement', command: 'vscode.open', opens: at },
    });
    expect(entry('target', { ...busy, targets: [old, newest] })).toMatchObject({
      text: 'Slimscope: TensorFlow 1.15, 2.16',
      detail: '1.15: tensorflow==1.15 in requirements.txt; 2.16: nothing in the workspace says another',
      command: { title: 'Set Target' },
    });
  });

  it('says what is known, and what the last analysis cost', () => {
    expect(entry('work', { ...busy, unknownCalls: 5 })).toMatchObject({
      text: 'Slimscope: 41 slim calls',
      detail: 'ready, 5 not fully known',
      isBusy: false,
      command: { title: 'Show Log' },
    });
    const lastAnalysis = { uri: 'file:///w/a.py', milliseconds: 120, calls: 41, contexts: 60 };
    expect(entry('work', { ...busy, files: 1, slimCalls: 1, isBusy: true, lastAnalysis })).toMatchObject({
      text: 'Slimscope: 1 slim call',
      detail: 'reading the workspace, 60 contexts in 120 ms',
      isBusy: true,
    });
  });

  it('says which limits were reached, and leads there', () => {
    expect(entry('limits', busy)).toBeUndefined();
    const at = { uri: 'file:///w/a.py', line: 7 };
    const limits = [{ reason: 'a.py takes too many steps' }, { reason: '`f` was not followed to its end', at }];
    expect(entry('limits', { ...busy, limits })).toMatchObject({
      text: '2 limits reached',
      detail: 'a.py takes too many steps; f was not followed to its end',
      severity: 'warning',
      command: { title: 'Open Place', opens: at },
    });
    expect(entry('limits', { ...busy, fileLimit: 5000 })).toMatchObject({
      text: '1 limit reached',
      detail: 'only the first 5000 files of the workspace are read',
      command: { title: 'Exclude Files', argument: 'slimscope.exclude' },
    });
  });

  it('points to the log after an internal error, even when nothing is open', () => {
    expect(viewStatus(running, { ...quiet, internalError: true })).toMatchObject([
      { severity: 'error', text: 'Slimscope: internal error, see the log' },
    ]);
  });

  it.each([
    [stopped, 'Slimscope: server stopped'],
    [startFailed, 'Slimscope: server could not be started'],
  ])('offers a restart when the server is gone (state %i)', (state, text) => {
    expect(viewStatus(state, undefined)).toMatchObject([
      { severity: 'error', text, command: { title: 'Restart Server' } },
    ]);
  });
});
