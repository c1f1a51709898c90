/**
 * `textDocument/hover`: position in, the hover feature's text out, in the form that the client renders.
 */
import { MarkupKind, type Hover, type Position } from 'vscode-languageserver';
import { hover, mayHover } from '../../features/hover';
import type { Progress } from '../../project/snapshot';
import { timedAnalysis } from '../analysisTimer';
import { contentModified, guard } from '../guard';
import { positionOf, uriOf } from '../params';
import { fromPosition, placesOf, toLink, toLocation } from '../places';
import { viewDocument, type DocumentView, type Session } from '../session';

/** Milliseconds that a hover waits for callers; then it says what the file says by itself. */
const PATIENCE = 1500;

function whatIsLeft({ done, total }: Progress): string {
  return `callers are still being looked at (${done} of ${total} files), hover again in a moment`;
}

/** Where a hover asks; nothing where there are none. */
function find(session: Session, uri: string, position: Position): { view: DocumentView; offset: number } | undefined {
  const view = viewDocument(session, uri);
  if (!view?.snapshot.settings(view.file).hoverEnabled) return undefined;
  const offset = fromPosition(view, position);
  return offset === undefined ? undefined : { view, offset };
}

/** Registers the handler. */
export function registerHover(session: Session): void {
  session.connection.onHover((params, token) => {
    const uri = uriOf(params);
    const position = positionOf(params);
    return guard<Hover | null>(session, {
      method: 'textDocument/hover',
      uri,
      token,
      harmless: null,
      stale: contentModified,
      prepare(cancel) {
        const { view, offset } = find(session, uri, position) ?? {};
        if (!view || offset === undefined || !mayHover(view.snapshot, view.file, offset)) return [];
        return timedAnalysis(session, view, cancel);
      },
      patience: PATIENCE,
      compute(cancel, left) {
        const { view, offset } = find(session, uri, position) ?? {};
        if (!view || offset === undefined) return null;
        const places = placesOf(session, view.snapshot);
        const snapshot = left ? view.snapshot.withoutCallers(whatIsLeft(left)) : view.snapshot;
        const result = hover(snapshot, view.file, offset, { cancel, link: (place) => toLink(places, place) });
        if (!result) return null;
        const contents = session.client.markdownHover
          ? { kind: MarkupKind.Markdown, value: result.markdown }
          : { kind: MarkupKind.PlainText, value: result.plaintext };
        const shown = toLocation(places, { file: view.file, span: result.span });
        return { contents, ...(shown && { range: shown.range }) };
      },
    });
  });
}
