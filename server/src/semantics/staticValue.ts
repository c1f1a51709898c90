/**
 * What is statically known of a Python value, as plain immutable data: the vocabulary between the evaluator and
 * everything that shows, compares or converts values. It holds no syntax nodes and no mutable state.
 * Unknown is a value with a reason that a user can act on; it is never replaced by a guess.
 */
import type { Location } from '../base/span';

export type StaticValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: string }
  | { readonly kind: 'tuple' | 'list' | 'set'; readonly items: readonly StaticValue[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [StaticValue, StaticValue])[] }
  | ExternalValue
  | ExternalResult
  | FunctionValue
  | ClassValue
  | { readonly kind: 'module'; readonly name: string; readonly file: string }
  | PartialValue
  | { readonly kind: 'instance'; readonly class: ClassValue }
  | { readonly kind: 'scope'; readonly description: string }
  | UnknownValue
  | ChoiceValue;

/**
 * Something that a library outside the workspace defines, by its dotted name with all aliases resolved, for example
 * `tensorflow.nn.relu` or `tensorflow.contrib.layers.l2_regularizer`. Several paths when the import itself has
 * alternatives (`try: import tf_slim ... except ImportError: from tensorflow.contrib import slim`), in source order.
 */
export interface ExternalValue {
  readonly kind: 'external';
  readonly paths: readonly string[];
}

/** The result of calling a library function, for example `slim.l2_regularizer(0.0005)`. */
export interface ExternalResult {
  readonly kind: 'externalResult';
  readonly callee: ExternalValue;
  /** In call order; `name` for keyword arguments. */
  readonly args: readonly StaticArgument[];
  /** The call expression. Two results of one call expression are different objects at run time if it ran twice. */
  readonly call: Location;
}

export interface StaticArgument {
  readonly name?: string;
  readonly value: StaticValue;
}

/** A function of the workspace, or a lambda (name `<lambda>`). */
export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  /** `Net.act`; the part up to the last `<locals>.` is left out. */
  readonly qualifiedName: string;
  /** The `def` statement or `lambda` expression. */
  readonly definition: Location;
}

/** A class of the workspace. */
export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly definition: Location;
}

/** `functools.partial(target, *args, **keywords)`. */
export interface PartialValue {
  readonly kind: 'partial';
  readonly target: StaticValue;
  readonly args: readonly StaticArgument[];
}

/** Not known, with the reason in words a user can act on ("parameter `scope_fn` of `build`"). */
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly reason: string;
  /** The place that the reason speaks of. */
  readonly at?: Location;
  /** True when it is known to be a tensor, whatever its number. */
  readonly isTensor?: boolean;
}

/** One of several values, for example after `if`; at least two options, none of them a choice. */
export interface ChoiceValue {
  readonly kind: 'choice';
  readonly options: readonly StaticValue[];
}

export const none: StaticValue = { kind: 'none' };

/** Makes an {@link UnknownValue}. */
export function unknown(reason: string, at?: Location): UnknownValue {
  return at ? { kind: 'unknown', reason, at } : { kind: 'unknown', reason };
}

/** True when neither the value nor anything inside it is unknown or a choice. */
export function isFullyKnown(value: StaticValue): boolean {
  switch (value.kind) {
    case 'unknown':
    case 'choice':
      return false;
    case 'tuple':
    case 'list':
    case 'set':
      return value.items.every(isFullyKnown);
    case 'dict':
      return value.entries.every(([key, item]) => isFullyKnown(key) && isFullyKnown(item));
    case 'externalResult':
      return value.args.every((argument) => isFullyKnown(argument.value));
    case 'partial':
      return isFullyKnown(value.target) && value.args.every((argument) => isFullyKnown(argument.value));
    default:
      return true;
  }
}

/**
 * Structural equality. Two unknowns are never equal; `2`, `2.0` and `True` differ; results of library calls are equal
 * when callee and arguments are, wherever they were called.
 */
export function sameValue(a: StaticValue, b: StaticValue): boolean {
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'none':
    case 'ellipsis':
      return true;
    case 'unknown':
      return false;
    case 'bool':
    case 'int':
    case 'float':
    case 'str':
    case 'bytes':
      return Object.is(a.value, (b as typeof a).value);
    case 'tuple':
    case 'list':
    case 'set':
      return sameList(a.items, (b as typeof a).items, sameValue);
    case 'dict':
      return sameList(a.entries, (b as typeof a).entries, (x, y) => sameValue(x[0], y[0]) && sameValue(x[1], y[1]));
    case 'external':
      return sameList(a.paths, (b as typeof a).paths, (x, y) => x === y);
    case 'externalResult':
      return sameValue(a.callee, (b as typeof a).callee) && sameList(a.args, (b as typeof a).args, sameArgument);
    case 'partial':
      return sameValue(a.target, (b as typeof a).target) && sameList(a.args, (b as typeof a).args, sameArgument);
    case 'function':
    case 'class':
      return samePlace(a.definition, (b as typeof a).definition);
    case 'instance':
      return false;
    case 'module':
      return a.file === (b as typeof a).file;
    case 'scope':
      return false;
    case 'choice':
      return sameList(a.options, (b as typeof a).options, sameValue);
  }
}

function sameArgument(a: StaticArgument, b: StaticArgument): boolean {
  return a.name === b.name && sameValue(a.value, b.value);
}

function samePlace(a: Location, b: Location): boolean {
  return a.file === b.file && a.span.start === b.span.start;
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return a.length === b.length && a.every((x, i) => same(x, b[i] as T));
}
