/**
 * The facts about a module of nets that a library ships, as data/netSummaries.ts holds them: what it defines and, for a
 * scope factory, which ops get which keyword with which value. Types only; netSource.ts gives them a meaning.
 * Places are one-based lines and one-based UTF-16 columns in the library's file: line, column, end line, end column.
 */

/** A range in the library's file. */
export type Place = readonly [line: number, column: number, endLine: number, endColumn: number];

/** Where a definition starts, at its first decorator. */
export type Start = readonly [line: number, column: number];

/** One module. */
export interface NetModule {
  /** `tf_slim.nets.vgg`. */
  readonly module: string;
  /** Path of its file below the folder where packages are installed. */
  readonly file: string;
  /** What the facts were read from: `tf_slim 1.1.0`. */
  readonly library: string;
  readonly isPackage: boolean;
  /** In the order in which the module does them. */
  readonly facts: readonly NetFact[];
}

export type NetFact = ImportFact | AssignFact | FunctionFact | NamedTupleFact | UnknownFact;

/** `import collections`, or with `name`: `from tf_slim import layers as layers_lib`. */
export interface ImportFact {
  readonly import: string;
  readonly name?: string;
  readonly as: string;
}

/** `name = value`, or `function.attribute = value`. */
export interface AssignFact {
  readonly assign: string;
  readonly from: Start;
  readonly value: FactExpression;
}

/** A function: one of the three kinds of {@link FunctionBody}. */
export type FunctionFact = {
  readonly function: string;
  /** From its first decorator to its end. */
  readonly at: Place;
  readonly parameters: readonly FactParameter[];
  /** `add_arg_scope`: the function is an op. */
  readonly decorator?: string;
} & FunctionBody;

export type FactParameter = readonly [name: string] | readonly [name: string, byDefault: FactExpression];

export type FunctionBody =
  /** A scope factory: nested scopes, outermost first; it returns the innermost. */
  | { readonly scopes: readonly FactScope[] }
  /** Its body is one expression. */
  | { readonly value: FactExpression }
  /** Its body is not known; `reason` tells why when there is a special one. */
  | { readonly result: ResultKind; readonly reason?: string };

/** What comes out of a function whose body is not known; several kinds stand for a tuple. */
export type ResultKind = 'tensor' | 'dict' | 'unknown' | readonly ResultKind[];

/** `class Block(collections.namedtuple('Block', fields))`. */
export interface NamedTupleFact {
  readonly namedtuple: string;
  readonly from: Start;
  readonly fields: readonly string[];
}

/** A name that is bound to something that the facts cannot tell. */
export interface UnknownFact {
  readonly unknown: string;
  readonly reason: string;
}

/** One `arg_scope(ops, keyword=value, ...)`. */
export interface FactScope {
  readonly at: Place;
  readonly ops: FactExpression;
  readonly set: readonly FactSetting[];
}

/** The keyword, or `**` for an unpacked mapping; its value; the place of both together. */
export type FactSetting = readonly [keyword: string, value: FactExpression, at: Place];

/** The keyword of an argument is empty when it is positional. */
export type FactArgument = readonly [keyword: string, value: FactExpression];

/** An expression over the names of the module and the parameters of the function. */
export type FactExpression = { readonly at?: Place } & (
  | { readonly path: string }
  | { readonly constant: string }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly str: string }
  | { readonly list: readonly FactExpression[] }
  | { readonly tuple: readonly FactExpression[] }
  | { readonly dict: readonly (readonly [key: FactExpression, value: FactExpression])[] }
  | { readonly call: FactExpression; readonly args: readonly FactArgument[] }
  | { readonly left: FactExpression; readonly operator: string; readonly right: FactExpression }
  | { readonly if: FactExpression; readonly then: FactExpression; readonly else: FactExpression }
  | { readonly lambda: readonly FactParameter[]; readonly body: FactExpression }
);
