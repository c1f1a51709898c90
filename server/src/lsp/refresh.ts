/**
 * Asks the client to ask again for what it shows, when that has changed without an edit of the document: a caller in
 * another file was edited, a file on disk or a setting changed. Only documents that were asked for count, and nothing is
 * evaluated to find out: what no longer holds is old.
 */
import { CodeLensRefreshRequest, InlayHintRefreshRequest } from 'vscode-languageserver';
import type { FileAnalysis } from '../slim/model';
import { inBackground } from './background';
import { describe } from './guard';
import { viewDocument, type DocumentView, type Session } from './session';

/** What can be asked for again. */
export type Refreshable = 'inlayHint' | 'codeLens';

export interface Refresher {
  /** Notes that the client shows something for a document. */
  asked(what: Refreshable, view: DocumentView): void;
  /** Asks the client to ask again. */
  again(what: Refreshable): void;
}

/** What was shown: the analysis that it came from, undefined where none was needed, and the settings. */
interface Shown {
  readonly analysis: FileAnalysis | undefined;
  readonly settings: string;
}

/** Silence after a change before anything is asked for again. */
const silence = 400;

const requests = { inlayHint: InlayHintRefreshRequest.type, codeLens: CodeLensRefreshRequest.type } as const;

/** Starts following the changes of a session. */
export function createRefresher(session: Session): Refresher {
  const shown = new Map<Refreshable, Map<string, Shown>>();
  let revoke: () => void = () => undefined;

  const again = (what: Refreshable): void => {
    shown.delete(what);
    if (!session.client.refreshes.has(what)) return;
    const asked = session.connection.sendRequest(requests[what]);
    inBackground(session.logger, `asking for ${what} again`, asked);
  };
  /** @param edited the document that the client asks for by itself */
  const look = (edited: string | undefined): void => {
    try {
      for (const [what, documents] of [...shown]) {
        const isOld = [...documents].some(([uri, was]) => uri !== edited && !holds(viewDocument(session, uri), was));
        if (isOld) again(what);
      }
    } catch (error) {
      // The request that meets it again reports it.
      session.logger.warn(`looking for what has changed failed: ${describe(error)}`);
    }
  };
  session.onChanged((cause) => {
    if (cause.kind === 'status') return;
    if (cause.kind === 'document' && cause.change === 'closed') shown.forEach((all) => all.delete(cause.uri));
    revoke();
    const edited = cause.kind === 'document' ? cause.uri : undefined;
    revoke = session.clock.after(silence, () => look(edited));
  });
  return {
    asked(what, view) {
      const documents = shown.get(what) ?? new Map<string, Shown>();
      shown.set(what, documents.set(view.uri, showing(view)));
    },
    again,
  };
}

function showing({ snapshot, file }: DocumentView): Shown {
  const hasCalls = (snapshot.quickAnalysis(file)?.calls.length ?? 0) > 0;
  return {
    analysis: hasCalls && snapshot.isPrepared(file) ? snapshot.analysis(file) : undefined,
    settings: JSON.stringify(snapshot.settings(file)),
  };
}

function holds(view: DocumentView | undefined, was: Shown): boolean {
  if (!view) return true;
  // Without callers that are known there is nothing to compare with; with them a comparison costs no evaluation.
  if (was.analysis && !view.snapshot.isPrepared(view.file)) return false;
  const now = showing(view);
  return now.analysis === was.analysis && now.settings === was.settings;
}
