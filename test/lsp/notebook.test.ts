/**
 * Notebooks in the editor: one file of the project, asked about cell by cell. What each answer means is tested elsewhere;
 * here it is about where it stands.
 */
import { describe, expect, it } from 'vitest';
import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  Location,
  NotebookCell,
  Position,
  PublishDiagnosticsParams,
} from 'vscode-languageserver';
import { LineIndex } from '../../server/src/base/lineIndex';
import { checkWorkspaceRequest } from '../../server/src/lsp/protocol';
import { fullCapabilities, startClient, type ClientOptions, type TestClient } from './lspClient';

const notebookUri = 'file:///w/train.ipynb';
const cellUri = (name: string) => `vscode-notebook-cell:/w/train.ipynb#${name}`;
const code = 2;
const markup = 1;

interface TestCell {
  readonly name: string;
  readonly text: string;
  readonly kind?: number;
  readonly languageId?: string;
}

const capabilities = { ...fullCapabilities, notebookDocument: { synchronization: {} } };

const toCell = ({ name, kind = code }: TestCell): NotebookCell => ({
  kind: kind === code ? 2 : 1,
  document: cellUri(name),
});
const toDocument = ({ name, text, languageId = 'python' }: TestCell) => ({
  uri: cellUri(name),
  languageId,
  version: 1,
  text,
});

/** A client with a notebook open in it. */
async function openNotebook(cells: readonly TestCell[], options: ClientOptions = {}) {
  const client = await startClient({ capabilities, settings: { rules: { 'tf-slim-bridge': 'off' } }, ...options });
  const { connection } = client;
  const texts = new Map(cells.map(({ name, text }) => [name, text]));
  const notify = (method: string, params: object) => void connection.sendNotification(method, params);
  notify('notebookDocument/didOpen', {
    notebookDocument: { uri: notebookUri, notebookType: 'jupyter-notebook', version: 1, cells: cells.map(toCell) },
    cellTextDocuments: cells.map(toDocument),
  });
  let version = 1;
  const change = (cells: object) =>
    notify('notebookDocument/didChange', {
      notebookDocument: { uri: notebookUri, version: ++version },
      change: { cells },
    });
  const at = (name: string, needle: string, offset = 0): Position => {
    const text = texts.get(name) ?? '';
    const found = text.indexOf(needle);
    if (found < 0) throw new Error(`${needle} is not in ${name}`);
    const { line, column } = new LineIndex(text).positionAt(found + offset);
    return { line, character: column };
  };
  const ask = <T>(method: string, name: string, position: Position): Promise<T> =>
    connection.sendRequest(method, {
      textDocument: { uri: cellUri(name) },
      position,
      context: { includeDeclaration: false },
    });
  return {
    client,
    at,
    ask,
    change,
    /** Replaces cells of the notebook; `open` and `close` are those whose texts come and go. */
    splice(
      start: number,
      deleteCount: number,
      cells: readonly TestCell[],
      { open = cells, close = [] as string[] } = {},
    ) {
      open.forEach(({ name, text }) => texts.set(name, text));
      change({
        structure: {
          array: { start, deleteCount, cells: cells.map(toCell) },
          didOpen: open.map(toDocument),
          didClose: close.map((name) => ({ uri: cellUri(name) })),
        },
      });
    },
    setText(name: string, text: string) {
      texts.set(name, text);
      change({ textContent: [{ document: { uri: cellUri(name), version: 2 }, changes: [{ text }] }] });
    },
    close() {
      notify('notebookDocument/didClose', {
        notebookDocument: { uri: notebookUri },
        cellTextDocuments: [...texts.keys()].map((name) => ({ uri: cellUri(name) })),
      });
    },
    hover: (name: string, needle: string) => ask<Hover | null>('textDocument/hover', name, at(name, needle)),
    async pull(name: string): Promise<Diagnostic[]> {
      const report: DocumentDiagnosticReport = await connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: cellUri(name) },
      });
      if (report.kind !== 'full') throw new Error('the report is not full');
      return report.items;
    },
    actions(name: string, needle: string): Promise<CodeAction[]> {
      return connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: cellUri(name) },
        range: { start: at(name, needle), end: at(name, needle, needle.length) },
        context: { diagnostics: [] },
      });
    },
  };
}

