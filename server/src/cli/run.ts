/**
 * The command line, from arguments to exit code. Writes only through {@link CliIo}, so that tests run it in process.
 * Output is sorted and depends on nothing but the files and the arguments.
 */
import { assertNever } from '../base/assertNever';
import type { FileSystem } from '../project/ports';
import { rules } from '../rules/registry';
import type { Parse } from '../syntax/parse';
import { helpText, readArguments, type Command } from './args';
import { check } from './check';
import { exitCode } from './exitCode';
import { explainFile } from './explain/explainFile';
import type { ExplainedFile, ExplainedWorkspace } from './explain/format';
import { openInputs, type OpenedInputs } from './inputs';
import { checkText } from './reporters/checkText';
import { explainText } from './reporters/explainText';

/** The world as the command line sees it. */
export interface CliIo {
  readonly cwd: string;
  readonly version: string;
  readonly fileSystem: FileSystem;
  /** Starts the parser, when a command needs it. */
  parse(): Promise<Parse>;
  /** The page that explains a rule, as Markdown. */
  rulePage(rule: string): string | undefined;
  /** A file's URI as a path of this computer. */
  toPath(uri: string): string;
  out(text: string): void;
  error(text: string): void;
}

/** Runs `slimscope ARGS` and answers the exit code. Never throws. */
export async function run(args: readonly string[], io: CliIo): Promise<number> {
  try {
    return await runCommand(readArguments(args, rules), io);
  } catch (error) {
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
    case 'explain':
    case 'check': {
      const inputs = await openInputs(command, io);
      if ('missing' in inputs) {
        for (const path of inputs.missing) io.error(`slimscope: there is no file or folder \`${path}\`\n`);
        return exitCode.badArguments;
      }
      return command.kind === 'explain' ? runExplain(inputs, command.format, io) : runCheck(inputs, command.format, io);
    }
    default:
      return assertNever(command);
  }
}

function showRule(name: string, io: CliIo): number {
  const rule = rules.find((one) => one.name === name);
  if (!rule) {
    io.error(`slimscope: there is no rule \`${name}\`; the rules are:\n`);
    for (const one of rules) io.error(`  ${one.name.padEnd(26)}${one.summary}\n`);
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

function runCheck(inputs: OpenedInputs, format: 'human' | 'json', io: CliIo): number {
  let hasFailed = false;
  const report = check(inputs, (what, error) => {
    hasFailed = true;
    io.error(`slimscope: internal error in ${what}: ${error instanceof Error ? error.stack : String(error)}\n`);
  });
  io.out(format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : checkText(report));
  if (hasFailed) return exitCode.internal;
  return report.summary.errors + report.summary.warnings > 0 ? exitCode.findings : exitCode.clean;
}
