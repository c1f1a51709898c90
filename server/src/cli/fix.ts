/**
 * `slimscope check --fix` and `--diff`: the fixes of all files asked for. Nothing is written here; the project is left
 * with the new texts, so that a check afterwards sees them.
 */
import { fixUntilStable } from '../features/fixes/fixUntilStable';
import type { Snapshot } from '../project/snapshot';
import type { FixSafety } from '../rules/rule';
import type { CheckContext } from './check';
import type { OpenedInputs } from './inputs';

/** A file that fixes change. */
export interface FixedFile {
  readonly file: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** How many findings were fixed. */
  readonly count: number;
}

/** A fix in one file may make room for one in another that imports it: they are looked at again, so many times. */
const mostPasses = 3;

/** Fixes every target; those that change, in the order of the targets. */
export function fix(
  inputs: OpenedInputs,
  isAllowed: (safety: FixSafety) => boolean,
  context: CheckContext,
): readonly FixedFile[] {
  const fixed = new Map<string, FixedFile>();
  let files = inputs.targets.map(({ file }) => file);
  for (let pass = 0; pass < mostPasses && files.length > 0; pass++) {
    const changed: string[] = [];
    for (const [i, file] of files.entries()) {
      context.onProgress(i, files.length);
      const now = fixFile(inputs, file, isAllowed, context);
      if (!now) continue;
      changed.push(file);
      const earlier = fixed.get(file);
      fixed.set(file, earlier ? { ...now, before: earlier.before, count: earlier.count + now.count } : now);
    }
    const affected = importersOfAll(inputs.snapshot, changed);
    files = files.filter((file) => affected.has(file));
  }
  return inputs.targets.flatMap(({ file }) => fixed.get(file) ?? []).filter(({ before, after }) => before !== after);
}

/** Files that import one of these, directly or through others. */
function importersOfAll(snapshot: Snapshot, files: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...files];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    for (const importer of snapshot.importersOf(file)) {
      if (found.has(importer.file)) continue;
      found.add(importer.file);
      pending.push(importer.file);
    }
  }
  return found;
}

function fixFile(
  inputs: OpenedInputs,
  file: string,
  isAllowed: (safety: FixSafety) => boolean,
  context: CheckContext,
): FixedFile | undefined {
  const path = inputs.snapshot.getPath(file);
  const before = inputs.readText(file);
  if (before === undefined) return undefined;
  try {
    const { text, rules, takenBack } = fixUntilStable(inputs.snapshot, {
      file,
      text: before,
      isAllowed,
      baseline: context.baselineOf(file),
      setText: (text) => inputs.setText(file, text),
      onRuleFailure: (rule, error) => context.onFailure(`rule ${rule} on ${path}`, error),
    });
    for (const rule of takenBack) {
      context.onFailure(`the fix of rule ${rule} on ${path}`, new Error('it would have damaged the file; not applied'));
    }
    return text === before ? undefined : { file, path, before, after: text, count: rules.length };
  } catch (error) {
    inputs.setText(file, before);
    context.onFailure(`the fixes of ${path}`, error);
    return undefined;
  }
}
