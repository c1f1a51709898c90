/**
 * Watches what runs inside the arg_scopes that are open: which ops are called, which keywords of the scope they receive,
 * and which values of enclosing scopes a saved one keeps from them. Says when something runs that cannot be seen.
 * It changes nothing of what the calls receive.
 */
import { sameLocation, type Location } from '../../base/span';
import { freeze } from '../../semantics/interpreter/freeze';
import type { CallArguments, DictEntry, EvaluatedArgument, PyDict } from '../../semantics/interpreter/objects';
import { isFullyKnown, sameValue } from '../../semantics/staticValue';
import type { LibraryObject, SlimLibrary } from '../library/libraryObject';
import { defaultValue } from '../library/pythonText';
import type { LostValue, Op, ScopeExtent, ScopeSite } from '../model';
import { NORMALIZED } from './implicitCalls';
import type { OpIdentity } from './opIdentity';
import { keywordsOf, maybeSetAfter, noteOf, type StackNode } from './scopeStack';

/** Ops that others call inside the library: a scope of them reaches calls that are not written (traps 9 and 44; losses add themselves). */
const INNER = new Set(['add_loss', 'convolution', 'model_variable', 'variable']);

/** One open scope. */
interface OpenExtent {
  readonly call: Location;
  readonly dropped: ScopeSite['dropped'];
  readonly called: Map<string, ScopeExtent['called'][number]>;
  readonly taken: Set<string>;
  readonly refused: ScopeExtent['refused'][number][];
  readonly lost: LostValue[];
  isUnseen: boolean;
  /** True when a layer may call a normalizer that is not known. */
  mayNormalize: boolean;
}

/** A call of an op inside open scopes. */
interface MadeCall {
  readonly op: Op;
  readonly args: CallArguments;
  /** Names of the keywords that it gives. */
  readonly given: ReadonlySet<string | undefined>;
  readonly scoped: PyDict | undefined;
  readonly call: Location;
}

/** The scopes that are open, outermost first. */
export class OpenExtents {
  readonly #open: OpenExtent[] = [];

  /** True when a scope is open. */
  get isAny(): boolean {
    return this.#open.length > 0;
  }

  /** Runs the body of a scope, and answers what ran in it. A body that is given up half-way was not seen. */
  within(site: ScopeSite, body: () => void, onEnd: (extent: ScopeExtent) => void): void {
    const one: OpenExtent = {
      call: site.call,
      dropped: site.dropped,
      called: new Map(),
      taken: new Set(),
      refused: [],
      lost: [],
      isUnseen: true,
      mayNormalize: false,
    };
    const depth = this.#open.length;
    this.#open.push(one);
    try {
      one.isUnseen = false;
      body();
    } catch (error) {
      one.isUnseen = true;
      throw error;
    } finally {
      this.#open.length = depth;
      onEnd(extentOf(site, one));
    }
  }

