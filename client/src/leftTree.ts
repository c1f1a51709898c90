/**
 * The tree of what is left to migrate, as plain data: from what the server has told to nodes, by rule or by file, and the
 * share of files that are done. Knows no editor; words are put in by leftView.ts.
 */
import type { LeftToMigrateParams, PlaceLeft } from '../../server/src/lsp/protocol';

/** How the places are put together. */
export type Grouping = 'rule' | 'file';

export type LeftNode = GroupNode | FolderNode | FileNode | PlaceNode;

/** What one rule has found, or the calls of TF-Slim. */
export interface GroupNode {
  readonly kind: 'group';
  /** Undefined for the calls of TF-Slim. */
  readonly rule: string | undefined;
  readonly severity: PlaceLeft['severity'];
  readonly places: number;
  readonly children: readonly FileNode[];
}

export interface FolderNode {
  readonly kind: 'folder';
  readonly uri: string;
  /** Relative to the workspace; empty for the folder of the workspace itself. */
  readonly path: string;
  readonly places: number;
  /** Files below it that use TensorFlow, and those of them with nothing left. */
  readonly files: number;
  readonly ready: number;
  readonly children: readonly FileNode[];
}

export interface FileNode {
  readonly kind: 'file';
  readonly uri: string;
  readonly name: string;
  /** The folder that it lies in, relative to the workspace. */
  readonly folder: string;
  readonly children: readonly PlaceNode[];
}

export interface PlaceNode {
  readonly kind: 'place';
  readonly file: string;
  readonly place: PlaceLeft;
}

/** How far the migration is: files are counted, since only they are ever finished. */
export interface LeftProgress {
  /** Files that use TensorFlow. */
  readonly files: number;
  /** Those with nothing left. */
  readonly ready: number;
  readonly places: number;
  /** Rounded down, so that 100 means all. */
  readonly percent: number;
}

/** The path of a file for people, relative to the workspace. */
export type ToPath = (uri: string) => string;

/** Everything that the server has told. */
export class LeftFiles {
  readonly #files = new Map<string, readonly PlaceLeft[]>();
  #checked: readonly string[] = [];

  /** Folders that were checked as a whole. */
  get checked(): readonly string[] {
    return this.#checked;
  }

  get progress(): LeftProgress {
    return progressOf([...this.#files.values()]);
  }

  /** Takes a notification. */
  take({ checked, files, removed }: LeftToMigrateParams): void {
    this.#checked = checked;
    for (const uri of removed) this.#files.delete(uri);
    for (const { uri, places } of files) this.#files.set(uri, places);
  }

  /** Forgets everything: the server is gone, or starts anew. */
  clear(): void {
    this.#files.clear();
    this.#checked = [];
  }

  /** The first level of the tree. */
  roots(grouping: Grouping, toPath: ToPath): readonly LeftNode[] {
    return grouping === 'rule' ? this.#byRule(toPath) : this.#byFolder(toPath);
  }

  #byRule(toPath: ToPath): readonly GroupNode[] {
    const rules = new Set([...this.#files.values()].flatMap((places) => places.map(({ rule }) => rule)));
    const groups = [...rules].map((rule): GroupNode => {
      const children = this.#fileNodes(toPath, (place) => place.rule === rule);
      const places = children.flatMap((file) => file.children.map(({ place }) => place));
      return { kind: 'group', rule, severity: worst(places), places: places.length, children };
    });
    // What fails comes first, and the calls of TF-Slim last: they work until somebody migrates them.
    const rank = ({ rule, severity }: GroupNode) => (rule === undefined ? order.length : order.indexOf(severity));
    return groups.sort((a, b) => rank(a) - rank(b) || b.places - a.places || compare(a.rule ?? '', b.rule ?? ''));
  }

  #byFolder(toPath: ToPath): readonly FolderNode[] {
    const files = this.#fileNodes(toPath, () => true);
    const folders = new Map<string, FileNode[]>();
    for (const file of files) folders.set(parentOf(file.uri), [...(folders.get(parentOf(file.uri)) ?? []), file]);
    return [...folders].map(([uri, children]): FolderNode => {
      const all = [...this.#files].filter(([file]) => parentOf(file) === uri).map(([, places]) => places);
      const { files: count, ready, places } = progressOf(all);
      return { kind: 'folder', uri, path: children[0]?.folder ?? '', places, files: count, ready, children };
    });
  }

  /** Files with places that are wanted, by path. */
  #fileNodes(toPath: ToPath, isWanted: (place: PlaceLeft) => boolean): readonly FileNode[] {
    const nodes = [...this.#files].flatMap(([uri, places]): readonly FileNode[] => {
      const children = places.filter(isWanted).map((place): PlaceNode => ({ kind: 'place', file: uri, place }));
      if (children.length === 0) return [];
      const path = toPath(uri);
      const slash = path.lastIndexOf('/');
      return [{ kind: 'file', uri, name: path.slice(slash + 1), folder: path.slice(0, Math.max(0, slash)), children }];
    });
    return nodes.sort((a, b) => compare(a.folder, b.folder) || compare(a.name, b.name));
  }
}

const order: readonly PlaceLeft['severity'][] = ['error', 'warning', 'info', 'hint'];

function worst(places: readonly PlaceLeft[]): PlaceLeft['severity'] {
  return order.find((severity) => places.some((place) => place.severity === severity)) ?? 'hint';
}

function progressOf(files: readonly (readonly PlaceLeft[])[]): LeftProgress {
  const ready = files.filter((places) => places.length === 0).length;
  const places = files.reduce((sum, one) => sum + one.length, 0);
  return {
    files: files.length,
    ready,
    places,
    percent: files.length === 0 ? 0 : Math.floor((100 * ready) / files.length),
  };
}

function parentOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** By code units, so that the order does not depend on the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
