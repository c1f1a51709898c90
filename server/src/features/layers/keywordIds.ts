/**
 * Gives a number to each keyword of each arg_scope that layers meet, so that rows and the scope map can speak of the same
 * one. A scope that is entered again by its dictionary has its keywords anew: they flow from there.
 */
import type { Location } from '../../base/span';
import type { ScopeOrigin } from '../../slim/model';
import { oneLine } from '../effectiveCallValue';

/** A keyword as it is set by one scope. */
export interface ScopeKeyword {
  readonly id: number;
  readonly name: string;
  readonly text: string;
  readonly at: Location;
}

/** See the file comment. */
export class KeywordIds {
  readonly #byKey = new Map<string, ScopeKeyword>();
  readonly #byScope = new Map<string, ScopeKeyword[]>();

  /** The number of a keyword that an argument has from a scope. */
  idOf(origin: ScopeOrigin, name: string, text: string): number {
    const holder = origin.reentered ?? origin.scope;
    const at = origin.keyword ?? origin.scope;
    const key = [placeKey(holder), placeKey(at), name].join(' ');
    const known = this.#byKey.get(key);
    if (known) return known.id;
    const made: ScopeKeyword = { id: this.#byKey.size, name, text: oneLine(text), at };
    this.#byKey.set(key, made);
    const scope = placeKey(holder);
    this.#byScope.set(scope, [...(this.#byScope.get(scope) ?? []), made]);
    return made.id;
  }

  /** The keywords that the scope at a place was seen to set. */
  ofScope(at: Location): readonly ScopeKeyword[] {
    return this.#byScope.get(placeKey(at)) ?? [];
  }
}

/** A place as the key of a map. */
export function placeKey({ file, span }: Location): string {
  return `${file}#${span.start}-${span.end}`;
}
