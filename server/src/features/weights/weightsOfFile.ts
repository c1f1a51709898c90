/**
 * The layers with weights of a file as it is in a snapshot, for the map from checkpoints of TensorFlow 1. What a
 * migration knew about scopes can be given; the rest is read out of the text.
 */
import type { Snapshot } from '../../project/snapshot';
import { mapLayers } from '../../slim/weights/mapLayers';
import type { MappedLayer } from '../../slim/weights/weightsMap';

/** The layers of a file in the order of its text; none of a file that is not there. */
export function weightsOfFile(
  snapshot: Snapshot,
  file: string,
  scopes: ReadonlyMap<string, string>,
): readonly MappedLayer[] {
  const source = snapshot.getFile(file);
  if (!source) return [];
  const path = snapshot.getPath(file);
  const placeOf = (offset: number) => `${path}:${source.lines.positionAt(offset).line + 1}`;
  return mapLayers({ program: snapshot, source, scopes, placeOf });
}
