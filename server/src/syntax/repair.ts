/**
 * Finds what is missing or superfluous in damaged Python text, before it is parsed: closing brackets and quotes,
 * colons, operands. Trusts indentation and statement keywords over brackets and quotes, because while a line is being
 * typed the lines around it are sound. Pure; one pass over the characters; knows nothing of the parser.
 * On sound text it proposes nothing that `isCertain`, so that the first parse decides.
 */
import type { Span } from '../base/span';
import type { Insertion, Replacement } from './repairedText';
import { lineAt, type Line, looksLikeStatement, type StatementStart, startOfStatement } from './repairLines';
import { endOfString } from './repairStrings';

/** What would make the text readable. */
export interface Repairs {
  readonly insertions: readonly Insertion[];
  readonly replacements: readonly Replacement[];
  /** Places where the text is damaged. Not every edit is one: some only help the parser with valid code. */
  readonly damage: readonly Span[];
  /** True when the text cannot be valid as it stands, even if the parser accepts it (`x = slim.` and a line end). */
  readonly isCertain: boolean;
}

/** What the last token of a statement asks for. */
type Expecting = 'nothing' | 'operand' | 'separator';

interface Bracket {
  readonly closer: string;
  readonly at: number;
}

interface Statement {
  readonly start: StatementStart;
  /** A `:` outside of brackets, for compound statements. */
  hasColon: boolean;
  hasIn: boolean;
  hasImport: boolean;
  hasParentheses: boolean;
  words: number;
  openLambdas: number;
}

interface Scan {
  readonly text: string;
  readonly insertions: Insertion[];
  readonly replacements: Replacement[];
  readonly damage: Span[];
  readonly brackets: Bracket[];
  isCertain: boolean;
  /** After a guess nothing is certain any more. */
  hasGuessed: boolean;
  statement: Statement | undefined;
  /** End of the last token that is neither space nor comment. */
  lastEnd: number;
  expecting: Expecting;
  /** True after an opening bracket or a comma: there `*` and `/` may stand alone. */
  atItemStart: boolean;
  openBacktick: boolean;
}

/** Stands for an operand that is missing. Whatever its name, its span in the user's text is empty. */
export const placeholder = '_';

/** Scans a text for damage. */
export function findRepairs(text: string): Repairs {
  const scan: Scan = {
    text,
    insertions: [],
    replacements: [],
    damage: [],
    brackets: [],
    isCertain: false,
    hasGuessed: false,
    statement: undefined,
    lastEnd: 0,
    expecting: 'nothing',
    atItemStart: false,
    openBacktick: false,
  };
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const line = lineAt(text, at);
    at = line.isEmpty ? line.end : scanLine(scan, line);
    at = skipLineEnd(text, at);
  }
  closeBrackets(scan);
  endStatement(scan);
  const { insertions, replacements, damage, isCertain } = scan;
  return { insertions, replacements, damage, isCertain };
}

function skipLineEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  return code === 10 ? at + 1 : at;
}

// ---------------------------------------------------------------------------------------------------------- lines

/** Scans a line, and those that a string or a backslash joins to it; the answer is the offset of its line end. */
function scanLine(scan: Scan, line: Line): number {
  const { statement, brackets } = scan;
  if (brackets.length > 0 && statement) {
    if (looksLikeStatement(scan.text, line, statement.start)) {
      closeBrackets(scan);
      scan.hasGuessed = true;
    } else if (line.indent < statement.start.indent) padLine(scan, line, statement.start.indent);
  }
  if (brackets.length === 0) {
    endStatement(scan);
    scan.statement = newStatement(startOfStatement(scan.text, line));
  }
  return scanTokens(scan, line.start);
}

function newStatement(start: StatementStart): Statement {
  return { start, hasColon: false, hasIn: false, hasImport: false, hasParentheses: false, words: 0, openLambdas: 0 };
}

/**
 * The grammar's lexer ends blocks at a line inside brackets that is indented less than the statement, which Python
 * allows, when an operand is due there. More indentation is harmless.
 */
function padLine(scan: Scan, line: Line, indent: number): void {
  scan.insertions.push({ at: line.start, text: ' '.repeat(indent - line.indent) });
}

/** Closes all open brackets behind the last token. */
function closeBrackets(scan: Scan): void {
  if (scan.brackets.length === 0) return;
  fillOperand(scan);
  let closers = '';
  for (let bracket = scan.brackets.pop(); bracket; bracket = scan.brackets.pop()) closers += bracket.closer;
  insert(scan, closers);
}

