/**
 * Writes facts as Python: a text of our own and, in the same go, its syntax tree. Nothing is parsed and nothing of the
 * library's text is used. Each piece that has a place in the library's file is noted, so that a span of this text can be
 * said as a place there (see `NetLines`).
 * Invariant: spans of the tree are spans of the text, as if the text had been parsed; those of operations hold their
 * parentheses as well.
 */
import { LineIndex, type Position } from '../../../base/lineIndex';
import type { Span } from '../../../base/span';
import type * as ast from '../../../syntax/ast';
import { floatText } from '../pythonText';
import type { FactExpression, FactParameter, FactScope, FactSetting, Place, Start } from './netFacts';

/** Offsets of our text as places in the library's file. */
export class NetLines extends LineIndex {
  readonly #anchors: readonly Anchor[];

  /** @param anchors sorted by offset */
  constructor(text: string, anchors: readonly Anchor[]) {
    super(text);
    this.#anchors = anchors;
  }

  /** The place of an offset; of the nearest one before it that has a place, for what the facts keep no place of. */
  override positionAt(offset: number): Position {
    let low = 0;
    let high = this.#anchors.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#anchors[middle]?.offset ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const { line, column } = this.#anchors[low] ?? { line: 0, column: 0 };
    return { line, column };
  }
}

interface Anchor extends Position {
  readonly offset: number;
}

/** See the file comment. */
export class FactWriter {
  text = '';
  readonly #anchors = new Map<number, Position>();

  /** The line index of what was written. */
  lines(): NetLines {
    const anchors = [...this.#anchors].map(([offset, position]) => ({ offset, ...position }));
    return new NetLines(
      this.text,
      anchors.sort((a, b) => a.offset - b.offset),
    );
  }

  get offset(): number {
    return this.text.length;
  }

  /** Appends text and gives its span. */
  put(text: string): Span {
    const start = this.offset;
    this.text += text;
    return { start, end: this.offset };
  }

  /** What comes next stands there in the library's file. */
  anchor([line, column]: Start): void {
    if (!this.#anchors.has(this.offset)) this.#anchors.set(this.offset, { line: line - 1, column: column - 1 });
  }

  /** Runs `write` for something that has a place; what it is given is the offset of the start. */
  #placed<T>(at: Place | undefined, write: (start: number) => T): T {
    if (at) this.anchor([at[0], at[1]]);
    const written = write(this.offset);
    if (at) this.anchor([at[2], at[3]]);
    return written;
  }

  #from(start: number): Span {
    return { start, end: this.offset };
  }

  identifier(name: string): ast.Identifier {
    return { kind: 'Identifier', name, span: this.put(name) };
  }

  name(name: string): ast.Name {
    return { kind: 'Name', name, span: this.put(name) };
  }

