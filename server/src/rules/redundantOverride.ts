/**
 * Reports an argument that a call gives although it inherits the same value from an `arg_scope`, and a keyword of a scope
 * that every op of the list has from an enclosing one already. Only where that holds in every way in which the code runs.
 * An argument equal to a default is not reported: a caller's scope may set something else.
 */
import { isFullyKnown, sameValue } from '../semantics/staticValue';
import type { CallContext, EffectiveArgument, OpCall, Overridden, ScopeKeyword, ScopeSite } from '../slim/model';
import type * as ast from '../syntax/ast';
import { walk } from '../syntax/visit';
import { isDamaged, placeText } from './support/callErrors';
import { findNodeAt } from './support/findNode';
import { removeArgument } from './support/removeArgument';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Fix, Rule, RuleContext } from './rule';

export const redundantOverride: Rule = {
  name: 'redundant-override',
  summary: 'Argument equal to what the `arg_scope` around it gives anyway',
  family: 'arg-scope',
  severity: 'hint',
  since: '0.2.0',
  fix: 'safe',
  *check(context) {
    const { calls, scopes } = slimAnalysis(context);
    for (const call of calls) yield* inCall(context, call, scopes);
    for (const site of scopes) yield* inScope(context, site);
  },
};

function* inCall(context: RuleContext, call: OpCall, scopes: readonly ScopeSite[]): Generator<Finding> {
  const [first, ...others] = call.contexts;
  if (!first || call.via !== undefined || call.isUnreached || isDamaged(context, call.call)) return;
  for (const argument of first.arguments) {
    const outer = inheritedSame(first, argument.name);
    if (!outer || !others.every((one) => inheritedSame(one, argument.name))) continue;
    if (mayBeSetBetween(argument.name, scopes)) continue;
    const { origin } = argument;
    if (origin.kind !== 'call' || origin.at.file !== context.source.file) continue;
    yield {
      ...describe(context, argument.name, outer, 'The `arg_scope`'),
      span: origin.at.span,
      fixes: () => removeFrom(context, call.call.span, argument.name),
    };
  }
}

/** What the scope would give, where it is known to be what the call gives. */
function inheritedSame(context: CallContext, name: string): Overridden | undefined {
  if (context.error || context.uncertainties.length > 0) return undefined;
  const argument = context.arguments.find((one) => one.name === name);
  const outer = argument?.overridden[0];
  return outer && isKeyword(argument) && isFullyKnown(outer.value) && sameValue(argument.value, outer.value)
    ? outer
    : undefined;
}

function isKeyword({ origin, certainty }: EffectiveArgument): boolean {
  return origin.kind === 'call' && origin.form === 'keyword' && certainty === 'certain';
}

/** A scope of ops that are not known may set it to something else, nearer than the one that is. */
function mayBeSetBetween(name: string, scopes: readonly ScopeSite[]): boolean {
  return scopes.some(
    (site) =>
      (site.form === 'unknown' || site.ops.some(({ op }) => op === undefined)) &&
      site.keywords.some((keyword) => keyword.name === name),
  );
}

function* inScope(context: RuleContext, site: ScopeSite): Generator<Finding> {
  if (site.form !== 'list' || site.error || !site.entered || isDamaged(context, site.call)) return;
  for (const name of site.redundant ?? []) {
    const keyword = site.keywords.find((one) => one.name === name);
    const outer = site.overrides.find((one) => one.keyword === name)?.outer;
    if (!keyword || !outer || !isWritten(context, keyword)) continue;
    yield {
      ...describe(context, name, outer, 'The enclosing `arg_scope`'),
      span: keyword.at.span,
      fixes: () => removeFrom(context, site.call.span, name),
    };
  }
}

/** A keyword of its own, not one of `**mapping`. */
function isWritten(context: RuleContext, keyword: ScopeKeyword): boolean {
  return keyword.at.file === context.source.file && context.source.text.startsWith(keyword.name, keyword.at.span.start);
}

function describe(
  context: RuleContext,
  name: string,
  outer: Overridden,
  giver: string,
): Pick<Finding, 'message' | 'related' | 'tags'> {
  const { origin } = outer;
  const at = origin.keyword ?? origin.scope;
  return {
    message: `${giver} at ${placeText(context, origin.scope)} gives the same \`${name}\` anyway`,
    related: context.program.getFile(at.file) ? [{ location: at, message: `\`${name}\` is set here` }] : [],
    tags: ['unnecessary'],
  };
}

/** Nothing is removed that might do something when it is evaluated. */
function removeFrom(context: RuleContext, span: OpCall['call']['span'], name: string): readonly Fix[] {
  const call = findNodeAt(context.source, span, 'Call');
  const argument = call?.args.find((one) => one.name?.name === name);
  const edit = call && argument && !doesSomething(argument.value) && removeArgument(context.source, call, argument);
  return edit ? [{ title: `Remove \`${name}\``, safety: 'safe', edits: [edit] }] : [];
}

function doesSomething(value: ast.Expression): boolean {
  let found = false;
  walk(value, (node) => {
    found ||= ['Call', 'Await', 'Yield', 'NamedExpression'].includes(node.kind);
  });
  return found;
}
