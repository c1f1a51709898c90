/**
 * Reports keywords that the op does not take (A6). A scope accepts any keyword; the first call of the op fails. Points
 * at the keyword, in the scope or in the call, and names the calls that fail. Silent as long as no call fails.
 */
import { contains, sameLocation } from '../base/span';
import type { OpCall, ScopeSite } from '../slim/model';
import { closestName } from './support/closestName';
import { failingCalls, isDamaged, placeText } from './support/callErrors';
import type { FailingCalls } from './support/callErrors';
import { findNodeAt } from './support/findNode';
import { slimAnalysis } from './support/slimGate';
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
  *check(context) {
    const failures = failingCalls(context, 'unknownKeyword');
    for (const failing of failures) yield toFinding(context, failing);
    for (const site of slimAnalysis(context).scopes) yield* inCalledFunctions(context, site, failures);
  },
};

/** Keywords that only calls in functions which are called inside the scope trip over: in other scopes they may work. */
function* inCalledFunctions(
  context: RuleContext,
  site: ScopeSite,
  failures: readonly FailingCalls[],
): Generator<Finding> {
  if (!site.entered || site.error || isDamaged(context, site.call)) return;
  for (const keyword of site.keywords) {
    const refused = site.extent?.refused.filter((one) => one.keyword === keyword.name) ?? [];
    const [first, ...others] = refused;
    const isReported = failures.some(
      ({ at, error }) => sameLocation(at, keyword.at) && error.argument === keyword.name,
    );
    if (!first || isReported || keyword.at.file !== context.source.file) continue;
    const { op, call } = first;
    const message = `${op.functionName}() got an unexpected keyword argument '${keyword.name}'`;
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    yield {
      span: keyword.at.span,
      message:
        `\`${keyword.name}\` is not a parameter of \`${op.name}\`: \`TypeError: ${message}\`\n` +
        `Entering the scope works; the call at ${placeText(context, call)}${more}, which is reached from inside, fails`,
      related: refused
        .filter((one) => context.program.getFile(one.call.file))
        .slice(0, maxRelated)
        .map((one) => ({ location: one.call, message: 'this call fails' })),
    };
  }
}

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
