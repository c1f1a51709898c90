/**
 * Slimscope's uses of `tf.contrib` against those that scripts/accuracy/countContrib.py finds with Python's own ast.
 * Every difference falls into a named class, or is "unexplained". The two share no code.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runPython, type Findings, type Report } from './findings';

export interface CountedUse {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What it denotes: `tensorflow.contrib.slim.conv2d`. */
  readonly name: string;
  /** False when the name has other bindings, too. */
  readonly certain: boolean;
  /** Below a `try` with handlers or a condition. */
  readonly guarded: boolean;
}

export interface Count {
  readonly files: number;
  /** Files that Python 3 does not parse. */
  readonly unparsed: readonly string[];
  readonly uses: readonly CountedUse[];
}

interface ScriptUse {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly certain: boolean;
  readonly guarded: boolean;
}

/** The independent count. */
export function countContrib(folder: string): Count {
  const { files } = runPython('python3', 'countContrib.py', [folder]) as {
    readonly files: readonly { readonly path: string; readonly uses?: readonly ScriptUse[] }[];
  };
  return {
    files: files.length,
    unparsed: files.filter((file) => !file.uses).map((file) => file.path),
    uses: files.flatMap((file) => (file.uses ?? []).map((use) => ({ ...use, path: file.path, name: use.path }))),
  };
}

export interface CountComparison {
  readonly found: number;
  /** The module is one of the files that are checked: then it exists, whatever TensorFlow is installed. */
  readonly ownModule: readonly CountedUse[];
  /** Below a `try` or a condition: silent where the other branch has a replacement. */
  readonly guarded: readonly CountedUse[];
  /** The name may also be something else. */
  readonly uncertain: readonly CountedUse[];
  readonly unexplained: readonly CountedUse[];
  /** Reported, in files that Python parses, where the count has nothing: names that came through other files. */
  readonly beyond: readonly Report[];
  /** Reported in files that Python 3 does not parse. */
  readonly inUnparsed: number;
}

/** Compares by position. */
export function compareCount(folder: string, count: Count, findings: Findings): CountComparison {
  const reported = findings.reports.filter(({ rule }) => isAboutContrib(rule));
  const known = new Set(reported.map(placeOf));
  const counted = new Set(count.uses.map(placeOf));
  const missed = count.uses.filter((use) => !known.has(placeOf(use)));
  const because = (reason: Reason): readonly CountedUse[] => missed.filter((use) => reasonOf(folder, use) === reason);
  const unparsed = new Set(count.unparsed);
  const others = reported.filter((one) => !counted.has(placeOf(one)));
  return {
    found: count.uses.length - missed.length,
    ownModule: because('ownModule'),
    guarded: because('guarded'),
    uncertain: because('uncertain'),
    unexplained: because('unexplained'),
    beyond: others.filter((one) => !unparsed.has(one.path)),
    inUnparsed: others.filter((one) => unparsed.has(one.path)).length,
  };
}

/** Rules that speak of a use of contrib, one way or another. */
export function isAboutContrib(rule: string): boolean {
  return rule.startsWith('contrib-');
}

export function placeOf({ path, line, column }: Pick<Report, 'path' | 'line' | 'column'>): string {
  return `${path}:${line}:${column}`;
}

type Reason = 'ownModule' | 'guarded' | 'uncertain' | 'unexplained';

function reasonOf(folder: string, use: CountedUse): Reason {
  const parts = use.name.split('.');
  for (let length = parts.length; length > 2; length--) {
    const module = join(folder, ...parts.slice(0, length));
    if (existsSync(`${module}.py`) || existsSync(join(module, '__init__.py'))) return 'ownModule';
  }
  if (!use.certain) return 'uncertain';
  return use.guarded ? 'guarded' : 'unexplained';
}
