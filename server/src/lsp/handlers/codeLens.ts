/**
 * `textDocument/codeLens` and its resolve. Where lenses stand is told by the file alone; a title is made when its lens is
 * seen, and waits for a pause in typing. A client that cannot show places gets the title alone.
 */
import { type CodeLens, type Command } from 'vscode-languageserver';
import { codeLensDetails, codeLenses } from '../../features/codeLenses';
import type { CodeLensDetails, CodeLensPlace } from '../../features/model';
import { contentModified, guard } from '../guard';
import { invalid, uriOf } from '../params';
import { placesOf, toLocation, toLocations } from '../places';
import { showLayersCommand, showPlacesCommand } from '../protocol';
import type { Refresher } from '../refresh';
import { prepareAnalysis, viewDocument, type DocumentView, type Session } from '../session';

/** What a lens carries to its resolve. */
interface LensData {
  readonly uri: string;
  readonly version: number;
  readonly place: CodeLensPlace;
}

/** Registers both handlers. */
export function registerCodeLens(session: Session, refresher: Refresher): void {
  session.connection.onCodeLens((params, token) => {
    const uri = uriOf(params);
    return guard<CodeLens[]>(session, {
      method: 'textDocument/codeLens',
      uri,
      token,
      harmless: [],
      stale: contentModified,
      compute(cancel) {
        const view = viewDocument(session, uri);
        if (!view) return [];
        const { codeLensNetworks: networks, codeLensScopes: scopes } = view.snapshot.settings(view.file);
        if (!networks && !scopes) return [];
        refresher.asked('codeLens', view);
        const found = codeLenses(view.snapshot, view.file, { networks, scopes, cancel });
        return found.flatMap((place) => toCodeLens(session, view, place));
      },
    });
  });
  session.connection.onCodeLensResolve((lens, token) => {
    const data = dataOf(lens);
    return guard<CodeLens>(session, {
      method: 'codeLens/resolve',
      uri: data.uri,
      token,
      harmless: { ...lens, command: textOnly('Slimscope failed here, the log says why') },
      stale: contentModified,
      isCostly() {
        const view = viewDocument(session, data.uri);
        return view !== undefined && !view.snapshot.isPrepared(view.file);
      },
      prepare: (cancel) => prepareAnalysis(session, data.uri, cancel),
      compute(cancel) {
        const view = viewDocument(session, data.uri);
        if (view?.version !== data.version) throw contentModified();
        const details = codeLensDetails(view.snapshot, view.file, data.place, { cancel });
        if (!details) throw contentModified();
        return { ...lens, command: commandOf(session, view, lens, details) };
      },
    });
  });
}

function toCodeLens(session: Session, view: DocumentView, place: CodeLensPlace): CodeLens[] {
  const shown = toLocation(placesOf(session, view.snapshot), { file: view.file, span: place.span });
  // A cell asks for its own lenses.
  if (shown?.uri !== view.uri) return [];
  const data: LensData = { uri: view.uri, version: view.version, place };
  const { range } = shown;
  if (place.kind !== 'network' || !session.client.showLayers) return [{ range, data }];
  const layers = { title: 'show layers', command: showLayersCommand, arguments: [view.uri, range.start.line] };
  return [
    { range, data },
    { range, command: layers },
  ];
}

function commandOf(session: Session, view: DocumentView, lens: CodeLens, details: CodeLensDetails): Command {
  const places = toLocations(placesOf(session, view.snapshot), details.places);
  if (!session.client.showPlaces || places.length === 0) return textOnly(details.title);
  return { title: details.title, command: showPlacesCommand, arguments: [view.uri, lens.range.start, places] };
}

function textOnly(title: string): Command {
  return { title, command: '' };
}

/** What {@link toCodeLens} has put into the lens. */
function dataOf(lens: CodeLens): LensData {
  const { uri, version, place } = (lens.data ?? {}) as Partial<LensData>;
  const span = (place as Partial<CodeLensPlace> | undefined)?.span as Partial<CodeLensPlace['span']> | undefined;
  const isPlace = typeof span?.start === 'number' && typeof span.end === 'number';
  if (typeof uri !== 'string' || typeof version !== 'number' || !place || !isPlace) {
    throw invalid('this lens has nothing to resolve');
  }
  return { uri, version, place };
}
