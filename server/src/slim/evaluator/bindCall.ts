/**
 * Binds the arguments of an op call to its signature, after the scope's keywords were merged in: `{**scope, **explicit}`
 * (A0.3). Reports what Python would raise, in Python's order and words (A6).
 */
import type { Location } from '../../base/span';
import type {
  CallArguments,
  DictEntry,
  EvaluatedArgument,
  PyDict,
  PyObject,
  PyUnknown,
} from '../../semantics/interpreter/objects';
import { pyUnknown } from '../../semantics/interpreter/objects';
import { unknownOrHeld } from '../../semantics/interpreter/join';
import { freeze } from '../../semantics/interpreter/freeze';
import type { StaticValue } from '../../semantics/staticValue';
import { defaultValue } from '../library/pythonText';
import { objectOf } from './defaultObject';
import type { CallError, EffectiveArgument, Op, Overridden, ScopeOrigin, Uncertainty } from '../model';
import { missingArguments, tooManyPositional } from '../../semantics/interpreter/bindingError';
import { maybeSetAfter, maybeSets, noteOf, reentryOf, type ScopeNote, type StackNode } from './scopeStack';

/** What the active scope holds for the op that is called. */
export interface ActiveScope {
  readonly node: StackNode;
  /** Its keywords for the op; undefined when it has none. */
  readonly keywords: PyDict | undefined;
  /** True when what unseen callers may have set is taken to be nothing. */
  readonly assumesNoCaller: boolean;
}

export interface BoundCall {
  readonly arguments: readonly EffectiveArgument[];
  /** The abstract value of each argument, by parameter name. */
  readonly values: ReadonlyMap<string, PyObject>;
  readonly error?: CallError;
  readonly uncertainties: readonly Uncertainty[];
  /** Computes what the undecorated function receives. */
  merged(): CallArguments;
}

/** Text of a location, given by the caller because files belong to the program. */
export type TextAt = (location: Location) => string;

/** Binds a call. `scope` is undefined for functions that no arg_scope configures. */
export function bindCall(
  op: Op,
  args: CallArguments,
  scope: ActiveScope | undefined,
  call: Location,
  textAt: TextAt,
): BoundCall {
  const binder = new Binder(op, args, scope, call, textAt);
  return binder.bind();
}

interface Slot {
  readonly value: PyObject;
  readonly argument: EffectiveArgument;
}

const libraryDefaults = new Map<string, Slot>();

/** Most arguments of most calls are defaults of the library, over and over the same ones. */
function libraryDefault(name: string, text: string, certainty: EffectiveArgument['certainty']): Slot {
  const key = `${name} ${certainty} ${text}`;
  let slot = libraryDefaults.get(key);
  if (!slot) {
    const value = defaultValue(text);
    const argument = { name, text, value, origin: { kind: 'default' }, overridden: [], certainty } as const;
    libraryDefaults.set(key, (slot = { value: objectOf(value), argument }));
  }
  return slot;
}

class Binder {
  readonly #slots = new Map<string, Slot>();
  #error: CallError | undefined;
  readonly #doubts: Uncertainty[] = [];

  constructor(
    readonly op: Op,
    readonly args: CallArguments,
    readonly scope: ActiveScope | undefined,
    readonly call: Location,
    readonly textAt: TextAt,
  ) {}

