/**
 * The findings of the `contrib-...` rules, one per use. Severity by decision 0003: an error where TensorFlow 2 raises,
 * a hint (struck through, no squiggle, not in the list of problems) on every later use through an alias.
 */
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
function severityOf({ origin, use }: ContribUse): Pick<Finding, 'severity'> {
  if (origin) return { severity: 'hint' };
  return use.conditional ? { severity: 'info' } : {};
}

function toFinding(context: RuleContext, use: ContribUse): Finding {
  const { origin } = use;
  return {
    span: use.use.span,
    message: contribMessage(context, use),
    tags: ['deprecated'],
    ...severityOf(use),
    related: origin ? [{ location: origin.location, message: 'TensorFlow 2 fails here first' }] : [],
    fixes: () => contribFixes(context, use),
  };
}
