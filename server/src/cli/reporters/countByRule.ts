/**
 * Findings counted by rule, for `--statistics`.
 */
import { isSafelyFixable, type CheckedFile } from '../check';

/** Part of the public JSON. */
export interface RuleCount {
  readonly rule: string;
  readonly count: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
  /** How many `--fix` would take away. */
  readonly fixable: number;
}

/** The most frequent rule first. */
export function countByRule(files: readonly CheckedFile[]): readonly RuleCount[] {
  const all = files.flatMap(({ found }) => found);
  const counts = [...new Set(all.map(({ diagnostic }) => diagnostic.rule))].map((rule): RuleCount => {
    const own = all.filter(({ diagnostic }) => diagnostic.rule === rule);
    const of = (severity: string) => own.filter(({ diagnostic }) => diagnostic.severity === severity).length;
    return {
      rule,
      count: own.length,
      errors: of('error'),
      warnings: of('warning'),
      infos: of('info'),
      hints: of('hint'),
      fixable: own.filter(isSafelyFixable).length,
    };
  });
  return counts.sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}
