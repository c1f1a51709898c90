/**
 * The state of the repair pass while it goes over a text, and the edits that it makes. Edits are only ever added at
 * the end, so that a part of the scan can be taken back by shortening the lists.
 */
import type { Span } from '../base/span';
import { placeholder, type RepairEdit } from './repairedText';
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
  /** Conditional expressions that still lack their `else`. */
  openIfs: number;
  tokens: number;
}

/** An open bracket. */
export interface Bracket {
  readonly closer: string;
  /** In braces: a colon was seen in this entry, or in any. */
  entryHasColon: boolean;
  isDict: boolean;
}

/**
 * What the last token was: a `value` (name, closing bracket), a `number`, a `string`, an `operator` that something must
 * follow (also a dot and most keywords), something `opening` an item (bracket, comma, colon, `lambda`), or neither.
 */
export type TokenKind = 'value' | 'number' | 'string' | 'operator' | 'opening' | 'neutral';

/** A triple-quoted string that has been read, and how many edits there were at its end. */
export interface PastString {
  readonly end: number;
  readonly edits: number;
  readonly damage: number;
}

/** A block, with the keyword of its latest statement. */
export interface Level {
  readonly indent: number;
  readonly keyword: string;
}

export interface Scan {
  readonly text: string;
  readonly edits: RepairEdit[];
  readonly damage: Span[];
  readonly brackets: Bracket[];
  /** The blocks that enclose the statement, outermost first. */
  readonly levels: Level[];
  /** The blocks that the latest statement, a simple one, left. */
  left: readonly Level[];
  /** Indentation of the statement before, when it is a header that ended with its colon; else -1. */
  opened: number;
  /** Indentation of such a header, when the latest statement, a simple one, is not in its block; else -1. */
  emptyHeader: number;
  /** Where the latest statement began. */
  begun: { readonly at: number; readonly indent: number };
  isCertain: boolean;
  /** After a guess nothing is certain any more. */
  hasGuessed: boolean;
  statement: OpenStatement | undefined;
  /** The last token, and where it ends. */
  last: TokenKind;
  lastEnd: number;
  /** Where the item before the last comma ends, and how many tokens came since. */
  itemEnd: number;
  itemTokens: number;
  openBacktick: boolean;
  python2: boolean;
  lastTriple: PastString | undefined;
}

/** The state at the beginning of a text. */
export function startScan(text: string): Scan {
  return {
    text,
    edits: [],
    damage: [],
    brackets: [],
    levels: [],
    left: [],
    opened: -1,
    emptyHeader: -1,
    begun: { at: 0, indent: 0 },
    isCertain: false,
    hasGuessed: false,
    statement: undefined,
    last: 'neutral',
    lastEnd: 0,
    itemEnd: -1,
    itemTokens: 0,
    openBacktick: false,
    python2: false,
    lastTriple: undefined,
  };
}

/** Notes that a token ends at `end`. */
export function took(scan: Scan, end: number, kind: TokenKind): void {
  scan.lastEnd = end;
  scan.last = kind;
  scan.itemTokens++;
  if (scan.statement && scan.brackets.length === 0) scan.statement.tokens++;
}

/** Puts text behind the last token. */
export function insertBehind(scan: Scan, text: string): void {
  scan.edits.push({ at: scan.lastEnd, remove: 0, insert: text });
  scan.damage.push({ start: scan.lastEnd, end: scan.lastEnd });
}

/** Makes spaces of characters: offsets stay as they are. */
export function blank(scan: Scan, start: number, end: number): void {
  scan.edits.push({ at: start, remove: end - start, insert: ' '.repeat(end - start) });
  scan.damage.push({ start, end });
}

/** Takes characters away; only in the indentation of a line, where spaces would change the block. */
export function cut(scan: Scan, start: number, end: number): void {
  scan.edits.push({ at: start, remove: end - start, insert: '' });
  scan.damage.push({ start, end });
}

/** Puts an operand behind the last token if that one needs one. */
export function fillOperand(scan: Scan): void {
  if (scan.last !== 'operator') return;
  const endsWithWord = /\w/.test(scan.text.charAt(scan.lastEnd - 1));
  insertBehind(scan, endsWithWord ? ` ${placeholder}` : placeholder);
  scan.last = 'value';
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

/** True after a token that another value cannot follow. */
export function isAfterValue({ last }: Scan): boolean {
  return last === 'value' || last === 'number' || last === 'string';
}

/** Between two items in brackets that nothing separates: a comma, or the colon of a dict's entry. */
export function separateItems(scan: Scan): void {
  const innermost = scan.brackets[scan.brackets.length - 1];
  if (!innermost) return;
  const isKey = innermost.closer === '}' && !innermost.entryHasColon && (innermost.isDict || scan.last === 'string');
  insertBehind(scan, isKey ? ':' : ',');
  certainly(scan);
  innermost.entryHasColon = isKey;
  innermost.isDict ||= isKey;
  scan.itemEnd = scan.lastEnd;
  scan.itemTokens = 0;
}

/** `[1, 1, name=`: a list that was not closed before the next argument of the call around it. */
export function closeListBeforeKeyword(scan: Scan): void {
  const { brackets, itemEnd } = scan;
  const innermost = brackets[brackets.length - 1];
  const outer = brackets[brackets.length - 2];
  if (!innermost || innermost.closer === ')' || outer?.closer !== ')' || itemEnd < 0 || scan.itemTokens !== 1) return;
  scan.edits.push({ at: itemEnd, remove: 0, insert: innermost.closer });
  scan.damage.push({ start: itemEnd, end: itemEnd });
  certainly(scan);
  brackets.pop();
}
