/**
 * The result of evaluating arg_scopes: which arguments every op call really receives, and where each comes from.
 * Plain data, shared by rules, features, the Keras conversion and the reports. Sections A0-A11 of the semantics notes
 * are implemented in the evaluator; nothing here decides anything.
 */
import type { Location, Span } from '../base/span';
import type { StaticValue } from '../semantics/staticValue';
import type { Signature } from './signatures/signature';

/** Where an op is defined. Two entries when the import has alternatives (`try: tf_slim / except: contrib`). */
export type Library = 'contrib' | 'tf_slim' | 'tf.layers' | 'user';

/** An op as far as arg_scope is concerned: one entry in the registry of decorated functions. */
export interface Op {
  /** Short public name: `conv2d` for `convolution2d` too (section 1 of the effective-arguments format). */
  readonly name: string;
  /** The Python function's own name, as error messages show it: `convolution2d`. */
  readonly functionName: string;
  readonly libraries: readonly Library[];
  readonly signature: Signature;
  /** False for functions that an arg_scope cannot configure (`tf.layers.*`). */
  readonly scopable: boolean;
  /** Values of the defaults of a user function, by parameter; the defaults of library ops are texts of the signature. */
  readonly defaults?: ReadonlyMap<string, StaticValue>;
  /** Definition of a user function under `@add_arg_scope`; from its first decorator. */
  readonly definition?: Location;
}

/** One call site of an op, with one entry per distinct way in which it can run. */
export interface OpCall {
  readonly op: Op;
  /** The whole call expression. */
  readonly call: Location;
  /** The callee as written, for example `slim.conv2d`. */
  readonly callee: Location;
  readonly calleeText: string;
  /** Set when the op is not called directly at this place. */
  readonly via?: 'repeat' | 'stack' | 'normalizer_fn' | 'activation_fn' | 'indirect';
  /** Qualified name of the enclosing function, undefined at module level. */
  readonly enclosingFunction?: string;
  /** Never empty. */
  readonly contexts: readonly CallContext[];
  /**
   * Set when calls of the enclosing function are seen and none of them gets here (a branch that no caller takes, or a
   * limit): the contexts are then what the function says by itself.
   */
  readonly isUnreached?: true;
}

/** One way in which a call can run. */
export interface CallContext {
  /** Entry point first; empty when the call's own function (or module body) is the entry point. */
  readonly callers: readonly CallerFrame[];
  /** Further ways to the call on which it receives the same. */
  readonly alsoFrom?: readonly (readonly CallerFrame[])[];
  /**
   * True when the entry point is a function: whoever calls it may have opened further arg_scopes, so that values
   * marked `unlessCallerSets` are defaults only if no such scope exists.
   */
  readonly open: boolean;
  /** The scope that the user says the entry point is called in, and where that is said. */
  readonly assumes?: { readonly text: string; readonly at: Location };
  /** Branches taken for granted ("`is_training is not None`"); empty when unconditional. */
  readonly conditions: readonly Condition[];
  /**
   * Tests of `if` statements around this call, or around a call that leads to it, which could not be decided: the call
   * runs in this way only if they come out like this. Empty when it certainly runs.
   */
  readonly branches: readonly Condition[];
  /** Every parameter of the signature, in its order; then extra keywords when the op takes `**kwargs`. */
  readonly arguments: readonly EffectiveArgument[];
  /** Set when the call fails at run time; `arguments` then holds what could still be said. */
  readonly error?: CallError;
  /** What the library calls on behalf of this call (`normalizer_fn`, `activation_fn`), in running order. */
  readonly implicitCalls: readonly ImplicitCall[];
  /** Facts that make the argument set itself uncertain ("op list of the arg_scope at line 12 is not known"). */
  readonly uncertainties: readonly Uncertainty[];
}

export interface CallerFrame {
  readonly call: Location;
  /** Function that contains the call; undefined for a module body. */
  readonly function?: string;
}

export interface Condition {
  readonly text: string;
  readonly at: Location;
  readonly holds: boolean;
}

export interface Uncertainty {
  readonly reason: string;
  /** What the whole context rests on, if it rests on something: "the parameters of `net` have their defaults". */
  readonly condition?: string;
  readonly at?: Location;
}

export interface CallError {
  readonly type: 'TypeError' | 'ValueError' | 'AttributeError';
  /** Python's own message (3.x wording). */
  readonly message: string;
  /** The parameter or keyword at fault, if any. */
  readonly argument?: string;
  readonly cause:
    'collision' | 'unknownKeyword' | 'missingArgument' | 'duplicateKeyword' | 'tooManyPositional' | 'other';
  /** The argument, keyword or scope entry to point at. */
  readonly at: Location;
  /** The other side of a collision: where the scope sets it. */
  readonly other?: Location;
}

export interface EffectiveArgument {
  readonly name: string;
  /** Source text of the expression; Python text of the default for `default`; empty for a missing required argument. */
  readonly text: string;
  readonly value: StaticValue;
  readonly origin: Origin;
  /** Where the expression was written; absent for defaults and for `**mapping` entries without one. */
  readonly expression?: Location;
  /** Values of outer scopes that this one hides, innermost first. */
  readonly overridden: readonly Overridden[];
  readonly certainty: 'certain' | 'unlessCallerSets';
  /**
   * For an unknown value: what it is if every parameter of the entry function that nobody is seen to pass has its
   * default. Never a replacement for `value`.
   */
  readonly assumed?: AssumedValue;
}

