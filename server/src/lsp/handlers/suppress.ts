/**
 * Our own request behind "Suppress" in the list of what is left to migrate: the edit of the quick fix of that name, for
 * one rule at one place. Nothing is changed here.
 */
import type { CancellationToken, WorkspaceEdit } from 'vscode-languageserver';
import { suppressOnLine } from '../../features/suppressOnLine';
import { contentModified, guard } from '../guard';
import { invalid, rangeOf, uriOf } from '../params';
import { fromRange, placesOf } from '../places';
import { suppressRequest } from '../protocol';
import { viewDocument, type Session } from '../session';
import { toWorkspaceEdit } from '../toLsp';

/** Registers the handler. */
export function registerSuppress(session: Session): void {
  session.connection.onRequest(suppressRequest, (params: unknown, token: CancellationToken) => {
    const uri = uriOf(params);
    const range = rangeOf(params);
    const rule = ruleOf(params);
    return guard<WorkspaceEdit | null>(session, {
      method: suppressRequest,
      uri,
      token,
      harmless: null,
      stale: contentModified,
      compute(cancel) {
        const view = viewDocument(session, uri);
        const within = view && fromRange(view, range);
        if (!view || !within) return null;
        const baseline = session.baselines.entriesOf(view.snapshot, view.file);
        const options = { ...(baseline && { baseline }), cancel };
        const found = suppressOnLine(view.snapshot, view.file, { range: within, rule }, options);
        if (!found) return null;
        const target = { client: session.client, places: placesOf(session, view.snapshot) };
        return toWorkspaceEdit(found, view.file, target);
      },
    });
  });
}

function ruleOf(params: unknown): string {
  const { rule } = params as { readonly rule?: unknown }; // an object, as `uriOf` has seen
  if (typeof rule !== 'string') throw invalid('rule is missing');
  return rule;
}
