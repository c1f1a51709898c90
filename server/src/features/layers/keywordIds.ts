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
  readonly #byPlace = new Map<string, number>();
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
    this.#byPlace.set(`${placeKey(at)} ${name}`, made.id);
    const scope = placeKey(holder);
    this.#byScope.set(scope, [...(this.#byScope.get(scope) ?? []), made]);
    return made.id;
  }

  /**
   * The number of a keyword that an argument hides. How the scope was entered is not told there: of what is entered again
   * by its dictionary it is the one that other layers have from there.
   */
  idOfHidden(origin: ScopeOrigin, name: string, text: string, open: ReadonlySet<string>): number {
    const isOpen = origin.reentered !== undefined || open.has(placeKey(origin.scope));
    const elsewhere = this.#byPlace.get(`${placeKey(origin.keyword ?? origin.scope)} ${name}`);
    return isOpen || elsewhere === undefined ? this.idOf(origin, name, text) : elsewhere;
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
