/**
 * `textDocument/inlayHint` and its resolve. Hints are those of the visible range; while someone types they wait for a
 * pause, since the ways to a call are not looked for at every keystroke. Tooltip and edits are computed when wanted, from
 * document, version and place: nothing is remembered.
 */
import {
  InlayHintKind,
  MarkupKind,
  type InlayHint,
  type InlayHintLabelPart,
  type InlayHintParams,
} from 'vscode-languageserver';
import type { CancelToken } from '../../base/cancel';
import type { Span } from '../../base/span';
import { inlayHintDetails, inlayHints } from '../../features/inlayHints';
import type { InlayHintResult } from '../../features/model';
import { contentModified, guard } from '../guard';
import { invalid, rangeOf, uriOf } from '../params';
import { fromRange, placesOf, toLink, toLocation, toLocations, type LspPlaces } from '../places';
import type { Refresher } from '../refresh';
import { prepareAnalysis, viewDocument, type DocumentView, type Session } from '../session';
import { toTextEdits } from '../toLsp';

/** Milliseconds that hints wait for callers; then they show what the file says by itself, and are asked for again. */
const PATIENCE = 1500;

/** What a hint carries to its resolve. */
interface HintData {
  readonly uri: string;
  readonly version: number;
  readonly call: Span;
}

/** Registers both handlers. */
export function registerInlayHint(session: Session, refresher: Refresher): void {
  const { connection } = session;
  connection.languages.inlayHint.on((params, token) => {
    const uri = uriOf(params);
    const range = rangeOf(params);
    return guard<InlayHint[]>(session, {
      method: 'textDocument/inlayHint',
      uri,
      token,
      harmless: [],
      stale: contentModified,
      isCostly() {
        const view = find(session, uri);
        return view !== undefined && !view.snapshot.isPrepared(view.file);
      },
      prepare(cancel) {
        const view = find(session, uri);
        return view && hasCalls(view, cancel) ? prepareAnalysis(session, uri, cancel) : [];
      },
      patience: PATIENCE,
      compute(cancel, left) {
        const view = find(session, uri);
        if (!view) return [];
        refresher.asked('inlayHint', view);
        if (!hasCalls(view, cancel)) return [];
        const snapshot = left ? view.snapshot.withoutCallers('callers are still being looked at') : view.snapshot;
        return listHints(session, { ...view, snapshot }, { ...params, range }, cancel);
      },
      finished: () => refresher.again('inlayHint'),
    });
  });
  connection.languages.inlayHint.resolve((hint, token) => {
    const data = dataOf(hint);
    return guard<InlayHint>(session, {
      method: 'inlayHint/resolve',
      uri: data.uri,
      token,
      harmless: hint,
      stale: contentModified,
      prepare: (cancel) => prepareAnalysis(session, data.uri, cancel),
      compute(cancel) {
        const view = viewDocument(session, data.uri);
        if (view?.version !== data.version) throw contentModified();
        return { ...hint, ...detailsOf(session, view, data.call, cancel) };
      },
    });
  });
}

/** The document, unless hints are switched off for it. */
function find(session: Session, uri: string): DocumentView | undefined {
  const view = viewDocument(session, uri);
  return view?.snapshot.settings(view.file).inlayHintsEnabled ? view : undefined;
}

/** A file that calls no op by itself has nobody's callers looked for. */
function hasCalls({ snapshot, file }: DocumentView, cancel: CancelToken): boolean {
  return (snapshot.quickAnalysis(file, cancel)?.calls.length ?? 0) > 0;
}

function listHints(session: Session, view: DocumentView, params: InlayHintParams, cancel: CancelToken): InlayHint[] {
  const range = fromRange(view, params.range);
  if (!range) return [];
  const { inlayHintsArguments, inlayHintsMaxLength } = view.snapshot.settings(view.file);
  const found = inlayHints(view.snapshot, view.file, range, {
    cancel,
    arguments: inlayHintsArguments,
    maxLength: inlayHintsMaxLength,
  });
  const places = placesOf(session, view.snapshot);
  return found.flatMap((hint) => toInlayHint(session, view, hint, { places, cancel }));
}

function toInlayHint(
  session: Session,
  view: DocumentView,
  hint: InlayHintResult,
  { places, cancel }: { readonly places: LspPlaces; readonly cancel: CancelToken },
): InlayHint[] {
  const shown = toLocation(places, { file: view.file, span: hint.call });
  // A cell asks for its own lines.
  if (shown?.uri !== view.uri) return [];
  const data: HintData = { uri: view.uri, version: view.version, call: hint.call };
  const isLazy = session.client.resolvedInlayHints.has('textEdits');
  const { textEdits } = isLazy ? {} : detailsOf(session, view, hint.call, cancel);
  return [
    {
      position: shown.range.end,
      label: labelOf(places, hint),
      kind: InlayHintKind.Parameter,
      paddingLeft: true,
      ...(session.client.resolvedInlayHints.size > 0 && { data }),
      ...(textEdits && { textEdits }),
    },
  ];
}

function labelOf(places: LspPlaces, { parts }: InlayHintResult): InlayHintLabelPart[] {
  return parts.flatMap(({ text, origin }, i): InlayHintLabelPart[] => {
    const [location] = origin ? toLocations(places, [origin]) : [];
    const part = { value: text, ...(location && { location }) };
    return i === 0 ? [part] : [{ value: ' · ' }, part];
  });
}

function detailsOf(
  session: Session,
  view: DocumentView,
  call: Span,
  cancel: CancelToken,
): Pick<InlayHint, 'tooltip' | 'textEdits'> {
  const places = placesOf(session, view.snapshot);
  const link = (place: Parameters<typeof toLink>[1]): string => toLink(places, place);
  const details = inlayHintDetails(view.snapshot, view.file, call, { cancel, link });
  const edits = toTextEdits(places, view.file, details?.edits ?? []);
  const textEdits = edits.get(view.uri);
  const { markdown, plaintext } = details?.tooltip ?? {};
  return {
    ...(markdown !== undefined && {
      tooltip: session.client.markdownHover ? { kind: MarkupKind.Markdown, value: markdown } : (plaintext ?? ''),
    }),
    ...(textEdits && edits.size === 1 && { textEdits }),
  };
}

/** What {@link toInlayHint} has put into the hint. */
function dataOf(hint: InlayHint): HintData {
  const { uri, version, call } = (hint.data ?? {}) as Partial<HintData>;
  const isCall = typeof call?.start === 'number' && typeof call.end === 'number';
  if (typeof uri !== 'string' || typeof version !== 'number' || !isCall) {
    throw invalid('this hint has nothing to resolve');
  }
  return { uri, version, call };
}
