/**
 * `arg_scope(...)`: what the call and its entry do, with the errors of A5 and A3, and the record of the site.
 * Nothing is validated before entry: an arg_scope that is never entered has no effect at all (A3).
 */
import type { Location } from '../../base/span';
import type {
  CallArguments,
  CallSite,
  DictEntry,
  EvaluatedArgument,
  ManagerOption,
  PyDict,
  PyObject,
  PyUnknown,
} from '../../semantics/interpreter/objects';
import { pyNone, pyUnknown } from '../../semantics/interpreter/objects';
import { possibleOptions } from '../../semantics/interpreter/dispatch';
import { makeDict } from '../../semantics/interpreter/join';
import type { SlimLibrary } from '../library/libraryObject';
import type { CallError, Overridden, ScopeOp, ScopeSite, Uncertainty } from '../model';
import { notAnOp, opIdentityOf, type OpIdentity } from './opIdentity';
import type { RawScope } from './recorder';
import { eitherLibrary, foreignTo, noteMaker } from './savedScopeLibrary';
import { managerOf } from './scopeManager';
import { noteRaise } from '../../semantics/interpreter/tryStatement';
import {
  copyScope,
  listFormScope,
  noteOf,
  popped,
  push,
  type ScopeSetting,
  type StackNode,
  type Stacks,
} from './scopeStack';
import type { SlimState } from './slimState';
import { droppedBy, keywordOf, opsByKey, overridden, overridesOf, restoredOf } from './scopeReport';
import { joinExtents, redundantKeywords } from './scopeExtent';
import { isCertainlyWrong, LIST_TYPE_ERROR, otherLibraryError, REUSE_ERROR } from './argScopeErrors';

/** Calls `arg_scope(list_ops_or_scope, **kwargs)`. The result can be entered, or used as a decorator. */
export function callArgScope(
  state: SlimState,
  libraries: readonly SlimLibrary[],
  args: CallArguments,
  site: CallSite,
): PyObject {
  const first = args.positional[0] ?? args.keywords.find((argument) => argument.name === 'list_ops_or_scope');
  const settings = args.keywords.filter((argument) => argument.name !== 'list_ops_or_scope');
  const raw: RawScope = { call: site.call, depth: state.machine.frame.depth, site: emptySite(site) };
  state.recorder.scopes.push(raw);
  const twice = settings.find((setting, i) => settings.findIndex((other) => other.name === setting.name) < i);
  if (twice) {
    // Python refuses the call itself: nothing is entered, nothing is popped.
    const name = twice.name ?? '';
    fail(raw, 'TypeError', `arg_scope() got multiple values for keyword argument '${name}'`, twice.at, name);
    noteRaise(state.machine);
    return pyUnknown('arg_scope() with a keyword given twice', site.call);
  }
  const again = (): ManagerOption => enteredAgain(state, libraries, raw);
  if (!first) {
    const unknownFirst = args.unknownPositional ?? args.unknownKeywords;
    if (!unknownFirst) {
      noteRaise(state.machine);
      fail(raw, 'TypeError', "arg_scope() missing 1 required positional argument: 'list_ops_or_scope'", site.call);
      return pyUnknown('arg_scope() without arguments', site.call);
    }
    return managerOf(state, raw, libraries, () => [unknownOption(state, raw, libraries, unknownFirst)], again);
  }
  const options = (): readonly ManagerOption[] => {
    const either = eitherLibrary(state, first.value, libraries);
    if (either && settings.length === 0) return [enterSaved(state, raw, libraries, either)];
    const { site: before } = raw;
    const sites: ScopeSite[] = [];
    const ways = possibleOptions(state.machine, first.value).map((option) => {
      raw.site = before;
      const one = { ...first, value: option.value };
      const made = enterOption(state, raw, libraries, one, settings, args.unknownKeywords);
      sites.push(raw.site);
      return option.when ? { condition: option.when, ...made } : made;
    });
    raw.site = sites.findLast((one) => !one.error) ?? raw.site;
    // What holds for one of several lists need not hold for the others.
    raw.isOneOfSeveral = sites.length > 1;
    if (raw.isOneOfSeveral) raw.site = { ...raw.site, redundant: [] };
    return ways;
  };
  return managerOf(state, raw, libraries, options, again);
}

