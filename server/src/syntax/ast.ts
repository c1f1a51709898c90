/**
 * The syntax tree of a Python file (2 or 3) as plain, immutable objects.
 * Every node has a `kind` and a `span` in UTF-16 offsets of the file. No parser type leaks in here.
 * Names follow Python's own `ast` module where it has one. Damaged code appears as `ErrorExpression`
 * and `ErrorStatement`; a node whose text was repaired or is incomplete lies in `SourceTree.incomplete`.
 */
import type { Span } from '../base/span';

/** A name as written at one place. */
export interface Identifier {
  readonly kind: 'Identifier';
  readonly name: string;
  readonly span: Span;
}

/** A dotted name in an import statement; `parts` is empty for `from . import x`. */
export interface DottedName {
  readonly kind: 'DottedName';
  readonly parts: readonly Identifier[];
  readonly span: Span;
}

export interface Module {
  readonly kind: 'Module';
  readonly span: Span;
  readonly body: readonly Statement[];
}

// ---------------------------------------------------------------------------------------------- statements

export interface FunctionDef {
  readonly kind: 'FunctionDef';
  /** From `def` (or `async`) to the end of the body, decorators excluded. */
  readonly span: Span;
  readonly name: Identifier;
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly Expression[];
  readonly returns?: Expression;
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
}

export interface Parameter {
  readonly kind: 'Parameter';
  readonly span: Span;
  /** `tuple` is Python 2's `def f(a, (b, c))`; its names are in `unpacked`. */
  readonly form: 'plain' | 'star' | 'doubleStar' | 'bareStar' | 'slash' | 'tuple';
  /** Empty name for `bareStar`, `slash` and `tuple`. */
  readonly name: Identifier;
  /** True after `*` or `*args`. */
  readonly keywordOnly: boolean;
  readonly annotation?: Expression;
  readonly default?: Expression;
  readonly unpacked?: readonly Identifier[];
}

