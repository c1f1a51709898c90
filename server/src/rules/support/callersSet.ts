/**
 * Whether somebody who calls into a file may set an argument by an `arg_scope`: what stands between a default and
 * certainty (A11). Goes by the scopes of the file and by the words of the files that import it; says yes when in doubt.
 */
import type { Op, ScopeKeyword } from '../../slim/model';
import type { RuleContext } from '../rule';
import { slimAnalysis } from './slimGate';

/** More files than this are not searched. */
const MAX_FILES = 64;

/**
 * True when a scope of the file, or of one that imports it, may give `keyword` to `op`.
 * @param isHarmless for values that do not matter.
 */
export function callersMaySet(
  context: RuleContext,
  op: Op,
  keyword: string,
  isHarmless: (given: ScopeKeyword) => boolean = () => false,
): boolean {
  const isSet = slimAnalysis(context).scopes.some(
    ({ ops, keywords }) =>
      (ops.length === 0 || ops.some((one) => one.op === undefined || one.op.functionName === op.functionName)) &&
      keywords.some((one) => one.name === keyword && !isHarmless(one)),
  );
  return isSet || importersMaySet(context, keyword);
}

function importersMaySet(context: RuleContext, keyword: string): boolean {
  const files = new Set([context.source.file]);
  for (const file of files) {
    for (const importer of context.importersOf(file)) {
      if (importer.file === context.source.file) continue;
      if (importer.text.includes('arg_scope') && importer.text.includes(keyword)) return true;
      files.add(importer.file);
      if (files.size > MAX_FILES) return true;
    }
  }
  return false;
}
