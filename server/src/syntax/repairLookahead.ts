/**
 * Looks ahead in damaged text to decide which of two readings fits the lines that follow. Part of the repair pass;
 * never looks further than a screenful, and only where the text is damaged already.
 */
import type { Bracket } from './repairScan';
import {
  isLoneTripleQuote,
  type Line,
  lineAt,
  lineEndAt,
  looksLikeStatement,
  readsAsCode,
  skipLineEnd,
  type StatementStart,
  startOfStatement,
} from './repairLines';

/** Lines that a damaged header or call may still go on for. */
const maxLines = 60;

/**
 * True when a line that starts a statement inside open brackets is the foreign body, and not the brackets: without it
 * they close as they should, and with it the lines behind do not fit.
 */
export function isIntruder(text: string, line: Line, open: StatementStart, brackets: readonly Bracket[]): boolean {
  const content = text.slice(line.start, line.end);
  // A docstring is none: brackets in its prose say nothing.
  if (/^\w?(?:"""|''')/.test(content) && !isLoneTripleQuote(content)) return false;
  return !fitsAsStatement(text, line) && closesLater(text, line.end, open, closersOf(brackets));
}

/**
 * True when the closer at `at`, which closes the last bracket of a header, is stray: what follows cannot follow it,
 * and without it the header closes further on.
 */
export function closesTooEarly(text: string, at: number, start: StatementStart, brackets: readonly Bracket[]): boolean {
  if (!start.isCompound) return false;
  const rest = text
    .slice(at + 1, lineEndAt(text, at))
    .replace(/#.*$/, '')
    .trimEnd();
  const follows = start.keyword === 'def' || start.keyword === 'class' ? afterDefinition : afterHeader;
  if (follows.test(rest) && /[:([{\\]/.test(rest)) return false;
  return closesLater(text, at + 1, start, closersOf(brackets));
}

const afterDefinition = /^\s*(?::|->)/;
const afterHeader = /^\s*(?:[-:,.([\]+*/%@&|^<>!]|==|(?:as|and|or|in|is|not|if|else|for)\b)/;

function closersOf(brackets: readonly Bracket[]): string[] {
  return brackets.map((bracket) => bracket.closer);
}

/** True when open brackets close in good order before a line looks like a new statement. */
export function closesLater(text: string, from: number, open: StatementStart, closers: string[]): boolean {
  let at = from;
  for (let lines = 0; lines < maxLines && at < text.length; lines++) {
    const found = readBrackets(text, at, closers, true);
    if (found.isMismatch) return false;
    if (found.isClosed) return !open.isCompound || headerEnds(text, found.end);
    at = skipLineEnd(text, found.end);
    if (at === found.end) return false;
    const line = lineAt(text, at);
    if (!line.isEmpty && looksLikeStatement(text, line, open)) return false;
  }
  return false;
}

/** True when a header ends with its colon on this line, or goes on in further brackets. */
function headerEnds(text: string, from: number): boolean {
  return /[:([{]/.test(text.slice(from, lineEndAt(text, from)));
}

/** True when a line and what follows make sense as statements of their own. */
function fitsAsStatement(text: string, line: Line): boolean {
  const start = startOfStatement(text, line);
  const closers: string[] = [];
  let isOwn = true;
  let at = line.start;
  for (let lines = 0; lines < maxLines && at < text.length; lines++) {
    const found = readBrackets(text, at, closers, false);
    if (found.isMismatch) return false;
    const endsWithColon = /:\s*(?:#.*)?$/.test(text.slice(at, found.end));
    if (closers.length === 0 && isOwn && start.isCompound !== endsWithColon) return false;
    const next = nextLine(text, skipLineEnd(text, found.end));
    if (!next) return true;
    at = next.start;
    if (closers.length > 0) {
      if (looksLikeStatement(text, next, start)) return true;
      continue;
    }
    if (isOwn && start.isCompound) return next.indent > line.indent;
    if (readsAsCode(text, next)) return true;
    isOwn = false;
  }
  return true;
}

function nextLine(text: string, from: number): Line | undefined {
  let at = from;
  while (at < text.length) {
    const line = lineAt(text, at);
    if (!line.isEmpty) return line;
    at = skipLineEnd(text, line.end);
    if (at === line.end) return undefined;
  }
  return undefined;
}

interface BracketsRead {
  /** Behind the closer that closed the last bracket, or the end of the line. */
  readonly end: number;
  readonly isClosed: boolean;
  readonly isMismatch: boolean;
}

/** Reads brackets to the end of the line, and changes `closers`; strings and comments do not count. */
function readBrackets(text: string, from: number, closers: string[], stopsWhenClosed: boolean): BracketsRead {
  const end = lineEndAt(text, from);
  for (let at = from; at < end; at++) {
    const letter = text.charAt(at);
    if (letter === '#') break;
    if (letter === '"' || letter === "'") at = endOfQuoted(text, at, end);
    else if (letter in closerOf) closers.push(closerOf[letter] ?? '');
    else if (letter === ')' || letter === ']' || letter === '}') {
      if (closers.pop() !== letter) return { end, isClosed: false, isMismatch: true };
      if (stopsWhenClosed && closers.length === 0) return { end: at + 1, isClosed: true, isMismatch: false };
    }
  }
  return { end, isClosed: false, isMismatch: false };
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function endOfQuoted(text: string, start: number, lineEnd: number): number {
  const quote = text.charAt(start);
  let at = start + 1;
  for (; at < lineEnd && text.charAt(at) !== quote; at++) if (text.charAt(at) === '\\') at++;
  return at;
}
