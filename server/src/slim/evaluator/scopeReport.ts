/**
 * What a scope dictionary holds, in the public form: per op, the keywords that it sets and where they come from.
 */
import type { PyDict } from '../../semantics/interpreter/objects';
import { freeze } from '../../semantics/interpreter/freeze';
import type { EffectiveArgument, ScopeSite } from '../model';
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
