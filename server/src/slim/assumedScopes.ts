/**
 * Scopes that the user says a function is called in: `# slimscope: assume-scope NAME(...)` at the function, or the same in
 * the settings (`FUNCTION=NAME(...)`, or `NAME(...)` for every function that nothing calls). Reads what is written; what
 * NAME gives is found out by the evaluator. The caller's scope is else unknown (A11).
 */
import type { Location } from '../base/span';
import type { SourceFile } from '../semantics/program';
import type * as ast from '../syntax/ast';
import type { Parse } from '../syntax/parse';
import { walk } from '../syntax/visit';
import type { AssumptionProblem } from './model';

/** A scope that callers are taken to have entered. */
export interface AssumedScope {
  /** As written: `resnet_arg_scope(weight_decay=0.001)`. */
  readonly text: string;
  readonly call: ast.Call;
  /** Where it is said; undefined in settings. */
  readonly at?: Location;
}

/** What the comments of a file say. */
export interface WrittenAssumptions {
  readonly assumed: ReadonlyMap<ast.FunctionDef, AssumedScope>;
  readonly problems: readonly AssumptionProblem[];
}

/** An assumption of the settings. */
export interface SettingAssumption {
  /** `resnet_v1_50`, `Net.build`, `nets.resnet_v1.resnet_v1_50`; undefined for all functions that nothing calls. */
  readonly function: string | undefined;
  readonly scope: AssumedScope;
}

/** Quotes before the `#` are those of a text that speaks of directives. */
const opening = /(?<!["'`])#[ \t]*slimscope:[ \t]*assume-scope(?![\w-])[ \t]*/g;

/** Reads the comments of a file. */
export function readAssumptions(source: SourceFile, parse: Parse): WrittenAssumptions {
  const assumed = new Map<ast.FunctionDef, AssumedScope>();
  const problems: AssumptionProblem[] = [];
  for (const comment of source.tree.comments) {
    for (const match of comment.text.matchAll(opening)) {
      const start = comment.span.start + match.index + match[0].length;
      const text = callText(comment.text.slice(match.index + match[0].length));
      const hash = comment.span.start + match.index;
      const span = { start: hash + match[0].indexOf('slimscope'), end: start + text.length };
      const call = parseCall(text, start, parse);
      const fn = functionAt(source, hash);
      if (!call) problems.push({ span, problem: callProblem(text) });
      else if (!fn) problems.push({ span, problem: 'No function begins here: `assume-scope` stands above a `def`' });
      else if (assumed.has(fn)) problems.push({ span, problem: `The scope of \`${fn.name.name}\` is assumed already` });
      else assumed.set(fn, { text, call, at: { file: source.file, span: call.span } });
    }
  }
  return { assumed, problems };
}

/** Reads a setting; undefined when it is none: an adapter says so. */
export function readSettingAssumption(text: string, parse: Parse): SettingAssumption | undefined {
  const [, fn, rest = ''] = /^\s*(?:([\w.]+)\s*=)?\s*([^=(]*\(.*)$/s.exec(text) ?? [];
  const written = rest.trim();
  const call = callText(written) === written ? parseCall(written, 0, parse) : undefined;
  return call && { function: fn, scope: { text: written, call } };
}

/** The dotted name that an assumption calls. */
export function factoryName({ call }: AssumedScope): readonly string[] {
  return dotted(call.callee) ?? [];
}

/** A call at the beginning of a text, up to its closing parenthesis; a name when there is none. */
function callText(text: string): string {
  const name = /^[\w.]*[ \t]*/.exec(text)?.[0] ?? '';
  if (text.charAt(name.length) !== '(') return name.trimEnd();
  let depth = 0;
  const pieces = /(['"])(?:\\.|(?!\1).)*\1|[([{]|[)\]}]|[^'"()[\]{}]+|./g;
  pieces.lastIndex = name.length;
  for (let piece = pieces.exec(text); piece; piece = pieces.exec(text)) {
    if (/^[([{]$/.test(piece[0])) depth++;
    else if (/^[)\]}]$/.test(piece[0]) && --depth === 0) return text.slice(0, pieces.lastIndex);
  }
  return text.trimEnd();
}

/** The call with its spans in the file: line feeds in front of it cost nothing and count as one each. */
function parseCall(text: string, offset: number, parse: Parse): ast.Call | undefined {
  const tree = parse(`${'\n'.repeat(offset)}${text}\n`);
  const [statement, another] = tree.module.body;
  if (tree.incomplete.length > 0 || another || statement?.kind !== 'ExpressionStatement') return undefined;
  const { value } = statement;
  return value.kind === 'Call' && dotted(value.callee) ? value : undefined;
}

function callProblem(text: string): string {
  if (text === '') return 'It names no scope: write `assume-scope NAME(...)` with the function that gives the scope';
  if (/^[\w.]+$/.test(text)) return `\`${text}\` is not called: write \`assume-scope ${text}()\``;
  return `\`${text}\` is not a call of a function by its name`;
}

function dotted(expression: ast.Expression): readonly string[] | undefined {
  if (expression.kind === 'Name') return [expression.name];
  if (expression.kind !== 'Attribute') return undefined;
  const before = dotted(expression.value);
  return before && [...before, expression.attribute.name];
}

/** The function whose head holds the comment, or begins on the next line that holds code. */
function functionAt(source: SourceFile, offset: number): ast.FunctionDef | undefined {
  const { lines, text } = source;
  const lineOf = (at: number): number => lines.positionAt(at).line;
  let line = lineOf(offset);
  const lineText = (at: number): string => text.slice(lines.lineStart(at), lines.lineStart(at + 1)).trim();
  const isAlone = text.slice(lines.lineStart(line), offset).trim() === '';
  if (isAlone) while (line < lines.lineCount && /^(?:#.*)?$/.test(lineText(line))) line++;
  let found: ast.FunctionDef | undefined;
  walk(source.tree.module, (node) => {
    if (node.kind !== 'FunctionDef') return;
    const first = lineOf(node.decorators[0]?.span.start ?? node.span.start);
    const [statement] = node.body;
    const body = statement ? lineOf(statement.span.start) : first;
    const isHead = first <= line && line < Math.max(body, first + 1);
    if (isAlone ? line === first || isHead : isHead) found = node;
  });
  return found;
}
