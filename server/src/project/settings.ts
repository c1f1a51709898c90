/**
 * The one table of settings: everything about a setting is said here once. The manifest's
 * `contributes.configuration` and the CLI's flags are made from it. Pure data plus the reader;
 * where the raw values come from (editor, command line) is the adapters' business.
 * An invalid value is never obeyed in part: it gives one warning, and the default holds.
 */
import { assertNever } from '../base/assertNever';
import { editorSettings, type EditorSettings } from './editorSettings';
import { targetText, targets, type Target } from './target';

/** What a rule may be set to; a rule's own severity is one of these without `off`. */
export type SeveritySetting = 'off' | 'hint' | 'info' | 'warning' | 'error';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** What settings need to know of a rule. */
export interface RuleId {
  readonly name: string;
  readonly family: string;
}

/** Severities by rule name; only known rules, families are written out. */
export type RuleSeverities = Readonly<Record<string, SeveritySetting>>;

/** Severities for some paths only. */
export interface PathSeverities {
  readonly glob: string;
  /** The folder that the glob is relative to; the workspace folder of the file when absent. */
  readonly folder?: string;
  readonly rules: RuleSeverities;
}

/** Settings after validation. */
export interface Settings extends EditorSettings {
  /** `auto`: by the files of the workspace that name a version, else the newest. */
  readonly targetTensorflow: 'auto' | Target;
  /** Overrides of severities. */
  readonly rules: RuleSeverities;
  /** Further overrides for some paths; where several match the last one counts. */
  readonly rulesByPath: readonly PathSeverities[];
  readonly diagnosticsScope: 'openFiles' | 'off';
  readonly hoverEnabled: boolean;
  /** Globs of paths relative to a workspace folder. */
  readonly exclude: readonly string[];
  /** Further folders that imports are searched in, relative to a workspace folder or absolute. */
  readonly pythonPaths: readonly string[];
  /** Whether calls in test files count as callers of what they test. */
  readonly testsAreCallers: boolean;
  /** Scopes that functions are taken to be called in: `FUNCTION=NAME(...)`, or `NAME(...)` for all that nothing calls. */
  readonly assumedScopes: readonly string[];
  /** How much is said about a file that is written for TensorFlow 1 as a whole. */
  readonly tf1Files: 'summary' | 'each' | 'off';
  /** File with the findings that are not reported, relative to the workspace folder. */
  readonly baseline: string;
  readonly logLevel: LogLevel;
}

/** The shape of a setting's value. */
export type SettingType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text' }
  | { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'stringList' }
  | { readonly kind: 'assumedScopes' }
  | { readonly kind: 'severities' }
  | { readonly kind: 'pathSeverities' }
  | {
      readonly kind: 'choice';
      /** Allowed values with what they mean. */
      readonly values: readonly (readonly [value: string, meaning: string])[];
    };

export interface SettingDefinition {
  /** Without the prefix `slimscope.`. */
  readonly name: string;
  /** Where the value lands in {@link Settings}; absent for settings that only the editor reads. */
  readonly property?: keyof Settings;
  readonly type: SettingType;
  readonly default: unknown;
  /** VS Code's scope of the setting. */
  readonly scope: 'resource' | 'window' | 'application' | 'machine-overridable';
  readonly markdown: string;
  /** Flag of the CLI, without `--`; absent when the setting means nothing there. */
  readonly flag?: string;
}

/** In the order in which the settings editor offers them. */
export const severitySettings: readonly SeveritySetting[] = ['off', 'hint', 'info', 'warning', 'error'];

