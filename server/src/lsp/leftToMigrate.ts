/**
 * Keeps what is left to migrate, file by file, and tells the client what has changed (protocol.ts). It computes nothing
 * on its own account: whoever has the diagnostics of a file in hand records them here, so the numbers are those of the
 * Problems view and no file is looked at that would not have been looked at anyway.
 */
import type { CancelToken } from '../base/cancel';
import { leftToMigrate, type PlaceLeft } from '../features/leftToMigrate';
import type { FileDiagnostic } from '../features/model';
import type { Clock } from '../project/ports';
import type { Snapshot } from '../project/snapshot';
import type { LspPlaces } from './places';
import { toLocation } from './places';
import { leftToMigrateNotification, type LeftToMigrateParams, type PlaceLeft as SentPlace } from './protocol';

/** Silence before what has changed is sent. */
const silence = 200;

/** What it needs of its session. */
export interface LeftToMigrateHost {
  readonly clock: Clock;
  toUri(file: string): string;
  placesOf(snapshot: Snapshot): LspPlaces;
  send(method: string, params: LeftToMigrateParams): void;
}

/** See the file comment. */
export class LeftToMigrate {
  readonly #host: LeftToMigrateHost;
  /** What was recorded, as text, by file. */
  readonly #known = new Map<string, { readonly uri: string; readonly places: readonly SentPlace[] }>();
  readonly #changed = new Map<string, string>();
  #checked: readonly string[] = [];
  #isPending = false;

  constructor(host: LeftToMigrateHost) {
    this.#host = host;
  }

  /** Takes the diagnostics of a file. */
  record(snapshot: Snapshot, file: string, found: readonly FileDiagnostic[], cancel: CancelToken): void {
    const left = leftToMigrate(snapshot, file, { found, cancel });
    if (left === undefined) return this.forget(file);
    const places = this.#host.placesOf(snapshot);
    const uri = this.#host.toUri(file);
    const one = { uri, places: left.flatMap((place) => toSent(places, { file, uri, place })) };
    const before = this.#known.get(file);
    if (before && JSON.stringify(before) === JSON.stringify(one)) return;
    this.#known.set(file, one);
    this.#later(file, before?.uri ?? uri);
  }

  /** Nothing is known of the file any more. */
  forget(file: string): void {
    const before = this.#known.get(file);
    if (!before) return;
    this.#known.delete(file);
    this.#later(file, before.uri);
  }

  /** Files that are known. */
  get files(): readonly string[] {
    return [...this.#known.keys()];
  }

  /** Says which folders are looked at as a whole. */
  setChecked(folders: readonly string[]): void {
    if (folders.join() === this.#checked.join()) return;
    this.#checked = folders;
    this.#later(undefined, undefined);
  }

  #later(file: string | undefined, sentUri: string | undefined): void {
    if (file !== undefined && sentUri !== undefined) this.#changed.set(file, sentUri);
    if (this.#isPending) return;
    this.#isPending = true;
    // Not put off by what comes in between: a check of a large workspace shows how far it is.
    this.#host.clock.after(silence, () => this.#send());
  }

  #send(): void {
    this.#isPending = false;
    const files = [...this.#changed.keys()].flatMap((file) => this.#known.get(file) ?? []);
    const present = new Set(files.map(({ uri }) => uri));
    const removed = [...this.#changed.values()].filter((uri) => !present.has(uri));
    this.#changed.clear();
    const checked = this.#checked.map((folder) => this.#host.toUri(folder));
    this.#host.send(leftToMigrateNotification, { checked, files, removed });
  }
}

function toSent(
  places: LspPlaces,
  { file, uri, place }: { readonly file: string; readonly uri: string; readonly place: PlaceLeft },
): readonly SentPlace[] {
  const location = toLocation(places, { file, span: place.span });
  if (!location) return [];
  const { line, character } = location.range.start;
  const { span: _, ...told } = place;
  return [{ ...told, ...(location.uri !== uri && { uri: location.uri }), line, character }];
}
