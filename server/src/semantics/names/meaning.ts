/**
 * What a name can denote, and the memo of a program: the vocabulary of this folder.
 * Plain data and small helpers; the resolution itself is in nameMeanings.ts and importMeanings.ts.
 */
import type { Location } from '../../base/span';
import type * as ast from '../../syntax/ast';
import type { Program, SourceFile } from '../program';
import type { Scope } from '../scopes';

/** A place through which a name got its meaning: an import or the right side of an assignment. */
export interface Step {
  readonly location: Location;
  readonly form: 'import' | 'fromImport' | 'starImport' | 'assign';
  /** The library path that the place denotes; in form `import` the whole module that is imported. */
  readonly path: string;
}

/** A dotted library path, for example `tensorflow.contrib.slim.conv2d`. */
export interface PathMeaning {
  readonly kind: 'path';
  readonly path: string;
  /** Outermost last: first the import of the library, then the aliases. */
  readonly steps: readonly Step[];
  /** True when it may come from `import *`: whether the library has such a name is not known here. */
  readonly viaStar: boolean;
}

export type Meaning =
  | PathMeaning
  | { readonly kind: 'file'; readonly source: SourceFile }
  /** A package of the workspace without `__init__.py`. */
  | { readonly kind: 'namespace'; readonly from: SourceFile; readonly name: string }
  | { readonly kind: 'class' | 'instance'; readonly source: SourceFile; readonly node: ast.ClassDef }
  | { readonly kind: 'opaque' };

/** The memo of one program; makes repeated questions cheap. */
export interface NameResolver {
  readonly program: Program;
  readonly names: Map<Scope, Map<string, readonly Meaning[]>>;
  readonly importParents: Map<SourceFile, ReadonlyMap<ast.Node, ast.ImportFrom>>;
}

/** Something that cannot be followed. */
export const opaque: readonly Meaning[] = [{ kind: 'opaque' }];
/** Bounds the recursion: a link of a chain of aliases takes up to eight; real chains have a handful of links. */
export const maxSteps = 256;
/** More alternatives than this say nothing about any of them. */
const maxAlternatives = 8;

const resolvers = new WeakMap<Program, NameResolver>();

/** The resolver of a program. */
export function resolverOf(program: Program): NameResolver {
  let resolver = resolvers.get(program);
  if (!resolver) {
    resolver = { program, names: new Map(), importParents: new Map() };
    resolvers.set(program, resolver);
  }
  return resolver;
}

/** Computes the meanings of a key of a scope once; a name that is defined by itself adds nothing. */
export function remembered(
  resolver: NameResolver,
  scope: Scope,
  key: string,
  compute: () => readonly Meaning[],
): readonly Meaning[] {
  let names = resolver.names.get(scope);
  if (!names) resolver.names.set(scope, (names = new Map<string, readonly Meaning[]>()));
  const known = names.get(key);
  if (known) return known;
  names.set(key, []);
  const meanings = compute();
  names.set(key, meanings);
  return meanings;
}

/** All alternatives, each path once; too many become one `opaque`. */
export function union(lists: readonly (readonly Meaning[])[]): readonly Meaning[] {
  const [only] = lists;
  if (lists.length === 1 && only) return only;
  const all = new Map<unknown, Meaning>();
  for (const one of lists.flat()) {
    const key =
      one.kind === 'path' ? one.path : one.kind === 'file' ? one.source : one.kind === 'opaque' ? 'opaque ' : one;
    if (!all.has(key)) all.set(key, one);
  }
  return all.size > maxAlternatives ? opaque : [...all.values()];
}
