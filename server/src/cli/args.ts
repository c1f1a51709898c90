/**
 * The command line as data. Says what is wrong with a command line in words; prints nothing.
 */
import { parseArgs } from 'node:util';
import { layersFormats, type LayersFormat } from '../features/layers/layersText';
import { readSettings, type RuleId, type Settings } from '../project/settings';
import { parseShape } from '../slim/shapes/shape';
import { checkFormats, explainFormats, migrateFormats, options } from './options';
import type { CheckFormat, CommandName, ExplainFormat, MigrateFormat } from './options';
import { readShard, type Shard } from './shard';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'rules' }
  | ({ readonly kind: 'explain'; readonly format: ExplainFormat } & Inputs)
  | ({ readonly kind: 'check' } & CheckOptions & Inputs)
  | ({ readonly kind: 'migrate' } & MigrateOptions & Inputs)
  | ({ readonly kind: 'weights' } & WeightsOptions & Inputs)
  | ({ readonly kind: 'layers' } & LayersOptions & Inputs)
  /** `problem` says what is wrong; `isSetting` when it is the value of a setting. */
  | { readonly kind: 'wrong'; readonly problem: string; readonly isSetting: boolean };

/** What the commands work on. */
export interface Inputs {
  /** As written; `explain` also takes `PATH:LINE`, `check` also `-`. Never empty. */
  readonly paths: readonly string[];
  /** As written; the current folder when absent. */
  readonly root: string | undefined;
  /** What a .gitignore leaves out is not looked at, unless it is named. */
  readonly respectsGitIgnore: boolean;
  /** The path that stdin stands for, when `-` is among the paths. */
  readonly stdinName: string;
  readonly settings: Settings;
  /** Keys of the settings that flags give. */
  readonly explicit: ReadonlySet<keyof Settings>;
}

/** What `check` does with its findings. */
export interface CheckOptions {
  readonly format: CheckFormat;
  /** `fix` writes, `diff` prints what would be written. */
  readonly action: 'report' | 'fix' | 'diff';
  /** Whether fixes that need a look afterwards are applied, too. */
  readonly unsafeFixes: boolean;
  /** Counts per rule instead of single findings. */
  readonly statistics: boolean;
  /** Makes all problems known, and reports none. */
  readonly writeBaseline: boolean;
  /** The part that is checked; everything when absent. */
  readonly shard: Shard | undefined;
  /** Where the report goes, as written; stdout when absent. */
  readonly output: string | undefined;
}

/** What `migrate` does with its result. */
export interface MigrateOptions {
  readonly format: MigrateFormat;
  readonly action: 'report' | 'write' | 'diff';
  /** Where the map of weights goes, as written; none when absent. */
  readonly weightsMap: string | undefined;
}

/** What `weights` writes; paths as written. */
export interface WeightsOptions {
  /** Where the map goes; stdout when absent. */
  readonly output: string | undefined;
  /** Where the Python that loads by the map goes; nowhere when absent. */
  readonly loader: string | undefined;
}

/** What `layers` shows. */
export interface LayersOptions {
  readonly format: LayersFormat;
  /** Qualified name of a function; the last network of the file when absent. */
  readonly network: string | undefined;
  readonly context: number;
  /** As written. */
  readonly inputShape: string | undefined;
}

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
  const known = options.map(({ name, short, value, isMultiple }) => {
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, { type, multiple: isMultiple, ...(short !== undefined && { short }) }] as const;
  });
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'V' },
      ...Object.fromEntries(known),
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
      return misplaced(values, name) ?? toRuleCommand(values, rest);
    case 'explain':
      return misplaced(values, name) ?? toExplainCommand(values, rest, rules);
    case 'check':
      return misplaced(values, name) ?? toCheckCommand(values, rest, rules);
    case 'migrate':
      return misplaced(values, name) ?? toMigrateCommand(values, rest, rules);
    case 'weights':
      return misplaced(values, name) ?? toWeightsCommand(values, rest, rules);
    case 'layers':
      return misplaced(values, name) ?? toLayersCommand(values, rest, rules);
    default:
      return wrong(`there is no command \`${name}\``);
  }
}

/** An option that belongs to another command is a mistake, not a wish to be passed over. */
function misplaced(values: Values, command: CommandName): Command | undefined {
  const option = options.find(({ name, commands }) => values[name] !== undefined && !commands.includes(command));
  return option && wrong(`\`${command}\` takes no option \`--${option.name}\``);
}

function toRuleCommand(values: Values, [name, ...more]: readonly string[]): Command {
  if (values['list'] && name === undefined) return { kind: 'rules' };
  if (values['list'] || name === undefined || more.length > 0) {
    return wrong('`rule` takes the name of one rule, or `--list`');
  }
  return { kind: 'rule', name };
}

function toExplainCommand(values: Values, paths: readonly string[], rules: readonly RuleId[]): Command {
  const format = choose(explainFormats, values['format']);
  if (!format) return wrong(`\`--format\` of \`explain\` is ${explainFormats.join(' or ')}`);
  if (paths.length === 0) return wrong('`explain` takes files or folders');
  const inputs = readInputs(values, paths, rules);
  return 'kind' in inputs ? inputs : { kind: 'explain', format, ...inputs };
}

