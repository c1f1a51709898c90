/**
 * The one table of settings: everything about a setting is said here once. The manifest's
 * `contributes.configuration` and the CLI's flags are made from it. Pure data plus the reader;
 * where the raw values come from (editor, command line) is the adapters' business.
 * An invalid value is never obeyed in part: it gives one warning, and the default holds.
 */
import { assertNever } from '../base/assertNever';
import { targetText, targets, type Target } from './target';

/** What a rule may be set to; a rule's own severity is one of these without `off`. */
export type SeveritySetting = 'off' | 'hint' | 'info' | 'warning' | 'error';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Settings after validation. */
export interface Settings {
  /** `auto`: by the files of the workspace that name a version, else the newest. */
  readonly targetTensorflow: 'auto' | Target;
  /** Overrides of severities by rule name; only known rules. */
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  readonly diagnosticsScope: 'openFiles' | 'off';
  readonly hoverEnabled: boolean;
  /** Globs of paths relative to a workspace folder. */
  readonly exclude: readonly string[];
  /** Further folders that imports are searched in, relative to a workspace folder or absolute. */
  readonly pythonPaths: readonly string[];
  /** Whether calls in test files count as callers of what they test. */
  readonly testsAreCallers: boolean;
  readonly logLevel: LogLevel;
}

/** The shape of a setting's value. */
export type SettingType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'stringList' }
  | { readonly kind: 'severities' }
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
    markdown: 'Severity of single rules, by name: `off`, `hint`, `info`, `warning` or `error`.',
    flag: 'rule',
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

/**
 * Validates raw settings: the object under `slimscope`, nested (`{ hover: { enabled: false } }`) or flat
 * (`{ 'hover.enabled': false }`).
 * @param ruleNames the rules that exist; `slimscope.rules` may name no others
 */
export function readSettings(
  raw: unknown,
  ruleNames: readonly string[],
): { readonly settings: Settings; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const definition of settingDefinitions) {
    if (!definition.property) continue;
    const value = valueAt(raw, definition.name);
    const problem = value === undefined || value === null ? undefined : validate(value, definition.type, ruleNames);
    if (problem) {
      warnings.push(`Setting \`slimscope.${definition.name}\`: ${problem}. The default holds`);
    }
    settings[definition.property] = value === undefined || value === null || problem ? definition.default : value;
  }
  return { settings: settings as unknown as Settings, warnings };
}

function valueAt(raw: unknown, name: string): unknown {
  if (!isRecord(raw)) return undefined;
  if (name in raw) return raw[name];
  const [head = '', ...rest] = name.split('.');
  return rest.length > 0 ? valueAt(raw[head], rest.join('.')) : undefined;
}

/** What is wrong with a value, in words that name the allowed ones; undefined when nothing is. */
function validate(value: unknown, type: SettingType, ruleNames: readonly string[]): string | undefined {
  const shown = `\`${JSON.stringify(value)}\` is not allowed, allowed`;
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${shown} are \`true\` and \`false\``;
    case 'stringList':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? undefined
        : `${shown} are lists of strings`;
    case 'choice': {
      const allowed = type.values.map(([name]) => name);
      return typeof value === 'string' && allowed.includes(value) ? undefined : `${shown} are ${quoted(allowed)}`;
    }
    case 'severities':
      return validateSeverities(value, ruleNames);
    default:
      return assertNever(type);
  }
}

function validateSeverities(value: unknown, ruleNames: readonly string[]): string | undefined {
  if (!isRecord(value)) return `\`${JSON.stringify(value)}\` is not allowed, allowed are objects from rule to severity`;
  for (const [rule, severity] of Object.entries(value)) {
    if (!ruleNames.includes(rule)) return `there is no rule \`${rule}\`, allowed are ${quoted(ruleNames)}`;
    if (!severitySettings.some((allowed) => allowed === severity)) {
      return `\`${JSON.stringify(severity)}\` is no severity for \`${rule}\`, allowed are ${quoted(severitySettings)}`;
    }
  }
  return undefined;
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(', ');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