function emptySite(site: CallSite): ScopeSite {
  return {
    call: site.call,
    callee: site.callee,
    form: 'unknown',
    entered: false,
    ops: [],
    keywords: [],
    restored: [],
    overrides: [],
    dropped: [],
  };
}

function fail(raw: RawScope, type: CallError['type'], message: string, at: Location, argument?: string): void {
  const error: CallError = { type, message, cause: 'other', at, ...(argument === undefined ? {} : { argument }) };
  raw.site = { ...raw.site, form: 'invalid', error };
}

function enterOption(
  state: SlimState,
  raw: RawScope,
  libraries: readonly SlimLibrary[],
  first: EvaluatedArgument,
  settings: readonly EvaluatedArgument[],
  rest: PyUnknown | undefined,
): ManagerOption {
  const { value } = first;
  if (value.kind === 'dict') return dictOption(state, raw, libraries, value, first, settings);
  const members = value.kind === 'list' || value.kind === 'tuple' ? state.machine.iterate(value) : undefined;
  if (members) return listOption(state, raw, libraries, members, first, settings, rest);
  if (value.kind === 'list')
    return unknownOption(
      state,
      raw,
      libraries,
      value.cell.value.rest ?? pyUnknown('the op list is not known'),
      settings,
    );
  if (isCertainlyWrong(value)) {
    fail(raw, 'TypeError', LIST_TYPE_ERROR, first.expression ?? first.at);
    return failedOption(state, libraries, raw);
  }
  const reason = value.kind === 'unknown' ? value : pyUnknown('the scope is not known', first.at);
  return unknownOption(state, raw, libraries, reason, settings.length > 0 || rest ? settings : undefined);
}

/**
 * An entry that raises. The body never runs; it is followed as if the scope were not there.
 * A bad op raises inside the machine's own `try`, whose `finally` pops the enclosing scope (A5).
 */
function failedOption(
  state: SlimState,
  libraries: readonly SlimLibrary[],
  raw: RawScope,
  popsEnclosing = false,
): ManagerOption {
  const line = state.lineOf(raw.call);
  const reason = `the arg_scope at ${line} fails with ${raw.site.error?.type ?? 'an error'}`;
  return failingOption(
    state,
    libraries,
    { reason, at: raw.call, condition: `the arg_scope at ${line} does not fail` },
    popsEnclosing,
  );
}

/** A manager can be entered once: its generator is used up (A3). */
function enteredAgain(state: SlimState, libraries: readonly SlimLibrary[], raw: RawScope): ManagerOption {
  const what = `the arg_scope at ${state.lineOf(raw.call)}`;
  const reason = `${what} was entered before: entering it again fails with AttributeError`;
  return failingOption(state, libraries, { reason, at: raw.call, condition: `${what} can be entered again` }, false);
}

function failingOption(
  state: SlimState,
  libraries: readonly SlimLibrary[],
  doubt: Uncertainty,
  popsEnclosing: boolean,
): ManagerOption {
  const asIf = entering(state, libraries, (node) => ({ ...node, parent: node, doubt }));
  return {
    run(body, wanted) {
      const before = state.stacks;
      if (popsEnclosing) {
        state.imbalance++;
        state.stacks = popped(before, libraries);
      }
      noteRaise(state.machine);
      state.stacks = before;
      asIf.run(body, wanted);
    },
  };
}