const textOf = (hover: Hover | null): string => {
  const contents = hover?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
};

const imports = { name: 'imports', text: '%matplotlib inline\nimport tf_slim as slim\n!pip install tf_slim' };
const scope = {
  name: 'scope',
  text: 'def scope():\n  with slim.arg_scope([slim.conv2d], stride=7) as sc:\n    return sc',
};
const net = { name: 'net', text: '%%time\nwith slim.arg_scope(scope()):\n  net = slim.conv2d(x, 64, [3, 3])\n' };

async function finish(client: TestClient): Promise<void> {
  expect(client.logs.filter((line) => /error|failed/.test(line))).toEqual([]);
  await client.dispose();
}

describe('capabilities', () => {
  it('ask for Python cells when the client knows notebooks', async () => {
    const client = await startClient({ capabilities });
    expect(client.initializeResult.capabilities.notebookDocumentSync).toEqual({
      notebookSelector: [{ notebook: '*', cells: [{ language: 'python' }] }],
    });
    await client.dispose();
  });

  it('say nothing of notebooks to others', async () => {
    const client = await startClient();
    expect(client.initializeResult.capabilities.notebookDocumentSync).toBeUndefined();
    await client.dispose();
  });
});

describe('hover', () => {
  it('knows what earlier cells say, and links to them', async () => {
    const { client, hover } = await openNotebook([imports, scope, net]);
    const found = await hover('net', 'slim.conv2d');
    expect(textOf(found)).toContain('`7`');
    expect(textOf(found)).toContain(`(${cellUri('scope')})`);
    expect(found?.range).toEqual({ start: { line: 2, character: 8 }, end: { line: 2, character: 19 } });
    await finish(client);
  });

  it('knows modules of the workspace', async () => {
    const nets = 'import tf_slim as slim\ndef net(x):\n  return slim.conv2d(x, 8, 3)\n';
    const { client } = await openNotebook(
      [
        {
          name: 'a',
          text: 'import tf_slim as slim, nets\nwith slim.arg_scope([slim.conv2d], stride=7):\n  nets.net(1)',
        },
      ],
      { files: { 'nets.py': nets } },
    );
    client.open('nets.py', nets);
    const found = await client.hover('nets.py', client.at('nets.py', 'slim.conv2d'));
    expect(textOf(found)).toContain('`7`');
    expect(textOf(found)).toContain(`(${cellUri('a')})`);
    await finish(client);
  });

  it('follows cells that come, move and go', async () => {
    const { client, hover, splice } = await openNotebook([imports, net]);
    expect(textOf(await hover('net', 'slim.conv2d'))).not.toContain('`7`');
    splice(1, 0, [scope]);
    expect(textOf(await hover('net', 'slim.conv2d'))).toContain('`7`');
    // The scope moves behind its use: nothing is opened or closed.
    splice(1, 2, [net, scope], { open: [] });
    expect(textOf(await hover('net', 'slim.conv2d'))).not.toContain('`7`');
    splice(1, 2, [scope, net], { open: [] });
    expect(textOf(await hover('net', 'slim.conv2d'))).toContain('`7`');
    splice(1, 1, [], { close: ['scope'] });
    expect(textOf(await hover('net', 'slim.conv2d'))).not.toContain('`7`');
    expect(
      await client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri: cellUri('scope') },
        position: { line: 0, character: 0 },
      }),
    ).toBeNull();
    await finish(client);
  });

  it('follows what is typed in another cell', async () => {
    const { client, hover, setText } = await openNotebook([imports, scope, net]);
    setText('scope', scope.text.replace('7', '5'));
    expect(textOf(await hover('net', 'slim.conv2d'))).toContain('`5`');
    await finish(client);
  });

  it('takes no notice of cells that are no Python code, or no longer', async () => {
    const { client, hover, splice, change } = await openNotebook([
      imports,
      scope,
      { name: 'prose', text: 'scope = None', kind: markup, languageId: 'markdown' },
      { name: 'shell', text: 'scope = None', languageId: 'shellscript' },
      net,
    ]);
    expect(textOf(await hover('net', 'slim.conv2d'))).toContain('`7`');
    // The same document under another kind.
    change({ data: [{ kind: markup, document: cellUri('scope') }] });
    expect(textOf(await hover('net', 'slim.conv2d'))).not.toContain('`7`');
    change({ data: [{ kind: code, document: cellUri('scope') }] });
    expect(textOf(await hover('net', 'slim.conv2d'))).toContain('`7`');
    splice(1, 1, [{ ...scope, kind: markup, languageId: 'markdown' }], { close: ['scope'] });
    expect(textOf(await hover('net', 'slim.conv2d'))).not.toContain('`7`');
    await finish(client);
  });
});