/** Every setting, in the order in which the settings editor shows them. */
export const settingDefinitions: readonly SettingDefinition[] = [
  {
    name: 'targetTensorflow',
    property: 'targetTensorflow',
    type: {
      kind: 'choice',
      values: [
        ['auto', 'What the requirements of the workspace say; the newest TensorFlow where they say nothing'],
        ...targets.map((target) => [target, targetText(target)] as const),
      ],
    },
    default: 'auto',
    scope: 'resource',
    markdown: 'The TensorFlow version that the code is meant to run under.',
    flag: 'target',
  },
  {
    name: 'rules',
    property: 'rules',
    type: { kind: 'severities' },
    default: {},
    scope: 'resource',
    markdown:
      'Severity of rules: `off`, `hint`, `info`, `warning` or `error`. Keys are names of rules, `family:...` for all rules ' +
      'of a family, or `all`; a name counts more than its family, and a family more than `all`.',
    flag: 'rule',
  },
  {
    name: 'rulesByPath',
    property: 'rulesByPath',
    type: { kind: 'pathSeverities' },
    default: {},
    scope: 'resource',
    markdown:
      'Severity of rules in some files only: globs of paths relative to the workspace folder, each with severities as in ' +
      '`#slimscope.rules#`, which they override. Where several globs match a file the last one counts.',
  },
  {
    name: 'diagnostics.scope',
    property: 'diagnosticsScope',
    type: {
      kind: 'choice',
      values: [
        ['openFiles', 'Report problems of the files that are open'],
        ['off', 'Report no problems'],
      ],
    },
    default: 'openFiles',
    scope: 'resource',
    markdown: 'Which files problems are reported for.',
  },
  {
    name: 'hover.enabled',
    property: 'hoverEnabled',
    type: { kind: 'boolean' },
    default: true,
    scope: 'resource',
    markdown: 'Show the effective arguments when hovering over a TF-Slim call or an `arg_scope`.',
  },
  ...editorSettings,
  {
    name: 'pythonPaths',
    property: 'pythonPaths',
    type: { kind: 'stringList' },
    default: [],
    scope: 'resource',
    markdown:
      'Further folders that Python imports are searched in, as in `PYTHONPATH`; relative to the workspace folder. ' +
      'The workspace folder itself, its `src` and the folders above the importing file are always searched.',
    flag: 'python-path',
  },
  {
    name: 'callers.tests',
    property: 'testsAreCallers',
    type: { kind: 'boolean' },
    default: false,
    scope: 'resource',
    markdown:
      'Count calls in test files (`test_*.py`, `*_test.py`, folders named `test` or `tests`) among the callers of a ' +
      'function. Tests often build a network in ways that nobody else does. In test files themselves they always count.',
    flag: 'callers-tests',
  },
  {
    name: 'assumeScopes',
    property: 'assumedScopes',
    type: { kind: 'assumedScopes' },
    default: [],
    scope: 'resource',
    markdown:
      'Scopes that functions are taken to be called in, where their callers are not seen: `FUNCTION=NAME(...)`, as in ' +
      '`resnet_v1_50=resnet_arg_scope(weight_decay=0.001)`, or `NAME(...)` for every function that nothing calls. For one ' +
      'function, a comment above it says the same: `# slimscope: assume-scope NAME(...)`.',
    flag: 'assume-scope',
  },
  {
    name: 'tf1Files',
    property: 'tf1Files',
    type: {
      kind: 'choice',
      values: [
        ['summary', 'One problem for the file, and a hint for each use'],
        ['each', 'A problem for each use'],
        ['off', 'Nothing about names of TensorFlow 1'],
      ],
    },
    default: 'summary',
    scope: 'resource',
    markdown:
      'What to report in a file that is written for TensorFlow 1 as a whole: five or more uses of names that ' +
      'TensorFlow 2 has only in `tf.compat.v1` or under another name, graphs or sessions among them.',
    flag: 'tf1-files',
  },
  {
    name: 'exclude',
    property: 'exclude',
    type: { kind: 'stringList' },
    default: [],
    scope: 'resource',
    markdown:
      'Globs of files and folders, relative to the workspace folder, that Slimscope does not read on its own. ' +
      'Virtual environments, `site-packages`, `node_modules` and hidden folders are always left out.',
    flag: 'exclude',
  },
  {
    name: 'baseline',
    property: 'baseline',
    type: { kind: 'text' },
    default: '.slimscope-baseline.json',
    scope: 'resource',
    markdown:
      'File with the problems that are known already and not reported, relative to the workspace folder. It may be ' +
      'absent; `slimscope check --write-baseline` writes it.',
    flag: 'baseline',
  },
  {
    name: 'log.level',
    property: 'logLevel',
    type: {
      kind: 'choice',
      values: [
        ['error', 'Internal errors only'],
        ['warn', 'Also files that cannot be read, and invalid settings'],
        ['info', 'Also slow requests'],
        ['debug', 'Also what is read and computed'],
        ['trace', 'Also every request'],
      ],
    },
    default: 'info',
    scope: 'window',
    markdown: 'How much the server writes into its log.',
  },
  {
    name: 'trace.server',
    type: {
      kind: 'choice',
      values: [
        ['off', 'No trace'],
        ['messages', 'Names of the messages'],
        ['verbose', 'Whole messages'],
      ],
    },
    default: 'off',
    scope: 'window',
    markdown: 'Trace the messages between the editor and the server, for bug reports.',
  },
];

