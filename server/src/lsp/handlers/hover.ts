/**
 * `textDocument/hover`: position in, the hover feature's text out, in the form that the client renders.
 */
import { MarkupKind, type Hover } from 'vscode-languageserver';
import { hover, mayHover } from '../../features/hover';
import type { Progress } from '../../project/snapshot';
import { fromPosition } from '../fromLsp';
import { contentModified, guard } from '../guard';
import { positionOf, uriOf } from '../params';
import { viewDocument, type Session } from '../session';
import { toLink, toRange } from '../toLsp';

/** Milliseconds that a hover waits for callers; then it says what the file says by itself. */
const PATIENCE = 1500;

function whatIsLeft({ done, total }: Progress): string {
  return `callers are still being looked at (${done} of ${total} files), hover again in a moment`;
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
        const view = viewDocument(session, uri);
        const lines = view?.snapshot.getFile(view.file)?.lines;
        if (!view || !lines || !view.snapshot.settings(view.file).hoverEnabled) return [];
        const isNeeded = mayHover(view.snapshot, view.file, fromPosition(lines, position));
        return isNeeded ? view.snapshot.prepareAnalysis(view.file, cancel) : [];
      },
      patience: PATIENCE,
      compute(cancel, left) {
        const view = viewDocument(session, uri);
        const source = view?.snapshot.getFile(view.file);
        if (!view || !source || !view.snapshot.settings(view.file).hoverEnabled) return null;
        const places = { snapshot: view.snapshot, toUri: (file: string) => session.ids.toUri(file) };
        const offset = fromPosition(source.lines, position);
        const snapshot = left ? view.snapshot.withoutCallers(whatIsLeft(left)) : view.snapshot;
        const result = hover(snapshot, view.file, offset, { cancel, link: (place) => toLink(places, place) });
        if (!result) return null;
        const contents = session.client.markdownHover
          ? { kind: MarkupKind.Markdown, value: result.markdown }
          : { kind: MarkupKind.PlainText, value: result.plaintext };
        return { contents, range: toRange(source.lines, result.span) };
      },
    });
  });
}