/** Pushes, runs the body with the pushed dictionary, and pops. */
function entering(
  state: SlimState,
  libraries: readonly SlimLibrary[],
  make: (parent: StackNode, library: SlimLibrary, before: Stacks) => StackNode,
  watched?: RawScope,
): ManagerOption {
  return {
    run(body, wanted = true) {
      const before = state.stacks;
      const { imbalance } = state;
      for (const library of libraries)
        state.stacks = push(state.stacks, [library], (node) => make(node, library, before));
      const [only] = libraries;
      if (only && libraries.length === 1) noteMaker(state.stacks[only].top, only);
      const { attempts } = state.machine;
      const attempt = attempts[attempts.length - 1];
      const raisedBefore = attempt?.raised.length ?? 0;
      try {
        const inside = (): void => body(wanted ? state.currentScope(libraries) : pyNone);
        if (watched) watch(state, watched, inside);
        else inside();
      } finally {
        // An exception leaves the scope too. What is popped is the top, whichever that is by now (A5).
        const leave = (stacks: Stacks): Stacks => (state.imbalance === imbalance ? before : popped(stacks, libraries));
        for (const failure of attempt?.raised.slice(raisedBefore) ?? [])
          failure.ambient = leave(failure.ambient as Stacks);
        state.stacks = leave(state.stacks);
      }
    },
  };
}

/** Runs the body of a scope and notes at its site what ran. */
function watch(state: SlimState, raw: RawScope, body: () => void): void {
  const { site } = raw;
  state.extents.within(site, body, (seen) => {
    const extent = raw.isOneOfSeveral ? { ...seen, closed: false } : seen;
    raw.site = { ...raw.site, extent: raw.site.extent ? joinExtents(raw.site.extent, extent) : extent };
  });
}

function unknownOption(
  state: SlimState,
  raw: RawScope,
  libraries: readonly SlimLibrary[],
  reason: PyUnknown,
  settings?: readonly EvaluatedArgument[],
): ManagerOption {
  raw.site = { ...raw.site, form: 'unknown', keywords: settings?.map((setting) => keywordOf(state, setting)) ?? [] };
  const activation = state.nextActivation();
  if (settings && settings.length > 0) {
    // Keywords are only allowed with a list of ops (A3): any op may have got them.
    const keywords = settings.map((setting) => setting.name ?? '');
    const doubt = pyUnknown(`the op list at ${state.lineOf(raw.call)} is not known: ${reason.reason}`, raw.call);
    return entering(state, libraries, (node) => ({
      top: copyScope(node.top),
      parent: node,
      activation,
      reentry: undefined,
      maybe: { keywords, reason: doubt },
      doubt: undefined,
    }));
  }
  const rest = pyUnknown(`the scope entered at ${state.lineOf(raw.call)} is not known: ${reason.reason}`, raw.call);
  return entering(state, libraries, (node) => ({
    top: makeDict(new Map(), rest),
    parent: node,
    activation,
    reentry: raw.call,
    maybe: undefined,
    doubt: { reason: rest.reason, at: raw.call },
  }));
}

function dictOption(
  state: SlimState,
  raw: RawScope,
  libraries: readonly SlimLibrary[],
  saved: PyDict,
  first: EvaluatedArgument,
  settings: readonly EvaluatedArgument[],
): ManagerOption {
  if (settings.length > 0) {
    fail(raw, 'ValueError', REUSE_ERROR, settings[0]?.at ?? first.at);
    return failedOption(state, libraries, raw);
  }
  return enterSaved(state, raw, libraries, () => saved);
}

/** Enters a saved dictionary; `savedOf` gives the one of each library. */
function enterSaved(
  state: SlimState,
  raw: RawScope,
  libraries: readonly SlimLibrary[],
  savedOf: (library: SlimLibrary) => PyDict,
): ManagerOption {
  const activation = state.nextActivation();
  const known = opsByKey(state);
  const saved = [...new Set(libraries.map(savedOf))];
  raw.site = {
    ...raw.site,
    form: 'dict',
    restored: saved.flatMap((one) => restoredOf(one, known)),
    dropped: libraries.flatMap((library) => droppedBy(state, [library], savedOf(library), known)),
    ...foreignTo(state, libraries, saved),
  };
  const tops = new Map(saved.map((one) => [one, copyScope(one)] as const));
  return entering(
    state,
    libraries,
    (node, library) => {
      const one = savedOf(library);
      const { rest } = one.cell.value;
      return {
        top: tops.get(one) ?? one,
        parent: node,
        activation,
        reentry: raw.call,
        maybe: undefined,
        doubt: rest && !rest.fromCaller ? { reason: rest.reason, at: raw.call } : undefined,
      };
    },
    raw,
  );
}

