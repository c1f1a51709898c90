/**
 * Which library a scope dictionary belongs to: each has a stack and keys of its own, so that a dictionary of one has no
 * effect in the other (A2). Knows by which `arg_scope` a dictionary was made; of others, which ops they are about.
 */
import type { PyDict, PyObject } from '../../semantics/interpreter/objects';
import type { SlimLibrary } from '../library/libraryObject';
import type { ScopeSite } from '../model';
import { opsByKey } from './scopeReport';
import type { SlimState } from './slimState';

/** Which library's `arg_scope` made a dictionary, where it can only have been that one; by the dictionary's cell. */
const makers = new WeakMap<PyDict['cell'], SlimLibrary>();

/** Remembers which library's `arg_scope` pushed a dictionary. */
export function noteMaker(dict: PyDict, library: SlimLibrary): void {
  makers.set(dict.cell, library);
}

/**
 * A guarded import of either library, and of its nets, gives two dictionaries for what is one at run time: the factory's
 * of the library that is there. Each belongs on the stack of its library; in the other's it would have no effect (A2), so
 * that whoever imports by a test (of the version) means the two to go together.
 */
export function eitherLibrary(
  state: SlimState,
  value: PyObject,
  libraries: readonly SlimLibrary[],
): ((library: SlimLibrary) => PyDict) | undefined {
  if (value.kind !== 'choice' || value.options.length !== libraries.length) return undefined;
  const byLibrary = new Map<SlimLibrary, PyDict>();
  for (const option of value.options) {
    const library = option.value.kind === 'dict' ? libraryOf(state, option.value) : undefined;
    if (library && option.value.kind === 'dict') byLibrary.set(library, option.value);
  }
  const [any] = byLibrary.values();
  if (!any || !libraries.every((library) => byLibrary.has(library))) return undefined;
  return (library) => byLibrary.get(library) ?? any;
}

/** The one library whose `arg_scope` made a dictionary; of another dictionary, the one whose ops it is about. */
function libraryOf(state: SlimState, dict: PyDict): SlimLibrary | undefined {
  const maker = makers.get(dict.cell);
  if (maker) return maker;
  const { entries, rest } = dict.cell.value;
  const found = new Set<SlimLibrary | undefined>();
  for (const key of entries.keys()) {
    const keys = opsByKey(state).get(key)?.keys ?? {};
    const owners = (['contrib', 'tf_slim'] as const).filter((library) => `s:${keys[library] ?? ''}` === key);
    found.add(owners.length === 1 ? owners[0] : undefined);
  }
  return rest || found.size !== 1 ? undefined : [...found][0];
}

/** Says so when the only dictionary that is entered was made by the other library (A2). */
export function foreignTo(
  state: SlimState,
  libraries: readonly SlimLibrary[],
  saved: readonly PyDict[],
): Pick<ScopeSite, 'foreign'> {
  const [entered, ...otherLibraries] = libraries;
  const [dict, ...otherDicts] = saved;
  if (!entered || !dict || otherLibraries.length > 0 || otherDicts.length > 0) return {};
  const made = dict.cell.value.entries.size > 0 ? libraryOf(state, dict) : undefined;
  return made && made !== entered ? { foreign: { made, entered } } : {};
}
