/**
 * Reports directives that cannot do what they were written for: unknown names, a spelling that is not understood,
 * `ignore-file` behind the first statement, an `assume-scope` that gives no scope. Other comments that mention Slimscope are prose.
 */
import type { Finding, Rule } from './rule';
import { closestName } from './support/closestName';
import type { DirectiveReport, DirectiveUse } from './support/directiveReport';
import type { MalformedDirective, WrittenName } from './support/directiveSyntax';

export const invalidSuppression: Rule = {
  name: 'invalid-suppression',
  summary: 'A comment for Slimscope that it does not understand',
  family: 'directive',
  severity: 'warning',
  since: '0.2.0',
  fix: 'suggestion',
  *check(context) {
    const { directives } = context;
    for (const malformed of directives.malformed) yield malformedFinding(malformed);
    for (const use of directives.uses) {
      if (use.place === 'misplaced') yield misplacedFinding(use);
      for (const name of use.names) if (name.status === 'unknown') yield unknownName(name, directives);
    }
    // Only such a comment is worth an evaluation.
    if (!context.source.tree.comments.some(({ text }) => text.includes('assume-scope'))) return;
    for (const { span, problem } of context.analysis.assumptions?.problems ?? []) yield { span, message: problem };
  },
};

function malformedFinding({ span, problem, correction }: MalformedDirective): Finding {
  return {
    span,
    message: `This comment hides nothing: ${problem}\nWrite \`# slimscope: ignore[rule] reason\``,
    ...(correction && {
      fixes: () => [{ title: `Write \`${correction.newText}\``, safety: 'suggestion' as const, edits: [correction] }],
    }),
  };
}

function misplacedFinding({ directive }: DirectiveUse): Finding {
  return {
    span: directive.span,
    message:
      'This comment hides nothing: `ignore-file` counts only above the first statement of the file\n' +
      'Move it to the top, or write `ignore` for what is below it',
  };
}

function unknownName({ name, span }: WrittenName, { knownNames }: DirectiveReport): Finding {
  const meant = closestName(name, knownNames);
  const advice =
    meant === undefined ? 'The name of a rule stands beside each of its problems' : `Did you mean \`${meant}\`?`;
  return {
    span,
    message: `There is no rule \`${name}\`, and so nothing is hidden by it\n${advice}`,
    ...(meant !== undefined && {
      fixes: () => [{ title: `Write \`${meant}\``, safety: 'suggestion' as const, edits: [{ span, newText: meant }] }],
    }),
  };
}