  /** Something runs that may call anything, or somebody keeps the scope. */
  noteUnseen(): void {
    for (const one of this.#open) one.isUnseen = true;
  }

  /** A layer runs of which it is not known what it calls as its normalizer. */
  noteNormalizer({ op }: OpIdentity): void {
    if (!NORMALIZED.has(op.name)) return;
    for (const one of this.#open) one.mayNormalize = true;
  }

  /** An op is called; `scoped` is what the active scope holds for it. */
  noteCall({ op }: OpIdentity, args: CallArguments, scoped: PyDict | undefined, call: Location): void {
    if (this.#open.length === 0) return;
    const key = `${op.libraries.join('|')} ${op.functionName} ${op.definition?.span.start ?? ''}`;
    const given = new Set(args.keywords.map((argument) => argument.name));
    for (const one of this.#open) {
      if (!one.called.has(key)) one.called.set(key, { op, call });
      for (const entry of scoped?.cell.value.entries.values() ?? []) noteTaken(one, entry, { op, given, call });
      // What only an unseen caller may have set besides does not bring the dropped value back.
      const rest = scoped?.cell.value.rest;
      const isOpen = args.unknownKeywords ?? args.unknownPositional ?? (rest?.fromCaller ? undefined : rest);
      if (!isOpen) this.#noteLost(one, { op, args, given, scoped, call });
    }
  }

  /** What a saved scope keeps from a call has no effect because of that scope, and not because nobody wants it. */
  #noteLost(one: OpenExtent, made: MadeCall): void {
    for (const dropped of one.dropped) {
      if (!isKept(dropped, made)) continue;
      for (const outer of this.#open)
        if (sameLocation(outer.call, dropped.outer.origin.scope)) outer.taken.add(dropped.keyword);
      if (isChanged(dropped, made.op)) one.lost.push({ ...dropped, op: made.op, call: made.call });
    }
  }
}

function noteTaken(
  one: OpenExtent,
  entry: DictEntry,
  { op, given, call }: Pick<MadeCall, 'op' | 'given' | 'call'>,
): void {
  const scope = noteOf(entry)?.scope;
  if (entry.key.kind !== 'str' || (scope && !sameLocation(scope, one.call))) return;
  const keyword = entry.key.value;
  if (!given.has(keyword)) one.taken.add(keyword);
  if (!scope || entry.maybe || takes(op, keyword)) return;
  if (!one.refused.some((known) => known.keyword === keyword && sameLocation(known.call, call)))
    one.refused.push({ op, keyword, call });
}

function takes(op: Op, keyword: string): boolean {
  return op.signature.parameters.some(
    ({ name, kind }) =>
      kind === 'varKeyword' || (name === keyword && (kind === 'positionalOrKeyword' || kind === 'keywordOnly')),
  );
}

/** True when a call would receive a dropped value: it does not say otherwise itself. */
function isKept({ op: of, keyword }: ScopeSite['dropped'][number], { op, args, given, scoped }: MadeCall): boolean {
  if (!isSameOp(of, op) || given.has(keyword) || scoped?.cell.value.entries.has(`s:${keyword}`)) return false;
  const index = op.signature.parameters.findIndex((parameter) => parameter.name === keyword);
  // What no parameter takes goes into `**kwargs`.
  return index < 0 || index >= args.positional.length;
}

/** True when the default that a call gets is known to be another value than the dropped one. */
function isChanged({ keyword, outer }: ScopeSite['dropped'][number], op: Op): boolean {
  const text = op.signature.parameters.find((parameter) => parameter.name === keyword)?.default;
  if (text === undefined || !isFullyKnown(outer.value)) return false;
  const byDefault = op.defaults?.get(keyword) ?? defaultValue(text);
  return isFullyKnown(byDefault) && !sameValue(byDefault, outer.value);
}

/** True for the same entry in the registry of one library. */
function isSameOp(a: Op, b: Op): boolean {
  return (
    a.functionName === b.functionName &&
    a.definition?.span.start === b.definition?.span.start &&
    a.libraries.some((library) => b.libraries.includes(library))
  );
}

function extentOf(site: ScopeSite, one: OpenExtent): ScopeExtent {
  const ops = site.form === 'dict' ? site.restored.map(({ op }) => op) : site.ops.map(({ op }) => op);
  const isClear = ops.every(
    (op) => op !== undefined && !INNER.has(op.name) && (!one.mayNormalize || NORMALIZED.has(op.name)),
  );
  return {
    closed: isClear && !one.isUnseen,
    called: [...one.called.values()],
    taken: [...one.taken],
    refused: one.refused,
    lost: one.lost,
  };
}

/** What ran inside at either time. */
export function joinExtents(a: ScopeExtent, b: ScopeExtent): ScopeExtent {
  const isNew = ({ op }: ScopeExtent['called'][number]): boolean => !a.called.some((one) => isSameOp(one.op, op));
  const isNewLoss = (lost: LostValue): boolean =>
    !a.lost.some((one) => one.keyword === lost.keyword && sameLocation(one.call, lost.call));
  const isNewRefusal = (refused: ScopeExtent['refused'][number]): boolean =>
    !a.refused.some((one) => one.keyword === refused.keyword && sameLocation(one.call, refused.call));
  return {
    closed: a.closed && b.closed,
    called: [...a.called, ...b.called.filter(isNew)],
    taken: [...new Set([...a.taken, ...b.taken])],
    refused: [...a.refused, ...b.refused.filter(isNewRefusal)],
    lost: [...a.lost, ...b.lost.filter(isNewLoss)],
  };
}

/** Keywords of a list form that every op of the list has from an enclosing scope already, with the same value. */
export function redundantKeywords(
  node: StackNode,
  library: SlimLibrary,
  identities: readonly OpIdentity[],
  settings: readonly EvaluatedArgument[],
): readonly string[] {
  return settings.flatMap(({ name, value }) => {
    const now = freeze(value);
    if (name === undefined || identities.length === 0 || !isFullyKnown(now)) return [];
    const isSame = identities.every(({ keys }) => {
      const key = keys[library];
      const entry = key === undefined ? undefined : keywordsOf(node.top, key)?.cell.value.entries.get(`s:${name}`);
      if (!entry || entry.maybe || maybeSetAfter(node, name, noteOf(entry)?.activation ?? 0)) return false;
      return sameValue(freeze(entry.value), now);
    });
    return isSame ? [name] : [];
  });
}

const CALLS_NOTHING =
  /(?:regularizer|initializer|loss(?:es)?|variables?|metrics|utils|training|learning|evaluation|step|queues|data\w*)\b/;

/** True for a function of the libraries that is no op and may call ops all the same. */
export function mayCallOps(object: LibraryObject): boolean {
  if (object.kind !== 'notScopable' && object.kind !== 'other') return false;
  const { canonical } = object;
  return /^(?:tf_slim|tf\.contrib|tensorflow\.contrib)\b/.test(canonical) && !CALLS_NOTHING.test(canonical);
}