export interface ClassDef {
  readonly kind: 'ClassDef';
  readonly span: Span;
  readonly name: Identifier;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface Return {
  readonly kind: 'Return';
  readonly span: Span;
  readonly value?: Expression;
}

/** `a = b = value`: two targets. */
export interface Assign {
  readonly kind: 'Assign';
  readonly span: Span;
  readonly targets: readonly Expression[];
  readonly value: Expression;
}

export interface AugAssign {
  readonly kind: 'AugAssign';
  readonly span: Span;
  readonly target: Expression;
  /** Without the `=`, for example `+`. */
  readonly operator: string;
  readonly value: Expression;
}

export interface AnnAssign {
  readonly kind: 'AnnAssign';
  readonly span: Span;
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value?: Expression;
}

export interface For {
  readonly kind: 'For';
  readonly span: Span;
  readonly target: Expression;
  readonly iter: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
  readonly isAsync: boolean;
}

export interface While {
  readonly kind: 'While';
  readonly span: Span;
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

/** `elif` is an `If` alone in `orelse`. */
export interface If {
  readonly kind: 'If';
  readonly span: Span;
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

export interface With {
  readonly kind: 'With';
  readonly span: Span;
  /** From `with` to the end of the last item, without the colon. */
  readonly header: Span;
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
}

export interface WithItem {
  readonly kind: 'WithItem';
  readonly span: Span;
  readonly context: Expression;
  readonly target?: Expression;
}

export interface Try {
  readonly kind: 'Try';
  readonly span: Span;
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
}

/** `except type as name:`, also Python 2's `except type, name:`. */
export interface ExceptHandler {
  readonly kind: 'ExceptHandler';
  readonly span: Span;
  readonly type?: Expression;
  readonly name?: Expression;
  readonly body: readonly Statement[];
}

/** `raise value from cause`; Python 2's further operands are in `extra`. */
export interface Raise {
  readonly kind: 'Raise';
  readonly span: Span;
  readonly value?: Expression;
  readonly extra: readonly Expression[];
}

export interface Assert {
  readonly kind: 'Assert';
  readonly span: Span;
  readonly test: Expression;
  readonly message?: Expression;
}

export interface Delete {
  readonly kind: 'Delete';
  readonly span: Span;
  readonly targets: readonly Expression[];
}

export interface Simple {
  readonly kind: 'Pass' | 'Break' | 'Continue';
  readonly span: Span;
}

export interface Global {
  readonly kind: 'Global' | 'Nonlocal';
  readonly span: Span;
  readonly names: readonly Identifier[];
}

/** `import a.b as c, d`. */
export interface Import {
  readonly kind: 'Import';
  readonly span: Span;
  readonly names: readonly ImportAlias[];
}

export interface ImportAlias {
  readonly kind: 'ImportAlias';
  readonly span: Span;
  readonly name: DottedName;
  readonly asName?: Identifier;
}

/** `from ..a.b import c as d, e`; `level` counts the leading dots; `star` for `import *`. */
export interface ImportFrom {
  readonly kind: 'ImportFrom';
  readonly span: Span;
  readonly level: number;
  readonly module: DottedName;
  readonly names: readonly ImportFromAlias[];
  /** The place of `*`. */
  readonly star?: Span;
}

export interface ImportFromAlias {
  readonly kind: 'ImportFromAlias';
  readonly span: Span;
  readonly name: Identifier;
  readonly asName?: Identifier;
}

export interface ExpressionStatement {
  readonly kind: 'ExpressionStatement';
  readonly span: Span;
  readonly value: Expression;
}

/** Python 2's `print >>file, a, b`. */
export interface Print {
  readonly kind: 'Print';
  readonly span: Span;
  readonly values: readonly Expression[];
}

/** Python 2's `exec code in globals, locals`. */
export interface Exec {
  readonly kind: 'Exec';
  readonly span: Span;
  readonly values: readonly Expression[];
}

/** `match subject:`; of patterns that are not constants only the names that they bind are modelled. */
export interface Match {
  readonly kind: 'Match';
  readonly span: Span;
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase {
  readonly kind: 'MatchCase';
  readonly span: Span;
  readonly bound: readonly Identifier[];
  /** The constants of the pattern, when it is one or several of them: the subject has to equal one. */
  readonly values?: readonly Expression[];
  /** True for `_` and for a name alone, which match anything. */
  readonly matchesAll?: true;
  readonly guard?: Expression;
  readonly body: readonly Statement[];
}

/** Code that could not be read; the expressions found inside are kept in source order. */
export interface ErrorStatement {
  readonly kind: 'ErrorStatement';
  readonly span: Span;
  readonly children: readonly Expression[];
}

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Assign
  | AugAssign
  | AnnAssign
  | For
  | While
  | If
  | With
  | Try
  | Raise
  | Assert
  | Delete
  | Simple
  | Global
  | Import
  | ImportFrom
  | ExpressionStatement
  | Print
  | Exec
  | Match
  | ErrorStatement;

// --------------------------------------------------------------------------------------------- expressions

export interface Name {
  readonly kind: 'Name';
  readonly span: Span;
  readonly name: string;
}

export interface Constant {
  readonly kind: 'Constant';
  readonly span: Span;
  readonly value: 'None' | 'True' | 'False' | '...';
}

export interface NumberLiteral {
  readonly kind: 'Number';
  readonly span: Span;
  /** `1` is an int and `1.` a float: the difference matters in Python. */
  readonly type: 'int' | 'float' | 'imaginary';
  /** NaN when it is an int outside the safe range of a double. */
  readonly value: number;
}

export interface StringLiteral {
  readonly kind: 'String';
  readonly span: Span;
  /** Decoded text; adjacent literals are joined. */
  readonly value: string;
  readonly isBytes: boolean;
}

/** An f-string (or a concatenation with one). */
export interface FormattedString {
  readonly kind: 'FormattedString';
  readonly span: Span;
  readonly parts: readonly (FormattedText | FormattedField)[];
}

export interface FormattedText {
  readonly kind: 'FormattedText';
  readonly value: string;
}

export interface FormattedField {
  readonly kind: 'FormattedField';
  readonly span: Span;
  readonly value: Expression;
  /** `r`, `s` or `a`. */
  readonly conversion?: string;
  /** Text after the colon, when it is literal. */
  readonly format?: string;
  /** The fields inside a format that is not literal: `width` in `{x:{width}}`. */
  readonly formatFields?: readonly FormattedField[];
}

export interface Attribute {
  readonly kind: 'Attribute';
  readonly span: Span;
  readonly value: Expression;
  /** Empty name while it is being typed (`slim.`). */
  readonly attribute: Identifier;
}

export interface Subscript {
  readonly kind: 'Subscript';
  readonly span: Span;
  readonly value: Expression;
  /** A `Tuple` for `a[i, j]`. */
  readonly index: Expression;
}

export interface Slice {
  readonly kind: 'Slice';
  readonly span: Span;
  readonly lower?: Expression;
  readonly upper?: Expression;
  readonly step?: Expression;
}

export interface Call {
  readonly kind: 'Call';
  readonly span: Span;
  readonly callee: Expression;
  readonly args: readonly Argument[];
  /** From the opening to behind the closing parenthesis. */
  readonly argsSpan: Span;
}

export interface Argument {
  readonly kind: 'Argument';
  readonly span: Span;
  readonly form: 'positional' | 'keyword' | 'star' | 'doubleStar';
  /** The keyword; only in form `keyword`. */
  readonly name?: Identifier;
  readonly value: Expression;
}

export interface UnaryOp {
  readonly kind: 'UnaryOp';
  readonly span: Span;
  readonly operator: '-' | '+' | '~' | 'not';
  readonly operand: Expression;
}

export interface BinaryOp {
  readonly kind: 'BinaryOp';
  readonly span: Span;
  readonly left: Expression;
  readonly operator: string;
  readonly right: Expression;
}

export interface BoolOp {
  readonly kind: 'BoolOp';
  readonly span: Span;
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}

/** `a < b <= c`: one more operand than operators; `<>` is given as `!=`, `not in` and `is not` with one space. */
export interface Compare {
  readonly kind: 'Compare';
  readonly span: Span;
  readonly operands: readonly Expression[];
  readonly operators: readonly string[];
}

/** `body if test else orelse`. */
export interface Conditional {
  readonly kind: 'Conditional';
  readonly span: Span;
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}

export interface Lambda {
  readonly kind: 'Lambda';
  readonly span: Span;
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface Sequence {
  readonly kind: 'Tuple' | 'List' | 'Set';
  readonly span: Span;
  readonly elements: readonly Expression[];
}

export interface Dict {
  readonly kind: 'Dict';
  readonly span: Span;
  readonly entries: readonly DictEntry[];
}

/** `key: value`; without a key it is `**value`. */
export interface DictEntry {
  readonly kind: 'DictEntry';
  readonly span: Span;
  readonly key?: Expression;
  readonly value: Expression;
}

export interface Comprehension {
  readonly kind: 'Comprehension';
  readonly span: Span;
  readonly form: 'list' | 'set' | 'dict' | 'generator';
  /** The key in form `dict`. */
  readonly key?: Expression;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause {
  readonly kind: 'ComprehensionClause';
  readonly span: Span;
  readonly target: Expression;
  readonly iter: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}

export interface Starred {
  readonly kind: 'Starred';
  readonly span: Span;
  readonly value: Expression;
}

export interface Await {
  readonly kind: 'Await';
  readonly span: Span;
  readonly value: Expression;
}

export interface Yield {
  readonly kind: 'Yield';
  readonly span: Span;
  readonly value?: Expression;
  readonly isFrom: boolean;
}

/** `name := value`. */
export interface NamedExpression {
  readonly kind: 'NamedExpression';
  readonly span: Span;
  readonly target: Name;
  readonly value: Expression;
}

/** Something missing or unreadable; the expressions found inside are kept in source order. */
export interface ErrorExpression {
  readonly kind: 'ErrorExpression';
  readonly span: Span;
  readonly children: readonly Expression[];
}

export type Expression =
  | Name
  | Constant
  | NumberLiteral
  | StringLiteral
  | FormattedString
  | Attribute
  | Subscript
  | Slice
  | Call
  | UnaryOp
  | BinaryOp
  | BoolOp
  | Compare
  | Conditional
  | Lambda
  | Sequence
  | Dict
  | Comprehension
  | Starred
  | Await
  | Yield
  | NamedExpression
  | ErrorExpression;

export type Node =
  | Module
  | Statement
  | Expression
  | Parameter
  | Argument
  | WithItem
  | ExceptHandler
  | ImportAlias
  | ImportFromAlias
  | DictEntry
  | ComprehensionClause
  | MatchCase;

// ------------------------------------------------------------------------------------------------ the file

/** A comment; `span` starts at `#` and ends before the line end. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

/** What `parse` returns. */
export interface SourceTree {
  readonly module: Module;
  readonly comments: readonly Comment[];
  /**
   * Where the text is damaged or was repaired: rules stay silent inside, and nothing is written to the file while
   * it is not empty. Sorted, not overlapping.
   */
  readonly incomplete: readonly Span[];
  /** True when the file uses syntax that only Python 2 accepts (`print x`, `exec`, `except E, e`, backticks, `<>`). */
  readonly python2: boolean;
}
