/**
 * Reports `arg_scope(...)` as a statement of its own (A3): it makes a context manager that nobody enters, so that it
 * configures nothing, and not even a nonsense argument is noticed. Managers that are kept, passed on or returned may be
 * entered elsewhere and are not reported.
 */
import type { ScopeSite } from '../slim/model';
import { isDamaged } from './support/callErrors';
import { findNodeAt } from './support/findNode';
import { slimAnalysis } from './support/slimGate';
import type { Rule, RuleContext } from './rule';

export const scopeNotEntered: Rule = {
  name: 'scope-not-entered',
  summary: '`arg_scope(...)` without `with` has no effect',
  family: 'arg-scope',
  severity: 'warning',
  since: '0.1.0',
  fix: 'none',
  *check(context) {
    for (const site of slimAnalysis(context).scopes) {
      if (site.entered || isDamaged(context, site.call) || !isWholeStatement(context, site)) continue;
      yield {
        span: site.callee.span,
        message:
          '`arg_scope` without `with` has no effect: it makes a context manager that is never entered\n' +
          'Write `with arg_scope(...):` around the calls that it is meant for',
        tags: ['unnecessary'],
      };
    }
  },
};

function isWholeStatement(context: RuleContext, site: ScopeSite): boolean {
  return findNodeAt(context.source, site.call.span, 'ExpressionStatement') !== undefined;
}
