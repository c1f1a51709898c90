/**
 * `# slimscope: assume-scope NAME(...)` at functions in which no layer of TF-Slim is left: it says nothing any more.
 */
import { contains, type Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import type { SourceFile } from '../../semantics/program';
import type { FileAnalysis } from '../../slim/model';
import type { Removal } from './removal';

/** @param before analyses from before the migration, and `now` those of the same files after it */
export function deadAssumptionEdits(
  source: SourceFile,
  before: readonly FileAnalysis[],
  now: readonly FileAnalysis[],
): Removal {
  if (assumedPlaces(source.file, before).length === 0) return { edits: [], removed: [] };
  const live = assumedPlaces(source.file, now);
  const dead = source.tree.comments.filter(
    ({ text, span }) => /^#\s*slimscope:\s*assume-scope\s/.test(text) && !live.some((place) => contains(span, place)),
  );
  return {
    edits: dead.map(({ span }) => commentEdit(source, span)),
    removed: dead.map(({ span }) => ({ span, what: 'a comment about the scope of callers' })),
  };
}

function assumedPlaces(file: string, analyses: readonly FileAnalysis[]): readonly Span[] {
  const contexts = analyses.flatMap(({ calls }) => calls.flatMap((call) => call.contexts));
  return contexts.flatMap(({ assumes }) => (assumes?.at.file === file ? [assumes.at.span] : []));
}

/** The whole line, or what stands behind the code. */
function commentEdit({ text, lines }: SourceFile, span: Span): TextEdit {
  const { line } = lines.positionAt(span.start);
  const start = lines.lineStart(line);
  const before = text.slice(start, span.start);
  if (before.trim() === '') return { span: { start, end: lines.lineStart(line + 1) }, newText: '' };
  return { span: { start: start + before.trimEnd().length, end: span.end }, newText: '' };
}
