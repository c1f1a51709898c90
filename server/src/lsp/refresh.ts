/**
 * Asks the client to ask again for what it shows, when that may have changed without an edit of the document: a caller in
 * another file was edited, a file on disk or a setting changed. Only documents that were asked for and whose analysis no
 * longer holds count, and nothing is evaluated to find that out.
 */
import { CodeLensRefreshRequest, InlayHintRefreshRequest } from 'vscode-languageserver';
import { inBackground } from './background';
import { viewDocument, type ChangeCause, type Session } from './session';

/** What can be asked for again. */
export type Refreshable = 'inlayHint' | 'codeLens';

export interface Refresher {
  /** Notes that the client shows something for a document. */
  asked(what: Refreshable, uri: string): void;
  /** Asks the client to ask again. */
  again(what: Refreshable): void;
}

/** Silence after a change before anything is asked for again. */
const silence = 400;

const requests = { inlayHint: InlayHintRefreshRequest.type, codeLens: CodeLensRefreshRequest.type } as const;

/** Starts following the changes of a session. */
export function createRefresher(session: Session): Refresher {
  const shown = new Map<Refreshable, Set<string>>();
  let revoke: () => void = () => undefined;
  let isEverything = false;

  const again = (what: Refreshable): void => {
    if (!session.client.refreshes.has(what)) return;
    shown.delete(what);
    const asked = session.connection.sendRequest(requests[what]);
    inBackground(session.logger, `asking for ${what} again`, asked);
  };
  /** @param edited the document that the client asks for by itself */
  const look = (edited: string | undefined): void => {
    for (const [what, uris] of shown) {
      const isOld = isEverything || [...uris].some((uri) => uri !== edited && !holds(session, uri));
      if (isOld) again(what);
    }
    isEverything = false;
  };
  session.onChanged((cause: ChangeCause) => {
    if (cause.kind === 'status') return;
    if (cause.kind === 'document' && cause.change === 'closed') shown.forEach((uris) => uris.delete(cause.uri));
    isEverything ||= cause.kind === 'workspace';
    revoke();
    const edited = cause.kind === 'document' ? cause.uri : undefined;
    revoke = session.clock.after(silence, () => look(edited));
  });
  return {
    asked: (what, uri) => void shown.set(what, (shown.get(what) ?? new Set()).add(uri)),
    again,
  };
}

function holds(session: Session, uri: string): boolean {
  const view = viewDocument(session, uri);
  return !view || view.snapshot.isPrepared(view.file);
}
