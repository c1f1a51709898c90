/**
 * What the beginning of a line says: its indentation, which statement starts there, and whether it starts one at all
 * although brackets are still open. Part of the repair pass; looks at single lines only.
 */

/** A line and its indentation. */
export interface Line {
  /** First character that is not indentation. */
  readonly start: number;
  /** Before the line end. */
  readonly end: number;
  /** Columns, counted as the grammar's lexer does: a tab is 8, a form feed starts anew. */
  readonly indent: number;
  /** Nothing but spaces and a comment. */
  readonly isEmpty: boolean;
}

/** The beginning of a logical line. */
export interface StatementStart {
  readonly start: number;
  readonly indent: number;
  /** The first word; of `async def` the second. */
  readonly keyword: string;
  /** True for statements with a header that ends in a colon. */
  readonly isCompound: boolean;
}

/** The line that begins at an offset. */
export function lineAt(text: string, offset: number): Line {
  let start = offset;
  let indent = 0;
  for (; start < text.length; start++) {
    const code = text.charCodeAt(start);
    if (code === 32) indent++;
    else if (code === 9) indent += 8;
    else if (code === 12) indent = 0;
    else break;
  }
  const end = lineEndAt(text, start);
  const isEmpty = start === end || text.charCodeAt(start) === 35;
  return { start, end, indent, isEmpty };
}

/** The end of the line that an offset lies in, before its line end characters. */
export function lineEndAt(text: string, offset: number): number {
  let end = offset;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 10 || code === 13) break;
  }
  return end;
}

/** The offset behind the line end at `at`, or `at` itself when there is none. */
export function skipLineEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  return code === 10 ? at + 1 : at;
}

/** Describes the statement that starts with a line. */
export function startOfStatement(text: string, line: Line): StatementStart {
  const [, asynchronous, word] = matchAt(firstWord, text, line.start) ?? [];
  const keyword = word ?? '';
  const isCompound = compoundKeywords.has(keyword) || (asynchronous !== undefined && keyword === 'for');
  return { start: line.start, indent: line.indent, keyword, isCompound };
}

const firstWord = /(async[ \t]+(?=def\b|with\b|for\b))?([A-Za-z_]\w*)/y;

const compoundKeywords: ReadonlySet<string> = new Set([
  'with', 'def', 'class', 'for', 'while', 'if', 'elif', 'else', 'try', 'except', 'finally',
]); // prettier-ignore

/**
 * True when a line starts a new statement although `open`, the statement before, has brackets that are not closed.
 */
export function looksLikeStatement(text: string, line: Line, open: StatementStart): boolean {
  if (startsWithKeyword(text, line)) return true;
  // The docstring of a definition whose header is not closed.
  if ((open.keyword === 'def' || open.keyword === 'class') && isDocstring(text, line)) return true;
  const isDeeper = line.indent > open.indent;
  if (isDeeper && !open.isCompound) return false;
  const content = text.slice(line.start, line.end);
  const form = isDeeper ? deeperForm(content) : matchAt(shallowForm, content, 0) !== undefined;
  return form && !endsWithComma(content) && !closesMoreThanItOpens(content);
}

/**
 * Judges a line inside open brackets: a new statement, `perhaps` one (then only if the lines that follow say so), or a
 * part of what is open.
 * @param innermost what closes the innermost open bracket
 * @param isItemStart true directly after an opening bracket or a comma
 */
export function lookAtLine(
  text: string,
  line: Line,
  open: StatementStart,
  innermost: string,
  isItemStart: boolean,
): 'statement' | 'perhaps' | 'no' {
  if (looksLikeStatement(text, line, open)) return 'statement';
  const content = text.slice(line.start, line.end);
  if (isItemStart && /^(?:if|for)\b/.test(content)) return 'perhaps';
  if (isLoneTripleQuote(content)) return 'perhaps';
  const isInList = innermost === ']' || innermost === '}';
  if (!isInList || endsWithComma(content) || closesMoreThanItOpens(content)) return 'no';
  return matchAt(looseAssignment, content, 0) ? 'perhaps' : 'no';
}

