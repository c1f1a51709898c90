/**
 * `[tool.slimscope]` of a `pyproject.toml`: the same settings as the editor's, under their names in kebab case
 * (`target-tensorflow`) or as the editor spells them. What is wrong is said once per key, with its line; the rest holds.
 * Settings that only concern an editor's window are no business of a project and are refused.
 */
import { LineIndex } from '../../base/lineIndex';
import type { Location } from '../../base/span';
import { parentOf } from '../paths';
import {
  readSetting,
  settingDefinitions,
  valueAt,
  type PathSeverities,
  type RuleId,
  type SettingDefinition,
  type Settings,
} from '../settings';
import { isTable, readToml, tableAt, type TomlTable } from './readToml';
import { placeOfKey } from './tomlPlaces';

/** What one `pyproject.toml` says. */
export interface ProjectConfiguration {
  readonly file: string;
  /** Globs and paths of it are relative to this folder. */
  readonly folder: string;
  /** The keys that it sets, validated. */
  readonly values: Partial<Settings>;
  /** Where the target is set, if it is. */
  readonly targetLocation?: Location;
  readonly problems: readonly ConfigurationProblem[];
}

export interface ConfigurationProblem {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** Names key, value and what is allowed; no final period. */
  readonly text: string;
}

const root = ['tool', 'slimscope'] as const;

/** Reads a `pyproject.toml`; undefined when it has no such table. One that cannot be parsed has a problem if it seems to. */
export function readProjectConfiguration(
  file: string,
  text: string,
  rules: readonly RuleId[],
): ProjectConfiguration | undefined {
  const folder = parentOf(file);
  const read = readToml(text);
  if (read.kind === 'wrong') {
    if (!text.includes('slimscope')) return undefined;
    const problem = { file, line: read.line, text: `this is not valid TOML (${read.problem}); nothing of it holds` };
    return { file, folder, values: {}, problems: [problem] };
  }
  if (tableAt(read.table, 'tool')[root[1]] === undefined) return undefined;
  return readTable({ file, text, rules, lines: new LineIndex(text) }, tableAt(read.table, ...root));
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly rules: readonly RuleId[];
  readonly lines: LineIndex;
}

function readTable(source: Source, table: TomlTable): ProjectConfiguration {
  const folder = parentOf(source.file);
  const values: Record<string, unknown> = {};
  const problems = unknownKeys(table).map((path) => {
    const text = `there is no such setting, allowed are ${shared.map((one) => `\`${kebab(one.name)}\``).join(', ')}`;
    return problemAt(source, path, text);
  });
  let targetLocation: Location | undefined;
  for (const definition of shared) {
    const path = spellings(definition).find((one) => valueAtPath(table, one) !== undefined);
    if (!path || !definition.property) continue;
    const read = readSetting(definition, valueAtPath(table, path), source.rules);
    for (const problem of read.problems) problems.push(problemAt(source, [...path, ...problem.path], problem.text));
    if (read.value === undefined) continue;
    values[definition.property] = definition.type.kind === 'pathSeverities' ? inFolder(read.value, folder) : read.value;
    const span = placeOfKey(source.text, [...root, ...path]);
    if (definition.property === 'targetTensorflow' && span) targetLocation = { file: source.file, span };
  }
  return {
    file: source.file,
    folder,
    values,
    ...(targetLocation && { targetLocation }),
    problems,
  };
}

/** Settings that make sense for everyone who works on a project. */
const shared = settingDefinitions.filter(({ property, scope }) => property !== undefined && scope === 'resource');

/** `targetTensorflow` -> `target-tensorflow`, `callers.tests` -> `callers-tests` */
function kebab(name: string): string {
  return name.replaceAll('.', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The paths of keys under which a setting may stand. */
function spellings({ name }: SettingDefinition): readonly (readonly string[])[] {
  return [[kebab(name)], [name], name.split('.')];
}

function valueAtPath(table: TomlTable, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined || !Object.hasOwn(table, first)) return undefined;
  return rest.length === 0 ? table[first] : valueAt(table[first], rest.join('.'));
}

/** Paths of keys that no setting has. */
function unknownKeys(table: TomlTable): readonly (readonly string[])[] {
  return Object.entries(table).flatMap(([key, value]) => {
    if (shared.some((one) => spellings(one).some((path) => path.length === 1 && path[0] === key))) return [];
    const inner = shared.filter(({ name }) => name.startsWith(`${key}.`)).map(({ name }) => name.slice(key.length + 1));
    if (inner.length === 0 || !isTable(value)) return [[key]];
    return Object.keys(value).flatMap((name) => (inner.includes(name) ? [] : [[key, name]]));
  });
}

function inFolder(value: unknown, folder: string): readonly PathSeverities[] {
  return (value as readonly PathSeverities[]).map((one) => ({ ...one, folder }));
}

function problemAt(source: Source, path: readonly string[], text: string): ConfigurationProblem {
  const whole = [...root, ...path];
  const at = placeOfKey(source.text, whole)?.start ?? 0;
  const key = whole.map((part) => (/^[\w-]+$/.test(part) ? part : `"${part}"`)).join('.');
  return { file: source.file, line: source.lines.positionAt(at).line + 1, text: `\`${key}\`: ${text}` };
}
