/**
 * `slimscope weights` with files at hand: the map from variables of a TensorFlow 1 checkpoint to weights of Keras, and
 * the Python that loads a checkpoint by it. What is TF-Slim is mapped as it would be after `slimscope migrate`.
 */
import { weightsOfFile } from '../features/weights/weightsOfFile';
import type { WeightsMap } from '../slim/weights/weightsMap';
import type { Command } from './args';
import { exitCode } from './exitCode';
import { Failures } from './failures';
import type { OpenedInputs } from './inputs';
import { migrate, type MigrationReport, type MigrationResult } from './migrate';
import type { CliIo } from './run';

type WeightsCommand = Extract<Command, { kind: 'weights' }>;

/** Writes or prints what was asked for, and answers the exit code. */
export function runWeights(inputs: OpenedInputs, { output, loader }: WeightsCommand, io: CliIo): number {
  const failures = new Failures(io);
  const result = migrate(inputs, {
    onFailure: (what, error) => failures.add(what, error),
    onProgress: (done, total) => io.progress(`${done} of ${total} files`),
  });
  io.progress(undefined);
  const map = makeWeightsMap(inputs, result);
  if (loader !== undefined) writeLoader(loader, failures, io);
  if (output !== undefined) writeWeightsMap(output, map, failures, io);
  else io.out(weightsJson(map));
  for (const note of notes(map, result.report)) io.error(`slimscope: ${note}\n`);
  return failures.any ? exitCode.internal : exitCode.clean;
}

/** The map of all files asked for, as a migration has left them. */
export function makeWeightsMap(inputs: OpenedInputs, { scopes }: MigrationResult): WeightsMap {
  const layers = inputs.targets.flatMap(({ file }) =>
    weightsOfFile(inputs.snapshot, file, scopes.get(file) ?? new Map()),
  );
  return { schemaVersion: 1, layers };
}

/** Writes the map to a path as the user wrote it. */
export function writeWeightsMap(path: string, map: WeightsMap, failures: Failures, io: CliIo): void {
  const problem = io.writeReport(path, weightsJson(map));
  if (problem !== undefined) failures.say(`\`${path}\` is not written: ${problem}`);
}

function weightsJson(map: WeightsMap): string {
  return `${JSON.stringify(map, undefined, 2)}\n`;
}

function writeLoader(path: string, failures: Failures, io: CliIo): void {
  const text = io.weightsLoader();
  const problem = text === undefined ? 'it is missing in this installation' : io.writeReport(path, text);
  if (problem !== undefined) failures.say(`the loader \`${path}\` is not written: ${problem}`);
}

/** What the map lacks. */
function notes({ layers }: WeightsMap, { files, problems }: MigrationReport): readonly string[] {
  const unnamed = layers.filter(({ name, pattern }) => name === null && pattern === null);
  const refused = files.reduce((sum, file) => sum + file.refused.length, 0);
  const [first] = unnamed;
  return [
    ...problems.map(({ path, reason }) => `${path}: ${reason}`),
    ...(layers.length === 0 ? ['no Keras layer with weights in these files'] : []),
    ...(first
      ? [
          `${unnamed.length} of ${layers.length} layers have no name, so that the loader cannot tell them apart (${first.at})`,
        ]
      : []),
    ...(refused > 0
      ? [
          refused === 1
            ? '1 TF-Slim call stays as it is and is not in the map: see `slimscope migrate`'
            : `${refused} TF-Slim calls stay as they are and are not in the map: see \`slimscope migrate\``,
        ]
      : []),
  ];
}
