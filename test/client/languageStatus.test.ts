import { describe, expect, it, vi } from 'vitest';
import type { StatusParams } from '../../server/src/lsp/protocol';

// Both need a running VS Code to load; the view needs only the names of the states.
vi.mock('vscode', () => ({}));
vi.mock('vscode-languageclient', () => ({ State: { Stopped: 1, Running: 2, Starting: 3, StartFailed: 4 } }));

const { viewStatus } = await import('../../client/src/languageStatus');

const [stopped, running, starting, startFailed] = [1, 2, 3, 4];

const quiet: StatusParams = {
  target: '2.16',
  targetReason: 'nothing in the workspace says another',
  files: 0,
  slimCalls: 0,
  unknownCalls: 0,
  isBusy: false,
  internalError: false,
};

describe('the language status', () => {
  it('is absent until a file with a slim call is open', () => {
    expect(viewStatus(starting, undefined)).toBeUndefined();
    expect(viewStatus(running, undefined)).toBeUndefined();
    expect(viewStatus(running, quiet)).toBeUndefined();
  });

  it('says the target and what is open', () => {
    const view = viewStatus(running, { ...quiet, files: 1, slimCalls: 41, unknownCalls: 5 });
    expect(view).toMatchObject({
      text: 'Slimscope: TensorFlow 2.16',
      detail: 'nothing in the workspace says another, 1 file, 41 slim calls, 5 not fully known',
      isBroken: false,
      command: { title: 'Show Log' },
    });
  });

  it('says why, and opens the line that says it', () => {
    const targetLocation = { uri: 'file:///w/requirements.txt', line: 2 };
    const targetReason = '`tensorflow==1.15` in requirements.txt';
    const view = viewStatus(running, {
      ...quiet,
      target: '1.15',
      targetReason,
      targetLocation,
      files: 1,
      slimCalls: 1,
    });
    expect(view).toMatchObject({
      text: 'Slimscope: TensorFlow 1.15',
      detail: 'tensorflow==1.15 in requirements.txt, 1 file, 1 slim call',
      command: { title: 'Open Requirement', command: 'vscode.open' },
      opens: targetLocation,
    });
  });

  it('says that results are cut', () => {
    const view = viewStatus(running, { ...quiet, files: 2, slimCalls: 1, fileLimit: 5000 });
    expect(view?.detail).toBe(
      'nothing in the workspace says another, 2 files, 1 slim call, only the first 5000 files of the workspace are read',
    );
  });

  it('points to the log after an internal error, even when nothing is open', () => {
    const view = viewStatus(running, { ...quiet, internalError: true });
    expect(view).toMatchObject({ isBroken: true, text: 'Slimscope: internal error, see the log' });
  });

  it.each([
    [stopped, 'Slimscope: server stopped'],
    [startFailed, 'Slimscope: server could not be started'],
  ])('offers a restart when the server is gone (state %i)', (state, text) => {
    expect(viewStatus(state, undefined)).toMatchObject({ isBroken: true, text, command: { title: 'Restart Server' } });
  });
});
