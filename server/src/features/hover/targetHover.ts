/**
 * Which TensorFlow a file is meant for, and why, where that decides something: on names that lead through `tf.contrib`
 * itself and on imports of slim. What became of the name is said by the diagnostics, which editors show in the same hover.
 */
import { code, link, paragraph, type Block, type Inline } from '../../base/markdown';
import { touches, type Location, type Span } from '../../base/span';
import type { Snapshot } from '../../project/snapshot';
import { targetText } from '../../project/target';
import type { SourceFile } from '../../semantics/program';
import { usesOf, type QualifiedUse } from '../../semantics/qualifiedNames';
import { reasonInlines } from './hoverContext';

const contribPath = /^tensorflow(?:\.compat\.v[12])?\.contrib(?:\.|$)/;
const slimPath = /^tf_slim(?:\.|$)/;

/** The name at an offset whose meaning depends on the target; undefined for all others. */
export function targetUseAt(
  snapshot: Snapshot,
  source: SourceFile,
  offset: number,
): { readonly span: Span; readonly path: string } | undefined {
  // Most files have none, and most hovers are on something else.
  if (!/contrib|tf_slim/.test(source.text)) return undefined;
  const use = usesOf(snapshot, source).find((one) => touches(spanOf(one), offset));
  const path = use && pathThatDecides(use);
  return use && path !== undefined ? { span: spanOf(use), path } : undefined;
}

/** In an import the new name belongs to it. */
function spanOf({ node, span }: QualifiedUse): Span {
  return node.kind === 'ImportAlias' || node.kind === 'ImportFromAlias' ? node.span : span;
}

function pathThatDecides({ form, targets }: QualifiedUse): string | undefined {
  const isImport = form === 'import' || form === 'fromImport' || form === 'starImport';
  return targets.find(({ path, steps }) => {
    if (contribPath.test(path)) return !steps.some((step) => contribPath.test(step.path));
    return isImport && slimPath.test(path);
  })?.path;
}

/** "Target: TensorFlow 1.x (`tensorflow==1.15.5` in requirements.txt, line 3)" */
export function targetParagraph(snapshot: Snapshot, file: string, toAddress: (at: Location) => string): Block {
  const { target, reason, location } = snapshot.target(file);
  const line = location && snapshot.getLines(location.file)?.positionAt(location.span.start).line;
  const where: readonly Inline[] =
    location && line !== undefined ? [', ', link(toAddress(location), `line ${line + 1}`)] : [];
  return paragraph('Target: ', targetText(target), ' (', ...reasonInlines(reason), ...where, ')');
}

/** The hover on such a name where nothing else is to be said about it. */
export function targetBlocks(
  snapshot: Snapshot,
  file: string,
  path: string,
  toAddress: (at: Location) => string,
): readonly Block[] {
  const name = path.replace(/^tensorflow\b/, 'tf');
  return [paragraph(code(name)), targetParagraph(snapshot, file, toAddress)];
}