/** What holds when nothing is configured. */
export const defaultSettings: Settings = readSettings({}, []).settings;

/** Something wrong in the value of a setting. */
export interface SettingProblem {
  readonly definition: SettingDefinition;
  /** Keys that lead from the setting's value to what is wrong; empty for the value itself. */
  readonly path: readonly string[];
  /** Names the value and what is allowed. */
  readonly text: string;
}

/**
 * Validates raw settings: the object under `slimscope`, nested (`{ hover: { enabled: false } }`) or flat
 * (`{ 'hover.enabled': false }`).
 * @param rules the rules that exist; settings may name no others
 */
export function readSettings(
  raw: unknown,
  rules: readonly RuleId[],
): { readonly settings: Settings; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const definition of settingDefinitions) {
    if (!definition.property) continue;
    const given = valueAt(raw, definition.name);
    const read = given === undefined || given === null ? undefined : readSetting(definition, given, rules);
    for (const { text } of read?.problems ?? []) {
      warnings.push(`Setting \`slimscope.${definition.name}\`: ${text}. The default holds`);
    }
    settings[definition.property] = read?.value ?? readSetting(definition, definition.default, rules).value;
  }
  return { settings: settings as unknown as Settings, warnings };
}

/** The value under a name with dots, in an object that is nested or flat. */
export function valueAt(raw: unknown, name: string): unknown {
  if (!isRecord(raw)) return undefined;
  if (Object.hasOwn(raw, name)) return raw[name];
  const [head = '', ...rest] = name.split('.');
  return rest.length > 0 && Object.hasOwn(raw, head) ? valueAt(raw[head], rest.join('.')) : undefined;
}

/**
 * Validates one value and gives it the form that it has in {@link Settings}; `value` is undefined when nothing of it can
 * be used. Of severities the valid ones are used.
 */
