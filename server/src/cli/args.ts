/**
 * The command line as data, and its help text. Flags for settings come from the table of settings.
 * Says what is wrong with a command line in words; prints nothing.
 */
import { parseArgs } from 'node:util';
import {
  readSettings,
  settingDefinitions,
  type RuleId,
  type SettingDefinition,
  type Settings,
} from '../project/settings';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'rule'; readonly name: string }
  | ({ readonly kind: 'explain'; readonly format: 'text' | 'json' } & Inputs)
  | ({ readonly kind: 'check'; readonly format: 'human' | 'json' } & Inputs)
  /** `problem` says what is wrong; `isSetting` when it is the value of a setting. */
  | { readonly kind: 'wrong'; readonly problem: string; readonly isSetting: boolean };

/** What `explain` and `check` work on. */
export interface Inputs {
  /** As written; `explain` also takes `PATH:LINE`. Never empty. */
  readonly paths: readonly string[];
  /** As written; the current folder when absent. */
  readonly root: string | undefined;
  readonly settings: Settings;
}

const flags = settingDefinitions.flatMap((setting) =>
  setting.flag === undefined ? [] : [{ ...setting, flag: setting.flag }],
);

/** Reads a command line, without the program's name. */
export function readArguments(args: readonly string[], rules: readonly RuleId[]): Command {
  try {
    const { values, positionals } = parse(args);
    if (values['help']) return { kind: 'help' };
    if (values['version']) return { kind: 'version' };
    return toCommand(values, positionals, rules);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function parse(args: readonly string[]) {
  const setting = ({ flag, type }: { flag: string; type: SettingDefinition['type'] }) =>
    [flag, { type: 'string', multiple: type.kind !== 'choice' && type.kind !== 'boolean' }] as const;
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'V' },
      format: { type: 'string' },
      root: { type: 'string' },
      ...Object.fromEntries(flags.map(setting)),
    },
  });
}

function toCommand(values: Values, positionals: readonly string[], rules: readonly RuleId[]): Command {
  const [name, ...rest] = positionals;
  switch (name) {
    case undefined:
      return wrong('a command is missing');
    case 'help':
      return { kind: 'help' };
    case 'rule':
      return rest.length === 1 && rest[0] !== undefined
        ? { kind: 'rule', name: rest[0] }
        : wrong('`rule` takes the name of one rule');
    case 'explain':
    case 'check': {
      const formats = name === 'explain' ? (['text', 'json'] as const) : (['human', 'json'] as const);
      const format = values['format'] ?? formats[0];
      if (!formats.some((one) => one === format))
        return wrong(`\`--format\` of \`${name}\` is ${formats.join(' or ')}`);
      if (rest.length === 0) return wrong(`\`${name}\` takes files or folders`);
      const { settings, warnings } = readSettings(rawSettings(values), rules);
      if (warnings[0] !== undefined) return { kind: 'wrong', problem: warnings.join('\n'), isSetting: true };
      const root = typeof values['root'] === 'string' ? values['root'] : undefined;
      return { kind: name, format, paths: rest, root, settings } as Command;
    }
    default:
      return wrong(`there is no command \`${name}\``);
  }
}

function wrong(problem: string): Command {
  return { kind: 'wrong', problem, isSetting: false };
}

/** Values of flags in the shape in which an editor would send them. */
function rawSettings(values: Values): Readonly<Record<string, unknown>> {
  const raw: Record<string, unknown> = {};
  for (const { name, flag, type } of flags) {
    const value = values[flag];
    if (value === undefined) continue;
    if (type.kind === 'severities') raw[name] = toSeverities(value);
    else raw[name] = type.kind === 'boolean' ? toBoolean(value) : value;
  }
  return raw;
}

/** `--callers-tests true`; anything else stays as it is, and is refused with the setting's own words. */
function toBoolean(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

/** `--rule unused-scope=off` */
function toSeverities(values: unknown): Readonly<Record<string, string>> {
  const list = Array.isArray(values) ? values.map(String) : [];
  return Object.fromEntries(
    list.map((text) => {
      const equals = text.indexOf('=');
      return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

/** The text of `--help`. */
export function helpText(): string {
  const settings = flags.map((setting) => `  ${describeFlag(setting).padEnd(26)}${firstSentence(setting.markdown)}`);
  return `slimscope: what TF-Slim calls really receive, and what TensorFlow 2 no longer has

Usage
  slimscope explain [--format text|json] PATH[:LINE]...   effective arguments of every call, and their origin
  slimscope check [--format human|json] PATH...           problems
  slimscope rule NAME                                     what a rule reports, and why
  slimscope --help | --version

Options
  --root FOLDER             Folder that paths are shown relative to and imports start from (default: current)
${settings.join('\n')}

Exit codes
  0  done; no errors, no warnings
  1  \`check\` found errors or warnings
  2  internal error
  3  a setting has a value that is not allowed
  4  wrong command line
`;
}

function describeFlag({ flag, type }: { readonly flag: string; readonly type: SettingDefinition['type'] }): string {
  switch (type.kind) {
    case 'choice':
      return `--${flag} ${type.values.map(([value]) => value).join('|')}`;
    case 'severities':
      return `--${flag} NAME=SEVERITY`;
    case 'pathSeverities':
      return `--${flag} GLOB`;
    case 'stringList':
      return `--${flag} ${flag === 'exclude' ? 'GLOB' : 'FOLDER'}`;
    case 'boolean':
      return `--${flag} true|false`;
  }
}

function firstSentence(markdown: string): string {
  return markdown.split(/(?<=[.;])\s/)[0]?.replace(/[;.]$/, '') ?? '';
}
