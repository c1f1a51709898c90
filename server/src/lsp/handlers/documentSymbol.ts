/**
 * `textDocument/documentSymbol`: the outline of networks, as a tree where the client nests symbols, else as a list.
 */
import { SymbolKind, type DocumentSymbol, type SymbolInformation } from 'vscode-languageserver';
import type { OutlineSymbol } from '../../features/model';
import { outline } from '../../features/outline';
import { contentModified, guard } from '../guard';
import { uriOf } from '../params';
import { placesOf, toLocation, type LspPlaces } from '../places';
import { viewDocument, type DocumentView, type Session } from '../session';

const kinds = {
  function: SymbolKind.Function,
  class: SymbolKind.Class,
  variableScope: SymbolKind.Namespace,
  layer: SymbolKind.Field,
} as const;

/** Registers the handler. */
export function registerDocumentSymbol(session: Session): void {
  session.connection.onDocumentSymbol((params, token) => {
    const uri = uriOf(params);
    return guard<DocumentSymbol[] | SymbolInformation[] | null>(session, {
      method: 'textDocument/documentSymbol',
      uri,
      token,
      harmless: null,
      stale: contentModified,
      compute(cancel) {
        const view = viewDocument(session, uri);
        if (!view?.snapshot.settings(view.file).outlineEnabled) return null;
        const found = outline(view.snapshot, view.file, { cancel });
        const places = placesOf(session, view.snapshot);
        const symbols = found.flatMap((one) => toSymbol(places, view, one));
        if (symbols.length === 0) return null;
        return session.client.symbolTrees ? symbols : symbols.flatMap((one) => toList(view.uri, one, undefined));
      },
    });
  });
}

function toSymbol(places: LspPlaces, view: DocumentView, symbol: OutlineSymbol): DocumentSymbol[] {
  const shown = toLocation(places, { file: view.file, span: symbol.span });
  // A cell asks for its own symbols.
  if (shown?.uri !== view.uri) return [];
  return [
    {
      name: symbol.name,
      ...(symbol.detail !== '' && { detail: symbol.detail }),
      kind: kinds[symbol.kind],
      range: shown.range,
      selectionRange: shown.range,
      children: symbol.children.flatMap((one) => toSymbol(places, view, one)),
    },
  ];
}

function toList(uri: string, symbol: DocumentSymbol, container: string | undefined): SymbolInformation[] {
  const { name, kind, range, children = [] } = symbol;
  return [
    { name, kind, location: { uri, range }, ...(container !== undefined && { containerName: container }) },
    ...children.flatMap((one) => toList(uri, one, name)),
  ];
}
