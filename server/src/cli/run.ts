/**
 * The command line, from arguments to exit code. Writes only through {@link CliIo}, so that tests run it in process.
 * Output is sorted and depends on nothing but the files and the arguments.
 */
import { assertNever } from '../base/assertNever';
import type { FileSystem } from '../project/ports';
import { rules } from '../rules/registry';
import type { Parse } from '../syntax/parse';
import { readArguments, type Command } from './args';
import { exitCode } from './exitCode';
import { explainFile } from './explain/explainFile';
import type { ExplainedFile, ExplainedWorkspace } from './explain/format';
import { helpText } from './help';
import { openInputs, type InputFailure, type OpenedInputs } from './inputs';
import { explainText } from './reporters/explainText';
import { runCheck } from './runCheck';
import { runLayers } from './runLayers';
import { runMigrate } from './runMigrate';
import { runWeights } from './runWeights';

/** The world as the command line sees it. */
export interface CliIo {
  readonly cwd: string;
  readonly version: string;
  readonly fileSystem: FileSystem;
  /** Whether stdout is a terminal that shows colours, and its user wants them. */
  readonly useColors: boolean;
  /** Starts the parser, when a command needs it. */
  parse(): Promise<Parse>;
  /** The page that explains a rule, as Markdown. */
  rulePage(rule: string): string | undefined;
  /** The address of that page. */
  ruleUri(rule: string): string | undefined;
  /** The Python that loads a checkpoint of TensorFlow 1 by a map of weights. */
  weightsLoader(): string | undefined;
  /** A file's URI as a path of this computer. */
  toPath(uri: string): string;
  /** All of stdin, decoded as a Python file. */
  readStdin(): Promise<string>;
  /** Writes to stdout in the encoding that stdin has; says why when that cannot be done. */
  outLikeStdin(text: string): string | undefined;
  /** Writes a changed source file back; says why it was left as it is. */
  replaceFile(file: string, before: string, after: string): string | undefined;
  /** Writes a report to a path as the user wrote it; says why when that cannot be done. */
  writeReport(path: string, text: string): string | undefined;
  out(text: string): void;
  error(text: string): void;
  /** Shows how far the work is, where someone watches; undefined takes it away. */
  progress(text: string | undefined): void;
}

/** Runs `slimscope ARGS` and answers the exit code. Never throws. */
export async function run(args: readonly string[], io: CliIo): Promise<number> {
  try {
    return await runCommand(readArguments(args, rules), io);
  } catch (error) {
    io.progress(undefined);
    io.error(`slimscope: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCode.internal;
  }
}

async function runCommand(command: Command, io: CliIo): Promise<number> {
  switch (command.kind) {
    case 'help':
      io.out(helpText());
      return exitCode.clean;
    case 'version':
      io.out(`slimscope ${io.version}\n`);
      return exitCode.clean;
    case 'wrong':
      io.error(`slimscope: ${command.problem}\n`);
      if (command.isSetting) return exitCode.badConfiguration;
      io.error('Try `slimscope --help`.\n');
      return exitCode.badArguments;
    case 'rule':
      return showRule(command.name, io);
    case 'rules':
      io.out(ruleList());
      return exitCode.clean;
    case 'explain': {
      const inputs = await openInputs(command, io);
      return 'kind' in inputs ? showFailure(inputs, io) : runExplain(inputs, command.format, io);
    }
    case 'check': {
      const inputs = await openInputs(command, io);
      return 'kind' in inputs ? showFailure(inputs, io) : runCheck(inputs, command, io);
    }
    case 'migrate': {
      const inputs = await openInputs(command, io);
      return 'kind' in inputs ? showFailure(inputs, io) : runMigrate(inputs, command, io);
    }
    case 'weights': {
      const inputs = await openInputs(command, io);
      return 'kind' in inputs ? showFailure(inputs, io) : runWeights(inputs, command, io);
    }
    case 'layers': {
      const inputs = await openInputs(command, io);
      return 'kind' in inputs ? showFailure(inputs, io) : runLayers(inputs, command, io);
    }
    default:
      return assertNever(command);
  }
}

function showFailure(failure: InputFailure, io: CliIo): number {
  switch (failure.kind) {
    case 'missing':
      for (const path of failure.paths) io.error(`slimscope: there is no file or folder \`${path}\`\n`);
      return exitCode.badArguments;
    case 'badConfiguration':
      for (const problem of failure.problems) io.error(`slimscope: ${problem}\n`);
      return exitCode.badConfiguration;
    default:
      return assertNever(failure);
  }
}

/** Name, severity, fix and summary of every rule. */
function ruleList(): string {
  const width = Math.max(...rules.map(({ name }) => name.length));
  const rows = rules.map(({ name, severity, fix, summary }) => {
    return `${name.padEnd(width)}  ${severity.padEnd(7)}  ${`fix: ${fix}`.padEnd(15)}  ${summary}\n`;
  });
  return rows.join('');
}

function showRule(name: string, io: CliIo): number {
  const rule = rules.find((one) => one.name === name);
  if (!rule) {
    io.error(`slimscope: there is no rule \`${name}\`; the rules are:\n`);
    io.error(ruleList());
    return exitCode.badArguments;
  }
  io.out(io.rulePage(name) ?? `# ${rule.name}\n\n${rule.summary} (${rule.severity})\n`);
  return exitCode.clean;
}

function runExplain(inputs: OpenedInputs, format: 'text' | 'json', io: CliIo): number {
  const files = inputs.targets.map(({ file, lines }) => explainFile(inputs.snapshot, file, lines));
  const all = withProblems(files, inputs);
  if (format === 'json') {
    const workspace: ExplainedWorkspace = { schemaVersion: 1, files: all };
    io.out(`${JSON.stringify(workspace, undefined, 2)}\n`);
  } else {
    io.out(
      all
        .map(explainText)
        .filter((text) => text !== '')
        .join('\n'),
    );
  }
  return exitCode.clean;
}

/** Files that could not be read get an entry of their own when they were not asked for. */
function withProblems(files: readonly ExplainedFile[], inputs: OpenedInputs): readonly ExplainedFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const { path, reason } of inputs.problems()) {
    const file = byPath.get(path) ?? { path, calls: [], problems: [] };
    byPath.set(path, { ...file, problems: [...file.problems, { reason }] });
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
