/**
 * What the migration of a whole file has decided about its networks before single calls are converted: which variable
 * scopes will go, so that layers carry their names, and which collections become dictionaries. A call that is converted
 * by itself has no such plan. Whoever makes the plan sees to it that it is kept whole, or makes another.
 */

export interface NetworkPlan {
  /** Variable scopes that go and are named by a parameter: `function:parameter`. */
  readonly scopes: ReadonlySet<string>;
  readonly endPoints: readonly EndPoints[];
  /** Functions that are handed the name so far, and the dictionary, by their callers (`prefix`, `end_points`). */
  readonly handed: ReadonlySet<string>;
  /** Variables of other functions, perhaps of other files, with the collections that handed dictionaries stand for. */
  readonly handedCollections: ReadonlySet<string>;
  /** Why a collection stays a collection, by `function:variable`. */
  readonly keptCollections: ReadonlyMap<string, string>;
}

/** A collection of outputs that becomes a dictionary. */
export interface EndPoints {
  /** The function that makes the collection and reads it. */
  readonly owner: string;
  /** The variable with the collection's name. */
  readonly collection: string;
  /** The variable with the dictionary. */
  readonly dictionary: string;
}

/** How the parts of a plan are told apart. */
export function planKey(owner: string, variable: string): string {
  return `${owner}:${variable}`;
}
