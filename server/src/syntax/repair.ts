/**
 * Finds what is missing or superfluous in damaged Python text, before it is parsed: closing brackets and quotes,
 * colons, operands, stray characters. Trusts indentation and statement keywords over brackets and quotes, because
 * while a line is being typed the lines around it are sound. Pure; one pass; knows nothing of the parser.
 * In sound text nothing is certain, and the first parse decides: a rule here may guess.
 */
import type { Span } from '../base/span';
import { placeholder, type RepairEdit } from './repairedText';
import {
  isDocstring,
  isStatementAhead,
  type Line,
  lineAt,
  lookAtLine,
  readsAsCode,
  skipLineEnd,
  type StatementStart,
  startOfStatement,
} from './repairLines';
import { enterStatement, isBackInBlock } from './repairBlocks';
import { closesLater, isIntruder } from './repairLookahead';
import {
  blank,
  certainly,
  closeBrackets,
  cut,
  fillOperand,
  insertBehind,
  type OpenStatement,
  type Scan,
  startScan,
} from './repairScan';
import { completeHeader, scanTokens } from './repairTokens';

/** What would make the text readable. */
export interface Repairs {
  readonly edits: readonly RepairEdit[];
  /** Places where the text is damaged. Not every edit is one: some only help the parser with valid code. */
  readonly damage: readonly Span[];
  /** True when the text cannot be valid as it stands, even if the parser accepts it (`x = slim.` and a line end). */
  readonly isCertain: boolean;
  /** True when Python 2's backticks were rewritten. */
  readonly python2: boolean;
}

/** Scans a text for damage. */
export function findRepairs(text: string): Repairs {
  const scan = startScan(text);
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const line = lineAt(text, at);
    at = skipLineEnd(text, line.isEmpty ? line.end : scanLine(scan, line));
  }
  closeBrackets(scan);
  endStatement(scan);
  const { edits, damage, isCertain, python2 } = scan;
  return { edits, damage, isCertain, python2 };
}

/** Scans a line, and those that a string or a backslash joins to it; the answer is the offset of its line end. */
function scanLine(scan: Scan, line: Line): number {
  const { statement, brackets, text } = scan;
  if (brackets.length === 0 && isLoneBracket(text, line)) {
    blank(scan, line.start, line.end);
    certainly(scan);
    return line.end;
  }
  if (brackets.length > 0 && statement) {
    const innermost = brackets[brackets.length - 1]?.closer ?? '';
    const look = lookAtLine(text, line, statement.start, innermost, scan.last === 'opening');
    if (look !== 'no') scan.hasGuessed = true;
    if (look !== 'no' && isIntruder(text, line, statement.start, brackets)) {
      blank(scan, line.start, line.end);
      return line.end;
    }
    if (look === 'statement' || resumesBlock(scan, statement, line)) {
      scan.hasGuessed = true;
      closeBrackets(scan);
    } else if (line.indent < statement.start.indent) {
      padLine(scan, line, statement.start.indent);
    }
  }
  if (brackets.length === 0 && statement) openHeader(scan, statement, line);
  if (brackets.length === 0) {
    endStatement(scan);
    return scanTokens(scan, beginStatement(scan, line));
  }
  return scanTokens(scan, line.start);
}

/** A call typed too far to the left and not closed, and a line of the block that it interrupts. */
function resumesBlock(scan: Scan, { start }: OpenStatement, line: Line): boolean {
  const { text, brackets } = scan;
  if (!isBackInBlock(scan, line) || !(readsAsCode(text, line) || isDocstring(text, line))) return false;
  const closers = brackets.map((bracket) => bracket.closer);
  return !closesLater(text, line.start, start, closers);
}

/** `with arg_scope` and a line end, and on the next lines what should stand in its brackets. */
function openHeader(scan: Scan, statement: OpenStatement, line: Line): void {
  const { text, brackets } = scan;
  const { start, hasColon } = statement;
  if (!start.isCompound || hasColon || line.indent <= start.indent || readsAsCode(text, line)) return;
  if (!closesLater(text, line.start, start, [')'])) return;
  fillOperand(scan);
  insertBehind(scan, '(');
  brackets.push({ closer: ')', entryHasColon: false, isDict: false });
  scan.last = 'opening';
}

/** Begins a logical line; the answer is the offset of its first token. */
function beginStatement(scan: Scan, line: Line): number {
  const sound = withoutStrayBracket(scan, line);
  const start = startOfStatement(scan.text, sound);
  enterStatement(scan, sound, start);
  scan.begun = { at: sound.start, indent: sound.indent };
  scan.statement = openStatement(start);
  return sound.start;
}

/** `(with ...`, `(name = ...` and `) name`: a bracket that cannot begin the line was put into its indentation. */
function withoutStrayBracket(scan: Scan, line: Line): Line {
  const { text } = scan;
  const bracket = text.charAt(line.start);
  const isAhead = ')]}'.includes(bracket) || ('([{'.includes(bracket) && isStatementAhead(text, line.start + 1));
  if (!isAhead) return line;
  cut(scan, line.start, line.start + 1);
  certainly(scan);
  const rest = lineAt(text, line.start + 1);
  return { ...rest, indent: line.indent + rest.indent };
}

/** A bracket alone on its line, with a statement on the next one. */
function isLoneBracket(text: string, line: Line): boolean {
  if (!'([{'.includes(text.charAt(line.start)) || text.slice(line.start + 1, line.end).trim() !== '') return false;
  return isStatementAhead(text, skipLineEnd(text, line.end));
}

function openStatement(start: StatementStart): OpenStatement {
  return {
    start,
    hasColon: false,
    hasIn: false,
    hasImport: false,
    hasParentheses: false,
    openLambdas: 0,
    openIfs: 0,
    tokens: 0,
  };
}

/**
 * The grammar's lexer ends blocks at a line inside brackets that is indented less than the statement, which Python
 * allows, when an operand is due there. More indentation is harmless.
 */
function padLine(scan: Scan, line: Line, indent: number): void {
  scan.edits.push({ at: line.start, remove: 0, insert: ' '.repeat(indent - line.indent) });
}

/** Completes the statement that has just ended. */
function endStatement(scan: Scan): void {
  const { statement } = scan;
  if (!statement) return;
  if (scan.last === 'operator') certainly(scan);
  fillOperand(scan);
  if (statement.openLambdas > 0) insertBehind(scan, `: ${placeholder}`);
  if (statement.openIfs > 0) {
    certainly(scan);
    insertBehind(scan, ` else ${placeholder}`);
  }
  if (scan.openBacktick) insertBehind(scan, ')');
  scan.openBacktick = false;
  completeHeader(scan, statement);
  if (statement.start.isCompound && !statement.hasColon) insertBehind(scan, ':');
  const endsWithColon = statement.start.isCompound && scan.text.charAt(scan.lastEnd - 1) === ':';
  scan.opened = endsWithColon ? statement.start.indent : -1;
  scan.statement = undefined;
  scan.last = 'neutral';
}
