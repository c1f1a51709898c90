/**
 * The file that holds a baseline: where it is, what its paths mean, its JSON. A file that is not understood is never
 * obeyed in part. The format is public: docs/baseline.md.
 */
import { join, parentOf, relativePath } from '../project/paths';
import type { FileSystem } from '../project/ports';
import type { Baseline } from './baseline';
import type { BaselineEntry } from './model';

/** `absent`: there is no such file, which is no mistake. `wrong`: `reason` is a clause, "it is not JSON". */
export type LoadedBaseline =
  | { readonly kind: 'read'; readonly baseline: Baseline }
  | { readonly kind: 'absent' }
  | { readonly kind: 'wrong'; readonly reason: string };

/** Identity of the baseline of a workspace folder; undefined when the setting names none. */
export function baselineUri(folder: string, setting: string): string | undefined {
  return setting.trim() === '' ? undefined : join(folder, setting.trim());
}

/**
 * Reads the file.
 * @param within the folder that it must lie in, for a path that the project itself names: whoever opens somebody else's
 * project does not want to be led out of it
 */
export function loadBaseline(uri: string, readText: FileSystem['readText'], within?: string): LoadedBaseline {
  if (within !== undefined && relativePath(within, uri) === undefined) {
    return { kind: 'wrong', reason: 'it lies outside the project' };
  }
  const result = readText(uri);
  if (result.kind === 'missing') return { kind: 'absent' };
  return result.kind === 'text' ? readBaseline(result.text) : { kind: 'wrong', reason: result.reason };
}

/** The path under which a baseline knows a file: relative to its own folder, with `/`. */
export function baselinePath(uri: string, file: string): string {
  let up = '';
  for (let folder = parentOf(uri); ; folder = parentOf(folder), up += '../') {
    const path = relativePath(folder, file);
    if (path !== undefined) return up + path;
    if (parentOf(folder) === folder) return file;
  }
}

/** The identity of a file that a baseline knows under a path. */
export function baselinedFile(uri: string, path: string): string {
  return path.includes('://') ? path : join(parentOf(uri), path);
}

/** Reads the text of a baseline. */
export function readBaseline(text: string): LoadedBaseline {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { kind: 'wrong', reason: `it is not JSON (${error instanceof Error ? error.message : String(error)})` };
  }
  if (!isRecord(json)) return wrong('it is not a JSON object');
  if (json['schemaVersion'] !== 1) {
    return wrong(`its \`schemaVersion\` is ${JSON.stringify(json['schemaVersion'])}, not 1`);
  }
  const { files } = json;
  if (!isRecord(files)) return wrong('`files` is not an object');
  const baseline = new Map<string, readonly BaselineEntry[]>();
  for (const [path, entries] of Object.entries(files)) {
    if (!Array.isArray(entries)) return wrong(`\`files["${path}"]\` is not a list`);
    const odd = entries.findIndex((entry) => !isEntry(entry));
    if (odd >= 0) return wrong(`\`files["${path}"][${odd}]\` is not \`{ "rule", "text", "count" }\``);
    baseline.set(
      path,
      (entries as readonly BaselineEntry[]).map(({ rule, text, count }) => ({ rule, text, count })),
    );
  }
  return { kind: 'read', baseline };
}

/** The text of a baseline: one entry a line, so that versions are easy to compare and to merge. */
export function writeBaseline(baseline: Baseline): string {
  const files = [...baseline].map(([path, entries]) => {
    const lines = entries.map(
      ({ rule, text, count }) =>
        `      { "rule": ${JSON.stringify(rule)}, "text": ${JSON.stringify(text)}, "count": ${count} }`,
    );
    return `    ${JSON.stringify(path)}: [\n${lines.join(',\n')}\n    ]`;
  });
  const body = files.length === 0 ? '{}' : `{\n${files.join(',\n')}\n  }`;
  return `{\n  "schemaVersion": 1,\n  "files": ${body}\n}\n`;
}

function wrong(reason: string): LoadedBaseline {
  return { kind: 'wrong', reason };
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const { rule, text, count } = value;
  return typeof rule === 'string' && typeof text === 'string' && Number.isInteger(count) && Number(count) > 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
