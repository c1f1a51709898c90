/**
 * The one table of command line options: what each is called, which commands take it, and what the help says. Options
 * that stand for settings come from the table of settings.
 */
import { layersFormats } from '../features/layers/layersText';
import { settingDefinitions, type SettingDefinition } from '../project/settings';

/** The commands that take options. */
export type CommandName = 'check' | 'explain' | 'layers' | 'migrate' | 'weights' | 'rule';

export interface OptionDefinition {
  /** Without `--`. */
  readonly name: string;
  readonly short?: string;
  readonly commands: readonly CommandName[];
  /** What the help calls the value; absent for options that take none. */
  readonly value?: string;
  /** May be given several times. */
  readonly isMultiple: boolean;
  /** A clause for the help. */
  readonly text: string;
  /** The setting that the option stands for. */
  readonly setting?: SettingDefinition;
}

/** How `check` prints its report. */
export const checkFormats = ['human', 'json', 'sarif', 'github'] as const;
/** How `explain` prints. */
export const explainFormats = ['text', 'json'] as const;
/** How `migrate` prints. */
export const migrateFormats = ['human', 'json'] as const;

export type CheckFormat = (typeof checkFormats)[number];
export type ExplainFormat = (typeof explainFormats)[number];
export type MigrateFormat = (typeof migrateFormats)[number];

const own: readonly Omit<OptionDefinition, 'isMultiple'>[] = [
  {
    name: 'format',
    commands: ['check', 'explain', 'migrate', 'layers'],
    value: 'FORMAT',
    text: `\`check\`: ${checkFormats.join(', ')}; \`explain\`: ${explainFormats.join(', ')}; \`migrate\`: ${migrateFormats.join(', ')}; \`layers\`: ${layersFormats.join(', ')} (default: the first)`,
  },
  {
    name: 'output',
    short: 'o',
    commands: ['check', 'weights'],
    value: 'FILE',
    text: 'Write the report, or the map, to a file instead of stdout',
  },
  {
    name: 'shard',
    commands: ['check'],
    value: 'I/N',
    text: 'Check the I-th of N parts only, each about as large; all parts together are the whole',
  },
  { name: 'fix', commands: ['check'], text: 'Apply safe fixes, and report what is left' },
  {
    name: 'unsafe-fixes',
    commands: ['check'],
    text: 'With `--fix` or `--diff`: also fixes that need a look afterwards',
  },
  {
    name: 'diff',
    commands: ['check', 'migrate'],
    text: 'Print what `--fix` or `--write` would change as a unified diff; write nothing',
  },
  { name: 'write', commands: ['migrate'], text: 'Write the migrated files' },
  {
    name: 'weights-map',
    commands: ['migrate'],
    value: 'FILE',
    text: 'Also write the map from checkpoint variables to Keras weights, as `weights` does',
  },
  {
    name: 'loader',
    commands: ['weights'],
    value: 'FILE',
    text: 'Also write the Python that loads a TensorFlow 1 checkpoint by the map',
  },
  { name: 'statistics', commands: ['check'], text: 'Counts per rule instead of single findings (human, json)' },
  {
    name: 'stdin-filename',
    commands: ['check'],
    value: 'PATH',
    text: 'The path that the text on stdin (path `-`) stands for',
  },
  {
    name: 'input-shape',
    commands: ['layers'],
    value: 'SHAPE',
    text: 'Shape of the input of the network, `?x299x299x3` (default: what the program says)',
  },
  {
    name: 'context',
    commands: ['layers'],
    value: 'N',
    text: 'Which of the ways in which the network is built to show (default: 0, the first one)',
  },
  { name: 'write-baseline', commands: ['check'], text: 'Write all problems into the baseline, and report none' },
  {
    name: 'no-ignore',
    commands: ['check', 'migrate', 'weights'],
    text: 'Also take files that a .gitignore leaves out',
  },
  { name: 'list', commands: ['rule'], text: 'List all rules' },
  {
    name: 'root',
    commands: ['check', 'explain', 'migrate', 'weights', 'layers'],
    value: 'FOLDER',
    text: 'Folder that paths are shown relative to and imports start from (default: current)',
  },
];

function ofSetting(setting: SettingDefinition): readonly OptionDefinition[] {
  const { flag, type, markdown } = setting;
  if (flag === undefined) return [];
  const isMultiple = ['severities', 'pathSeverities', 'stringList', 'assumedScopes'].includes(type.kind);
  const text = firstSentence(markdown);
  const commands: readonly CommandName[] =
    flag === 'baseline' ? ['check'] : ['check', 'explain', 'migrate', 'weights', 'layers'];
  return [{ name: flag, commands, value: valueOf(setting), isMultiple, text, setting }];
}

/** What stands for the value of a setting in the help. */
function valueOf({ flag, type }: SettingDefinition): string {
  switch (type.kind) {
    case 'choice':
      return 'NAME';
    case 'severities':
      return 'NAME=SEVERITY';
    case 'boolean':
      return 'true|false';
    case 'assumedScopes':
      return '[FUNCTION=]NAME(...)';
    default:
      return flag === 'python-path' ? 'FOLDER' : flag === 'baseline' ? 'FILE' : 'GLOB';
  }
}

/** Short enough for a line of the help: the first sentence, or what it says before it goes into details. */
function firstSentence(markdown: string): string {
  const [sentence = ''] = markdown.split(/[.;](?=\s|$)/);
  return sentence.length <= 90 ? sentence : (sentence.split(/[:(]\s?/)[0] ?? sentence).trimEnd();
}

/** Every option of every command, in the order of the help. */
export const options: readonly OptionDefinition[] = [
  ...own.map((option) => ({ ...option, isMultiple: false })),
  ...settingDefinitions.flatMap(ofSetting),
];
