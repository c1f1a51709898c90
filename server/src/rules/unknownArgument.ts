/**
 * Reports keywords that the op does not take (A6). A scope accepts any keyword; the first call of the op fails. Points
 * at the keyword, in the scope or in the call, and names the calls that fail. Silent as long as no call fails.
 */
import { contains } from '../base/span';
import type { OpCall } from '../slim/model';
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
  family: 'arg-scope',
  severity: 'error',
  since: '0.1.0',
  fix: 'suggestion',
  check: (context) => failingCalls(context, 'unknownKeyword').map((failing) => toFinding(context, failing)),
};

function toFinding(context: RuleContext, failing: FailingCalls): Finding {
  const { error, at, calls, op } = failing;
  const name = error.argument ?? '';
  const scope = error.other;
  const isElsewhere = scope !== undefined && scope.file !== context.source.file;
  const outside = calls.filter(({ call }) => !contains(call.span, at.span));
  const suggestion = closestName(name, parameterNames(failing));
  return {
    span: at.span,
    message:
      `\`${name}\`${isElsewhere ? ` (set at ${placeText(context, scope)})` : ''} is not a parameter of \`${op.name}\`: ` +
      `\`${error.type}: ${error.message}\`\n${consequence(context, failing, outside)}` +
      (suggestion ? `. Did you mean \`${suggestion}\`?` : ''),
    related: [
      ...(isElsewhere ? [{ location: scope, message: `\`${name}\` is set here` }] : []),
      ...outside.slice(0, maxRelated).map(({ call }) => ({ location: call, message: 'this call fails' })),
    ],
    fixes: () => (suggestion && !isElsewhere ? rename(context, failing, suggestion) : []),
  };
}

function consequence(context: RuleContext, failing: FailingCalls, outside: readonly OpCall[]): string {
  const [first, ...more] = outside;
  if (!first) return 'The call fails at run time';
  const entering = failing.error.other ? 'Entering the scope works; ' : '';
  const at = placeText(context, first.call);
  return more.length === 0
    ? `${entering}the call at ${at} fails`
    : `${entering}${outside.length} calls fail, the first one at ${at}`;
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