/** True when a line begins with a triple quote. */
export function isDocstring(text: string, line: Line): boolean {
  return docstring.test(text.slice(line.start, line.start + 4));
}

/** True for `"""` with nothing else on its line. */
export function isLoneTripleQuote(content: string): boolean {
  return /^(?:"""|''')\s*$/.test(content);
}

/** Keywords that cannot stand inside brackets; as the name of an argument they could not stand there either. */
const strongKeyword =
  /(?:async[ \t]+(?:def|with)|with|def|class|return|while|try|import|raise|del|pass|global|nonlocal|assert|break|continue|finally|except|elif|from|print(?=[ \t]+["'\w])|exec(?=[ \t]+["'\w]))(?![\w.(]|[ \t]*[=,)\]}])|(?:with|return|while|raise|del|assert|except|elif)(?=\()|else(?=[ \t]*:)/y;

/** True when a statement that cannot stand in brackets begins at or behind an offset of the same line. */
export function isStatementAhead(text: string, offset: number): boolean {
  const line = lineAt(text, offset);
  if (line.isEmpty) return false;
  return startsWithKeyword(text, line) || matchAt(assignmentForm, text, line.start) !== undefined;
}

/** True when a line reads as the beginning of a statement, not as an argument or an element. */
export function readsAsCode(text: string, line: Line): boolean {
  if (startsWithKeyword(text, line)) return true;
  const content = text.slice(line.start, line.end);
  return matchAt(shallowForm, content, 0) !== undefined && !endsWithComma(content) && !closesMoreThanItOpens(content);
}

function startsWithKeyword(text: string, line: Line): boolean {
  return matchAt(strongKeyword, text, line.start) !== undefined;
}

const targets = String.raw`[A-Za-z_][\w.]*(?:\[[^\]]*\])?(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*(?:\[[^\]]*\])?)*`;
const shallowForm = new RegExp(
  String.raw`${targets}[ \t]*(?:[-+*/%&|^]|\*\*|//|<<|>>)?=(?!=)|[A-Za-z_][\w.]*\(|@|for\b|if\b`,
  'y',
);
/** With spaces around `=`: without them it is the argument of a call. */
const assignmentForm = new RegExp(String.raw`${targets}[ \t]+(?:[-+*/%&|^]|\*\*|//|<<|>>)?=[ \t]`, 'y');

const looseAssignment = new RegExp(String.raw`${targets}[ \t]*=(?!=)`, 'y');
const docstring = /^[rRuU]?(?:"""|''')/;

/** Below a header with open brackets: an assignment, or a header of its own. */
function deeperForm(content: string): boolean {
  if (matchAt(assignmentForm, content, 0)) return true;
  return /^(?:for|if)\b.*:\s*(?:#.*)?$/.test(content);
}

/** `name=value,` is an argument. */
function endsWithComma(content: string): boolean {
  return /,\s*(?:#.*)?$/.test(content);
}

/** Brackets in strings and comments do not count. */
function closesMoreThanItOpens(content: string): boolean {
  let depth = 0;
  for (let i = 0; i < content.length; i++) {
    const letter = content.charAt(i);
    if (letter === '#') return false;
    if (letter === '"' || letter === "'") i = endOfQuoted(content, i);
    else if (letter === '(' || letter === '[' || letter === '{') depth++;
    else if ((letter === ')' || letter === ']' || letter === '}') && --depth < 0) return true;
  }
  return false;
}

function endOfQuoted(content: string, start: number): number {
  const quote = content.charAt(start);
  let i = start + 1;
  for (; i < content.length && content.charAt(i) !== quote; i++) if (content.charAt(i) === '\\') i++;
  return i;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
