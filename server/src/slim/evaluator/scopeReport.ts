/**
 * What a scope dictionary holds and what an arg_scope does to it, in the public form: per op, the keywords, their values
 * and where they come from.
 */
import type { DictEntry, EvaluatedArgument, PyDict } from '../../semantics/interpreter/objects';
import { freeze } from '../../semantics/interpreter/freeze';
import type { SlimLibrary } from '../library/libraryObject';
import type { EffectiveArgument, Overridden, ScopeKeyword, ScopeSite } from '../model';
import type { OpIdentity } from './opIdentity';
import { noteOf } from './scopeStack';
import type { SlimState } from './slimState';

/** Every op that an op list has named so far, by the hash key of its entries in scope dictionaries. */
export function opsByKey(state: SlimState): ReadonlyMap<string, OpIdentity> {
  return state.knownOps;
}

/** The keywords of a saved dictionary, per op. */
export function restoredOf(saved: PyDict, known: ReadonlyMap<string, OpIdentity>): ScopeSite['restored'] {
  return [...saved.cell.value.entries].flatMap(([key, entry]) => {
    const identity = known.get(key);
    if (!identity || entry.value.kind !== 'dict') return [];
    const restored = [...entry.value.cell.value.entries.values()].flatMap((keyword): readonly EffectiveArgument[] => {
      const note = noteOf(keyword);
      if (keyword.key.kind !== 'str' || !note) return [];
      return [
        {
          name: keyword.key.value,
          text: note.text,
          value: freeze(keyword.value),
          origin: { kind: 'argScope', scope: note.scope, ...(note.keyword ? { keyword: note.keyword } : {}) },
          ...(note.expression ? { expression: note.expression } : {}),
          overridden: note.hidden,
          certainty: 'certain',
        },
      ];
    });
    return [{ op: identity.op, arguments: restored }];
  });
}

/** Values of the enclosing scopes that a dictionary does not bring back. */
export function droppedBy(
  state: SlimState,
  libraries: readonly SlimLibrary[],
  saved: PyDict,
  known: ReadonlyMap<string, OpIdentity>,
): ScopeSite['dropped'] {
  const dropped: { op: OpIdentity['op']; keyword: string; outer: Overridden }[] = [];
  for (const library of libraries) {
    for (const [key, entry] of state.stacks[library].top.cell.value.entries) {
      const identity = known.get(key);
      if (!identity || entry.value.kind !== 'dict') continue;
      const kept = saved.cell.value.entries.get(key)?.value;
      for (const [name, outer] of entry.value.cell.value.entries) {
        if (kept?.kind === 'dict' && kept.cell.value.entries.has(name)) continue;
        if (outer.key.kind === 'str')
          dropped.push({ op: identity.op, keyword: outer.key.value, outer: overridden(outer) });
      }
    }
  }
  return dropped;
}

/** A keyword of a list form. */
export function keywordOf(state: SlimState, setting: EvaluatedArgument): ScopeKeyword {
  return {
    name: setting.name ?? '',
    at: setting.at,
    text: setting.expression ? state.textAt(setting.expression) : '',
    value: freeze(setting.value),
  };
}

/** Keywords that a list form replaces, with what they were. */
export function overridesOf(
  state: SlimState,
  libraries: readonly SlimLibrary[],
  identities: readonly OpIdentity[],
  settings: readonly EvaluatedArgument[],
): ScopeSite['overrides'] {
  const library = libraries[0];
  if (!library) return [];
  return identities.flatMap((identity) => {
    const outer = state.stacks[library].top.cell.value.entries.get(`s:${identity.keys[library] ?? ''}`)?.value;
    if (outer?.kind !== 'dict') return [];
    return settings.flatMap((setting) => {
      const entry = outer.cell.value.entries.get(`s:${setting.name ?? ''}`);
      return entry ? [{ op: identity.op, keyword: setting.name ?? '', outer: overridden(entry) }] : [];
    });
  });
}

/** The record of a value that something hides. */
export function overridden(entry: DictEntry): Overridden {
  const note = noteOf(entry);
  const at = note?.scope ?? { file: '', span: { start: 0, end: 0 } };
  return {
    origin: { kind: 'argScope', scope: at, ...(note?.keyword ? { keyword: note.keyword } : {}) },
    text: note?.text ?? '',
    value: freeze(entry.value),
  };
}
