/** Code lenses, the outline, highlights, completion and signature help on the wire; what they say is tested in features. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  LSPErrorCodes,
  type ClientCapabilities,
  type CodeLens,
  type CompletionItem,
  type DocumentHighlight,
  type DocumentSymbol,
  type SignatureHelp,
  type SymbolInformation,
} from 'vscode-languageserver/node';
import { evaluator } from '../../server/src/slim/evaluator/evaluator';
import { fullCapabilities, startClient, type ClientOptions, type TestClient } from './lspClient';

const net = `import tensorflow as tf
import tf_slim as slim

def net(x):
  with tf.variable_scope('Net'):
    with slim.arg_scope([slim.conv2d], stride=2):
      x = slim.conv2d(x, 64, [3, 3], scope='conv1')
      return slim.conv2d(x, 64, [3, 3], scope='conv2')
`;
const train = `import net
import tf_slim as slim

with slim.arg_scope([slim.conv2d], padding='VALID'):
  y = net.net(x)
`;
const methods = [
  'textDocument/codeLens',
  'textDocument/completion',
  'textDocument/documentHighlight',
  'textDocument/documentSymbol',
  'textDocument/inlayHint',
  'textDocument/signatureHelp',
];
const labelOffsetSupport = true;

function capabilities(dynamicRegistration: boolean): ClientCapabilities {
  return {
    textDocument: {
      ...fullCapabilities.textDocument,
      codeLens: { dynamicRegistration },
      completion: { dynamicRegistration },
      documentHighlight: { dynamicRegistration },
      documentSymbol: { dynamicRegistration, hierarchicalDocumentSymbolSupport: dynamicRegistration },
      inlayHint: { dynamicRegistration, resolveSupport: { properties: ['tooltip', 'textEdits'] } },
      signatureHelp: { dynamicRegistration, signatureInformation: { parameterInformation: { labelOffsetSupport } } },
    },
    workspace: {
      ...fullCapabilities.workspace,
      inlayHint: { refreshSupport: true },
      codeLens: { refreshSupport: true },
    },
  };
}

async function start(options: ClientOptions & { readonly isStatic?: boolean } = {}): Promise<TestClient> {
  const client = await startClient({
    files: { 'net.py': net, 'train.py': train },
    capabilities: capabilities(options.isStatic !== true),
    initializationOptions: { showPlaces: true },
    ...options,
  });
  client.open('net.py', net);
  await client.settled();
  return client;
}

function ask<T>(client: TestClient, method: string, more: object = {}, path = 'net.py'): Promise<T> {
  return client.connection.sendRequest(method, { textDocument: { uri: `file:///w/${path}` }, ...more });
}

afterEach(() => void vi.restoreAllMocks());

describe('code lenses', () => {
  it('have their titles when they are seen, with the calls that they speak of', async () => {
    const client = await start();
    const [lens, ...others] = await ask<CodeLens[]>(client, 'textDocument/codeLens');
    expect(others).toEqual([]);
    expect(lens?.range).toEqual(client.rangeOf('net.py', 'net'));
    const resolved: CodeLens = await client.connection.sendRequest('codeLens/resolve', lens);
    expect(resolved.command).toMatchObject({
      title: '2 slim calls · called from 1 place',
      command: 'slimscope.showPlaces',
      arguments: ['file:///w/net.py', lens?.range.start, [{ uri: 'file:///w/train.py' }]],
    });
    await client.dispose();
  });

  it('are text for clients that cannot show places, and for none of an older version', async () => {
    const client = await start({ initializationOptions: {}, settings: { codeLens: { scopes: true } } });
    const [, scope] = await ask<CodeLens[]>(client, 'textDocument/codeLens');
    const resolve = () => client.connection.sendRequest<CodeLens>('codeLens/resolve', scope);
    expect((await resolve()).command).toEqual({ title: 'reaches 2 calls: conv2d', command: '' });
    client.edit('net.py', client.rangeOf('net.py', '64'), '32');
    const late = resolve().catch((error: unknown) => error);
    await client.settled();
    client.clock.advance(300);
    expect(await late).toMatchObject({ code: LSPErrorCodes.ContentModified });
    await expect(client.connection.sendRequest('codeLens/resolve', {})).rejects.toMatchObject({ code: -32602 });
    await client.dispose();
  });
});

it('asks for code lenses again when a caller in another file was edited', async () => {
  const client = await start();
  client.open('train.py', train);
  const [lens] = await ask<CodeLens[]>(client, 'textDocument/codeLens');
  await client.connection.sendRequest('codeLens/resolve', lens);
  await ask<CodeLens[]>(client, 'textDocument/codeLens');
  client.edit('train.py', client.rangeOf('train.py', 'y = net.net(x)'), 'y = net.net(net.net(x))');
  await client.settled();
  client.clock.advance(400);
  await client.next('workspace/codeLens/refresh');
  const [again] = await ask<CodeLens[]>(client, 'textDocument/codeLens');
  const resolved: CodeLens = await client.connection.sendRequest('codeLens/resolve', again);
  expect(resolved.command?.title).toBe('2 slim calls · called from 2 places');
  await client.dispose();
});

describe('the outline', () => {
  it('is a tree', async () => {
    const client = await start();
    const symbols = await ask<DocumentSymbol[]>(client, 'textDocument/documentSymbol');
    const [scope] = symbols[0]?.children ?? [];
    expect(symbols[0]).toMatchObject({ name: 'net', kind: 12, range: client.rangeOf('net.py', 'net') });
    expect(scope).toMatchObject({ name: 'Net', kind: 3 });
    expect(scope?.children?.map(({ name, detail }) => [name, detail])).toEqual([
      ['conv1', 'conv2d 64 [3, 3]'],
      ['conv2', 'conv2d 64 [3, 3]'],
    ]);
    await client.dispose();
  });

  it('is a list for clients that nest nothing', async () => {
    const client = await start({ isStatic: true });
    const symbols = await ask<SymbolInformation[]>(client, 'textDocument/documentSymbol');
    expect(symbols.map(({ name, containerName }) => [name, containerName])).toEqual([
      ['net', undefined],
      ['Net', 'net'],
      ['conv1', 'Net'],
      ['conv2', 'Net'],
    ]);
    await client.dispose();
  });
});

it('highlights the calls that take a keyword, and leaves other words to other servers', async () => {
  const client = await start();
  const at = (needle: string, offset: number) =>
    ask<DocumentHighlight[] | null>(client, 'textDocument/documentHighlight', {
      position: client.at('net.py', needle, offset),
    });
  expect((await at('stride=2', 2))?.map(({ range }) => range.start.line)).toEqual([5, 6, 7]);
  expect(await at('slim.conv2d(x', 7)).toBeNull();
  await client.dispose();
});

it('completes keywords of a scope over the word at the cursor', async () => {
  const client = await start();
  const end = client.at('net.py', 'stride=2', 'stride=2'.length);
  client.edit('net.py', { start: end, end }, ', padd');
  const position = { ...end, character: end.character + 6 };
  const items = await ask<CompletionItem[]>(client, 'textDocument/completion', { position });
  expect(items.find(({ label }) => label === 'padding=')).toMatchObject({
    detail: "default 'SAME'",
    textEdit: { newText: 'padding=', range: { start: { ...end, character: end.character + 2 }, end: position } },
  });
  expect(items.map(({ label }) => label)).not.toContain('stride=');
  await client.dispose();
});

it('shows the signature with what a scope sets', async () => {
  const client = await start();
  const position = client.at('net.py', '64', 0);
  const help = await ask<SignatureHelp>(client, 'textDocument/signatureHelp', { position });
  const [signature] = help.signatures;
  expect(signature?.label).toContain('stride=2');
  const active = signature?.parameters?.[help.activeParameter ?? 0]?.label as [number, number];
  expect(signature?.label.slice(...active)).toBe('num_outputs');
  expect(await ask(client, 'textDocument/signatureHelp', { position: client.at('net.py', "'Net'", 1) })).toBeNull();
  await client.dispose();
});

describe('the off switches', () => {
  const off = {
    inlayHints: { enabled: false },
    codeLens: { networks: false, scopes: false },
    outline: { enabled: false },
    highlights: { enabled: false },
    completion: { enabled: false },
    signatureHelp: { enabled: false },
  };
  const registered = (client: TestClient): readonly string[] =>
    client.registered
      .flatMap(({ registrations }) => registrations.map(({ method }) => method))
      .filter((method) => method.startsWith('textDocument/'))
      .sort();

  it('are followed by registrations, where the client has them', async () => {
    const client = await start();
    expect(registered(client)).toEqual(methods);
    await client.dispose();
    const silent = await start({ settings: off });
    expect(registered(silent)).toEqual([]);
    await silent.dispose();
  });

  it('are followed by the answers, where it has not', async () => {
    const client = await start({ isStatic: true, settings: off });
    expect(client.initializeResult.capabilities).toMatchObject({
      codeLensProvider: { resolveProvider: true },
      documentSymbolProvider: { label: 'Slimscope' },
      documentHighlightProvider: {},
      completionProvider: {},
      signatureHelpProvider: { triggerCharacters: ['(', ','] },
      inlayHintProvider: { resolveProvider: true },
    });
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const position = client.at('net.py', 'stride=2', 2);
    const answers = await Promise.all(methods.map((method) => ask<unknown>(client, method, { range, position })));
    expect(answers.map((answer) => (Array.isArray(answer) ? answer.length : answer))).toEqual([
      0,
      null,
      null,
      null,
      0,
      null,
    ]);
    await client.dispose();
  });
});

describe('typing', () => {
  /** Types ten characters; after each the editor asks for everything that it asks for. Answers the number of runs. */
  async function runsWhileTyping(isEverything: boolean): Promise<number> {
    const client = await start();
    client.open('train.py', train);
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const askAll = async (): Promise<void> => {
      const position = client.at('net.py', 'stride', 3);
      const asked = methods.map((method) => ask(client, method, { range, position }).catch(() => undefined));
      await client.settled();
      void asked;
    };
    await client.pull('net.py');
    await client.pull('train.py');
    if (isEverything) await askAll();
    const run = vi.spyOn(evaluator, 'run');
    for (let i = 0; i < 10; i++) {
      const start = client.at('net.py', 'return slim.conv2d(x, 6', 'return slim.conv2d(x, 6'.length);
      client.edit('net.py', { start, end: start }, '1');
      if (isEverything) await askAll();
      await client.pull('net.py');
      await client.settled();
      client.clock.advance(50);
    }
    const runs = run.mock.calls.length;
    run.mockRestore();
    client.clock.advance(1000);
    await client.settled();
    await client.tick();
    await client.connection.sendRequest('shutdown');
    client.connection.dispose();
    return runs;
  }

  it('costs no evaluation more with everything on than with problems alone', async () => {
    const alone = await runsWhileTyping(false);
    expect(alone).toBe(10);
    expect(await runsWhileTyping(true)).toBe(alone);
  });
});