describe('diagnostics', () => {
  const wrong = {
    name: 'wrong',
    text: '\nwith slim.arg_scope([slim.conv2d], wieght_decay=1):\n  slim.conv2d(x, 64, 3)',
  };

  it('are pulled by each cell for itself', async () => {
    const { client, pull } = await openNotebook([imports, wrong, net]);
    expect(await pull('wrong')).toMatchObject([
      {
        code: 'unknown-argument',
        message: expect.stringContaining('the call at line 3 of cell 2 fails') as string,
        range: { start: { line: 1, character: 35 }, end: { line: 1, character: 49 } },
      },
    ]);
    expect(await pull('imports')).toEqual([]);
    expect(await pull('net')).toEqual([]);
    await finish(client);
  });

  it('relate to other cells', async () => {
    const { client, pull } = await openNotebook([
      imports,
      { name: 'a', text: 'scope = slim.arg_scope([slim.conv2d], stride=2)' },
      { name: 'b', text: 'with scope:\n  slim.conv2d(x, 64, [3, 3], 1)' },
    ]);
    const [item] = await pull('b');
    expect(item).toMatchObject({ code: 'positional-collision', range: { start: { line: 1 } } });
    expect(item?.relatedInformation?.[0]?.location).toEqual({
      uri: cellUri('a'),
      range: { start: { line: 0, character: 38 }, end: { line: 0, character: 46 } },
    });
    await finish(client);
  });

  it('of damaged cells concern those alone', async () => {
    const { client, pull } = await openNotebook([imports, { name: 'damaged', text: 'y = """f(' }, wrong]);
    expect(await pull('damaged')).toEqual([]);
    expect(await pull('wrong')).toHaveLength(1);
    await finish(client);
  });

  it('are pulled again when what another cell says changes them', async () => {
    const use = { name: 'use', text: 'with scope:\n  slim.conv2d(x, 64, [3, 3], 1)' };
    const { client, pull, setText } = await openNotebook([
      imports,
      { name: 'a', text: 'scope = slim.arg_scope([slim.conv2d], stride=2)' },
      use,
    ]);
    expect(await pull('use')).toHaveLength(1);
    setText('a', 'scope = slim.arg_scope([slim.conv2d], padding="SAME")');
    await client.settled();
    client.clock.advance(300);
    await client.next('workspace/diagnostic/refresh');
    expect(await pull('use')).toEqual([]);
    await finish(client);
  });

  it('count when the whole workspace is checked, and are not published for the notebook', async () => {
    const { client } = await openNotebook([imports, wrong]);
    const result = await client.connection.sendRequest(checkWorkspaceRequest, {});
    expect(result).toMatchObject({ files: 1, filesWithProblems: 1, errors: 1 });
    await finish(client);
  });

  it('are pushed to each cell where the client cannot pull', async () => {
    const { textDocument: _, ...others } = capabilities;
    const { client, splice, close } = await openNotebook([imports, wrong], { capabilities: others });
    const next = async (): Promise<PublishDiagnosticsParams> => client.nextPublished();
    expect([await next(), await next()]).toMatchObject([
      { uri: cellUri('imports'), diagnostics: [] },
      { uri: cellUri('wrong'), diagnostics: [{ code: 'unknown-argument' }] },
    ]);
    splice(1, 1, [], { close: ['wrong'] });
    expect(await next()).toMatchObject({ uri: cellUri('wrong'), diagnostics: [] });
    close();
    expect(await next()).toMatchObject({ uri: cellUri('imports'), diagnostics: [] });
    await finish(client);
  });
});

