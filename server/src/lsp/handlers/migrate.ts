/**
 * Our own request behind the command that migrates a file: the text as it would be, and what is to be known about it.
 * Works on a fork of the project; nothing is changed. Notebooks are not migrated.
 */
import type { CancellationToken } from 'vscode-languageserver';
import { countCaveats } from '../../features/migrate/migration';
import { migrateFile } from '../../features/migrate/migrateFile';
import { contentModified, guard } from '../guard';
import { optionalRangeOf, uriOf } from '../params';
import { fromRange } from '../places';
import { migrateRequest, type MigrateResult } from '../protocol';
import { prepareAnalysis, viewDocument, type Session } from '../session';

/** Registers the handler. */
export function registerMigrate(session: Session): void {
  session.connection.onRequest(migrateRequest, (params: unknown, token: CancellationToken) => {
    const uri = uriOf(params);
    const range = optionalRangeOf(params);
    return guard<MigrateResult | null>(session, {
      method: migrateRequest,
      uri,
      token,
      harmless: null,
      stale: contentModified,
      prepare: (cancel) => prepareAnalysis(session, uri, cancel),
      compute(cancel) {
        const view = viewDocument(session, uri);
        const lines = view?.snapshot.getFile(view.file)?.cells ? undefined : view?.snapshot.getFile(view.file)?.lines;
        if (!view || !lines) return null;
        const within = range && fromRange(view, range);
        const project = session.project.fork();
        const migration = migrateFile(project.snapshot, {
          file: view.file,
          cancel,
          ...(within && { within }),
          setText: (text) => project.apply({ edited: [{ file: view.file, text }] }),
        });
        if (!migration) return null;
        const { text: newText, converted, refused, removed } = migration;
        const line = (offset: number) => lines.positionAt(offset).line;
        return {
          version: view.version,
          newText,
          converted: converted.map(({ span, callee, layer }) => ({ line: line(span.start), callee, layer })),
          refused: refused.map(({ span, callee, reasons }) => ({ line: line(span.start), callee, reasons })),
          caveats: countCaveats(migration),
          removed: removed.length,
        };
      },
    });
  });
}