  bind(): BoundCall {
    const { parameters } = this.op.signature;
    const positional = parameters.filter((parameter) => parameter.kind === 'positionalOrKeyword');
    this.args.positional.forEach((argument, i) => {
      const parameter = positional[i];
      if (parameter) this.#fill(parameter.name, argument);
    });
    // The order of `{**scope, **explicit}`, in which Python finds what is wrong.
    const explicit = new Map(this.args.keywords.map((argument) => [argument.name ?? '', argument]));
    const scoped = new Set<string>();
    for (const entry of this.#scopeEntries()) {
      if (entry.key.kind !== 'str') continue;
      const name = entry.key.value;
      scoped.add(name);
      const argument = explicit.get(name);
      if (argument) this.#keyword(argument);
      else this.#fromScope(name, entry);
    }
    for (const argument of this.args.keywords) if (!scoped.has(argument.name ?? '')) this.#keyword(argument);
    this.#doubtErrors();
    this.#checkCount(positional.length);
    this.#defaults();
    this.#doubtMessage();
    this.#doubtRest();
    return {
      arguments: [...this.#slots.values()].map((slot) => slot.argument),
      values: new Map([...this.#slots].map(([name, slot]) => [name, slot.value])),
      ...(this.#error ? { error: this.#error } : {}),
      uncertainties: this.#doubts,
      merged: () => this.#merged(explicit),
    };
  }

  /**
   * Keywords that an unknown op list may have given this op: those that it does not take, and those that are given by
   * position, would fail. One that the call gives by keyword only hides the scope's.
   */
  #doubtErrors(): void {
    for (const { keywords, reason } of this.scope ? maybeSets(this.scope.node) : []) {
      const refused = keywords.find((name) => this.#takes(name) === undefined || this.#isPositional(name));
      if (refused === undefined) continue;
      const where = reason.at ?? this.call;
      this.#doubts.push({ reason: `the call fails if the op gets \`${refused}\`: ${reason.reason}`, at: where });
    }
  }

  #isPositional(name: string): boolean {
    const named = this.op.signature.parameters.filter((parameter) => parameter.kind === 'positionalOrKeyword');
    return named.slice(0, this.args.positional.length).some((parameter) => parameter.name === name);
  }

  /** What else the scope holds for the op may be at fault too, and be found first. */
  #doubtMessage(): void {
    const rest = this.#scopeRest();
    if (!this.#error || !rest || rest.fromCaller) return;
    this.#doubts.push({ reason: `something else may fail before: ${rest.reason}`, at: rest.at ?? this.call });
  }

  /** Where every argument is given, only an exception can tell of what else the scope may hold for the op. */
  #doubtRest(): void {
    const rest = this.#scopeRest();
    if (!rest || rest.fromCaller || this.#error || this.args.positional.length === 0) return;
    if ([...this.#slots.values()].some(({ argument }) => argument.certainty !== 'certain')) return;
    const reason = `the call fails if an arg_scope sets an argument that it is given by position: ${rest.reason}`;
    this.#doubts.push({ reason, at: rest.at ?? this.call });
  }

  #scopeEntries(): readonly DictEntry[] {
    return [...(this.scope?.keywords?.cell.value.entries.values() ?? [])];
  }

  #takes(name: string): 'named' | 'extra' | undefined {
    const { parameters } = this.op.signature;
    if (
      parameters.some(
        (parameter) =>
          parameter.name === name && (parameter.kind === 'positionalOrKeyword' || parameter.kind === 'keywordOnly'),
      )
    ) {
      return 'named';
    }
    return parameters.some((parameter) => parameter.kind === 'varKeyword') ? 'extra' : undefined;
  }

  #fail(error: Omit<CallError, 'type'>): void {
    this.#error ??= { type: 'TypeError', ...error };
  }

  #fill(name: string, argument: EvaluatedArgument): void {
    const hidden = this.#scopeEntries().find((entry) => entry.key.kind === 'str' && entry.key.value === name);
    // Keywords that are not known win over those that a partial stores.
    const replaced = argument.form === 'partial' && argument.name !== undefined ? this.args.unknownKeywords : undefined;
    const value = replaced && !replaced.fromCaller ? replaced : argument.value;
    this.#slots.set(name, {
      value,
      argument: {
        name,
        text: argument.expression ? this.textAt(argument.expression) : '',
        value: freeze(value),
        origin: { kind: 'call', form: argument.form, at: argument.at },
        ...(argument.expression ? { expression: argument.expression } : {}),
        overridden: hidden && argument.name !== undefined ? this.#overridden(hidden) : [],
        certainty: replaced ? 'unlessCallerSets' : 'certain',
      },
    });
  }

  #keyword(argument: EvaluatedArgument): void {
    const name = argument.name ?? '';
    if (!this.#takes(name)) {
      this.#fail({
        message: `${this.op.functionName}() got an unexpected keyword argument '${name}'`,
        argument: name,
        cause: 'unknownKeyword',
        at: argument.at,
      });
      return;
    }
    const taken = this.#slots.get(name);
    if (taken) {
      this.#fail({
        message: `${this.op.functionName}() got multiple values for argument '${name}'`,
        argument: name,
        cause: 'duplicateKeyword',
        at: argument.at,
        other: taken.argument.origin.kind === 'call' ? taken.argument.origin.at : this.call,
      });
      return;
    }
    this.#fill(name, argument);
  }

  #fromScope(name: string, entry: DictEntry): void {
    const note = noteOf(entry);
    const origin = this.#originOf(note, entry);
    const at = origin.keyword ?? origin.scope;
    // What may be missing fails for nobody knows whom.
    if (entry.maybe && (this.#takes(name) === undefined || this.#slots.has(name))) {
      this.#doubts.push({ reason: `an arg_scope may set \`${name}\` too, and then the call fails`, at });
      return;
    }
    if (!this.#takes(name)) {
      this.#fail({
        message: `${this.op.functionName}() got an unexpected keyword argument '${name}'`,
        argument: name,
        cause: 'unknownKeyword',
        at: this.call,
        other: at,
      });
      return;
    }
    const taken = this.#slots.get(name);
    if (taken) {
      this.#fail({
        message: `${this.op.functionName}() got multiple values for argument '${name}'`,
        argument: name,
        cause: 'collision',
        at: taken.argument.origin.kind === 'call' ? taken.argument.origin.at : this.call,
        other: at,
      });
      return;
    }
    // Keywords that are not known may include this one, and win over the scope.
    const { unknownKeywords } = this.args;
    const doubt =
      (this.scope && maybeSetAfter(this.scope.node, name, note?.activation ?? 0)) ??
      (unknownKeywords?.fromCaller ? undefined : unknownKeywords);
    const expression = note?.expression ?? entry.expression;
    this.#slots.set(name, {
      // A function is among what may be called all the same.
      value: doubt ? unknownOrHeld([entry.value], doubt) : entry.value,
      argument: {
        name,
        text: note?.text ?? (entry.expression ? this.textAt(entry.expression) : ''),
        value: freeze(doubt ?? entry.value),
        origin,
        ...(expression ? { expression } : {}),
        overridden: note?.hidden ?? [],
        certainty: unknownKeywords ? 'unlessCallerSets' : 'certain',
      },
    });
  }

  /** An entry without a note was put into a saved scope by the program: its origin is the expression that did it. */
  #originOf(note: ScopeNote | undefined, entry?: DictEntry): ScopeOrigin {
    if (!note || !this.scope) return { kind: 'argScope', scope: entry?.expression ?? this.call };
    const reentered = reentryOf(this.scope.node, note);
    return {
      kind: 'argScope',
      scope: note.scope,
      ...(note.keyword ? { keyword: note.keyword } : {}),
      ...(reentered ? { reentered } : {}),
    };
  }

  #overridden(entry: DictEntry): readonly Overridden[] {
    const note = noteOf(entry);
    return [
      { origin: this.#originOf(note, entry), text: note?.text ?? '', value: freeze(entry.value) },
      ...(note?.hidden ?? []),
    ];
  }

  #checkCount(limit: number): void {
    const { positional, unknownPositional } = this.args;
    const { parameters } = this.op.signature;
    if (positional.length <= limit || unknownPositional || parameters.some(({ kind }) => kind === 'varPositional'))
      return;
    const required = parameters.filter(
      (parameter) => parameter.kind === 'positionalOrKeyword' && parameter.default === undefined,
    ).length;
    const message = tooManyPositional(this.op.functionName, { required, limit, given: positional.length });
    this.#fail({ message, cause: 'tooManyPositional', at: positional[limit]?.at ?? this.call });
  }

  /** Fills what is left with defaults, and says where somebody else may set it. */
  #defaults(): void {
    const ordered = new Map<string, Slot>();
    const missing: string[] = [];
    for (const parameter of this.op.signature.parameters) {
      const { name } = parameter;
      const slot = this.#slots.get(name);
      if (slot) ordered.set(name, slot);
      else if (parameter.kind === 'varPositional') ordered.set(name, this.#varPositional(name));
      else if (parameter.kind !== 'varKeyword') {
        const open = this.#openReason(parameter.kind, name);
        if (!open && parameter.default === undefined) missing.push(name);
        ordered.set(name, this.#defaultSlot(name, parameter.default, open));
      }
    }
    for (const [name, slot] of this.#slots) if (!ordered.has(name)) ordered.set(name, slot);
    this.#slots.clear();
    for (const [name, slot] of ordered) this.#slots.set(name, slot);
    if (missing.length > 0) this.#missing(missing);
  }

  #varPositional(name: string): Slot {
    const limit = this.op.signature.parameters.filter((parameter) => parameter.kind === 'positionalOrKeyword').length;
    const items = this.args.positional.slice(limit).map((argument) => argument.value);
    const value: PyObject = this.args.unknownPositional ?? { kind: 'tuple', items };
    const origin =
      items.length > 0
        ? ({ kind: 'call', form: 'positional', at: this.call } as const)
        : ({ kind: 'default' } as const);
    return { value, argument: { name, text: '', value: freeze(value), origin, overridden: [], certainty: 'certain' } };
  }

  /** Why an argument that nobody set here may be set all the same. */
  #openReason(kind: string, name: string): PyUnknown | undefined {
    const positional = kind === 'positionalOrKeyword' ? this.args.unknownPositional : undefined;
    const doubt = this.scope && maybeSetAfter(this.scope.node, name, 0);
    const reasons = [positional, this.args.unknownKeywords, doubt, this.#scopeRest()].filter(
      (reason) => reason !== undefined,
    );
    // What the code itself leaves open outweighs what only an unseen caller may do.
    return reasons.find((reason) => !reason.fromCaller) ?? reasons[0];
  }

  #defaultSlot(name: string, text: string | undefined, open: PyUnknown | undefined): Slot {
    const callersOnly = open?.fromCaller === true;
    if (text !== undefined && (!open || callersOnly) && !this.op.defaults?.has(name)) {
      return libraryDefault(name, text, open ? 'unlessCallerSets' : 'certain');
    }
    const byDefault: StaticValue | undefined = text === undefined ? undefined : this.#valueOfDefault(name, text);
    const value: StaticValue =
      byDefault && (!open || callersOnly)
        ? byDefault
        : freeze(open ?? pyUnknown(`\`${name}\` is required and not given`, this.call));
    return {
      value:
        text === undefined || !byDefault ? (open ?? pyUnknown(`\`${name}\` is not given`, this.call)) : objectOf(value),
      argument: {
        name,
        text: text ?? '',
        value,
        origin: this.#originOfOpen(text),
        overridden: [],
        certainty: open ? 'unlessCallerSets' : 'certain',
      },
    };
  }

  /** A required argument that nobody gives may still come out of `*args` or `**kwargs`. */
  #originOfOpen(text: string | undefined): EffectiveArgument['origin'] {
    if (text !== undefined) return { kind: 'default' };
    const unpacked = this.args.unknownPositional ?? this.args.unknownKeywords;
    return unpacked ? { kind: 'call', form: 'unpacked', at: unpacked.at ?? this.call } : { kind: 'missing' };
  }

  /** A user's own default was evaluated at the definition; a library's is text of the signature table. */
  #valueOfDefault(name: string, text: string): StaticValue {
    return this.op.defaults?.get(name) ?? defaultValue(text);
  }

  #missing(names: readonly string[]): void {
    const message = missingArguments(this.op.functionName, names);
    this.#fail({ message, argument: names[0] ?? '', cause: 'missingArgument', at: this.call });
  }

  /** The arguments of the undecorated function: the scope's keywords that the call does not give, then the call's own. */
  #merged(explicit: { has(name: string): boolean }): CallArguments {
    const scoped = this.#scopeEntries().flatMap((entry): readonly EvaluatedArgument[] => {
      if (entry.key.kind !== 'str' || explicit.has(entry.key.value)) return [];
      // What fails if it is there is not there where the body runs.
      if (entry.maybe && (!this.#takes(entry.key.value) || this.#isPositional(entry.key.value))) return [];
      const note = noteOf(entry);
      return [
        {
          name: entry.key.value,
          value: this.#slots.get(entry.key.value)?.value ?? entry.value,
          form: 'unpacked',
          at: note?.keyword ?? note?.scope ?? this.call,
          ...(note?.expression ? { expression: note.expression } : {}),
        },
      ];
    });
    const takesMore = this.op.signature.parameters.some(({ kind }) => kind === 'varKeyword');
    const unknownKeywords = this.args.unknownKeywords ?? (takesMore ? this.#takenFor(this.#scopeRest()) : undefined);
    return {
      ...this.args,
      keywords: [...scoped, ...this.#maybeScoped(), ...this.args.keywords],
      ...(unknownKeywords ? { unknownKeywords } : {}),
    };
  }

  /** What the scope may hold for the op besides what is seen. */
  #scopeRest(): PyUnknown | undefined {
    const { scope } = this;
    return scope && (scope.keywords ?? scope.node.top).cell.value.rest;
  }

  /** A doubt, unless it is one that is taken to be nothing. */
  #takenFor(doubt: PyUnknown | undefined): PyUnknown | undefined {
    return doubt?.fromCaller && this.scope?.assumesNoCaller ? undefined : doubt;
  }

  /** Parameters that the call leaves at their default and that the scope may set: the body does not see the default. */
  #maybeScoped(): readonly EvaluatedArgument[] {
    return this.op.signature.parameters.flatMap(({ name, kind }): readonly EvaluatedArgument[] => {
      const origin = this.#slots.get(name)?.argument.origin.kind;
      const isNamed = kind === 'positionalOrKeyword' || kind === 'keywordOnly';
      const open = isNamed && origin === 'default' ? this.#takenFor(this.#openReason(kind, name)) : undefined;
      if (!open) return [];
      const reason = pyUnknown(
        `\`${name}\` of \`${this.op.name}\` may be set by an arg_scope: ${open.reason}`,
        open.at,
      );
      const value = open.fromCaller ? { ...reason, fromCaller: true } : reason;
      return [{ name, value, form: 'unpacked', at: this.call }];
    });
  }
}
