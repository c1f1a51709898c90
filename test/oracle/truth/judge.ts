/**
 * Judges the evaluator by one recorded source: the same workspace twice, with our callers and without them.
 */
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { compareRecording, type SourceComparison } from './compareRecording';
import { readRecording } from './recording';
import { codeFiles, driverFiles, type TruthSource } from './sources';

export interface Judgement {
  readonly source: TruthSource;
  readonly withCallers: SourceComparison;
  readonly withoutCallers: SourceComparison;
}

/** @param folder where the package is unpacked */
export async function judge(source: TruthSource, folder: string): Promise<Judgement> {
  const code = await codeFiles(source, folder);
  const recording = readRecording(source.name);
  return {
    source,
    withCallers: compareRecording(memoryWorkspace([...code, ...driverFiles(source)]), recording, true),
    withoutCallers: compareRecording(memoryWorkspace(code), recording, false),
  };
}