export function readSetting(
  definition: SettingDefinition,
  value: unknown,
  rules: readonly RuleId[],
): { readonly value?: unknown; readonly problems: readonly SettingProblem[] } {
  const problem = (text: string, path: readonly string[] = []): SettingProblem => ({ definition, path, text });
  const { type } = definition;
  const shown = `\`${JSON.stringify(value)}\` is not allowed, allowed`;
  switch (type.kind) {
    case 'boolean':
      if (typeof value === 'boolean') return { value, problems: [] };
      return { problems: [problem(`${shown} are \`true\` and \`false\``)] };
    case 'text':
      if (typeof value === 'string' && value.trim() !== '') return { value, problems: [] };
      return { problems: [problem(`${shown} are strings that are not empty`)] };
    case 'integer':
      if (Number.isInteger(value) && type.minimum <= Number(value) && Number(value) <= type.maximum) {
        return { value, problems: [] };
      }
      return { problems: [problem(`${shown} are whole numbers from ${type.minimum} to ${type.maximum}`)] };
    case 'stringList':
      if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return { value, problems: [] };
      return { problems: [problem(`${shown} are lists of strings`)] };
    case 'assumedScopes': {
      if (!Array.isArray(value)) return { problems: [problem(`${shown} are lists of \`FUNCTION=NAME(...)\``)] };
      const given: readonly unknown[] = value;
      const wrong = given.filter((one) => typeof one !== 'string' || !isAssumption(one));
      const text = (one: unknown): string => `\`${String(one)}\` is neither \`FUNCTION=NAME(...)\` nor \`NAME(...)\``;
      return { value: given.filter((one) => !wrong.includes(one)), problems: wrong.map((one) => problem(text(one))) };
    }
    case 'choice': {
      const allowed = type.values.map(([name]) => name);
      if (typeof value === 'string' && allowed.includes(value)) return { value, problems: [] };
      return { problems: [problem(`${shown} are ${quoted(allowed)}`)] };
    }
    case 'severities':
      if (!isRecord(value)) return { problems: [problem(`${shown} are objects from rule to severity`)] };
      return readSeverities(value, rules, (text, key) => problem(text, [key]));
    case 'pathSeverities': {
      if (!isRecord(value)) return { problems: [problem(`${shown} are objects from glob to severities`)] };
      const read = Object.entries(value).map(([glob, inner]) => readPath(glob, inner, rules, problem));
      return { value: read.flatMap((one) => one.value ?? []), problems: read.flatMap((one) => one.problems) };
    }
    default:
      return assertNever(type);
  }
}

function readPath(
  glob: string,
  value: unknown,
  rules: readonly RuleId[],
  problem: (text: string, path: readonly string[]) => SettingProblem,
): { readonly value?: PathSeverities; readonly problems: readonly SettingProblem[] } {
  if (!isRecord(value)) {
    const text = `\`${JSON.stringify(value)}\` is not allowed for \`${glob}\`, allowed are objects from rule to severity`;
    return { problems: [problem(text, [glob])] };
  }
  const read = readSeverities(value, rules, (text, key) => problem(text, [glob, key]));
  return { value: { glob, rules: read.value }, problems: read.problems };
}

/** Writes `all` and families out as the rules that they stand for. */
function readSeverities(
  value: Readonly<Record<string, unknown>>,
  rules: readonly RuleId[],
  problem: (text: string, key: string) => SettingProblem,
): { readonly value: RuleSeverities; readonly problems: readonly SettingProblem[] } {
  const problems: SettingProblem[] = [];
  /** From the widest keys to single rules, which count most. */
  const found: [Record<string, SeveritySetting>, Record<string, SeveritySetting>, Record<string, SeveritySetting>] = [
    {},
    {},
    {},
  ];
  for (const [key, given] of Object.entries(value)) {
    const meant = rules.filter((rule) => key === 'all' || key === rule.name || key === `family:${rule.family}`);
    const severity = severitySettings.find((allowed) => allowed === given);
    if (meant.length === 0 && key !== 'all') problems.push(problem(noSuchRule(key, rules), key));
    else if (severity === undefined) {
      const shown = `\`${JSON.stringify(given)}\` is no severity for \`${key}\``;
      problems.push(problem(`${shown}, allowed are ${quoted(severitySettings)}`, key));
    } else for (const { name } of meant) found[key === 'all' ? 0 : key === name ? 2 : 1][name] = severity;
  }
  return { value: Object.assign({}, ...found), problems };
}

function noSuchRule(key: string, rules: readonly RuleId[]): string {
  const families = [...new Set(rules.map((rule) => `family:${rule.family}`))].sort();
  if (key.startsWith('family:')) return `there is no family \`${key.slice(7)}\`, allowed are ${quoted(families)}`;
  return `there is no rule \`${key}\`, allowed are ${quoted([...rules.map((rule) => rule.name), ...families, 'all'])}`;
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}

/** What can be read is decided where it is parsed; this much has to be there. */
function isAssumption(text: string): boolean {
  return /^\s*(?:[\w.]+\s*=\s*)?[A-Za-z_][\w.]*\(.*\)\s*$/s.test(text);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
