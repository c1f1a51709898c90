/**
 * `slimscope migrate`: what becomes Keras in all files asked for, as plain data. Nothing is written here; the project is
 * left with the new texts.
 */
import { neverCancelled } from '../base/cancel';
import { migrateUnit } from '../features/migrate/migrateUnit';
import { countCaveats } from '../features/migrate/migration';
import { isNotebookFile } from '../project/notebookFile';
import type { InputProblem, OpenedInputs } from './inputs';
import { toPlace, type Place } from './places';

/** The JSON of `slimscope migrate --format json`, schema version 1: public. */
export interface MigrationReport {
  readonly schemaVersion: 1;
  /** Files with slim calls, sorted by path. */
  readonly files: readonly MigratedFile[];
  readonly problems: readonly InputProblem[];
}

export interface MigratedFile {
  readonly path: string;
  readonly converted: readonly (Place & { readonly callee: string; readonly layer: string })[];
  readonly refused: readonly (Place & { readonly callee: string; readonly reasons: readonly string[] })[];
  /** What is different afterwards, or has to be true, with the number of layers that it is said of. */
  readonly caveats: readonly { readonly text: string; readonly layers: number }[];
  /** Scopes and imports that nothing needs any more. */
  readonly removed: number;
  /** Scopes that stay because somebody uses them, with who. */
  readonly kept: readonly (Place & { readonly what: string })[];
  /** Keyword parameters that functions got, with the number of calls that pass them. */
  readonly parameters: readonly { readonly function: string; readonly name: string; readonly calls: number }[];
}

/** A file whose text changes. */
export interface ChangedFile {
  readonly file: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface MigrationResult {
  readonly report: MigrationReport;
  readonly changed: readonly ChangedFile[];
  /** Per file: names of the new layers, with the variable scope of TensorFlow 1 that each stands for. */
  readonly scopes: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface MigrationContext {
  onFailure(what: string, error: unknown): void;
  onProgress(done: number, total: number): void;
}

/** Migrates every target. */
export function migrate(inputs: OpenedInputs, context: MigrationContext): MigrationResult {
  const first = inputs.snapshot;
  const stored = inputs.targets.filter(({ file }) => inputs.readText(file) !== undefined && !isNotebookFile(file));
  const unit = migrateUnit(first, {
    parts: stored.map(({ file }) => ({ file })),
    cancel: neverCancelled,
    setText: (file, text) => inputs.setText(file, text),
    onProgress: (done, total) => context.onProgress(done, total),
    onFailure: (file, error) => context.onFailure(`the migration of ${first.getPath(file)}`, error),
  });
  const files = unit.files.flatMap(({ file, migration }): MigratedFile[] => {
    if (migration.converted.length + migration.refused.length + migration.removed.length === 0) return [];
    const place = ({ span }: { readonly span: { readonly start: number; readonly end: number } }) =>
      toPlace(first, { file, span });
    return [
      {
        path: first.getPath(file),
        converted: migration.converted.map((one) => ({ ...place(one), callee: one.callee, layer: one.layer })),
        refused: migration.refused.map((one) => ({ ...place(one), callee: one.callee, reasons: one.reasons })),
        caveats: countCaveats(migration),
        removed: migration.removed.length,
        kept: migration.kept.map((one) => ({ ...place(one), what: one.what })),
        parameters: migration.parameters.map(({ function: fn, name, calls }) => ({ function: fn, name, calls: calls.length })), // prettier-ignore
      },
    ];
  });
  const scopes = new Map(unit.files.map(({ file, migration }) => [file, migration.scopes]));
  const changed = unit.files.flatMap(({ file, before, migration }) =>
    before === migration.text ? [] : [{ file, path: first.getPath(file), before, after: migration.text }],
  );
  return { report: { schemaVersion: 1, files, problems: inputs.problems() }, changed, scopes };
}
