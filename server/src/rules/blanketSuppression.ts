/**
 * Reports directives that name no rule: they are obeyed, and will hide problems of tomorrow that nobody has looked at.
 * A directive that hides nothing at all is left to `unused-suppression`.
 */
import type { Rule } from './rule';
import { quotedNames } from './support/quotedNames';

export const blanketSuppression: Rule = {
  name: 'blanket-suppression',
  summary: 'A comment that hides every problem instead of naming the rules',
  family: 'directive',
  severity: 'info',
  since: '0.2.0',
  fix: 'suggestion',
  *check({ directives }) {
    for (const { directive, place, hidden, status } of directives.uses) {
      if (directive.list || place === 'misplaced' || status === 'unused') continue;
      const at = directive.span.end;
      const named = `${directive.verb}[${hidden.join(', ')}]`;
      yield {
        span: directive.span,
        message:
          `\`${directive.verb}\` without a rule hides every problem, later ones too\n` +
          (hidden.length > 0
            ? `Here it hides ${quotedNames(hidden)}: write \`${named}\``
            : `Write \`${directive.verb}[rule] reason\``),
        ...(hidden.length > 0 && {
          fixes: () => [
            {
              title: `Name what it hides: \`${named}\``,
              safety: 'suggestion' as const,
              edits: [{ span: { start: at, end: at }, newText: `[${hidden.join(', ')}]` }],
            },
          ],
        }),
      };
    }
  },
};
