/**
 * A workspace that exists in memory: the real project, parser and evaluator over a handful of texts.
 */
import { neverCancelled } from '../../server/src/base/cancel';
import { diagnosticsWithFixes } from '../../server/src/features/diagnostics';
import type { DiagnosticWithFixes } from '../../server/src/features/diagnostics';
import type { ReadResult } from '../../server/src/project/ports';
import { Project } from '../../server/src/project/project';
import { readSettings } from '../../server/src/project/settings';
import type { Snapshot } from '../../server/src/project/snapshot';
import { rules } from '../../server/src/rules/registry';
import { evaluator } from '../../server/src/slim/evaluator/evaluator';
import { parse } from './parser';

const root = 'file:///workspace';

export interface MemoryWorkspace {
  readonly snapshot: Snapshot;
  /** Identity of a file by its path. */
  uri(path: string): string;
  /** Path of a file by its identity. */
  path(uri: string): string;
  text(path: string): string;
  /** Fails the test when a rule throws. */
  diagnose(path: string): readonly DiagnosticWithFixes[];
}

/** Makes a workspace of files; `settings` is what stands under `slimscope`, `others` are files that are no Python. */
export function memoryWorkspace(
  files: readonly { readonly path: string; readonly text: string }[],
  settings: Readonly<Record<string, unknown>> = {},
  others: readonly { readonly path: string; readonly text: string }[] = [],
): MemoryWorkspace {
  const uri = (path: string): string => `${root}/${path}`;
  const texts = new Map(others.map(({ path, text }) => [uri(path), text]));
  const readText = (file: string): ReadResult => {
    const text = texts.get(file);
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  };
  const project = new Project({ parse, evaluator, rules, readText });
  const read = readSettings(settings, rules);
  if (read.warnings.length > 0) throw new Error(read.warnings.join('\n'));
  const snapshot = project.apply({
    folders: [root],
    settings: { all: read.settings },
    onDisk: [...texts.keys()],
    edited: files.map(({ path, text }) => ({ file: uri(path), text })),
  });
  return {
    snapshot,
    uri,
    path: (file) => (file.startsWith(root + '/') ? file.slice(root.length + 1) : snapshot.getPath(file)),
    text: (path) => snapshot.getFile(uri(path))?.text ?? '',
    diagnose: (path) =>
      diagnosticsWithFixes(snapshot, uri(path), {
        cancel: neverCancelled,
        onRuleFailure: (rule, error) => {
          throw new Error(`rule ${rule} failed`, { cause: error });
        },
      }),
  };
}
