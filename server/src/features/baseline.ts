/**
 * The problems that an old code base is known to have: told from new ones by rule and source line, so that edits
 * elsewhere, other indentation and moved lines change nothing. Pure; the file that holds them is baselineFile.ts.
 */
import type { SourceFile } from '../semantics/program';
import type { BaselineEntry, FileDiagnostic } from './model';

/** Entries by path of the file, relative to the folder of the baseline. */
export type Baseline = ReadonlyMap<string, readonly BaselineEntry[]>;

/** A problem, with whatever else belongs to it. */
interface Found {
  readonly diagnostic: FileDiagnostic;
}

/** What a baseline says of the problems of one file. */
export interface BaselineResult<Finding> {
  /** Problems that are new. */
  readonly kept: readonly Finding[];
  /** How many are known. */
  readonly matched: number;
  /** Entries, or the part of their count, that no problem matches any more. */
  readonly stale: readonly BaselineEntry[];
}

/** Tells new problems from known ones. Of more equal ones than are known, the later ones are new. */
export function applyBaseline<Finding extends Found>(
  entries: readonly BaselineEntry[],
  source: SourceFile,
  findings: readonly Finding[],
): BaselineResult<Finding> {
  const left = new Map<string, number>();
  for (const entry of entries) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count);
  const kept = findings.filter((finding) => {
    const key = keyOf(fingerprint(source, finding));
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
  const stale = entries.flatMap((entry) => {
    const count = Math.min(entry.count, left.get(keyOf(entry)) ?? 0);
    left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) - count);
    return count > 0 ? [{ ...entry, count }] : [];
  });
  return { kept, matched: findings.length - kept.length, stale };
}

/** The entries that make all problems of a file known, sorted. */
export function baselineEntries(source: SourceFile, findings: readonly Found[]): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const one = fingerprint(source, finding);
    entries.set(keyOf(one), { ...one, count: (entries.get(keyOf(one))?.count ?? 0) + 1 });
  }
  return [...entries.values()].sort((a, b) => compare(a.rule, b.rule) || compare(a.text, b.text));
}

/**
 * The baseline after a check: what was checked is replaced, the rest stays while its file exists.
 * @param before undefined when there was none
 */
export function updateBaseline(
  before: Baseline | undefined,
  checked: Baseline,
  exists: (path: string) => boolean,
): Baseline {
  const all = new Map([...(before ?? [])].filter(([path]) => !checked.has(path) && exists(path)));
  for (const [path, entries] of checked) if (entries.length > 0) all.set(path, entries);
  return new Map([...all].sort(([a], [b]) => compare(a, b)));
}

function keyOf({ rule, text }: Pick<BaselineEntry, 'rule' | 'text'>): string {
  return `${rule} ${text}`;
}

const maxLength = 200;

function fingerprint(source: SourceFile, { diagnostic }: Found): Omit<BaselineEntry, 'count'> {
  const { rule, span } = diagnostic;
  const { line } = source.lines.positionAt(span.start);
  const start = source.lines.lineStart(line);
  const end = source.lines.lineStart(line + 1);
  // Comments come and go; a problem of a comment itself has nothing else.
  const comment = source.tree.comments.find((one) => span.start < one.span.start && one.span.start < end);
  const text = source.text
    .slice(start, comment?.span.start ?? end)
    .trim()
    .replace(/\s+/g, ' ');
  return { rule, text: [...text].slice(0, maxLength).join('') };
}

/** By code units, so that the order does not depend on the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
