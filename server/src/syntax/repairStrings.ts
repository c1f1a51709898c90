/**
 * String literals in the repair pass: where one ends when its quotes may be damaged. Prose and code look different
 * enough to tell whether a docstring ended too early or never ended.
 */
import { placeholder } from './repairedText';
import { lineEndAt } from './repairLines';
import { certainly, blank, insertBehind, type Scan, separateItems, took } from './repairScan';

/** Reads the literal whose opening quote is at `start`; the answer is where it ends. */
export function scanString(scan: Scan, start: number): number {
  const { text } = scan;
  const quote = text.charAt(start);
  if (scan.last === 'value' || scan.last === 'number') separateItems(scan);
  if (text.startsWith(quote.repeat(3), start)) return scanTriple(scan, start, start + 3);
  // `""Text` at the start of a statement: a docstring that lost one of its quotes.
  if (scan.statement?.tokens === 0 && text.charAt(start + 1) === quote && isLetter(text.charAt(start + 2))) {
    scan.edits.push({ at: start, remove: 0, insert: quote });
    scan.damage.push({ start, end: start });
    certainly(scan);
    return scanTriple(scan, start, start + 2);
  }
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) {
      // A backslash takes the next character with it, a line end of two characters as well.
      if (text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === 10) at++;
      at++;
    } else if (code === 10 || code === 13) {
      return scanUnterminated(scan, start, at);
    } else if (text.charAt(at) === quote) {
      return takeString(scan, at + 1);
    }
  }
  return scanUnterminated(scan, start, text.length);
}

function takeString(scan: Scan, end: number): number {
  took(scan, end, 'string');
  return end;
}

function isLetter(character: string): boolean {
  return /[A-Za-z_]/.test(character);
}

/** A one-line string ends with its line, or before the closers at the end of the line if those close something. */
function scanUnterminated(scan: Scan, start: number, lineEnd: number): number {
  const { text, brackets } = scan;
  certainly(scan);
  const content = text.slice(start + 1, lineEnd).trimEnd();
  const trailing = /[\])},:]*$/.exec(content)?.[0] ?? '';
  const innermost = brackets[brackets.length - 1];
  const keepsClosers = innermost !== undefined && trailing.includes(innermost.closer);
  const length = content.length - (keepsClosers ? trailing.length : 0);
  const end = start + 1 + length;
  if (length === 0 && keepsClosers) {
    blank(scan, start, end);
    return end;
  }
  takeString(scan, end);
  insertBehind(scan, closeFields(text, start, end) + text.charAt(start));
  return end;
}

/** What closes the fields of an f-string that ends in the middle of them. */
function closeFields(text: string, start: number, end: number): string {
  if (!/(?:^|[^A-Za-z0-9_])[rR]?[fFtT][rR]?$/.test(text.slice(Math.max(start - 3, 0), start))) return '';
  const content = text
    .slice(start + 1, end)
    .replaceAll('{{', '')
    .replaceAll('}}', '');
  const open = content.split('{').length - content.split('}').length;
  return open > 0 ? (content.endsWith('{') ? placeholder : '') + '}'.repeat(open) : '';
}

function scanTriple(scan: Scan, start: number, contentStart: number): number {
  const { text } = scan;
  const triple = text.charAt(start).repeat(3);
  const close = findTriple(text, contentStart, triple);
  const isFound = close < text.length;
  if (isFound && !isSuspicious(scan, contentStart, close)) return endTriple(scan, close + 3);
  if (!isFound) certainly(scan);
  scan.hasGuessed = true;
  const damagedCloser = findDamagedCloser(text.slice(contentStart, close), triple.charAt(0));
  if (damagedCloser) {
    const end = endTriple(scan, contentStart + damagedCloser.end);
    insertBehind(scan, damagedCloser.missing);
    return end;
  }
  if (joinsLastTriple(scan, start)) return endTriple(scan, start + 3);
  const lineEnd = lineEndAt(text, contentStart);
  const end = contentStart + text.slice(contentStart, lineEnd).trimEnd().length;
  takeString(scan, end);
  insertBehind(scan, triple);
  return end;
}

function findTriple(text: string, from: number, triple: string): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === triple.charCodeAt(0) && text.startsWith(triple, at)) return at;
  }
  return text.length;
}

function endTriple(scan: Scan, end: number): number {
  const isStatement = scan.statement?.tokens === 0;
  takeString(scan, end);
  if (isStatement) scan.lastTriple = { end, edits: scan.edits.length, damage: scan.damage.length };
  return end;
}

/** A closer right before a letter opens a string in truth, and a definition further out is not part of a string. */
function isSuspicious(scan: Scan, contentStart: number, close: number): boolean {
  const { text, statement } = scan;
  const lineEnd = lineEndAt(text, contentStart);
  if (close <= lineEnd) return false;
  if (isLetter(text.charAt(close + 3))) return true;
  // Source text held in a variable may well be indented less.
  const indent = statement?.tokens === 0 ? statement.start.indent : 0;
  if (indent === 0) return false;
  for (const match of text.slice(lineEnd, close).matchAll(definition)) {
    if ((match[1]?.length ?? 0) < indent) return true;
  }
  return false;
}

const definition = /^([ \t]*)(?:(?:def|class) \w+.*:$|@\w)/gm;

interface DamagedCloser {
  /** Behind its last quote. */
  readonly end: number;
  readonly missing: string;
}

/** One or two quotes at the end of a line, behind prose: a closer that lost the rest of its quotes. */
function findDamagedCloser(content: string, quote: string): DamagedCloser | undefined {
  const pattern = new RegExp(`(?:^|[^${quote}])${quote}${quote}(?=[ \\t]*$)|^[ \\t]*${quote}(?=[ \\t]*$)`, 'm');
  const match = pattern.exec(content);
  if (!match || !isProse(content.slice(0, match.index))) return undefined;
  const isPair = match[0].endsWith(quote.repeat(2));
  return { end: match.index + match[0].length, missing: isPair ? quote : quote.repeat(2) };
}

/** When only prose stands between the last docstring and this quote, that one ended too early, and here is its end. */
function joinsLastTriple(scan: Scan, start: number): boolean {
  const { lastTriple, text } = scan;
  if (!lastTriple) return false;
  const between = text.slice(lastTriple.end, start);
  if (between.trim() === '' || !isProse(between)) return false;
  scan.edits.length = lastTriple.edits;
  scan.damage.length = lastTriple.damage;
  scan.brackets.length = 0;
  if (scan.statement)
    Object.assign(scan.statement, { start: { ...scan.statement.start, keyword: '', isCompound: false } });
  blank(scan, lastTriple.end - 3, lastTriple.end);
  return true;
}

/** True when fewer than four of ten lines look like code. */
function isProse(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const code = lines.filter((line) => codeLine.test(line)).length;
  return code < 0.4 * lines.length || lines.length === 0;
}

const codeLine =
  /^\s*(?:@\w|(?:def|class)\s+\w|(?:with|for|while|if|elif|except)\b.*:\s*(?:#.*)?$|(?:else|try|finally):|(?:return|import|from|raise|del|assert|pass)\b|[\w.[\]'", ]+\s*[-+*/]?=(?!=)|[\w.]+\(|[\])}]|#)/;
