/**
 * The findings of the `contrib-...` rules, one per use. Severity by decision 0003: an error where TensorFlow 2 raises,
 * a hint (struck through, no squiggle, not in the list of problems) on every later use through an alias. Where a project
 * is meant for TensorFlow 1 nothing fails yet: the first use is an information, and nothing is struck through.
 */
import { isTensorflow1 } from '../../project/target';
import type { Finding, RuleContext } from '../rule';
import { contribFixes } from './contribFixes';
import { contribMessage } from './contribMessages';
import type { ContribFamily, ContribUse } from './contribUses';
import { contribUses } from './contribUses';

/** The findings that belong to one of the rules. */
export function* contribFindings(context: RuleContext, family: ContribFamily): Iterable<Finding> {
  for (const use of contribUses(context)) {
    if (use.targets[0].family === family) yield toFinding(context, use);
  }
}

/** What is caught, or does not run under TensorFlow 2, does not stop the program: it is said, but not as an error. */
function severityOf({ origin, use }: ContribUse, runsNow: boolean): Pick<Finding, 'severity'> {
  if (origin || (runsNow && use.conditional)) return { severity: 'hint' };
  return runsNow || use.conditional ? { severity: 'info' } : {};
}

function toFinding(context: RuleContext, use: ContribUse): Finding {
  const { origin } = use;
  const runsNow = isTensorflow1(context.target.target);
  const first = runsNow ? 'TensorFlow 2 will fail here first' : 'TensorFlow 2 fails here first';
  return {
    span: use.use.span,
    message: contribMessage(context, use),
    tags: runsNow ? [] : ['deprecated'],
    ...severityOf(use, runsNow),
    related: origin ? [{ location: origin.location, message: first }] : [],
    fixes: () => contribFixes(context, use),
  };
}