function toCheckCommand(values: Values, paths: readonly string[], rules: readonly RuleId[]): Command {
  const format = choose(checkFormats, values['format']);
  if (!format) return wrong(`\`--format\` of \`check\` is ${checkFormats.join(', ')}`);
  const action = values['diff'] ? 'diff' : values['fix'] ? 'fix' : 'report';
  const statistics = values['statistics'] === true;
  const unsafeFixes = values['unsafe-fixes'] === true;
  if (action === 'diff' && (values['format'] !== undefined || statistics)) {
    return wrong('`--diff` prints a diff and nothing else: it goes without `--format` and `--statistics`');
  }
  if (unsafeFixes && action === 'report') return wrong('`--unsafe-fixes` goes with `--fix` or `--diff`');
  if (statistics && format !== 'human' && format !== 'json') {
    return wrong('`--statistics` goes with `--format human` and `--format json`');
  }
  const writeBaseline = values['write-baseline'] === true;
  const others = ['fix', 'diff', 'statistics', 'format', 'output'].filter((name) => values[name] !== undefined);
  if (writeBaseline && others[0] !== undefined) return wrong(`\`--write-baseline\` goes without \`--${others[0]}\``);
  if (writeBaseline && paths.includes('-')) return wrong('`--write-baseline` goes without the path `-`');
  if (values['stdin-filename'] !== undefined && !paths.includes('-')) {
    return wrong('`--stdin-filename` goes with the path `-`');
  }
  if (paths.includes('-') && paths.length > 1) return wrong('the path `-` goes without other paths');
  const shard = readShard(text(values['shard']) ?? '1/1');
  if (!shard) return wrong('`--shard` takes a part and the number of parts: `--shard 2/5`');
  const inputs = readInputs(values, paths.length === 0 ? ['.'] : paths, rules);
  if ('kind' in inputs) return inputs;
  return {
    kind: 'check',
    format,
    action,
    unsafeFixes,
    statistics,
    writeBaseline,
    shard: shard.count > 1 ? shard : undefined,
    output: text(values['output']),
    ...inputs,
  };
}

function toMigrateCommand(values: Values, paths: readonly string[], rules: readonly RuleId[]): Command {
  const format = choose(migrateFormats, values['format']);
  if (!format) return wrong(`\`--format\` of \`migrate\` is ${migrateFormats.join(' or ')}`);
  if (values['write'] && values['diff']) return wrong('`--diff` writes nothing: it goes without `--write`');
  if (values['diff'] && values['format'] !== undefined) return wrong('`--diff` goes without `--format`');
  if (paths.length === 0) return wrong('`migrate` takes files or folders');
  if (paths.includes('-')) return wrong('`migrate` takes no stdin');
  const inputs = readInputs(values, paths, rules);
  if ('kind' in inputs) return inputs;
  const action = values['write'] ? 'write' : values['diff'] ? 'diff' : 'report';
  return { kind: 'migrate', format, action, weightsMap: text(values['weights-map']), ...inputs };
}

function toWeightsCommand(values: Values, paths: readonly string[], rules: readonly RuleId[]): Command {
  if (paths.length === 0) return wrong('`weights` takes files or folders');
  if (paths.includes('-')) return wrong('`weights` takes no stdin');
  const inputs = readInputs(values, paths, rules);
  if ('kind' in inputs) return inputs;
  return { kind: 'weights', output: text(values['output']), loader: text(values['loader']), ...inputs };
}

/** `FILE:FUNCTION`; what a path has after its last colon is a name and no number. */
const NETWORK = /^(.+):([A-Za-z_][\w.]*)$/s;

function toLayersCommand(values: Values, paths: readonly string[], rules: readonly RuleId[]): Command {
  const format = choose(layersFormats, values['format']);
  if (!format) return wrong(`\`--format\` of \`layers\` is ${layersFormats.join(', ')}`);
  const [written, ...more] = paths;
  if (written === undefined || more.length > 0 || written === '-') return wrong('`layers` takes one file');
  const context = text(values['context']) ?? '0';
  if (!/^\d{1,9}$/.test(context)) return wrong('`--context` is a number from 0 on');
  const inputShape = text(values['input-shape']);
  if (inputShape !== undefined && !parseShape(inputShape)) return wrong(`\`${inputShape}\` is no shape: write one like ?x224x224x3`); // prettier-ignore
  const [, path = written, network] = NETWORK.exec(written) ?? [];
  const inputs = readInputs(values, [path], rules);
  if ('kind' in inputs) return inputs;
  return { kind: 'layers', format, network, context: Number(context), inputShape, ...inputs };
}

function readInputs(
  values: Values,
  paths: readonly string[],
  rules: readonly RuleId[],
): Inputs | Extract<Command, { kind: 'wrong' }> {
  const { settings, warnings } = readSettings(rawSettings(values), rules);
  if (warnings[0] !== undefined) return { kind: 'wrong', problem: warnings.join('\n'), isSetting: true };
  return {
    paths,
    root: text(values['root']),
    respectsGitIgnore: values['no-ignore'] !== true,
    stdinName: text(values['stdin-filename']) ?? '<stdin>',
    settings,
    explicit: new Set(options.flatMap(({ name, setting }) => (values[name] !== undefined && setting?.property) || [])),
  };
}

function choose<T extends string>(allowed: readonly [T, ...T[]], value: unknown): T | undefined {
  return value === undefined ? allowed[0] : allowed.find((one) => one === value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function wrong(problem: string): Command {
  return { kind: 'wrong', problem, isSetting: false };
}

/** Values of flags in the shape in which an editor would send them. */
function rawSettings(values: Values): Readonly<Record<string, unknown>> {
  const raw: Record<string, unknown> = {};
  for (const { name, setting } of options) {
    const value = values[name];
    if (value === undefined || !setting) continue;
    if (setting.type.kind === 'severities') raw[setting.name] = toSeverities(value);
    else raw[setting.name] = setting.type.kind === 'boolean' ? toBoolean(value) : value;
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
    list.map((value) => {
      const equals = value.indexOf('=');
      return equals < 0 ? [value, ''] : [value.slice(0, equals), value.slice(equals + 1)];
    }),
  );
}
