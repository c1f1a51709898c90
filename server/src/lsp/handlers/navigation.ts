/**
 * `textDocument/definition`, `typeDefinition` and `references`, and our own request behind a command. Which of them
 * answers where is decided in features/navigation.ts; no place is an answer of null, so that other servers' answers stand
 * alone.
 */
import type { CancellationToken, Location, LocationLink } from 'vscode-languageserver';
import type { CancelToken } from '../../base/cancel';
import {
  argumentOrigins,
  callOrigins,
  hiddenDefinitions,
  mayNavigate,
  scopeReferences,
} from '../../features/navigation';
import type { NavigationResult } from '../../features/model';
import type { Snapshot } from '../../project/snapshot';
import { timedAnalysis } from '../analysisTimer';
import { contentModified, guard } from '../guard';
import { positionOf, uriOf } from '../params';
import { fromPosition, placesOf, toLocation, toLocations } from '../places';
import { argumentOriginsRequest } from '../protocol';
import { viewDocument, type DocumentView, type Session } from '../session';

/** Where a request asks from. */
interface Place extends DocumentView {
  readonly offset: number;
}

/** Registers the handlers. */
export function registerNavigation(session: Session): void {
  const { connection, client } = session;
  connection.onDefinition((params, token) =>
    answer<Location[] | LocationLink[]>(session, {
      method: 'textDocument/definition',
      params,
      token,
      mayAnswer: ({ snapshot, file, offset }) => mayNavigate(snapshot, file, offset, 'hiddenDefinitions'),
      compute: (place, cancel) =>
        targets(session, place, hiddenDefinitions, { asLinks: client.definitionLinks, cancel }),
    }),
  );
  connection.onTypeDefinition((params, token) =>
    answer<Location[] | LocationLink[]>(session, {
      method: 'textDocument/typeDefinition',
      params,
      token,
      mayAnswer: ({ snapshot, file, offset }) => mayNavigate(snapshot, file, offset, 'callOrigins'),
      compute: (place, cancel) => targets(session, place, callOrigins, { asLinks: client.typeDefinitionLinks, cancel }),
    }),
  );
  connection.onRequest(argumentOriginsRequest, (params: unknown, token: CancellationToken) =>
    answer<Location[] | LocationLink[]>(session, {
      method: argumentOriginsRequest,
      params,
      token,
      mayAnswer: () => true,
      compute: (place, cancel) => targets(session, place, argumentOrigins, { asLinks: false, cancel }),
    }),
  );
  connection.onReferences((params, token) =>
    answer<Location[]>(session, {
      method: 'textDocument/references',
      params,
      token,
      mayAnswer: ({ snapshot, file, offset }) => mayNavigate(snapshot, file, offset, 'scopeReferences'),
      compute(place, cancel) {
        const context = params.context as Partial<typeof params.context> | undefined;
        const options = { cancel, includeDeclaration: context?.includeDeclaration ?? false };
        const found = scopeReferences(place.snapshot, place.file, place.offset, options);
        return found && toLocations(placesOf(session, place.snapshot), found);
      },
    }),
  );
}

interface NavigationRequest<T> {
  readonly method: string;
  readonly params: unknown;
  readonly token: CancellationToken;
  /** Told by the syntax; without it nothing is evaluated. */
  readonly mayAnswer: (place: Place) => boolean;
  readonly compute: (place: Place, cancel: CancelToken) => T | undefined;
}

function answer<T extends readonly unknown[]>(session: Session, request: NavigationRequest<T>): Promise<T | null> {
  const { method, params, token } = request;
  const uri = uriOf(params);
  const position = positionOf(params);
  const find = (): Place | undefined => {
    const view = viewDocument(session, uri);
    const offset = view && fromPosition(view, position);
    const place = view && offset !== undefined ? { ...view, offset } : undefined;
    return place && request.mayAnswer(place) ? place : undefined;
  };
  return guard<T | null>(session, {
    method,
    uri,
    token,
    harmless: null,
    stale: contentModified,
    prepare(cancel) {
      const place = find();
      return place ? timedAnalysis(session, place, cancel) : [];
    },
    compute(cancel) {
      const place = find();
      const found = place && request.compute(place, cancel);
      return found && found.length > 0 ? found : null;
    },
  });
}

function targets(
  session: Session,
  place: Place,
  navigate: (
    snapshot: Snapshot,
    file: string,
    offset: number,
    options: { readonly cancel: CancelToken },
  ) => NavigationResult | undefined,
  { asLinks, cancel }: { readonly asLinks: boolean; readonly cancel: CancelToken },
): Location[] | LocationLink[] | undefined {
  const { snapshot, file, offset } = place;
  const found = navigate(snapshot, file, offset, { cancel });
  if (!found) return undefined;
  const places = placesOf(session, snapshot);
  const locations = toLocations(places, found.targets);
  const origin = toLocation(places, { file, span: found.span });
  if (!asLinks || !origin) return locations;
  const originSelectionRange = origin.range;
  return locations.map(({ uri, range }) => ({
    originSelectionRange,
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: range,
  }));
}
