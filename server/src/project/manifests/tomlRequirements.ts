/**
 * Requirements of TensorFlow in `pyproject.toml` (PEP 621, dependency groups, Poetry, PDM, uv), `Pipfile` and the lock
 * files of Poetry, uv, PDM and Pipenv. A file that is damaged says nothing here; who reads settings from it reports that.
 */
import type { Span } from '../../base/span';
import { knownPackage, readRequirement, type Requirement } from './requirement';
import { isTable, readToml, tableAt, type TomlTable } from './readToml';
import { placeOfKey, placeOfString } from './tomlPlaces';

/** Requirements of a `pyproject.toml`. */
export function pyprojectRequirements(text: string): readonly Requirement[] {
  const read = readToml(text);
  if (read.kind === 'wrong') return [];
  const { table } = read;
  const lists: readonly (readonly [readonly string[], unknown])[] = [
    [['project'], { dependencies: tableAt(table, 'project')['dependencies'] }],
    [['project', 'optional-dependencies'], tableAt(table, 'project', 'optional-dependencies')],
    [['dependency-groups'], tableAt(table, 'dependency-groups')],
    [['tool', 'pdm', 'dev-dependencies'], tableAt(table, 'tool', 'pdm', 'dev-dependencies')],
    [['tool', 'uv'], tableAt(table, 'tool', 'uv')],
  ];
  const poetry = tableAt(table, 'tool', 'poetry');
  const groups = Object.keys(tableAt(poetry, 'group')).map((name) => ['group', name, 'dependencies']);
  const tables = [['dependencies'], ['dev-dependencies'], ...groups];
  return [
    ...lists.flatMap(([path, group]) => inLists(text, path, group)),
    ...tables.flatMap((path) => inTable(text, ['tool', 'poetry', ...path], tableAt(poetry, ...path))),
  ];
}

/** Requirements of a `Pipfile`. */
export function pipfileRequirements(text: string): readonly Requirement[] {
  const read = readToml(text);
  if (read.kind === 'wrong') return [];
  return ['packages', 'dev-packages'].flatMap((name) => inTable(text, [name], tableAt(read.table, name)));
}

/** Every list of requirements in a table. */
function inLists(text: string, path: readonly string[], group: unknown): readonly Requirement[] {
  if (!isTable(group)) return [];
  return Object.entries(group).flatMap(([key, list]) => {
    if (!Array.isArray(list)) return [];
    const from = placeOfKey(text, [...path, key]);
    return list.flatMap((item) => {
      const found = typeof item === 'string' ? readRequirement(item, 0) : undefined;
      return found ? [{ ...found, span: placeOfString(text, String(item), from?.start ?? 0) ?? from ?? nowhere }] : [];
    });
  });
}

const nowhere: Span = { start: 0, end: 0 };

/** `tensorflow = "^1.15"`, `tensorflow = { version = "==1.15", extras = [] }`, or a list of such tables. */
function inTable(text: string, path: readonly string[], table: TomlTable): readonly Requirement[] {
  return Object.entries(table).flatMap(([name, value]) => {
    const known = knownPackage(name);
    if (known === undefined) return [];
    const span = placeOfKey(text, [...path, name]) ?? nowhere;
    return [value].flat().map((one): Requirement => {
      const version = isTable(one) ? one['version'] : one;
      const specifier = typeof version === 'string' ? version : '';
      const shown = specifier === '' || specifier === '*' ? name : `${name} ${specifier}`;
      return { package: known, text: shown, specifier, span };
    });
  });
}

/** Requirements of `poetry.lock`, `uv.lock` and `pdm.lock`: long files, all with a name and then its version. */
export function lockRequirements(text: string): readonly Requirement[] {
  return matches(text, /^name = "([^"]+)"\s*\nversion = "([^"]+)"/gm);
}

/** Requirements of `Pipfile.lock`: `"tensorflow": { ..., "version": "==1.15.0" }`. */
export function pipfileLockRequirements(text: string): readonly Requirement[] {
  return matches(text, /"([\w.-]+)": \{[^{}]*?"version": "==([^"]+)"/g);
}

function matches(text: string, pattern: RegExp): readonly Requirement[] {
  return [...text.matchAll(pattern)].flatMap((match): Requirement[] => {
    const [whole, name = '', version = ''] = match;
    const known = knownPackage(name);
    if (known === undefined) return [];
    const start = match.index + whole.indexOf(name);
    const span = { start, end: start + name.length };
    return [{ package: known, text: `${name} ${version}`, specifier: `==${version}`, span }];
  });
}
