/**
 * `textDocument/completion` inside `arg_scope(...)`. Comes from the analysis of the file alone, which its problems need
 * anyway: a list must be there at once.
 */
import { CompletionItemKind, MarkupKind, type CompletionItem } from 'vscode-languageserver';
import { completion, mayComplete } from '../../features/completion';
import type { CompletionResult } from '../../features/model';
import { contentModified, guard } from '../guard';
import { positionOf, uriOf } from '../params';
import { fromPosition, placesOf, toLocation } from '../places';
import { viewDocument, type DocumentView, type Session } from '../session';

/** Registers the handler. */
export function registerCompletion(session: Session): void {
  session.connection.onCompletion((params, token) => {
    const uri = uriOf(params);
    const position = positionOf(params);
    return guard<CompletionItem[] | null>(session, {
      method: 'textDocument/completion',
      uri,
      token,
      harmless: null,
      stale: contentModified,
      compute(cancel) {
        const view = viewDocument(session, uri);
        if (!view?.snapshot.settings(view.file).completionEnabled) return null;
        const offset = fromPosition(view, position);
        if (offset === undefined || !mayComplete(view.snapshot, view.file, offset)) return null;
        const found = completion(view.snapshot, view.file, offset, { cancel });
        return found.length > 0 ? found.flatMap((one) => toItem(session, view, one)) : null;
      },
    });
  });
}

function toItem(session: Session, view: DocumentView, found: CompletionResult): CompletionItem[] {
  const place = toLocation(placesOf(session, view.snapshot), { file: view.file, span: found.span });
  if (!place) return [];
  const { label, detail, documentation } = found;
  return [
    {
      label,
      kind: found.kind === 'op' ? CompletionItemKind.Function : CompletionItemKind.Variable,
      detail,
      ...(documentation !== '' && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
      sortText: String(found.rank).padStart(3, '0'),
      textEdit: { range: place.range, newText: label },
    },
  ];
}