describe('code actions', () => {
  it('change the document of the cell', async () => {
    const { client, actions } = await openNotebook([
      { name: 'imports', text: 'import tensorflow as tf\n!ls' },
      { name: 'use', text: '\nimport tensorflow.contrib.slim as slim\nslim.conv2d(x, 64, 3)' },
    ]);
    const action = (await actions('use', 'tensorflow.contrib.slim')).find(({ kind }) => kind === 'quickfix');
    const { edit } = await client.resolve(action ?? { title: 'none' });
    expect(edit?.documentChanges).toMatchObject([
      {
        textDocument: { uri: cellUri('use'), version: 1 },
        edits: [{ range: { start: { line: 1 }, end: { line: 1 } } }],
      },
    ]);
    await finish(client);
  });

  it('of the whole notebook change each cell under its own version', async () => {
    const use = (name: string) => ({
      name,
      text: 'with slim.arg_scope([slim.conv2d], stride=2):\n  slim.conv2d(x, 64, [3, 3], 1)',
    });
    const { client, actions, setText } = await openNotebook([imports, use('a'), use('b')]);
    setText('b', `\n${use('b').text}`);
    const action = (await actions('a', '3], 1')).find(({ kind }) => kind === 'source.fixAll.slimscope');
    const { edit } = await client.resolve(action ?? { title: 'none' });
    expect(edit?.documentChanges).toMatchObject([
      { textDocument: { uri: cellUri('a'), version: 1 }, edits: [{ range: { start: { line: 1 } } }] },
      { textDocument: { uri: cellUri('b'), version: 2 }, edits: [{ range: { start: { line: 2 } } }] },
    ]);
    await finish(client);
  });
});

describe('navigation', () => {
  it('leads from cell to cell', async () => {
    const { client, ask, at } = await openNotebook([imports, scope, net]);
    const definition = await ask<Location[]>('textDocument/typeDefinition', 'net', at('net', 'slim.conv2d'));
    expect(definition).toMatchObject([{ uri: cellUri('scope'), range: { start: { line: 1 } } }]);
    const references = await ask<Location[]>('textDocument/references', 'scope', at('scope', 'stride'));
    expect(references).toMatchObject([{ uri: cellUri('net'), range: { start: { line: 2 } } }]);
    await finish(client);
  });
});

describe('a notebook that is closed', () => {
  it('is asked about no more, and calls nothing', async () => {
    const nets = 'import tf_slim as slim\ndef net(x):\n  return slim.conv2d(x, 8, 3)\n';
    const { client, close, hover } = await openNotebook(
      [
        {
          name: 'a',
          text: 'import tf_slim as slim, nets\nwith slim.arg_scope([slim.conv2d], stride=7):\n  nets.net(1)',
        },
      ],
      { files: { 'nets.py': nets } },
    );
    client.open('nets.py', nets);
    close();
    expect(await hover('a', 'slim.arg_scope')).toBeNull();
    expect(textOf(await client.hover('nets.py', client.at('nets.py', 'slim.conv2d')))).not.toContain('`7`');
    await finish(client);
  });
});