export interface AssumedValue {
  readonly value: StaticValue;
  /** What is taken for granted, in words: "the parameters of `inception_v3` have their defaults". */
  readonly assuming: string;
}

export type Origin =
  | {
      readonly kind: 'call';
      readonly form: 'positional' | 'keyword' | 'unpacked' | 'partial';
      readonly at: Location;
    }
  | ScopeOrigin
  | { readonly kind: 'default' }
  | { readonly kind: 'missing' };

/** The value was put on the stack by an `arg_scope(...)`. */
export interface ScopeOrigin {
  readonly kind: 'argScope';
  /** The `arg_scope(...)` call expression with the op list. */
  readonly scope: Location;
  /** The keyword in it; absent when it came from `**mapping`. */
  readonly keyword?: Location;
  /** The `arg_scope(saved)` call whose dictionary brought the value in, when the first `with` is no longer active. */
  readonly reentered?: Location;
}

export interface Overridden {
  readonly origin: ScopeOrigin;
  readonly text: string;
  readonly value: StaticValue;
}

/** A normalizer or activation that the library calls for the user's call, with its own effective arguments. */
export interface ImplicitCall {
  readonly via: 'normalizer_fn' | 'activation_fn';
  readonly op: Op;
  readonly arguments: readonly EffectiveArgument[];
  readonly error?: CallError;
}

// --------------------------------------------------------------------------------------------- scope sites

/** One `arg_scope(...)` call expression. */
export interface ScopeSite {
  readonly call: Location;
  readonly callee: Location;
  readonly form: 'list' | 'dict' | 'unknown' | 'invalid';
  /** False for an `arg_scope(...)` that no `with`, ExitStack or decorator enters (it then has no effect). */
  readonly entered: boolean;
  /** The ops of the list form, in order; a member that is not known has no `op` but a reason. */
  readonly ops: readonly ScopeOp[];
  /** The keywords of the list form. */
  readonly keywords: readonly ScopeKeyword[];
  /** What a dictionary form brings back, per op. */
  readonly restored: readonly { readonly op: Op; readonly arguments: readonly EffectiveArgument[] }[];
  /** Keywords whose value from an outer scope this one replaces. */
  readonly overrides: readonly { readonly op: Op; readonly keyword: string; readonly outer: Overridden }[];
  /** Values of enclosing scopes that a dictionary form drops. */
  readonly dropped: readonly { readonly op: Op; readonly keyword: string; readonly outer: Overridden }[];
  /** Entering fails at run time with this. */
  readonly error?: CallError;
  /** Keywords of the list form that change nothing: each op of the list gets the same value from an enclosing scope. */
  readonly redundant?: readonly string[];
  /** Set when a dictionary is entered that the other library's `arg_scope` made: it has no effect at all (A2). */
  readonly foreign?: { readonly made: Library; readonly entered: Library };
  /** What runs inside, over all times that it is entered; absent when it is not. */
  readonly extent?: ScopeExtent;
}

/** What was seen to run inside an `arg_scope`, in its function and in all that it calls. */
export interface ScopeExtent {
  /** True when nothing else can run inside, and nobody keeps the scope to enter it again. */
  readonly closed: boolean;
  /** Ops that are called, each once, with the first place. */
  readonly called: readonly { readonly op: Op; readonly call: Location }[];
  /** Keywords of the list form that a call receives, or trips over. */
  readonly taken: readonly string[];
  /** Calls that get a keyword of the list form which their op does not take: they fail. */
  readonly refused: readonly { readonly op: Op; readonly keyword: string; readonly call: Location }[];
  /** Values of enclosing scopes that calls would receive if a dictionary form had not dropped them. */
  readonly lost: readonly LostValue[];
}

/** See {@link ScopeExtent.lost}. */
export interface LostValue {
  readonly op: Op;
  readonly keyword: string;
  readonly outer: Overridden;
  /** The call that gets the default instead. */
  readonly call: Location;
}

export interface ScopeOp {
  readonly at: Location;
  readonly text: string;
  readonly op?: Op;
  readonly reason?: string;
}

export interface ScopeKeyword {
  readonly name: string;
  /** The keyword and its value; the `**mapping` argument when it comes from one. */
  readonly at: Location;
  readonly text: string;
  readonly value: StaticValue;
}

// ------------------------------------------------------------------------------------------- whole results

/** Everything known about one file. */
export interface FileAnalysis {
  readonly file: string;
  /** Sorted by position. */
  readonly calls: readonly OpCall[];
  /** Sorted by position. */
  readonly scopes: readonly ScopeSite[];
  /** Limits that were reached and other things the user should know. */
  readonly problems: readonly AnalysisProblem[];
  /** What is assumed about the callers of functions of the file; absent when nothing is. */
  readonly assumptions?: Assumptions;
}

/** See assumedScopes.ts. */
export interface Assumptions {
  /** Functions that were run below an assumed scope: their qualified names, and the scope as written. */
  readonly applied: readonly { readonly function: string; readonly scope: string }[];
  /** Comments of the file that assume nothing, with the reason. */
  readonly problems: readonly AssumptionProblem[];
}

/** A comment, or part of a setting, that is meant as an assumption and is none. */
export interface AssumptionProblem {
  readonly span: Span;
  /** A sentence without its period. */
  readonly problem: string;
}

export interface AnalysisProblem {
  readonly reason: string;
  readonly at?: Location;
}