/** Completes the statement that has just ended. */
function endStatement(scan: Scan): void {
  const { statement } = scan;
  if (!statement) return;
  if (scan.expecting === 'operand') certain(scan);
  fillOperand(scan);
  if (statement.openLambdas > 0) insert(scan, `: ${placeholder}`);
  completeHeader(scan, statement);
  scan.statement = undefined;
  scan.expecting = 'nothing';
}

function completeHeader(scan: Scan, statement: Statement): void {
  const { keyword, isCompound } = statement.start;
  if (keyword === 'from' && !statement.hasImport) insert(scan, ` import ${placeholder}`);
  if (!isCompound || statement.hasColon) return;
  if (keyword === 'def' && !statement.hasParentheses) insert(scan, '()');
  if (keyword === 'for' && !statement.hasIn) insert(scan, ` in ${placeholder}`);
  insert(scan, ':');
}

function certain(scan: Scan): void {
  scan.isCertain ||= !scan.hasGuessed;
}

function fillOperand(scan: Scan): void {
  if (scan.expecting === 'operand')
    insert(scan, isWordCode(scan.text.charCodeAt(scan.lastEnd - 1)) ? ' _' : placeholder);
  scan.expecting = 'nothing';
}

function insert(scan: Scan, text: string): void {
  scan.insertions.push({ at: scan.lastEnd, text });
  scan.damage.push({ start: scan.lastEnd, end: scan.lastEnd });
}

function blank(scan: Scan, start: number, end: number): void {
  scan.replacements.push({ at: start, by: ' '.repeat(end - start) });
  scan.damage.push({ start, end });
}

// --------------------------------------------------------------------------------------------------------- tokens

/** Scans tokens up to the end of the line; the answer is the offset of the line end. */
function scanTokens(scan: Scan, start: number): number {
  const { text } = scan;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
    if (code === 32 || code === 9 || code === 12) at++;
    else if (code === 35) return endOfLine(text, at);
    else if (code === 92) at = scanBackslash(text, at);
    else if (isWordCode(code)) at = scanWord(scan, at);
    else if (code === 34 || code === 39) at = scanString(scan, at);
    else at = scanPunctuation(scan, at, code);
  }
  return at;
}

function endOfLine(text: string, at: number): number {
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 10 || code === 13) break;
  }
  return end;
}

