import { describe, expect, it, vi } from 'vitest';

// Both need a running VS Code to load.
vi.mock('vscode', async () => ({ ...(await import('./vscodeStub')), ProgressLocation: {} }));
vi.mock('vscode-languageclient', () => ({ WorkDoneProgress: {} }));

const { describeCheck } = await import('../../client/src/workspaceCheck');

const none = { files: 40, filesWithProblems: 0, errors: 0, warnings: 0, others: 0 };

describe('the sentence after a check of the workspace', () => {
  it.each([
    [none, 'Slimscope: no problems in 40 files.'],
    [{ ...none, filesWithProblems: 1, errors: 1 }, 'Slimscope: 1 error in 1 of 40 files.'],
    [
      { ...none, filesWithProblems: 2, errors: 3, warnings: 1, others: 2 },
      'Slimscope: 3 errors, 1 warning, 2 hints in 2 of 40 files.',
    ],
    [{ ...none, files: 1, filesWithProblems: 1, others: 1 }, 'Slimscope: 1 hint in 1 file.'],
  ])('%j', (result, sentence) => expect(describeCheck(result)).toBe(sentence));
});
