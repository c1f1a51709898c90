/**
 * `slimscope migrate`: what becomes Keras in all files asked for, as plain data. Nothing is written here; the project is
 * left with the new texts.
 */
import { neverCancelled } from '../base/cancel';
import { hasDeadScopes, migrateFile } from '../features/migrate/migrateFile';
import { countCaveats, type Migration } from '../features/migrate/migration';
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

/** Passes over all files: scopes of one may reach calls of another until these are Keras. */
const mostPasses = 3;

/** Migrates every target. */
export function migrate(inputs: OpenedInputs, context: MigrationContext): MigrationResult {
  const first = inputs.snapshot;
  const files: MigratedFile[] = [];
  const texts = new Map<string, string>();
  const after = new Map<string, string>();
  const scopes = new Map<string, ReadonlyMap<string, string>>();
  for (const [i, { file }] of inputs.targets.entries()) {
    context.onProgress(i, inputs.targets.length);
    const before = inputs.readText(file);
    if (before === undefined || isNotebookFile(file)) continue;
    texts.set(file, before);
    // Every file sees the others as they were: a scope of one is what the calls of another receive.
    const migration = migrateOne(inputs, file, context);
    if (!migration) continue;
    after.set(file, migration.text);
    scopes.set(file, migration.scopes);
    inputs.setText(file, before);
    if (migration.converted.length + migration.refused.length === 0) continue;
    const place = ({ span }: { readonly span: { readonly start: number; readonly end: number } }) =>
      toPlace(first, { file, span });
    files.push({
      path: first.getPath(file),
      converted: migration.converted.map((one) => ({ ...place(one), callee: one.callee, layer: one.layer })),
      refused: migration.refused.map((one) => ({ ...place(one), callee: one.callee, reasons: one.reasons })),
      caveats: countCaveats(migration),
      removed: migration.removed.length,
    });
  }
  for (const [file, text] of after) inputs.setText(file, text);
  const isOurs = (file: string) => !hasDeadScopes(first, file, neverCancelled);
  if (files.some(({ converted }) => converted.length > 0)) cleanAll(inputs, after, { context, isOurs });
  const changed = [...after].flatMap(([file, text]) => {
    const before = texts.get(file) ?? text;
    return before === text ? [] : [{ file, path: first.getPath(file), before, after: text }];
  });
  return { report: { schemaVersion: 1, files, problems: inputs.problems() }, changed, scopes };
}

/** Once all are migrated, scopes in one file may reach nothing in the others any more. */
function cleanAll(
  inputs: OpenedInputs,
  after: Map<string, string>,
  { context, isOurs }: { readonly context: MigrationContext; isOurs(file: string): boolean },
): void {
  for (let pass = 1; pass < mostPasses; pass++) {
    let hasChanged = false;
    for (const [file, text] of after) {
      if (!isOurs(file)) continue;
      const next = migrateOne(inputs, file, context, true)?.text ?? text;
      if (next === text) continue;
      hasChanged = true;
      after.set(file, next);
    }
    if (!hasChanged) return;
  }
}

/** A file whose migration fails keeps its text. */
function migrateOne(
  inputs: OpenedInputs,
  file: string,
  context: MigrationContext,
  areOthersMigrated = false,
): Migration | undefined {
  const before = inputs.snapshot.getText(file) ?? '';
  try {
    const setText = (text: string) => inputs.setText(file, text);
    return migrateFile(inputs.snapshot, { file, cancel: neverCancelled, areOthersMigrated, setText });
  } catch (error) {
    inputs.setText(file, before);
    context.onFailure(`the migration of ${inputs.snapshot.getPath(file)}`, error);
    return undefined;
  }
}
