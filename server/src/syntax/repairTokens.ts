/**
 * The token level of the repair pass: reads one logical line, keeps count of brackets and of what is due next, and
 * mends what can be decided on the spot.
 */
import { closesTooEarly } from './repairLookahead';
import { lineEndAt, skipLineEnd } from './repairLines';
import { placeholder } from './repairedText';
import {
  certainly,
  closeListBeforeKeyword,
  fillOperand,
  insertBehind,
  isAfterValue,
  type OpenStatement,
  blank,
  type Scan,
  separateItems,
  type TokenKind,
  took,
} from './repairScan';
import { scanString } from './repairStrings';

/** Scans tokens up to the end of the line; the answer is the offset of the line end. */
export function scanTokens(scan: Scan, start: number): number {
  const { text } = scan;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
    if (code === 32 || code === 9 || code === 12) at++;
    else if (code === 35) return lineEndAt(text, at);
    else if (code === 92) at = skipLineEnd(text, at + 1);
    else if (isWordCode(code)) at = scanWord(scan, at);
    else if (code === 34 || code === 39) at = scanString(scan, at);
    else at = scanPunctuation(scan, at, code);
  }
  return at;
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
  const { text, statement } = scan;
  if (isDigit(text.charCodeAt(start))) return scanNumber(scan, start);
  let end = start + 1;
  while (end < text.length && isWordCode(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  if ((next === 34 || next === 39) && end - start <= 3) return scanString(scan, end);
  const word = text.slice(start, end);
  if (statement && scan.brackets.length === 0) noteWord(statement, word);
  const isDefined = scan.last === 'operator' && text.slice(scan.lastEnd - 3, scan.lastEnd) === 'def';
  const isInfix = infixWords.has(word);
  if (!isInfix && isAfterValue(scan)) separateItems(scan);
  const isClause = word === 'else' && scan.brackets.length === 0 && statement?.start.start === start;
  took(scan, end, isClause ? 'neutral' : kindOfWord(word, isInfix));
  if (isDefined) openParameters(scan);
  return end;
}

function kindOfWord(word: string, isInfix: boolean): TokenKind {
  if (word === 'lambda') return 'opening';
  if (operandWords.has(word)) return 'operator';
  return isInfix || neutralWords.has(word) ? 'neutral' : 'value';
}

/** Words that may follow a value inside brackets. */
const infixWords: ReadonlySet<string> = new Set([
  'and', 'or', 'not', 'in', 'is', 'if', 'else', 'for', 'as', 'async', 'from',
]); // prettier-ignore

/** Words that a value may follow directly, or nothing. */
const neutralWords: ReadonlySet<string> = new Set([
  'return', 'yield', 'await', 'raise', 'print', 'exec', 'except', 'try', 'finally', 'pass', 'break', 'continue',
]); // prettier-ignore

/** `def name` without its opening parenthesis. */
function openParameters(scan: Scan): void {
  const { text, lastEnd, statement } = scan;
  const next = /[^ \t]|$/.exec(text.slice(lastEnd, lastEnd + 20))?.[0] ?? '';
  if (!statement || next === '(' || next === '[') return;
  const isEmpty = next === '' || next === ':' || next === '-' || next === '#' || next === '\n' || next === '\r';
  insertBehind(scan, isEmpty ? '()' : next === '=' ? `(${placeholder}` : '(');
  statement.hasParentheses = true;
  if (isEmpty) return;
  scan.brackets.push({ closer: ')', entryHasColon: false, isDict: false });
  scan.last = next === '=' ? 'value' : 'opening';
}

function noteWord(statement: OpenStatement, word: string): void {
  if (word === 'in') statement.hasIn = true;
  else if (word === 'import') statement.hasImport = true;
  else if (word === 'lambda') statement.openLambdas++;
  else if (word === 'if' && statement.tokens > 0 && !hasHeader(statement)) statement.openIfs++;
  else if (word === 'else' && statement.openIfs > 0) statement.openIfs--;
}

/** True for compound statements, and for what may be a `match` or a `case`. */
function hasHeader({ start }: OpenStatement): boolean {
  return start.isCompound || start.keyword === 'match' || start.keyword === 'case';
}

/** Words that cannot end a statement or an item. */
const operandWords: ReadonlySet<string> = new Set([
  'else', 'and', 'or', 'not', 'in', 'is', 'if', 'elif', 'while', 'with', 'for', 'del', 'assert', 'import', 'from', 'as', 'def',
  'class', 'global', 'nonlocal',
]); // prettier-ignore

function scanNumber(scan: Scan, start: number): number {
  const { text } = scan;
  numberPattern.lastIndex = start;
  const end = start + Math.max(numberPattern.exec(text)?.[0].length ?? 1, 1);
  if (isAfterValue(scan)) separateItems(scan);
  took(scan, end, 'number');
  return end;
}

const numberPattern =
  /0[xXoObB][\da-fA-F_]+[lL]?|(?:[\d_]*\.?[\d_]*[eE][-+]?\d[\d_]*|\d[\d_]*\.?[\d_]*|\.[\d_]+)[lLjJ]?/y;

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
      return scanComma(scan, at);
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

// ------------------------------------------------------------------------------------------------------- brackets

function openBracket(scan: Scan, at: number, closer: string): number {
  if (closer === ')' && scan.brackets.length === 0 && scan.statement) scan.statement.hasParentheses = true;
  if (scan.last === 'number' || (closer === '}' && isAfterValue(scan))) separateItems(scan);
  took(scan, at + 1, 'opening');
  scan.brackets.push({ closer, entryHasColon: false, isDict: false });
  scan.itemEnd = -1;
  return at + 1;
}

/** A closer closes up to its match; without one it is stray, and so is one that closes a header in its middle. */
function closeBracket(scan: Scan, at: number): number {
  const { brackets, statement, text } = scan;
  const closer = text.charAt(at);
  let match = brackets.length - 1;
  while (match >= 0 && brackets[match]?.closer !== closer) match--;
  if (match < 0 || (match === 0 && statement && closesTooEarly(text, at, statement.start, brackets))) {
    blank(scan, at, at + 1);
    return at + 1;
  }
  fillOperand(scan);
  let missing = '';
  while (brackets.length - 1 > match) missing += brackets.pop()?.closer ?? '';
  if (missing !== '') insertBehind(scan, missing);
  brackets.pop();
  took(scan, at + 1, 'value');
  scan.itemTokens++;
  return at + 1;
}

// ---------------------------------------------------------------------------------------------------- punctuation

function scanComma(scan: Scan, at: number): number {
  fillOperand(scan);
  scan.itemEnd = scan.lastEnd;
  took(scan, at + 1, 'opening');
  scan.itemTokens = 0;
  const innermost = scan.brackets[scan.brackets.length - 1];
  if (innermost) innermost.entryHasColon = false;
  return at + 1;
}

function scanColon(scan: Scan, at: number): number {
  const { statement } = scan;
  if (scan.text.charCodeAt(at + 1) === 61 && scan.brackets.length > 0) {
    took(scan, at + 2, 'operator');
    return at + 2;
  }
  const innermost = scan.brackets[scan.brackets.length - 1];
  if (innermost) innermost.entryHasColon = true;
  if (innermost?.closer === '}') innermost.isDict = true;
  let isOperator = innermost?.closer === '}';
  if (scan.brackets.length === 0 && statement) {
    fillOperand(scan);
    if (statement.openLambdas > 0) {
      statement.openLambdas--;
    } else if (statement.start.isCompound) {
      completeHeader(scan, statement);
      statement.hasColon = true;
    } else {
      isOperator = !hasHeader(statement);
    }
  }
  took(scan, at + 1, isOperator ? 'operator' : 'opening');
  return at + 1;
}

/** Adds what a header or an import lacks before its colon or end. */
export function completeHeader(scan: Scan, statement: OpenStatement): void {
  const { keyword } = statement.start;
  if (keyword === 'from' && !statement.hasImport) insertBehind(scan, ` import ${placeholder}`);
  if (statement.hasColon) return;
  if (keyword === 'def' && !statement.hasParentheses) insertBehind(scan, '()');
  if (keyword === 'for' && !statement.hasIn) insertBehind(scan, ` in ${placeholder}`);
}

function scanSemicolon(scan: Scan, at: number): number {
  if (scan.brackets.length === 0 && scan.last === 'operator') certainly(scan);
  fillOperand(scan);
  took(scan, at + 1, 'neutral');
  return at + 1;
}

function scanDot(scan: Scan, at: number): number {
  const { text, statement } = scan;
  if (isDigit(text.charCodeAt(at + 1)) && (at > scan.lastEnd || !isWordCode(text.charCodeAt(at - 1)))) {
    return scanNumber(scan, at);
  }
  if (text.startsWith('...', at)) {
    took(scan, at + 3, 'value');
    return at + 3;
  }
  // `from . import x`: dots need no name there.
  const isRelative = statement?.start.keyword === 'from' && !statement.hasImport;
  took(scan, at + 1, isRelative ? 'neutral' : 'operator');
  return at + 1;
}

/** Python 2's `` `x` `` is `repr(x)`; the grammar takes it for a string. */
function scanBacktick(scan: Scan, at: number): number {
  const isClosing = scan.openBacktick;
  scan.openBacktick = !isClosing;
  scan.edits.push({ at, remove: 1, insert: isClosing ? ')' : 'repr(' });
  if (isClosing) scan.python2 = true;
  if (isClosing) certainly(scan);
  took(scan, at + 1, isClosing ? 'value' : 'opening');
  return at + 1;
}

function scanOperator(scan: Scan, start: number, code: number): number {
  const { text, statement } = scan;
  if (!operatorCodes.has(code)) {
    took(scan, start + 1, 'neutral');
    return start + 1;
  }
  let end = start + 1;
  while (end < text.length && end - start < 3 && operatorCodes.has(text.charCodeAt(end))) end++;
  // `*` and `/` may stand alone between commas (parameters), and `import *` at the end.
  const isAlone =
    (code === 42 || code === 47) && end === start + 1 && (scan.last === 'opening' || statement?.hasImport === true);
  if (code === 61 && end === start + 1 && scan.last === 'value') closeListBeforeKeyword(scan);
  took(scan, end, isAlone ? 'opening' : 'operator');
  return end;
}

const operatorCodes: ReadonlySet<number> = new Set([...'=+-*/%&|^~<>!@'].map((letter) => letter.charCodeAt(0)));
