/**
 * Which TensorFlow the checked files are meant for, and why: what `slimscope check` says below its findings.
 */
import type { Snapshot } from '../project/snapshot';
import type { Target } from '../project/target';

/** Files with the same target for the same reason. */
export interface TargetSummary {
  readonly target: Target;
  readonly reason: string;
  /** The line that says it, when a file does; counts from 1. */
  readonly path?: string;
  readonly line?: number;
  readonly files: number;
}

/** In the order of the files. */
export function targetSummary(snapshot: Snapshot, files: readonly string[]): readonly TargetSummary[] {
  const found = new Map<string, TargetSummary>();
  for (const file of files) {
    const { target, reason, location } = snapshot.target(file);
    const line = location && snapshot.getLines(location.file)?.positionAt(location.span.start).line;
    const place = location && line !== undefined ? { path: snapshot.getPath(location.file), line: line + 1 } : {};
    const key = JSON.stringify([target, reason, place]);
    found.set(key, { target, reason, ...place, files: (found.get(key)?.files ?? 0) + 1 });
  }
  return [...found.values()];
}
