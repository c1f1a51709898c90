/**
 * The stacks of arg_scope: one per library (A2), each a chain of dictionaries as the real machine has (A0).
 * A scope dictionary is a Python dict of the interpreter, keyed by op key, whose values are dicts of keywords; each
 * keyword entry carries a `ScopeNote` with its origin. So saved scopes can be stored, merged by hand and mutated (A3).
 */
import type { Location } from '../../base/span';
import type { DictEntry, PyDict, PyObject, PyUnknown } from '../../semantics/interpreter/objects';
import { optionsOf, pyStr, pyUnknown } from '../../semantics/interpreter/objects';
import { makeDict } from '../../semantics/interpreter/join';
import type { SlimLibrary } from '../library/libraryObject';
import type { Overridden, Uncertainty } from '../model';

/** Origin of a keyword in a scope dictionary. */
export interface ScopeNote {
  readonly kind: 'scopeNote';
  /** The `arg_scope(...)` call with the op list. */
  readonly scope: Location;
  /** The keyword in it; absent for `**mapping`. */
  readonly keyword?: Location;
  readonly text: string;
  readonly expression?: Location;
  /** Which entry of which `with` set it. */
  readonly activation: number;
  /** Values of outer scopes that it hides, innermost first. */
  readonly hidden: readonly Overridden[];
}

/** One level of a stack. */
export interface StackNode {
  readonly top: PyDict;
  readonly parent: StackNode | undefined;
  readonly activation: number;
  /** The `arg_scope(saved)` call that pushed a dictionary; undefined for the list form. */
  readonly reentry: Location | undefined;
  /** Keywords that a list form may have set on any op, because its op list is not known. */
  readonly maybe: MaybeSet | undefined;
  /** True when not even the depth of the stack is known: leaving a scope then leads to who knows which. */
  readonly uncertain?: true;
  /** Why the scope itself is in doubt. */
  readonly doubt: Uncertainty | undefined;
}

export interface MaybeSet {
  readonly keywords: readonly string[];
  readonly reason: PyUnknown;
}

/** The stacks of both libraries. Immutable. */
export type Stacks = Readonly<Record<SlimLibrary, StackNode>>;

/** Both stacks at their base, outside any arg_scope. */
export function baseStacks(rest?: PyUnknown): Stacks {
  const top = makeDict(new Map(), rest);
  const node = (): StackNode => ({
    top,
    parent: undefined,
    activation: 0,
    reentry: undefined,
    maybe: undefined,
    doubt: undefined,
  });
  return { contrib: node(), tf_slim: node() };
}

/** The unknown rest of a scope below which an unseen caller may have opened further arg_scopes (A11). */
export function callerRest(functionName: string, at: Location): PyUnknown {
  return {
    ...pyUnknown(`a caller of \`${functionName}\` may open an arg_scope`, at),
    fromCaller: true,
    isAmbient: true,
  };
}

/** Pushes on the stacks of the given libraries. */
export function push(
  stacks: Stacks,
  libraries: readonly SlimLibrary[],
  make: (parent: StackNode) => StackNode,
): Stacks {
  const changed = Object.fromEntries(libraries.map((library) => [library, make(stacks[library])]));
  return { ...stacks, ...changed };
}

/** Pops a level of a stack, whatever it is (A5). Below the lowest one the real machine makes an empty one. */
export function popped(stacks: Stacks, libraries: readonly SlimLibrary[]): Stacks {
  const empty = makeDict(new Map());
  return push(stacks, libraries, (node) => {
    if (node.parent) return node.parent;
    return node.uncertain || node.top.cell.value.rest ? node : { ...node, top: empty };
  });
}

/** Pops as many levels from `now` as `inside` has above `outside`. */
export function unwound(now: Stacks, inside: Stacks, outside: Stacks): Stacks {
  let stacks = now;
  for (const library of ['contrib', 'tf_slim'] as const) {
    for (let levels = depthOf(inside[library]) - depthOf(outside[library]); levels > 0; levels--)
      stacks = popped(stacks, [library]);
  }
  return stacks;
}

function depthOf(node: StackNode): number {
  let depth = 0;
  for (let at = node.parent; at; at = at.parent) depth++;
  return depth;
}

/** Either of two stacks, after branches that left them differently. */
export function eitherStack(a: Stacks, b: Stacks, reason: PyUnknown): Stacks {
  const join = (x: StackNode, y: StackNode): StackNode => {
    if (x === y) return x;
    const top = makeDict(new Map(), reason);
    const parent = x.parent === y.parent ? x.parent : undefined;
    return {
      top,
      parent,
      activation: 0,
      reentry: undefined,
      maybe: undefined,
      doubt: { reason: reason.reason },
      ...(parent ? {} : { uncertain: true as const }),
    };
  };
  return { contrib: join(a.contrib, b.contrib), tf_slim: join(a.tf_slim, b.tf_slim) };
}

/** The keywords that a scope dictionary holds for an op; undefined when it has no entry for it. */
export function keywordsOf(scope: PyDict, key: string): PyDict | undefined {
  const value = scope.cell.value.entries.get(`s:${key}`)?.value;
  if (!value || value.kind === 'dict') return value;
  const unknown = optionsOf(value).find((option) => option.value.kind === 'unknown')?.value;
  const reason = unknown?.kind === 'unknown' ? unknown.reason : 'it has several possible values';
  return makeDict(new Map(), pyUnknown(`what the scope holds for the op is not known: ${reason}`));
}

