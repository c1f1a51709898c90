/**
 * The baseline on the command line: which file it is, what it knows of a file, and writing it anew. What it means is
 * said in features/baseline.ts.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { neverCancelled } from '../base/cancel';
import { baselineEntries, updateBaseline, type Baseline } from '../features/baseline';
import { baselinedFile, baselinePath, baselineUri, loadBaseline, writeBaseline } from '../features/baselineFile';
import { diagnosticsWithFixes } from '../features/diagnostics';
import type { BaselineEntry } from '../features/model';
import type { Command } from './args';
import type { CheckContext } from './check';
import type { OpenedInputs } from './inputs';
import type { CliIo } from './run';

type CheckCommand = Extract<Command, { kind: 'check' }>;

/** The baseline of one run. */
export interface OpenedBaseline {
  /** Identity of its file; undefined when the settings name none. */
  readonly uri: string | undefined;
  /** What the file says; undefined when there is no such file. */
  readonly content: Baseline | undefined;
  /** Problems of a file that are known. */
  entriesOf(file: string): readonly BaselineEntry[];
}

/** Reads the baseline; a string says what is wrong with it. */
export function openBaseline(inputs: OpenedInputs, command: CheckCommand, io: CliIo): OpenedBaseline | string {
  const isGiven = command.explicit.has('baseline');
  const { baseline: path } = isGiven ? command.settings : inputs.snapshot.settings(`${inputs.root}/`);
  // A flag speaks of the folder where it is typed, a setting of the project.
  const uri = baselineUri(isGiven ? pathToFileURL(resolve(io.cwd)).href : inputs.root, path);
  if (uri === undefined) return { uri, content: undefined, entriesOf: () => [] };
  const loaded = loadBaseline(uri, io.fileSystem.readText, isGiven ? undefined : inputs.root);
  switch (loaded.kind) {
    case 'wrong':
      return `\`${path}\` is no baseline: ${loaded.reason}`;
    case 'absent':
      if (isGiven && !command.writeBaseline) return `there is no baseline \`${path}\`; \`--write-baseline\` makes one`;
      return { uri, content: undefined, entriesOf: () => [] };
    case 'read':
      return {
        uri,
        content: loaded.baseline,
        entriesOf: (file) => loaded.baseline.get(baselinePath(uri, file)) ?? [],
      };
  }
}

/** What a new baseline holds, and its text. */
export interface NewBaseline {
  readonly text: string;
  readonly problems: number;
  readonly files: number;
}

/** The baseline in which all problems of the targets are known. What was not checked stays as it was. */
export function makeBaseline(
  inputs: OpenedInputs,
  { uri, content }: { readonly uri: string; readonly content: Baseline | undefined },
  { context, io }: { readonly context: CheckContext; readonly io: CliIo },
): NewBaseline {
  const { snapshot, targets } = inputs;
  const checked = new Map<string, readonly BaselineEntry[]>();
  for (const [i, { file }] of targets.entries()) {
    context.onProgress(i, targets.length);
    const path = snapshot.getPath(file);
    const onRuleFailure = (rule: string, error: unknown) => context.onFailure(`rule ${rule} on ${path}`, error);
    try {
      const found = diagnosticsWithFixes(snapshot, file, { cancel: neverCancelled, onRuleFailure });
      const source = snapshot.getFile(file);
      checked.set(baselinePath(uri, file), source ? baselineEntries(source, found) : []);
    } catch (error) {
      context.onFailure(`the check of ${path}`, error);
    }
  }
  const exists = (path: string) => io.fileSystem.readText(baselinedFile(uri, path)).kind !== 'missing';
  const all = updateBaseline(content, checked, exists);
  const problems = [...all.values()].flat().reduce((sum, { count }) => sum + count, 0);
  return { text: writeBaseline(all), problems, files: all.size };
}
