/**
 * `textDocument/documentHighlight`, asked with every movement of the cursor: nothing is evaluated where the syntax says that
 * others answer, and while someone types it waits for a pause.
 */
import { DocumentHighlightKind, type DocumentHighlight, type Position } from 'vscode-languageserver';
import { scopeHighlights } from '../../features/highlights';
import { mayNavigate } from '../../features/navigation';
import { contentModified, guard } from '../guard';
import { positionOf, uriOf } from '../params';
import { fromPosition, placesOf, toLocation } from '../places';
import { viewDocument, type DocumentView, type Session } from '../session';

/** Registers the handler. */
export function registerDocumentHighlight(session: Session): void {
  session.connection.onDocumentHighlight((params, token) => {
    const uri = uriOf(params);
    const position = positionOf(params);
    return guard<DocumentHighlight[] | null>(session, {
      method: 'textDocument/documentHighlight',
      uri,
      token,
      harmless: null,
      stale: contentModified,
      isCostly() {
        const view = find(session, uri, position)?.view;
        return view !== undefined && !view.snapshot.isPrepared(view.file);
      },
      prepare(cancel) {
        const view = find(session, uri, position)?.view;
        return view ? view.snapshot.prepareAnalysis(view.file, cancel) : [];
      },
      compute(cancel) {
        const { view, offset } = find(session, uri, position) ?? {};
        if (!view || offset === undefined) return null;
        const places = placesOf(session, view.snapshot);
        const found = scopeHighlights(view.snapshot, view.file, offset, { cancel }).flatMap((span) => {
          const shown = toLocation(places, { file: view.file, span });
          return shown?.uri === uri ? [{ range: shown.range, kind: DocumentHighlightKind.Read }] : [];
        });
        return found.length > 0 ? found : null;
      },
    });
  });
}

/** Where the request asks; nothing where others answer. */
function find(session: Session, uri: string, position: Position): { view: DocumentView; offset: number } | undefined {
  const view = viewDocument(session, uri);
  if (!view?.snapshot.settings(view.file).highlightsEnabled) return undefined;
  const offset = fromPosition(view, position);
  const isHere = offset !== undefined && mayNavigate(view.snapshot, view.file, offset, 'scopeReferences');
  return isHere ? { view, offset } : undefined;
}
