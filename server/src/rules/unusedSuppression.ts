/**
 * Reports directives, and single names in them, that hide nothing. Silent where that cannot be told: for rules that are
 * off or failed, and in files that are damaged. What is unknown or misplaced belongs to `invalid-suppression`.
 */
import type { Span } from '../base/span';
import type { Finding, Fix, Rule, RuleContext } from './rule';
import type { DirectiveUse, NameUse } from './support/directiveReport';
import { removeDirective, removeNames } from './support/directiveEdits';
import { quotedNames } from './support/quotedNames';

export const unusedSuppression: Rule = {
  name: 'unused-suppression',
  summary: 'A comment that hides no problem',
  family: 'directive',
  severity: 'warning',
  since: '0.2.0',
  fix: 'safe',
  *check(context) {
    for (const use of context.directives.uses) {
      if (use.place === 'misplaced') continue;
      const finding = use.directive.list ? unusedNames(context, use) : unusedWhole(context, use);
      if (finding) yield finding;
    }
  },
};

function unusedWhole(context: RuleContext, use: DirectiveUse): Finding | undefined {
  if (use.status !== 'unused') return undefined;
  return unused(use.directive.span, `\`${use.directive.verb}\` hides nothing: ${where(use)} no problem is reported`, {
    title: 'Remove the unused `slimscope` comment',
    safety: 'safe',
    edits: [removeDirective(context.source, use.directive)],
  });
}

function unusedNames(context: RuleContext, use: DirectiveUse): Finding | undefined {
  const names = use.names.filter(({ status }) => status === 'unused');
  const [first] = names;
  if (!first) return undefined;
  const all = names.length === use.names.length;
  const list = quotedNames(names.map(({ name }) => name));
  const message = `\`${use.directive.verb}\` of ${list} hides nothing: ${where(use)} ${reportedBy(names)}`;
  if (all) {
    return unused(use.directive.span, message, {
      title: 'Remove the unused `slimscope` comment',
      safety: 'safe',
      edits: [removeDirective(context.source, use.directive)],
    });
  }
  return unused(names.length === 1 ? first.span : (use.directive.list?.span ?? first.span), message, {
    title: `Remove ${list} from the \`slimscope\` comment`,
    safety: 'safe',
    edits: removeNames(use.directive, names),
  });
}

function unused(span: Span, message: string, fix: Fix): Finding {
  return { span, message, tags: ['unnecessary'], fixes: () => [fix] };
}

function where({ place }: DirectiveUse): string {
  return place === 'line' ? 'on this line' : place === 'block' ? 'in the statement that follows' : 'in this file';
}

function reportedBy(names: readonly NameUse[]): string {
  return names.length === 1 ? 'it reports no problem' : 'they report no problem';
}
