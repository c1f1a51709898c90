/**
 * Tells cheaply whether a file can have anything to do with ops and scopes, so that Python files of other kinds are never
 * evaluated. It looks at what names denote, re-exports included, and is wrong only in the harmless direction for files
 * that call nothing but decorated functions of the project.
 */
import { usesOf } from '../../semantics/qualifiedNames';
import type { FileAnalysis } from '../../slim/model';
import type { RuleContext } from '../rule';

const slimPath = /^(?:tf_slim|tensorflow(?:\.compat\.v1)?\.(?:contrib|layers))(?:\.|$)/;

const memo = new WeakMap<RuleContext, boolean>();

/** The analysis of the file; an empty one, without evaluating, when nothing of slim is in reach. */
export function slimAnalysis(context: RuleContext): Pick<FileAnalysis, 'calls' | 'scopes'> {
  return usesSlim(context) ? context.analysis : { calls: [], scopes: [] };
}

function usesSlim(context: RuleContext): boolean {
  let answer = memo.get(context);
  if (answer === undefined) {
    answer =
      context.source.text.includes('arg_scope') ||
      usesOf(context.program, context.source).some(({ targets }) => targets.some(({ path }) => slimPath.test(path)));
    memo.set(context, answer);
  }
  return answer;
}
