/**
 * Our own request behind the layers view: features/layers with places that the client can open.
 */
import type { CancellationToken } from 'vscode-languageserver';
import type { Location } from '../../base/span';
import type { LayersRequest, LayersView, ScopeNode } from '../../features/layers/layersModel';
import { layersOf } from '../../features/layers/layers';
import { layersText } from '../../features/layers/layersText';
import { isNetFile } from '../../slim/library/nets/netSource';
import { contentModified, guard } from '../guard';
import { invalid, optionalPositionOf, uriOf } from '../params';
import { fromPosition, placesOf, toLocation, type LspPlaces } from '../places';
import { layersRequest, type LayersParams, type LayersPlace, type LayersResult, type LayersScope } from '../protocol';
import { viewDocument, type DocumentView, type Session } from '../session';

/** Registers the handler. */
export function registerLayers(session: Session): void {
  session.connection.onRequest(layersRequest, (params: unknown, token: CancellationToken) => {
    const uri = uriOf(params);
    const position = optionalPositionOf(params);
    const options = optionsOf(params);
    return guard<LayersResult | null>(session, {
      method: layersRequest,
      uri,
      token,
      harmless: null,
      stale: contentModified,
      compute(cancel) {
        const document = viewDocument(session, uri);
        if (!document) return null;
        const request = requestOf(document, position, options);
        const view = layersOf(document.snapshot, request, cancel);
        if (!view) return null;
        const result = toResult(view, placesOf(session, document.snapshot), document.version);
        if (options.format === undefined) return result;
        return { ...result, text: layersText(view, options.format, (at) => textPlace(document, at)) };
      },
    });
  });
}

function requestOf(document: DocumentView, position: LayersParams['position'], options: LayersParams): LayersRequest {
  const offset = position && fromPosition(document, position);
  const { network, context, inputShape } = options;
  return {
    file: document.file,
    ...(offset !== undefined && { offset }),
    ...(network !== undefined && { network }),
    ...(context !== undefined && { context }),
    ...(inputShape !== undefined && { inputShape }),
  };
}

/** @throws ResponseError when one of the options is something else than it should be */
function optionsOf(params: unknown): LayersParams {
  const { network, context, inputShape, format } = params as Readonly<Record<string, unknown>>;
  if (network !== undefined && typeof network !== 'string') throw invalid('network is no text');
  if (context !== undefined && !(typeof context === 'number' && Number.isInteger(context) && context >= 0))
    throw invalid('context is no index');
  if (inputShape !== undefined && typeof inputShape !== 'string') throw invalid('inputShape is no text');
  if (format !== undefined && format !== 'csv' && format !== 'json' && format !== 'markdown')
    throw invalid('format is none of csv, json, markdown');
  return {
    ...(network !== undefined && { network }),
    ...(context !== undefined && { context }),
    ...(inputShape !== undefined && { inputShape }),
    ...(format !== undefined && { format }),
  };
}

function textPlace({ snapshot }: DocumentView, { file, span }: Location) {
  const position = snapshot.getFile(file)?.lines.positionAt(span.start);
  return { path: snapshot.getPath(file), line: (position?.line ?? 0) + 1, column: (position?.column ?? 0) + 1 };
}

function toResult(view: LayersView, places: LspPlaces, version: number): LayersResult {
  const place = (at: Location | undefined): { readonly place?: LayersPlace } => {
    const found = at && !isNetFile(at.file) ? toLocation(places, at) : undefined;
    return found ? { place: found } : {};
  };
  const scope = (node: ScopeNode): LayersScope => {
    if (node.kind === 'layer') return node;
    const children = node.children.map(scope);
    if (node.kind === 'variables') return { ...node, children };
    const { at, keywords, ...rest } = node;
    return {
      ...rest,
      children,
      ...place(at),
      keywords: keywords.map(({ at: own, ...one }) => ({ ...one, ...place(own) })),
    };
  };
  const { networks, network, contexts, layers, scopes, ...rest } = view;
  return {
    ...rest,
    version,
    networks: networks.map(({ name, at }) => ({ name, ...place(at) })),
    ...(network && { network: { name: network.name, ...place(network.at) } }),
    contexts: contexts.map(({ label, others }) => ({ label, others })),
    layers: layers.map(({ at, arguments: args, ...row }) => ({
      ...row,
      ...place(at),
      arguments: args.map(({ at: own, ...one }) => ({ ...one, ...place(own) })),
    })),
    scopes: scopes.map(scope),
  };
}
