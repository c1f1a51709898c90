/**
 * `slimscope migrate` with files at hand: writes them or not, prints the report or the difference, writes the map
 * of weights, says the exit code.
 */
import type { Command } from './args';
import { exitCode } from './exitCode';
import { Failures } from './failures';
import type { OpenedInputs } from './inputs';
import { migrate } from './migrate';
import { diffText } from './reporters/diffText';
import { migrateText } from './reporters/migrateText';
import type { CliIo } from './run';
import { makeWeightsMap, writeWeightsMap } from './runWeights';

type MigrateCommand = Extract<Command, { kind: 'migrate' }>;

/** Runs the migration and answers the exit code. */
export function runMigrate(inputs: OpenedInputs, { action, format, weightsMap }: MigrateCommand, io: CliIo): number {
  const failures = new Failures(io);
  const result = migrate(inputs, {
    onFailure: (what, error) => failures.add(what, error),
    onProgress: (done, total) => io.progress(`${done} of ${total} files`),
  });
  io.progress(undefined);
  const { report, changed } = result;
  if (weightsMap !== undefined) writeWeightsMap(weightsMap, makeWeightsMap(inputs, result), failures, io);
  if (action === 'write') {
    for (const { file, path, before, after } of changed) {
      const problem = io.replaceFile(file, before, after);
      if (problem !== undefined) failures.say(`${path} is not migrated: ${problem}`);
    }
  }
  if (action === 'diff') io.out(diffText(changed));
  else if (format === 'json') io.out(`${JSON.stringify(report, undefined, 2)}\n`);
  else io.out(migrateText(report, action === 'write'));
  if (failures.any) return exitCode.internal;
  const isLeft = action === 'diff' ? changed.length > 0 : report.files.some(({ refused }) => refused.length > 0);
  return isLeft ? exitCode.findings : exitCode.clean;
}
