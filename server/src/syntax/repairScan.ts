/**
 * The state of the repair pass while it goes over a text, and the edits that it makes. Edits are only ever added at
 * the end, so that a part of the scan can be taken back by shortening the lists.
 */
import type { Span } from '../base/span';
import type { RepairEdit } from './repairedText';
import type { StatementStart } from './repairLines';

/** A statement while its tokens are being read; the flags speak of tokens outside of brackets. */
export interface OpenStatement {
  readonly start: StatementStart;
  /** The `:` that ends the header of a compound statement. */
  hasColon: boolean;
  hasIn: boolean;
  hasImport: boolean;
  hasParentheses: boolean;
  openLambdas: number;
  tokens: number;
}

/** An open bracket. */
export interface Bracket {
  readonly closer: string;
  readonly at: number;
}

/** A triple-quoted string that has been read, and how many edits there were at its end. */
export interface PastString {
  readonly end: number;
  readonly edits: number;
  readonly damage: number;
}

export interface Scan {
  readonly text: string;
  readonly edits: RepairEdit[];
  readonly damage: Span[];
  readonly brackets: Bracket[];
  /** The blocks that enclose the statement, outermost first, each with the keyword of its latest statement. */
  readonly levels: { readonly indent: number; readonly keyword: string }[];
  isCertain: boolean;
  /** After a guess nothing is certain any more. */
  hasGuessed: boolean;
  statement: OpenStatement | undefined;
  /** End of the last token. */
  lastEnd: number;
  /** True after an operator, a dot, or a keyword that something must follow. */
  needsOperand: boolean;
  /** True after an opening bracket, a comma or `lambda`: there `*` and `/` may stand alone. */
  atItemStart: boolean;
  openBacktick: boolean;
  lastTriple: PastString | undefined;
}

/** Stands for an operand that is missing. Whatever its name, its span in the user's text is empty. */
export const placeholder = '_';

/** The state at the beginning of a text. */
export function startScan(text: string): Scan {
  return {
    text,
    edits: [],
    damage: [],
    brackets: [],
    levels: [],
    isCertain: false,
    hasGuessed: false,
    statement: undefined,
    lastEnd: 0,
    needsOperand: false,
    atItemStart: false,
    openBacktick: false,
    lastTriple: undefined,
  };
}

/** Notes that a token ends at `end`. */
export function took(scan: Scan, end: number, needsOperand = false): void {
  scan.lastEnd = end;
  scan.needsOperand = needsOperand;
  scan.atItemStart = false;
  if (scan.statement && scan.brackets.length === 0) scan.statement.tokens++;
}

/** Puts text behind the last token. */
export function insertBehind(scan: Scan, text: string): void {
  scan.edits.push({ at: scan.lastEnd, remove: 0, insert: text });
  scan.damage.push({ start: scan.lastEnd, end: scan.lastEnd });
}

/** Takes characters away. */
export function remove(scan: Scan, start: number, end: number): void {
  scan.edits.push({ at: start, remove: end - start, insert: '' });
  scan.damage.push({ start, end });
}

/** Puts an operand behind the last token if that one needs one. */
export function fillOperand(scan: Scan): void {
  if (!scan.needsOperand) return;
  const endsWithWord = /\w/.test(scan.text.charAt(scan.lastEnd - 1));
  insertBehind(scan, endsWithWord ? ` ${placeholder}` : placeholder);
  scan.needsOperand = false;
}

/** Notes that the text cannot be valid, unless this follows from an earlier guess. */
export function certainly(scan: Scan): void {
  scan.isCertain ||= !scan.hasGuessed;
}

/** Closes all open brackets behind the last token. */
export function closeBrackets(scan: Scan): void {
  if (scan.brackets.length === 0) return;
  fillOperand(scan);
  let closers = '';
  for (let bracket = scan.brackets.pop(); bracket; bracket = scan.brackets.pop()) closers += bracket.closer;
  insertBehind(scan, closers);
}
