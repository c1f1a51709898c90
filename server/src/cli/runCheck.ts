/**
 * `slimscope check` with files at hand: fixes or not, writes what was fixed, prints the report, and says the exit code.
 */
import { statSync } from 'node:fs';
import { assertNever } from '../base/assertNever';
import type { CheckOptions, Command } from './args';
import { makeBaseline, openBaseline, type OpenedBaseline } from './baseline';
import { check, type CheckContext, type CheckResult } from './check';
import { exitCode } from './exitCode';
import { Failures } from './failures';
import { fix, type FixedFile } from './fix';
import type { OpenedInputs } from './inputs';
import { checkJson } from './reporters/checkJson';
import { checkText } from './reporters/checkText';
import { diffText } from './reporters/diffText';
import { githubText } from './reporters/githubText';
import { sarif } from './reporters/sarif';
import type { CliIo } from './run';
import { shardOf, type Shard } from './shard';

type CheckCommand = Extract<Command, { kind: 'check' }>;

/** Runs the check and answers the exit code. */
export function runCheck(all: OpenedInputs, command: CheckCommand, io: CliIo): number {
  const inputs = command.shard ? onlyShard(all, command.shard) : all;
  const failures = new Failures(io);
  const baseline = openBaseline(inputs, command, io);
  if (typeof baseline === 'string') {
    io.error(`slimscope: ${baseline}\n`);
    return exitCode.badConfiguration;
  }
  const context: CheckContext = {
    baselineOf: baseline.entriesOf,
    onFailure: (what: string, error: unknown) => failures.add(what, error),
    onProgress: (done: number, total: number) => io.progress(`${done} of ${total} files`),
  };
  if (all.targets.length === 0) io.error('slimscope: there are no Python files in the given folders\n');
  const code = runAction(inputs, command, { baseline, context, failures, io });
  return failures.any ? exitCode.internal : code;
}

/** The same workspace with some of its files to look at: imports and callers are followed everywhere. */
function onlyShard(inputs: OpenedInputs, shard: Shard): OpenedInputs {
  const targets = shardOf(inputs.targets, shard, ({ file }) => sizeOf(file));
  return Object.create(inputs, { targets: { value: targets } }) as OpenedInputs;
}

/** In bytes; 0 for what is no file (stdin). */
function sizeOf(file: string): number {
  return statSync(new URL(file), { throwIfNoEntry: false })?.size ?? 0;
}

interface Surroundings {
  readonly baseline: OpenedBaseline;
  readonly context: CheckContext;
  readonly failures: Failures;
  readonly io: CliIo;
}

function runAction(inputs: OpenedInputs, command: CheckCommand, surroundings: Surroundings): number {
  if (command.writeBaseline) return runWriteBaseline(inputs, surroundings);
  return command.action === 'diff' ? runDiff(inputs, command, surroundings) : runReport(inputs, command, surroundings);
}

/** A baseline that misses what a failure hid would be a trap: then none is written. */
function runWriteBaseline(inputs: OpenedInputs, { baseline, context, failures, io }: Surroundings): number {
  const { uri, content } = baseline;
  if (uri === undefined) {
    io.error('slimscope: `--write-baseline` needs a file: `--baseline` or the setting names none\n');
    return exitCode.badConfiguration;
  }
  const made = makeBaseline(inputs, { uri, content }, { context, io });
  io.progress(undefined);
  if (failures.any) return exitCode.internal;
  const path = io.toPath(uri);
  const problem = io.writeReport(path, made.text);
  if (problem !== undefined) failures.say(`\`${path}\` cannot be written: ${problem}`);
  else io.out(`${made.problems} problems of ${made.files} files are in the baseline ${path}\n`);
  return exitCode.clean;
}

/** Prints what would change, and writes nothing. */
function runDiff(inputs: OpenedInputs, command: CheckCommand, { context, io }: Surroundings): number {
  const fixed = fix(inputs, allowed(command), context);
  io.progress(undefined);
  if (!print(diffText(fixed), command, io)) return exitCode.badArguments;
  for (const { path, reason } of inputs.problems()) io.error(`${path} note: ${reason}\n`);
  return fixed.length > 0 ? exitCode.findings : exitCode.clean;
}

function runReport(inputs: OpenedInputs, command: CheckCommand, { context, failures, io }: Surroundings): number {
  const write = command.paths.includes('-') ? writeToStdout : writeToFile;
  const fixed = command.action === 'fix' ? fix(inputs, allowed(command), context) : [];
  io.progress(undefined);
  const count = command.action === 'fix' ? write(fixed, inputs, { failures, io }) : 0;
  const result = check(inputs, context, count);
  io.progress(undefined);
  const report = reportText(result, command, io, !failures.any);
  const isStdoutTaken = command.action === 'fix' && write === writeToStdout;
  if (isStdoutTaken && command.output === undefined) io.error(report);
  else if (!print(report, command, io)) return exitCode.badArguments;
  return result.summary.errors + result.summary.warnings > 0 ? exitCode.findings : exitCode.clean;
}

function allowed({ unsafeFixes }: CheckOptions): (safety: string) => boolean {
  return (safety) => unsafeFixes || safety === 'safe';
}

interface Writing {
  readonly failures: Failures;
  readonly io: CliIo;
}

/** Answers how many findings were fixed. What cannot be written counts as not fixed. */
function writeToFile(fixed: readonly FixedFile[], inputs: OpenedInputs, { failures, io }: Writing): number {
  let count = 0;
  for (const { file, path, before, after, count: own } of fixed) {
    const problem = io.replaceFile(file, before, after);
    if (problem === undefined) count += own;
    else {
      inputs.setText(file, before);
      failures.say(`${path} is not fixed: ${problem}`);
    }
  }
  return count;
}

/** The text of stdin goes to stdout whether it was fixed or not: a program that pipes through needs it. */
function writeToStdout(fixed: readonly FixedFile[], inputs: OpenedInputs, { failures, io }: Writing): number {
  const [changed] = fixed;
  const problem = changed && io.outLikeStdin(changed.after);
  if (changed && problem === undefined) return changed.count;
  if (changed) {
    inputs.setText(changed.file, changed.before);
    failures.say(`${changed.path} is not fixed: ${problem}`);
  }
  for (const { file } of inputs.targets) io.outLikeStdin(inputs.readText(file) ?? '');
  return 0;
}

function reportText(result: CheckResult, command: CheckCommand, io: CliIo, isComplete: boolean): string {
  const { format, statistics } = command;
  switch (format) {
    case 'human':
      return checkText(result, { statistics, useColors: io.useColors && command.output === undefined });
    case 'json':
      return checkJson(result, { statistics });
    case 'github':
      return githubText(result);
    case 'sarif':
      return sarif(result, {
        version: io.version,
        rulePage: io.rulePage,
        ruleUri: io.ruleUri,
        isComplete,
        ...(command.shard && { part: `${command.shard.index}-of-${command.shard.count}` }),
      });
    default:
      return assertNever(format);
  }
}

/** False when the file for the report cannot be written; that is said. */
function print(report: string, { output }: CheckOptions, io: CliIo): boolean {
  if (output === undefined) {
    io.out(report);
    return true;
  }
  const problem = io.writeReport(output, report);
  if (problem !== undefined) io.error(`slimscope: \`${output}\` cannot be written: ${problem}\n`);
  return problem === undefined;
}