/** A backslash before a line end joins the next line. */
function scanBackslash(text: string, at: number): number {
  return skipLineEnd(text, at + 1);
}

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code > 127
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function scanWord(scan: Scan, start: number): number {
  const { text } = scan;
  if (isDigit(text.charCodeAt(start))) return scanNumber(scan, start);
  let end = start + 1;
  while (end < text.length && isWordCode(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  if ((next === 34 || next === 39) && end - start <= 3) return scanString(scan, end);
  const word = text.slice(start, end);
  const needsOperand = operandWords.has(word);
  const { statement } = scan;
  if (statement && scan.brackets.length === 0) noteWord(statement, word);
  took(scan, end, needsOperand ? 'operand' : 'nothing');
  scan.atItemStart = word === 'lambda';
  return end;
}

function noteWord(statement: Statement, word: string): void {
  statement.words++;
  if (word === 'in') statement.hasIn = true;
  else if (word === 'import') statement.hasImport = true;
  else if (word === 'lambda') statement.openLambdas++;
}

/** Words that cannot end a statement or an item. */
const operandWords: ReadonlySet<string> = new Set([
  'and', 'or', 'not', 'in', 'is', 'if', 'elif', 'while', 'with', 'for', 'del', 'assert', 'import', 'from', 'as', 'def',
  'class', 'global', 'nonlocal',
]); // prettier-ignore

function scanNumber(scan: Scan, start: number): number {
  const { text } = scan;
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const isSign =
      (code === 43 || code === 45) && /[eE]/.test(text.charAt(end - 1)) && !/^0[xX]/.test(text.slice(start, end));
    if (!isWordCode(code) && code !== 46 && !isSign) break;
    end++;
  }
  took(scan, end, 'nothing');
  return end;
}

function took(scan: Scan, end: number, expecting: Expecting): void {
  scan.lastEnd = end;
  scan.expecting = expecting;
  scan.atItemStart = false;
}

function scanString(scan: Scan, start: number): number {
  const innermost = scan.brackets[scan.brackets.length - 1];
  const found = endOfString(scan.text, start, innermost?.closer);
  if (found.quote === '') {
    took(scan, found.end, 'nothing');
    return found.end;
  }
  if (found.isCertain) certain(scan);
  if (found.isStray) {
    blank(scan, start, found.end);
    return found.end;
  }
  took(scan, found.end, 'nothing');
  insert(scan, found.quote);
  return found.end;
}

function scanPunctuation(scan: Scan, at: number, code: number): number {
  switch (code) {
    case 40:
      return openBracket(scan, at, ')');
    case 91:
      return openBracket(scan, at, ']');
    case 123:
      return openBracket(scan, at, '}');
    case 41:
    case 93:
    case 125:
      return closeBracket(scan, at);
    case 44:
      fillOperand(scan);
      took(scan, at + 1, 'nothing');
      scan.atItemStart = true;
      return at + 1;
    case 58:
      return scanColon(scan, at);
    case 59:
      return scanSemicolon(scan, at);
    case 46:
      return scanDot(scan, at);
    case 96:
      return scanBacktick(scan, at);
    default:
      return scanOperator(scan, at, code);
  }
}

function openBracket(scan: Scan, at: number, closer: string): number {
  if (closer === ')' && scan.brackets.length === 0 && scan.statement) scan.statement.hasParentheses = true;
  scan.brackets.push({ closer, at });
  took(scan, at + 1, 'nothing');
  scan.atItemStart = true;
  return at + 1;
}

/** A closer closes up to its match; without one it is stray. */
function closeBracket(scan: Scan, at: number): number {
  const closer = scan.text.charAt(at);
  const { brackets } = scan;
  let match = brackets.length - 1;
  while (match >= 0 && brackets[match]?.closer !== closer) match--;
  if (match < 0) {
    blank(scan, at, at + 1);
    return at + 1;
  }
  fillOperand(scan);
  let missing = '';
  while (brackets.length - 1 > match) missing += brackets.pop()?.closer ?? '';
  if (missing !== '') insert(scan, missing);
  brackets.pop();
  took(scan, at + 1, 'nothing');
  return at + 1;
}

function scanColon(scan: Scan, at: number): number {
  if (scan.text.charCodeAt(at + 1) === 61 && scan.brackets.length > 0) {
    took(scan, at + 2, 'operand');
    return at + 2;
  }
  const { statement } = scan;
  if (scan.brackets.length === 0 && statement) {
    fillOperand(scan);
    if (statement.openLambdas > 0) {
      statement.openLambdas--;
    } else if (!statement.hasColon && statement.start.isCompound) {
      completeHeader(scan, statement);
      const last = scan.insertions[scan.insertions.length - 1];
      if (last?.text === ':' && last.at === scan.lastEnd) {
        scan.insertions.pop();
        scan.damage.pop();
      }
      statement.hasColon = true;
    }
  }
  took(scan, at + 1, 'nothing');
  scan.atItemStart = true;
  return at + 1;
}

function scanSemicolon(scan: Scan, at: number): number {
  if (scan.brackets.length === 0 && scan.expecting === 'operand') certain(scan);
  fillOperand(scan);
  took(scan, at + 1, 'nothing');
  return at + 1;
}

function scanDot(scan: Scan, at: number): number {
  const { text } = scan;
  if (isDigit(text.charCodeAt(at + 1)) && !isWordCode(text.charCodeAt(scan.lastEnd - 1))) return scanNumber(scan, at);
  if (text.startsWith('...', at)) {
    took(scan, at + 3, 'nothing');
    return at + 3;
  }
  // `from . import x`: dots need no name there.
  const isRelative = scan.statement?.start.keyword === 'from' && !scan.statement.hasImport;
  took(scan, at + 1, isRelative ? 'nothing' : 'operand');
  return at + 1;
}

/** Python 2's `` `x` `` stands for `repr(x)`; parentheses keep the expression readable. */
function scanBacktick(scan: Scan, at: number): number {
  const closing = scan.openBacktick;
  scan.openBacktick = !closing;
  scan.replacements.push({ at, by: closing ? ')' : '(' });
  took(scan, at + 1, 'nothing');
  scan.atItemStart = !closing;
  return at + 1;
}

function scanOperator(scan: Scan, start: number, code: number): number {
  const { text, atItemStart } = scan;
  let end = start + 1;
  while (end < text.length && end - start < 3 && isOperatorCode(text.charCodeAt(end))) end++;
  // `*` and `/` may stand alone between commas (parameters), and `import *` at the end.
  const standsAlone =
    (code === 42 || code === 47) && end === start + 1 && (atItemStart || scan.statement?.hasImport === true);
  const isDecorator = code === 64 && scan.statement?.start.start === start;
  took(scan, end, standsAlone ? 'separator' : isOperatorCode(code) || isDecorator ? 'operand' : 'nothing');
  return end;
}

/** `= + - * / % & | ^ ~ < > ! @` may be part of an operator. */
function isOperatorCode(code: number): boolean {
  return operatorCodes.has(code);
}

const operatorCodes: ReadonlySet<number> = new Set([...'=+-*/%&|^~<>!@'].map((letter) => letter.charCodeAt(0)));