function listOption(
  state: SlimState,
  raw: RawScope,
  libraries: readonly SlimLibrary[],
  members: readonly PyObject[],
  first: EvaluatedArgument,
  settings: readonly EvaluatedArgument[],
  rest: PyUnknown | undefined,
): ManagerOption {
  const places = state.elementLocations(first);
  const ops: ScopeOp[] = [];
  const identities: OpIdentity[] = [];
  let unknownMember: PyUnknown | undefined;
  let failed = false;
  members.forEach((member, i) => {
    const at = places[i] ?? first.expression ?? first.at;
    const identity = opIdentityOf(member);
    const text = places[i] || !identity ? state.textAt(at) : identity.op.name;
    if (identity && libraries.some((library) => identity.keys[library] !== undefined) && identity.op.scopable) {
      ops.push({ at, text, op: identity.op });
      identities.push(identity);
      state.knowOp(identity);
      return;
    }
    const error = identity
      ? otherLibraryError(identity, libraries)
      : notAnOp(member, state.machine.frame.source.moduleName);
    if (error && !failed) fail(raw, error.type, error.message, at, text);
    failed ||= error !== undefined;
    const reason =
      error?.message ?? (member.kind === 'unknown' ? member.reason : `\`${text}\` is not an op that is known`);
    ops.push({ at, text, reason });
    if (!error)
      unknownMember ??= pyUnknown(`an op of the arg_scope at ${state.lineOf(raw.call)} is not known: ${reason}`, at);
  });
  const [library] = libraries;
  const activation = state.nextActivation();
  const notes = settings.map((setting) => settingOf(state, raw.call, setting, activation));
  raw.site = {
    ...raw.site,
    form: failed ? 'invalid' : 'list',
    ops,
    keywords: settings.map((setting) => keywordOf(state, setting)),
    overrides: [...raw.site.overrides, ...overridesOf(state, libraries, identities, settings)],
    redundant:
      library && libraries.length === 1 && !unknownMember && !rest
        ? redundantKeywords(state.stacks[library], library, identities, settings)
        : [],
  };
  if (failed) return failedOption(state, libraries, raw, true);
  const maybe = unknownMember && { keywords: settings.map((setting) => setting.name ?? ''), reason: unknownMember };
  const hide = (_: string, entry: DictEntry): readonly Overridden[] => [
    overridden(entry),
    ...(noteOf(entry)?.hidden ?? []),
  ];
  const keysOf = (library: SlimLibrary): readonly string[] =>
    identities.flatMap((identity) => identity.keys[library] ?? []);
  // An import of either library has one scope dictionary at run time: both stacks share it, as long as they can.
  let shared: PyDict | undefined;
  return entering(
    state,
    libraries,
    (node, library, before) => {
      const share = libraries.length > 1 && before.contrib.top === before.tf_slim.top;
      const keys = share ? libraries.flatMap(keysOf) : keysOf(library);
      const top = shared ?? listFormScope(node.top, keys, notes, rest, hide);
      if (share) shared = top;
      return { top, parent: node, activation, reentry: undefined, maybe, doubt: undefined };
    },
    raw,
  );
}

function settingOf(state: SlimState, scope: Location, setting: EvaluatedArgument, activation: number): ScopeSetting {
  const expression = setting.expression;
  return {
    name: setting.name ?? '',
    value: setting.value,
    note: {
      kind: 'scopeNote',
      scope,
      ...(setting.form === 'keyword' ? { keyword: setting.at } : {}),
      text: expression ? state.textAt(expression) : '',
      ...(expression ? { expression } : {}),
      activation,
    },
  };
}
