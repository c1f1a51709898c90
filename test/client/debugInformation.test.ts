import { describe, expect, it, vi } from 'vitest';

vi.mock('vscode', () => import('./vscodeStub'));
vi.mock('vscode-languageclient', () => ({ State: {} }));

const { debugInformation, withoutPaths } = await import('../../client/src/debugInformation');

const facts = {
  own: '0.1.0',
  editor: '1.139.1 (Code, desktop, local)',
  language: 'de',
  server: 'running',
  serverVersion: '0.1.0',
  folders: ['file', 'file'],
  isTrusted: false,
  status: undefined,
  left: { files: 4, ready: 1, places: 6, percent: 25 },
  settings: {},
};

describe('the debug information', () => {
  it('says versions, state, counts and changed settings', () => {
    const text = debugInformation({
      ...facts,
      settings: { 'slimscope.hover.enabled': false },
      status: {
        targets: [{ target: '1.15', reason: '`tensorflow==1.15` in requirements/old.txt' }],
        files: 2,
        slimCalls: 41,
        unknownCalls: 5,
        lastAnalysis: { uri: 'file:///srv/ada/secret/net.py', milliseconds: 120, calls: 41, contexts: 60 },
        limits: [{ reason: '`secret_net` was not followed to its end' }],
        isBusy: false,
        internalError: true,
      },
    });
    expect(text).toBe(`Slimscope 0.1.0, server 0.1.0: running
VS Code 1.139.1 (Code, desktop, local), language de
Workspace: 2 folders (file), not trusted
Target: 1.15, \`tensorflow==1.15\` in requirements/old.txt
Open: 2 files, 41 slim calls, 5 not fully known
Last analysis: 120 ms, 41 calls, 60 contexts
Limits reached: 1
State: ready, after an internal error
Left to migrate: 6 places, 1 of 4 files ready
Settings: {"slimscope.hover.enabled":false}
`);
  });

  it('works before there is a server', () => {
    expect(debugInformation({ ...facts, folders: [], serverVersion: undefined })).toContain(
      'Workspace: 0 folders (none)',
    );
  });

  it.each([
    ['/srv/ada/lib', '<absolute path>'],
    ['~/lib', '<absolute path>'],
    ['C:\\Users\\ada\\lib', '<absolute path>'],
    ['file:///srv/ada', '<absolute path>'],
    ['\\\\server\\share', '<absolute path>'],
    ['set in /srv/ada/pyproject.toml', 'set in <absolute path>'],
    ['${userHome}/lib', '<absolute path>'],
    ['lib/site', 'lib/site'],
    ['../lib', '../lib'],
    ['**/generated/*.py', '**/generated/*.py'],
  ])('leaves out absolute paths: %s', (given, shown) => {
    expect(withoutPaths({ [given]: [given] })).toEqual({ [shown]: [shown] });
  });
});