  dottedName(path: string): ast.DottedName {
    const start = this.offset;
    const parts = this.#separated('.', path.split('.'), (part) => this.identifier(part));
    return { kind: 'DottedName', parts, span: this.#from(start) };
  }

  /** `a.b.c`. */
  path(path: string): ast.Expression {
    const [first = '', ...rest] = path.split('.');
    const start = this.offset;
    let value: ast.Expression = this.name(first);
    for (const part of rest) {
      this.put('.');
      const attribute = this.identifier(part);
      value = { kind: 'Attribute', value, attribute, span: this.#from(start) };
    }
    return value;
  }

  expression(fact: FactExpression): ast.Expression {
    return this.#placed(fact.at, (start) => this.#expression(fact, start));
  }

  #expression(fact: FactExpression, start: number): ast.Expression {
    if ('path' in fact) return this.path(fact.path);
    if ('constant' in fact) return this.#constant(fact.constant);
    if ('int' in fact) return this.#number('int', fact.int, String(fact.int));
    if ('float' in fact) return this.#number('float', fact.float, floatText(fact.float));
    if ('str' in fact)
      return {
        kind: 'String',
        value: fact.str,
        isBytes: false,
        span: this.put(`'${fact.str.replace(/['\\]/g, '\\$&')}'`),
      };
    if ('list' in fact) {
      this.put('[');
      const elements = this.#separated(', ', fact.list, (item) => this.expression(item));
      this.put(']');
      return { kind: 'List', elements, span: this.#from(start) };
    }
    if ('tuple' in fact) {
      this.put('(');
      const elements = this.#separated(', ', fact.tuple, (item) => this.expression(item));
      this.put(fact.tuple.length === 1 ? ',)' : ')');
      return { kind: 'Tuple', elements, span: this.#from(start) };
    }
    if ('dict' in fact) {
      this.put('{');
      const entries = this.#separated(', ', fact.dict, ([key, value]) => this.#entry(key, value));
      this.put('}');
      return { kind: 'Dict', entries, span: this.#from(start) };
    }
    if ('call' in fact) {
      const callee = this.expression(fact.call);
      return this.call(callee, () => fact.args.map(([keyword, value]) => [keyword, value, undefined]));
    }
    return this.#operation(fact, start);
  }

  /** Operations stand in parentheses, so that no operand starts or ends where the whole does. */
  #operation(fact: Operation, start: number): ast.Expression {
    if ('lambda' in fact) {
      this.put('lambda ');
      const parameters = this.parameters(fact.lambda);
      this.put(': ');
      const body = this.expression(fact.body);
      return { kind: 'Lambda', parameters, body, span: this.#from(start) };
    }
    this.put('(');
    if ('operator' in fact) {
      const left = this.expression(fact.left);
      this.put(` ${fact.operator} `);
      const right = this.expression(fact.right);
      this.put(')');
      return { kind: 'BinaryOp', left, operator: fact.operator, right, span: this.#from(start) };
    }
    const body = this.expression(fact.then);
    this.put(' if ');
    const test = this.expression(fact.if);
    this.put(' else ');
    const orelse = this.expression(fact.else);
    this.put(')');
    return { kind: 'Conditional', test, body, orelse, span: this.#from(start) };
  }

  #constant(text: string): ast.Expression {
    if (text !== 'None' && text !== 'True' && text !== 'False') throw new Error(`no constant of Python: ${text}`);
    return { kind: 'Constant', value: text, span: this.put(text) };
  }

  #number(type: 'int' | 'float', value: number, text: string): ast.Expression {
    return { kind: 'Number', type, value, span: this.put(text) };
  }

  #entry(key: FactExpression, value: FactExpression): ast.DictEntry {
    const start = this.offset;
    const written = this.expression(key);
    this.put(': ');
    return { kind: 'DictEntry', key: written, value: this.expression(value), span: this.#from(start) };
  }

  #separated<T, U>(separator: string, items: readonly T[], write: (item: T) => U): readonly U[] {
    return items.map((item, i) => {
      if (i > 0) this.put(separator);
      return write(item);
    });
  }

  /** `callee(...)`, the callee already written. */
  call(callee: ast.Expression, args: () => readonly (FactSetting | PlainArgument)[]): ast.Call {
    const open = this.put('(');
    const written = this.#separated(', ', args(), (one) => this.#argument(one));
    const { end } = this.put(')');
    const { start } = callee.span;
    return { kind: 'Call', callee, args: written, argsSpan: { start: open.start, end }, span: { start, end } };
  }

  #argument([keyword, value, at]: FactSetting | PlainArgument): ast.Argument {
    return this.#placed(at, (start) => {
      if (keyword === '')
        return { kind: 'Argument', form: 'positional', value: this.expression(value), span: this.#from(start) };
      if (keyword === '**') {
        this.put('**');
        return { kind: 'Argument', form: 'doubleStar', value: this.expression(value), span: this.#from(start) };
      }
      const name = this.identifier(keyword);
      this.put('=');
      return { kind: 'Argument', form: 'keyword', name, value: this.expression(value), span: this.#from(start) };
    });
  }

  /** The inside of the parentheses of a definition. */
  parameters(parameters: readonly FactParameter[]): readonly ast.Parameter[] {
    return this.#separated(', ', parameters, ([parameter, byDefault]) => {
      const start = this.offset;
      const name = this.identifier(parameter);
      if (byDefault) this.put('=');
      const value = byDefault && this.expression(byDefault);
      const plain = { kind: 'Parameter', form: 'plain', name, keywordOnly: false, span: this.#from(start) } as const;
      return value ? { ...plain, default: value } : plain;
    });
  }

  /** Nested `with arg_scope(...)`; the innermost is returned. */
  scopes([scope, ...inner]: readonly FactScope[], indent: string): ast.With {
    this.put(indent);
    const start = this.offset;
    this.put('with ');
    const at = scope?.at;
    const context = this.#placed(at, () =>
      this.call(this.name('arg_scope'), () => (scope ? [['', scope.ops, undefined], ...scope.set] : [])),
    );
    if (inner.length === 0) this.put(' as ');
    const target = inner.length === 0 ? this.name(SAVED) : undefined;
    const header = this.#from(start);
    const item: ast.WithItem = { kind: 'WithItem', context, span: { ...context.span, end: this.offset } };
    this.put(':\n');
    const body = target ? this.#returnSaved(`${indent}    `) : this.scopes(inner, `${indent}    `);
    return {
      kind: 'With',
      items: [target ? { ...item, target } : item],
      header,
      body: [body],
      isAsync: false,
      span: this.#from(start),
    };
  }

  #returnSaved(indent: string): ast.Return {
    this.put(indent);
    const start = this.offset;
    this.put('return ');
    return { kind: 'Return', value: this.name(SAVED), span: this.#from(start) };
  }
}

/** The variable of a factory that holds its innermost scope. */
const SAVED = 'scope';

type PlainArgument = readonly [keyword: string, value: FactExpression, at: undefined];
type Operation = Extract<
  FactExpression,
  { readonly operator: string } | { readonly if: FactExpression } | { readonly lambda: readonly FactParameter[] }
>;
