/** Inlay hints, outline, lenses, highlights and completion in cells: each cell asks for its own, at its own lines. */
import { expect, it } from 'vitest';
import type {
  CodeLens,
  CompletionItem,
  DocumentHighlight,
  DocumentSymbol,
  InlayHint,
} from 'vscode-languageserver/node';
import { fullCapabilities, startClient } from './lspClient';

const notebook = 'file:///w/train.ipynb';
const scope = 'vscode-notebook-cell:/w/train.ipynb#scope';
const net = 'vscode-notebook-cell:/w/train.ipynb#net';
const texts = {
  [scope]:
    "import tf_slim as slim\nwith slim.arg_scope([slim.conv2d], stride=2) as sc:\n  a = slim.conv2d(x, 8, 3, scope='a')",
  [net]:
    "def net(x):\r\n  with slim.arg_scope(sc):\r\n    x = slim.conv2d('🙂', 8, 3, scope='b')\r\n    return slim.conv2d(x, 8, 3, scope='c')\r\nnet(x)",
};

/** In UTF-16 code units, as JavaScript counts. */
const lengthOf = (line: number): number => texts[net].split('\r\n')[line]?.length ?? 0;

it('answers each cell for itself', async () => {
  const resolveSupport = { properties: ['textEdits'] };
  const client = await startClient({
    capabilities: {
      ...fullCapabilities,
      notebookDocument: { synchronization: {} },
      textDocument: {
        ...fullCapabilities.textDocument,
        inlayHint: { resolveSupport },
        codeLens: {},
        completion: {},
        documentHighlight: {},
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
    },
  });
  await client.connection.sendNotification('notebookDocument/didOpen', {
    notebookDocument: {
      uri: notebook,
      notebookType: 'jupyter-notebook',
      version: 1,
      cells: Object.keys(texts).map((document) => ({ kind: 2, document })),
    },
    cellTextDocuments: Object.entries(texts).map(([uri, text]) => ({ uri, languageId: 'python', version: 1, text })),
  });
  const ask = <T>(method: string, uri: string, more: object = {}): Promise<T> =>
    client.connection.sendRequest(method, { textDocument: { uri }, ...more });
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

  const hints = await ask<InlayHint[]>('textDocument/inlayHint', net, { range });
  expect(hints.map(({ position }) => position)).toEqual([
    { line: 2, character: lengthOf(2) },
    { line: 3, character: lengthOf(3) },
  ]);
  expect(hints[0]?.label).toMatchObject([
    { value: 'stride=2', location: { uri: scope, range: { start: { line: 1 } } } },
  ]);
  const resolved = await client.connection.sendRequest<InlayHint>('inlayHint/resolve', hints[0]);
  expect(resolved.textEdits).toEqual([
    {
      range: { start: { line: 2, character: lengthOf(2) - 1 }, end: { line: 2, character: lengthOf(2) - 1 } },
      newText: ', stride=2',
    },
  ]);

  const symbols = await ask<DocumentSymbol[]>('textDocument/documentSymbol', net);
  expect(symbols.map(({ name, children }) => [name, children?.map((one) => one.name)])).toEqual([['net', ['b', 'c']]]);
  expect((await ask<DocumentSymbol[]>('textDocument/documentSymbol', scope)).map(({ name }) => name)).toEqual(['a']);

  const [lens] = await ask<CodeLens[]>('textDocument/codeLens', net);
  const seen = await client.connection.sendRequest<CodeLens>('codeLens/resolve', lens);
  expect(seen).toMatchObject({
    range: { start: { line: 0, character: 4 } },
    command: { title: '2 slim calls · called from 1 place' },
  });
  expect(await ask('textDocument/codeLens', scope)).toEqual([]);

  const position = { line: 1, character: 38 };
  const highlights = await ask<DocumentHighlight[]>('textDocument/documentHighlight', scope, { position });
  expect(highlights.map((one) => one.range.start.line)).toEqual([1, 2]);
  const items = await ask<CompletionItem[]>('textDocument/completion', scope, { position: { line: 1, character: 35 } });
  expect(items.map(({ label }) => label)).toContain('padding');
  await client.dispose();
});
