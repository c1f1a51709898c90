/**
 * A language server under random traffic: legal messages in any order, and illegal ones. Whatever comes, it stays up,
 * gives each request one answer with a code that fits, and then answers a plain hover as if nothing had been.
 */
import { Random } from '../oracle/programs/generator/random';
import type { Seed } from './corpus';
import { fullCapabilities, minimalCapabilities } from '../lsp/lspClient';
import { mutate } from './mutate';
import { Broken } from './problem';
import { startRawServer, type RawServer, type Answer } from './rawServer';

const requests = [
  'textDocument/hover',
  'textDocument/codeAction',
  'textDocument/diagnostic',
  'textDocument/references',
  'textDocument/typeDefinition',
  'textDocument/inlayHint',
  'textDocument/codeLens',
  'textDocument/documentSymbol',
  'textDocument/documentHighlight',
  'textDocument/completion',
  'textDocument/signatureHelp',
  'textDocument/semanticTokens/full',
  'textDocument/prepareRename',
  'workspace/diagnostic',
  'codeAction/resolve',
  'slimscope/migrate',
  'slimscope/layers',
  'no/such/method',
] as const;

const uris = [
  'file:///workspace/a.py',
  'file:///workspace/b.py',
  'untitled:Untitled-1',
  'file:///C%3A/x/ä%20b.py',
] as const;

/** Values that a client of another mind might send where something else is due. */
const oddities: readonly unknown[] = [
  null, 0, -1, 1e300, 2 ** 31, NaN, '', 'x', '\u0000', [], {}, [[]], true,
  { line: -1, character: -5 }, { line: 1e9, character: 1e9 }, { line: 0.5, character: '3' }, 'file://', 'a'.repeat(100_000),
]; // prettier-ignore

/** What a client may be told. An internal error is a bug; an exit is worse. */
const codes = new Set([-32700, -32600, -32601, -32602, -32002, -32800, -32801, -32802, -32803]);

/** One conversation. @throws Broken */
export async function converse(seed: number, corpus: readonly Seed[], isLegal: boolean): Promise<void> {
  const random = new Random(seed);
  const server = startRawServer();
  try {
    const capabilities = random.chance(0.3) ? minimalCapabilities : fullCapabilities;
    const workspaceFolders = random.chance(0.3) ? null : [{ uri: 'file:///workspace', name: 'workspace' }];
    await server.request('initialize', { processId: null, rootUri: null, workspaceFolders, capabilities });
    server.notify('initialized', {});
    const asked: Promise<Answer>[] = [];
    for (let i = 0; i < 60; i += 1) asked.push(...act(server, random, corpus, isLegal));
    for (const { method, code, message } of await Promise.all(asked)) {
      if (code !== undefined && !codes.has(code)) throw new Broken(`${method} answers with ${code}`, message ?? '');
    }
    await stillWorks(server);
  } finally {
    server.stop();
  }
}

function act(server: RawServer, random: Random, corpus: readonly Seed[], isLegal: boolean): Promise<Answer>[] {
  const uri = random.pick(uris);
  const position = () => ({ line: random.int(0, 60), character: random.int(0, 80) });
  const text = () => mutate(random.pick(corpus).text, random).text.replace(/[\ud800-\udfff]/g, '');
  const version = random.int(1, 1000);
  switch (random.int(0, isLegal ? 9 : 13)) {
    case 0:
      server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version, text: text() } });
      return [];
    case 1:
      server.notify('textDocument/didClose', { textDocument: { uri } });
      return [];
    case 2: {
      const [start, end] = [position(), position()].sort((a, b) => a.line - b.line || a.character - b.character);
      const change = random.chance(0.8)
        ? { range: { start, end }, text: random.pick(['x', '\n', '(', '']) }
        : { text: text() };
      server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
      return [];
    }
    case 3:
      server.notify('workspace/didChangeConfiguration', { settings: { slimscope: { diagnostics: { scope: 'all' } } } });
      return [];
    case 4:
      server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: random.int(1, 3) }] });
      return [];
    case 5:
      server.notify('workspace/didChangeWorkspaceFolders', {
        event: {
          added: [{ uri: 'file:///workspace', name: 'w' }],
          removed: random.chance(0.5) ? [{ uri, name: 'x' }] : [],
        },
      });
      return [];
    case 6:
    case 7:
    case 8:
    case 9: {
      const params = isLegal || random.chance(0.5) ? legal(uri, position) : odd(uri, random);
      const asked = server.request(random.pick(requests), params);
      if (random.chance(0.2)) server.cancelLast();
      return [asked];
    }
    case 10:
      server.notify(
        random.pick([
          'textDocument/didOpen',
          'textDocument/didChange',
          'textDocument/didClose',
          'workspace/didChangeConfiguration',
          '$/cancelRequest',
          '$/setTrace',
          'no/such',
        ]),
        odd(uri, random),
      );
      return [];
    case 11:
      server.raw(
        random.pick([
          '{"jsonrpc": "2.0", ',
          'nonsense',
          '[]',
          '{}',
          'null',
          '"x"',
          '{"id":1}',
          '{"jsonrpc":"2.0","id":{},"method":5}',
        ]),
      );
      return [];
    case 12:
      server.raw(JSON.stringify({ jsonrpc: '2.0', id: `x${version}`, result: random.pick(oddities) }));
      return [];
    default:
      server.raw(JSON.stringify({ jsonrpc: '2.0', id: `y${version}`, error: random.pick(oddities) }));
      return [];
  }
}

function legal(uri: string, position: () => object): object {
  const start = position();
  const range = { start, end: start };
  return {
    textDocument: { uri },
    position: start,
    range,
    context: { diagnostics: [], includeDeclaration: true },
    previousResultIds: [],
    title: 'x',
    uri,
    uris: [uri],
  };
}

function odd(uri: string, random: Random): unknown {
  const params: Record<string, unknown> = { ...legal(uri, () => ({ line: 0, character: 0 })) };
  for (const key of random.some(Object.keys(params), 1, 4)) params[key] = random.pick(oddities);
  return random.chance(0.15) ? random.pick(oddities.filter((one) => typeof one === 'object')) : params;
}

async function stillWorks(server: RawServer): Promise<void> {
  const uri = 'file:///workspace/last.py';
  const text = 'import tf_slim as slim\nslim.conv2d(x, 64, 3)\n';
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
  const { result } = await server.request('textDocument/hover', {
    textDocument: { uri },
    position: { line: 1, character: 7 },
  });
  if (!JSON.stringify(result ?? null).includes('padding')) {
    throw new Broken('answers a hover afterwards', JSON.stringify(result));
  }
}
