/**
 * The text of `slimscope --help`, from the table of options.
 */
import { settingDefinitions } from '../project/settings';
import { options, type OptionDefinition } from './options';

const usage: readonly (readonly [string, string])[] = [
  ['check [OPTIONS] [PATH]...', 'problems in files and folders (default: the current one); `-` is stdin'],
  ['explain [OPTIONS] PATH[:LINE]...', 'effective arguments of every call, and their origin'],
  ['migrate [OPTIONS] PATH...', 'TF-Slim calls to Keras: what can be converted exactly, and why the rest stays'],
  ['weights [OPTIONS] PATH...', 'which variable of a TensorFlow 1 checkpoint is which weight of the Keras layers'],
  ['layers [OPTIONS] FILE[:FUNCTION]', 'layers of a network with shapes and parameters; nothing is run'],
  ['rule NAME', 'what a rule reports, and why'],
  ['rule --list', 'all rules'],
  ['--help | --version', ''],
];

const exitCodes: readonly (readonly [string, string])[] = [
  ['0', 'done; no errors, no warnings'],
  ['1', '`check` found errors or warnings; `migrate` leaves calls; with `--diff`: there is something to change'],
  ['2', 'internal error, or a file that could not be written; the output may be incomplete'],
  ['3', 'a setting has a value that is not allowed, on the command line or in pyproject.toml'],
  ['4', 'wrong command line'],
];

/** Columns of a line of the help. */
const lineWidth = 116;

/** The whole text. */
export function helpText(): string {
  const shared = options.filter(({ commands }) => commands.includes('check') && commands.includes('explain'));
  const ofCheck = options.filter(({ commands }) => commands.includes('check') && !commands.includes('migrate'));
  const ofLayers = options.filter(({ commands }) => commands.length === 1 && commands[0] === 'layers');
  const ofOthers = options.filter(
    (one) => ![...ofCheck, ...shared, ...ofLayers].includes(one) && !one.commands.includes('rule'),
  );
  const rows = [...ofCheck, ...ofOthers, ...ofLayers, ...shared].map(row);
  const width = widthOf(rows);
  return `slimscope: what TF-Slim calls really receive, and what TensorFlow 2 no longer has

Usage
${table(usage.map(([command, text]) => [`slimscope ${command}`, text]))}

Options of \`check\`
${table(ofCheck.map(row), width)}

Options of \`migrate\` and \`weights\`
${table(ofOthers.map(row), width)}

Options of \`layers\`
${table(ofLayers.map(row), width)}

Options of all five
${table(shared.map(row), width)}

Values of \`--target\`
${table(targetValues())}

Exit codes
${table(exitCodes)}
`;
}

function row({ name, short, value, text }: OptionDefinition): readonly [string, string] {
  const flag = short === undefined ? `    --${name}` : `-${short}, --${name}`;
  return [value === undefined ? flag : `${flag} ${value}`, text];
}

function targetValues(): readonly (readonly [string, string])[] {
  const type = settingDefinitions.find(({ flag }) => flag === 'target')?.type;
  return type?.kind === 'choice' ? type.values : [];
}

function widthOf(rows: readonly (readonly [string, string])[]): number {
  return Math.max(...rows.map(([left]) => left.length));
}

function table(rows: readonly (readonly [string, string])[], width = widthOf(rows)): string {
  return rows.flatMap(([left, right]) => wrapped(left.padEnd(width), right)).join('\n');
}

/** The right side goes on below itself. */
function wrapped(left: string, right: string): readonly string[] {
  const lines = [`  ${left} `];
  for (const word of right.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + 1 + word.length <= lineWidth || line.trim() === '') lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(`${' '.repeat(left.length + 3)} ${word}`);
  }
  return lines.map((line) => line.trimEnd());
}
