/**
 * The markers that a Python block of a fixture may hold: `$0` for cursors, and comments that say which diagnostic is
 * expected where. Pure; positions are offsets of the text without `$0`.
 */
import { LineIndex } from '../../server/src/base/lineIndex';
import type { Span } from '../../server/src/base/span';

/** A text without its `$0` markers, and where they were. */
export interface MarkedText {
  readonly text: string;
  readonly cursors: readonly number[];
}

/** Cuts `$0` out of a text. */
export function readCursors(marked: string): MarkedText {
  const parts = marked.split('$0');
  const cursors: number[] = [];
  let text = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    cursors.push(text.length);
    text += part;
  }
  return { text, cursors };
}

/** What a comment in a fixture expects. */
export interface Annotation {
  readonly rule: string;
  /** Underline form: exactly this range. Line form: the whole line, any start in it (or the given column). */
  readonly form: 'underline' | 'line';
  readonly span: Span;
  /** Line of the comment and of the code that it speaks of, zero-based. */
  readonly commentLine: number;
  readonly line: number;
  /** Underline form: first line of the message, or its beginning when it ends with `…`. */
  readonly message?: string;
  readonly severity?: string;
  /** Line form with a column: `# error: 1 [rule]`; zero-based here. */
  readonly column?: number;
}

const underline = /^\s*#\s*(\^+) ([a-z][\w-]*)(?:: (.*))?$/;
const trailing = /# (error|warning|info|hint): (?:(\d+) )?\[([\w-]+)\]/g;

/**
 * Reads the annotations of a text.
 * @throws Error for an underline that no line above is long enough for.
 */
export function readAnnotations(text: string): Annotation[] {
  const lines = text.split(/\r\n|\n|\r/);
  const index = new LineIndex(text);
  const annotations: Annotation[] = [];
  lines.forEach((line, i) => {
    const under = underline.exec(line);
    if (under) {
      const column = line.indexOf('^');
      const width = (under[1] ?? '').length;
      const target = underlinedLine(lines, i, column + width);
      const start = index.lineStart(target) + column;
      annotations.push({
        rule: under[2] ?? '',
        form: 'underline',
        span: { start, end: start + width },
        commentLine: i,
        line: target,
        ...(under[3] === undefined ? {} : { message: under[3].trimEnd() }),
      });
      return;
    }
    for (const match of line.matchAll(trailing)) {
      annotations.push({
        rule: match[3] ?? '',
        form: 'line',
        span: { start: index.lineStart(i), end: index.lineStart(i) + line.length },
        commentLine: i,
        line: i,
        severity: match[1] ?? '',
        ...(match[2] === undefined ? {} : { column: Number(match[2]) - 1 }),
      });
    }
  });
  return annotations;
}

function underlinedLine(lines: readonly string[], from: number, end: number): number {
  for (let i = from - 1; i >= 0; i--) {
    const line = lines[i] ?? '';
    if (!underline.test(line) && line.length >= end) return i;
  }
  throw new Error(`line ${from + 1}: no line above reaches column ${end}`);
}

/** A finding as the annotations see it. */
export interface FoundDiagnostic {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly span: Span;
}

/**
 * Pairs annotations with findings, each used once.
 * Returns one line of text per annotation without finding and per finding without annotation; empty when all match.
 */
export function matchAnnotations(text: string, found: readonly FoundDiagnostic[]): string[] {
  const index = new LineIndex(text);
  const rest = [...found];
  const problems: string[] = [];
  // Exact forms first, so that a line annotation does not take the finding of an underline.
  const annotations = readAnnotations(text).sort((a, b) => order(a) - order(b));
  for (const annotation of annotations) {
    const i = rest.findIndex((one) => fits(annotation, one, text, index));
    if (i >= 0) rest.splice(i, 1);
    else problems.push(`line ${annotation.commentLine + 1}: expected ${describe(annotation)}, not reported`);
  }
  for (const one of rest) {
    const start = index.positionAt(one.span.start);
    const source = text.slice(one.span.start, one.span.end);
    problems.push(
      `line ${start.line + 1}:${start.column + 1}: unexpected ${one.severity} ${one.rule} on ` +
        `\`${source}\`: ${firstLine(one.message)}`,
    );
  }
  return problems;
}

function order(annotation: Annotation): number {
  return annotation.form === 'underline' ? 0 : annotation.column === undefined ? 2 : 1;
}

function describe(annotation: Annotation): string {
  return [annotation.severity, annotation.rule, annotation.message].filter((part) => part !== undefined).join(' ');
}

function fits(annotation: Annotation, found: FoundDiagnostic, text: string, index: LineIndex): boolean {
  if (annotation.rule !== found.rule) return false;
  if (annotation.severity !== undefined && annotation.severity !== found.severity) return false;
  const start = index.positionAt(found.span.start);
  if (annotation.form === 'line') {
    return start.line === annotation.line && (annotation.column === undefined || annotation.column === start.column);
  }
  // A finding over several lines is underlined up to the end of its first one.
  const firstEnd = text.slice(found.span.start, found.span.end).search(/[\r\n]/);
  const end = firstEnd < 0 ? found.span.end : found.span.start + firstEnd;
  return found.span.start === annotation.span.start && end === annotation.span.end && fitsMessage(annotation, found);
}

function fitsMessage(annotation: Annotation, found: FoundDiagnostic): boolean {
  if (annotation.message === undefined) return true;
  const line = firstLine(found.message);
  return annotation.message.endsWith('…')
    ? line.startsWith(annotation.message.slice(0, -1).trimEnd())
    : line === annotation.message;
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? '';
}
