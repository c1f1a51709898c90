/**
 * Reports keywords that the op does not take (A6). A scope accepts any keyword; the first call of the op fails. Points
 * at the keyword, in the scope or in the call, and names the calls that fail. Silent as long as no call fails.
 */
import { closestName } from './support/closestName';
import { failingCalls, placeText } from './support/callErrors';
import type { FailingCalls } from './support/callErrors';
import { findNodeAt } from './support/findNode';
import type { Finding, Fix, Rule, RuleContext } from './rule';

/** More related places than this are a list that nobody reads. */
const maxRelated = 3;

export const unknownArgument: Rule = {
  name: 'unknown-argument',
  summary: 'Keyword that the op does not take',
  severity: 'error',
  since: '0.1.0',
  fix: 'suggestion',
  check: (context) => failingCalls(context, 'unknownKeyword').map((failing) => toFinding(context, failing)),
};

function toFinding(context: RuleContext, failing: FailingCalls): Finding {
  const { error, at, calls, op } = failing;
  const name = error.argument ?? '';
  const outside = calls.filter((call) => at.span.start < call.call.span.start || call.call.span.end < at.span.end);
  const isElsewhere = error.at.file !== context.source.file;
  const scope = isElsewhere ? ` (set at ${placeText(context, error.at)})` : '';
  const suggestion = closestName(name, parameterNames(failing));
  return {
    span: at.span,
    message:
      `\`${name}\`${scope} is not a parameter of \`${op.name}\`: \`${error.type}: ${error.message}\`\n` +
      (outside.length > 0 ? whichCalls(context, failing, outside.length) : 'The call fails at run time') +
      (suggestion ? `. Did you mean \`${suggestion}\`?` : ''),
    related: [
      ...(isElsewhere ? [{ location: error.at, message: `\`${name}\` is set here` }] : []),
      ...outside.slice(0, maxRelated).map(({ call }) => ({ location: call, message: 'this call fails' })),
    ],
    fixes: () => (suggestion && !isElsewhere ? rename(context, failing, suggestion) : []),
  };
}

function whichCalls(context: RuleContext, failing: FailingCalls, count: number): string {
  const first = failing.calls[0];
  const at = first ? placeText(context, first.call) : '';
  const what = 'Entering the scope works';
  return count === 1 ? `${what}; the call at ${at} fails` : `${what}; ${count} calls fail, the first one at ${at}`;
}

function parameterNames(failing: FailingCalls): readonly string[] {
  return failing.op.signature.parameters.flatMap((one) =>
    one.kind === 'positionalOrKeyword' || one.kind === 'keywordOnly' ? [one.name] : [],
  );
}

function rename(context: RuleContext, failing: FailingCalls, name: string): readonly Fix[] {
  const node = findNodeAt(context.source, failing.at.span, 'Argument');
  if (!node?.name || node.name.name !== failing.error.argument) return [];
  return [{ title: `Change to \`${name}\``, safety: 'suggestion', edits: [{ span: node.name.span, newText: name }] }];
}
