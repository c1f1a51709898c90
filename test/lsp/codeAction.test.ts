import { LSPErrorCodes, type ClientCapabilities, type CodeAction } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { fullCapabilities, startClient, type TestClient } from './lspClient';

const net = `import tf_slim as slim
import tensorflow as tf

def net(x):
  with slim.arg_scope([slim.conv2d], stride=2):
    y = slim.conv2d(x, 64, [3, 3], scope='a')
    return slim.conv2d(y, 64, [3, 3], reuse=True)
`;

function at(client: TestClient, needle: string) {
  const position = client.at('a.py', needle);
  return { start: position, end: position };
}

async function find(client: TestClient, needle: string, title: RegExp, only?: string[]): Promise<CodeAction> {
  const actions = await client.codeActions('a.py', at(client, needle), only ? { only } : {});
  const found = actions.find((action) => title.test(action.title));
  if (!found) throw new Error(`no action ${String(title)} among ${actions.map((one) => one.title).join(', ')}`);
  return found;
}

function withCodeAction(codeAction: object): ClientCapabilities {
  const { textDocument } = fullCapabilities;
  return {
    ...fullCapabilities,
    textDocument: { ...textDocument, codeAction: { ...textDocument?.codeAction, ...codeAction } },
  };
}

describe('code actions', () => {
  it('are listed without edits, and resolved by computing them again', async () => {
    const client = await startClient();
    client.open('a.py', net);
    const action = await find(client, 'conv2d(x', /explicit/);
    expect(action.edit).toBeUndefined();
    expect(action.data).toMatchObject({ uri: 'file:///w/a.py', version: 1 });
    const { edit } = await client.resolve(action);
    expect(edit?.documentChanges).toMatchObject([{ textDocument: { uri: 'file:///w/a.py', version: 1 } }]);
    expect(JSON.stringify(edit)).toContain('stride=2');
    await client.dispose();
  });

  it('of an older version are refused, not applied to the wrong place', async () => {
    const client = await startClient();
    client.open('a.py', net);
    const action = await find(client, 'conv2d(x', /explicit/);
    // Below the call: the action would be found again at the same place.
    client.edit('a.py', client.rangeOf('a.py', 'reuse=True'), 'reuse=False');
    await expect(client.resolve(action)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
    await client.dispose();
  });

  it('that no longer exist are refused', async () => {
    const client = await startClient();
    client.open('a.py', net);
    const action = await find(client, 'conv2d(x', /explicit/);
    const gone = { ...action, data: { ...(action.data as object), id: 'no such action' } };
    await expect(client.resolve(gone)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
    await client.dispose();
  });

  it('that are impossible say why, to clients that can show it', async () => {
    const client = await startClient();
    client.open('a.py', net);
    const action = await find(client, 'conv2d(y', /Keras|keras/, ['refactor']);
    expect(action.disabled?.reason).toMatch(/reuse/);
    expect(action.edit).toBeUndefined();
    expect(action.data).toBeUndefined();
    await client.dispose();

    const other = await startClient({ capabilities: withCodeAction({ disabledSupport: false }) });
    other.open('a.py', net);
    const offered = await other.codeActions('a.py', at(other, 'conv2d(y'), { only: ['refactor.rewrite'] });
    expect(offered).toEqual([]);
    await other.dispose();
  });

  it('are only of the kinds that were asked for', async () => {
    const client = await startClient();
    client.open('a.py', net);
    const kinds = async (only: string[]) =>
      (await client.codeActions('a.py', at(client, 'conv2d(x'), { only })).map(({ kind }) => kind);
    for (const kind of await kinds(['refactor'])) expect(kind).toMatch(/^refactor\./);
    expect(await kinds(['refactor'])).not.toEqual([]);
    for (const kind of await kinds(['refactor.inline'])) expect(kind).toMatch(/^refactor\.inline/);
    expect(await kinds(['source.organizeImports'])).toEqual([]);
    await client.dispose();
  });

  it('carry their edit at once for clients that do not resolve', async () => {
    const client = await startClient({
      capabilities: {
        ...withCodeAction({ resolveSupport: undefined }),
        workspace: { ...fullCapabilities.workspace, workspaceEdit: {} },
      },
    });
    client.open('a.py', net);
    const action = await find(client, 'conv2d(x', /explicit/);
    expect(Object.keys(action.edit?.changes ?? {})).toEqual(['file:///w/a.py']);
    expect(action.data).toBeUndefined();
    await client.dispose();
  });

  it('name the diagnostics that they resolve', async () => {
    const client = await startClient();
    client.open('a.py', 'import tensorflow as tf\nslim = tf.contrib.slim\n');
    const diagnostics = await client.pullItems('a.py');
    expect(diagnostics).toHaveLength(1);
    const actions = await client.codeActions('a.py', at(client, 'contrib'), { diagnostics, only: ['quickfix'] });
    expect(actions.some((action) => action.diagnostics?.[0]?.code === 'contrib-moved-package')).toBe(true);
    await client.dispose();
  });

  it('are shown once in a menu, and are resolved as what was chosen', async () => {
    const client = await startClient();
    client.open('a.py', 'import tensorflow as tf\nimport tensorflow.contrib.slim as slim\nslim.conv2d(x, 64, 3)\n');
    const converting = async (only?: string[]) =>
      (await client.codeActions('a.py', at(client, 'conv2d(x'), only ? { only } : {})).filter(({ title }) =>
        title.startsWith('Convert'),
      );
    const menu = await converting();
    expect(menu.map(({ kind }) => kind)).toEqual(['quickfix']);
    const refactorings = await converting(['refactor']);
    expect(refactorings.map(({ kind }) => kind)).toEqual(['refactor.rewrite.slimscope.keras']);
    for (const action of [...menu, ...refactorings]) {
      expect(JSON.stringify((await client.resolve(action)).edit)).toContain('tf.keras.layers.Conv2D');
    }
    await client.dispose();
  });

  it('are not offered to clients without action literals', async () => {
    const client = await startClient({ capabilities: withCodeAction({ codeActionLiteralSupport: undefined }) });
    expect(client.initializeResult.capabilities.codeActionProvider).toBeUndefined();
    await client.dispose();
  });
});