/** The note of a dict entry, when the arg_scope machine put it there. */
export function noteOf(entry: { readonly note?: unknown } | undefined): ScopeNote | undefined {
  const note = entry?.note as { readonly kind?: unknown } | undefined;
  return note?.kind === 'scopeNote' ? (note as ScopeNote) : undefined;
}

/** A keyword of a list form, ready to be merged into a scope dictionary. */
export interface ScopeSetting {
  readonly name: string;
  readonly value: PyObject;
  readonly note: Omit<ScopeNote, 'hidden'>;
}

/**
 * The dictionary of a list form (A0.1): a copy of `outer` in which each op's keywords are updated.
 * @param rest set when further keywords of the form are not known (`**kwargs`).
 * @param hide turns a hidden entry into the record of it.
 */
export function listFormScope(
  outer: PyDict,
  keys: readonly string[],
  settings: readonly ScopeSetting[],
  rest: PyUnknown | undefined,
  hide: (name: string, entry: DictEntry) => readonly Overridden[],
): PyDict {
  const { entries, rest: outerRest } = outer.cell.value;
  const scope = new Map(entries);
  for (const key of keys) {
    const old = keywordsOf(outer, key);
    const keywords = new Map(old?.cell.value.entries ?? []);
    // Keywords that are not known may be any of these.
    if (rest) for (const [name, entry] of keywords) keywords.set(name, { ...entry, value: rest });
    for (const setting of settings) {
      const hidden = keywords.get(`s:${setting.name}`);
      const note: ScopeNote = { ...setting.note, hidden: hidden ? hide(setting.name, hidden) : [] };
      keywords.set(`s:${setting.name}`, { key: pyStr(setting.name), value: setting.value, note });
    }
    const keywordRest = rest ?? (old ? old.cell.value.rest : outerRest);
    scope.set(`s:${key}`, { key: pyStr(key), value: makeDict(keywords, keywordRest) });
  }
  return makeDict(scope, outerRest);
}

/** A shallow copy, as the dictionary form pushes (A0.2). */
export function copyScope(saved: PyDict): PyDict {
  return makeDict(saved.cell.value.entries, saved.cell.value.rest);
}

/** The `arg_scope(saved)` call that brought a value in, unless the `with` that set it is still active (A3). */
export function reentryOf(node: StackNode, note: ScopeNote): Location | undefined {
  for (let at: StackNode | undefined = node; at; at = at.parent)
    if (at.activation === note.activation || at.uncertain) return undefined;
  for (let at: StackNode | undefined = node; at; at = at.parent) if (at.reentry) return at.reentry;
  return undefined;
}

/** The reason why a keyword may have been set by a scope whose op list is not known, opened after `activation`. */
export function maybeSetAfter(node: StackNode, keyword: string, activation: number): PyUnknown | undefined {
  for (let at: StackNode | undefined = node; at; at = at.parent) {
    if (at.activation > activation && at.maybe?.keywords.includes(keyword)) return at.maybe.reason;
    if (at.reentry) return undefined;
  }
  return undefined;
}

/** The keywords of active scopes whose op list is not known, innermost first. */
export function maybeSets(node: StackNode): readonly MaybeSet[] {
  const found: MaybeSet[] = [];
  for (let at: StackNode | undefined = node; at; at = at.parent) {
    if (at.maybe) found.push(at.maybe);
    if (at.reentry) break;
  }
  return found;
}

/** A copy of a scope dictionary in which every op may have got the keywords of unknown op lists. */
export function doubtedScope(scope: PyDict, doubts: readonly MaybeSet[]): PyDict {
  const reasons = new Map(doubts.flatMap(({ keywords, reason }) => keywords.map((name) => [`s:${name}`, reason])));
  const rest = doubts[0]?.reason;
  const ops = new Map<string, DictEntry>();
  for (const [op, entry] of scope.cell.value.entries) {
    if (entry.value.kind !== 'dict') continue;
    const content = entry.value.cell.value;
    const keywords = new Map<string, DictEntry>();
    for (const [name, one] of content.entries) keywords.set(name, { ...one, value: reasons.get(name) ?? one.value });
    ops.set(op, { ...entry, value: makeDict(keywords, content.rest ?? rest) });
  }
  return makeDict(ops, rest);
}

/** The stacks with another dictionary as the active scope. */
export function replacedTop(stacks: Stacks, libraries: readonly SlimLibrary[], top: PyDict): Stacks {
  return push(stacks, libraries, (node) => ({ ...node, top }));
}

/** All doubts of the scopes that are active. */
export function doubtsOf(node: StackNode): readonly Uncertainty[] {
  const doubts: Uncertainty[] = [];
  for (let at: StackNode | undefined = node; at; at = at.parent) if (at.doubt) doubts.push(at.doubt);
  return doubts;
}

const places = new WeakMap<StackNode, Location | null>();

/** The `arg_scope(...)` calls that are open, outermost first; one that sets nothing for anybody leaves no trace. */
export function openScopes(node: StackNode): readonly Location[] {
  const found: Location[] = [];
  for (let at: StackNode | undefined = node; at; at = at.parent) {
    let place = places.get(at);
    if (place === undefined) places.set(at, (place = placeOf(at) ?? null));
    if (place) found.unshift(place);
  }
  return found;
}

function placeOf({ reentry, activation, top }: StackNode): Location | undefined {
  if (reentry || activation === 0) return reentry;
  for (const { value } of top.cell.value.entries.values()) {
    for (const entry of value.kind === 'dict' ? value.cell.value.entries.values() : []) {
      const note = noteOf(entry);
      if (note?.activation === activation) return note.scope;
    }
  }
  return undefined;
}
