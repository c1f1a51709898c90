/**
 * What a migration of one file says to the client, in the words and places of the protocol.
 */
import type { CancelToken } from '../base/cancel';
import { assumableScopes } from '../features/migrate/assumableScopes';
import { countCaveats } from '../features/migrate/migration';
import type { MigratedFile } from '../features/migrate/migrateUnit';
import type { Snapshot } from '../project/snapshot';
import type { MigratedDocument } from './protocol';

/** @param snapshot the state that was migrated */
export function migrationAnswer(
  snapshot: Snapshot,
  { file, migration }: MigratedFile,
  cancel: CancelToken,
): Omit<MigratedDocument, 'uri' | 'oldText'> {
  const lines = snapshot.getFile(file)?.lines;
  const line = ({ span }: { readonly span: { readonly start: number } }) => lines?.positionAt(span.start).line ?? 0;
  const caveats = countCaveats(migration);
  const isOpen = caveats.some(({ text }) => text.startsWith('assumes that no caller of'));
  return {
    newText: migration.text,
    converted: migration.converted.map((one) => ({ line: line(one), callee: one.callee, layer: one.layer })),
    refused: migration.refused.map((one) => ({ line: line(one), callee: one.callee, reasons: one.reasons })),
    caveats,
    removed: migration.removed.length,
    parameters: migration.parameters.map(
      ({ function: fn, name, calls }) =>
        `\`${name}\` of \`${fn}\`, passed by ${calls.length} ${calls.length === 1 ? 'call' : 'calls'}`,
    ),
    kept: migration.kept.map(({ what }) => what),
    assumable: isOpen ? assumableScopes(snapshot, file, cancel) : [],
  };
}
