/**
 * What is noted of each function, class and binding of a file by mentions.ts, and what a function returns by the names of
 * its variables: `f = g; return f` gives `g`, and `f = g(); return f` gives what a call of `g` gives.
 */
import type * as ast from '../syntax/ast';

export type UnitKind = 'module' | 'function' | 'class' | 'alias' | 'binding';

/** Something that is reached as soon as one of the names that it mentions is. */
export interface Unit {
  /** What it is: an `alias` is an import under another name. */
  readonly kind: UnitKind;
  /** Names that lead to it: they are reached with it. */
  readonly defines: ReadonlySet<string>;
  /** Names of functions that get it: decorators, and what is called with it at module level. */
  readonly feeds: ReadonlySet<string>;
  readonly mentions: ReadonlySet<string>;
  /**
   * Names by the module-level name that they are an attribute of, or that they are: `slim.conv2d` has `conv2d` through
   * `slim`, and `slim` through itself. What hangs on a variable of a function is under {@link LOCAL}.
   */
  readonly through: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * Where what is mentioned goes, for mentions that are no texts: into calls, by the name of what is called with it as an
   * argument; {@link CALLED} where it is called itself, and `''` for anything else.
   */
  readonly held: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of what a function mentions, what it may return, with the takers of {@link Unit.held}. */
  readonly returned: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of what is called anywhere but in `with f(x):`, so that the result may go on to others. */
  readonly given: ReadonlySet<string>;
}

/** A unit while it is made. */
export interface MutableUnit {
  readonly kind: UnitKind;
  readonly defines: Set<string>;
  readonly feeds: Set<string>;
  readonly mentions: Set<string>;
  readonly through: Map<string, Set<string>>;
  readonly held: Map<string, Set<string>>;
  readonly returned: Takers;
  /** What its variables are made of. */
  readonly locals: Map<string, Takers>;
  /** Names that the function binds. */
  readonly bound: Set<string>;
  /** What is mentioned by its name alone; it goes to `held` unless it is a variable of the function. */
  readonly bare: Takers;
  /** The function whose variables it sees. */
  readonly within: MutableUnit | undefined;
  readonly given: Set<string>;
}

/** Names of what is mentioned, with what takes it. */
export type Takers = Map<string, Set<string>>;

/** Stands for the callee of a call in {@link Unit.held}. */
export const CALLED = '<called>';

/** A unit of which nothing is noted yet. */
export function emptyUnit(kind: UnitKind, within?: MutableUnit): MutableUnit {
  return {
    kind,
    within,
    bare: new Map(),
    bound: new Set(),
    defines: new Set(),
    feeds: new Set(),
    mentions: new Set(),
    through: new Map(),
    held: new Map(),
    returned: new Map(),
    locals: new Map(),
    given: new Set(),
  };
}

/** The names that a target binds. */
export function namesBound(target: ast.Expression): readonly string[] {
  if (target.kind === 'Name') return [target.name];
  if (target.kind === 'Starred') return namesBound(target.value);
  return target.kind === 'Tuple' || target.kind === 'List' ? target.elements.flatMap(namesBound) : [];
}

/** The variables of a function that a target sets, or sets something of. */
export function localsIn(target: ast.Expression): readonly string[] {
  switch (target.kind) {
    case 'Name':
      return [target.name];
    case 'Subscript':
    case 'Attribute':
    case 'Starred':
      return localsIn(target.value);
    case 'Tuple':
    case 'List':
      return target.elements.flatMap(localsIn);
    default:
      return [];
  }
}

/** True for a name that is nothing but a variable of the function. */
export function isLocal({ kind, bound, defines, within }: MutableUnit, name: string): boolean {
  if (kind === 'function') return bound.has(name) && !defines.has(name);
  return within !== undefined && isLocal(within, name);
}

/** What a variable of a function is made of. */
export function localOf({ locals }: MutableUnit, name: string): Takers {
  let takers = locals.get(name);
  if (!takers) locals.set(name, (takers = new Map()));
  return takers;
}

/** What a function returns by the names of its variables is what they are made of. */
export function followLocals({ returned, locals }: MutableUnit): void {
  const pending = [...returned].flatMap(([name, takers]) => [...takers].map((taker) => ({ name, taker })));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { name, taker } = next;
    for (const [made, takers] of locals.get(name) ?? []) {
      for (const inner of takers) {
        const by = taker === '' || inner === CALLED ? inner : taker;
        if (returned.get(made)?.has(by)) continue;
        addTo(returned, made, by);
        pending.push({ name: made, taker: by });
      }
    }
  }
}

/** Adds to one of several sets. */
export function addTo(sets: Map<string, Set<string>>, key: string, item: string): void {
  const set = sets.get(key);
  if (set) set.add(item);
  else sets.set(key, new Set([item]));
}
