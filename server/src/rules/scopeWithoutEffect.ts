/**
 * Reports an `arg_scope` inside which no op of its list is called, and a keyword that every call below gives itself: both
 * configure nothing. Only where all that runs inside is seen; a scope that is kept (`as sc`), or that surrounds a call
 * which is not followed, is left alone. Ops of the other library below belong to `mixed-libraries`.
 */
import { sameLocation } from '../base/span';
import { sameValue } from '../semantics/staticValue';
import type { Op, Overridden, ScopeKeyword, ScopeSite } from '../slim/model';
import { isDamaged } from './support/callErrors';
import { enteringWith, isClosedScope } from './support/enteringWith';
import { findNodeAt } from './support/findNode';
import { opNames } from './support/opNames';
import { removeArgument } from './support/removeArgument';
import { sameFunctionOfOtherLibrary } from './support/otherLibrary';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Fix, Rule, RuleContext } from './rule';

export const scopeWithoutEffect: Rule = {
  name: 'scope-without-effect',
  summary: '`arg_scope`, or a keyword of it, that no call receives',
  family: 'arg-scope',
  severity: 'hint',
  since: '0.2.0',
  fix: 'suggestion',
  *check(context) {
    for (const site of slimAnalysis(context).scopes) {
      if (site.error || !site.entered || isDamaged(context, site.call)) continue;
      yield* findings(context, site);
    }
  },
};

function* findings(context: RuleContext, site: ScopeSite): Generator<Finding> {
  const ops = configuredOps(site);
  const { extent } = site;
  if (isEmptyList(context, site)) {
    yield {
      span: site.call.span,
      message: 'The op list is empty: this `arg_scope` has no effect\nList the ops that it is meant for, or remove it',
      tags: ['unnecessary'],
    };
    return;
  }
  if (!extent || ops.length === 0 || !isClosedScope(context.source, site, ops)) return;
  if (site.dropped.length > 0 || site.foreign || sameFunctionOfOtherLibrary(site)) return;
  if (!extent.called.some(({ op }) => ops.some((one) => isSame(one, op)))) {
    const others = extent.called.map(({ op }) => op);
    yield {
      span: site.call.span,
      message:
        `No call of ${opNames(ops, 'or')} runs inside this \`arg_scope\`: it has no effect\n` +
        (others.length > 0 ? `Below it run ${opNames(others, 'and')}. Each op has a scope of its own` : 'Remove it'),
      tags: ['unnecessary'],
    };
    return;
  }
  for (const keyword of site.keywords) {
    if (extent.taken.includes(keyword.name) || isRepeated(context, site, keyword.name)) continue;
    if (!context.source.text.startsWith(keyword.name, keyword.at.span.start)) continue;
    yield {
      span: keyword.at.span,
      message:
        `No call receives \`${keyword.name}\` from this \`arg_scope\`\n` +
        'Every call below gives it itself, or is in an inner scope that does',
      tags: ['unnecessary'],
      fixes: () => removeKeyword(context, site, keyword),
    };
  }
}

/** `with arg_scope([], ...)` that nobody keeps. */
function isEmptyList(context: RuleContext, site: ScopeSite): boolean {
  if (site.form !== 'list' || site.ops.length > 0) return false;
  const first = findNodeAt(context.source, site.call.span, 'Call')?.args[0]?.value;
  const isEmpty = (first?.kind === 'List' || first?.kind === 'Tuple') && first.elements.length === 0;
  const item = enteringWith(context.source, site)?.items.find(
    ({ context: { span } }) => span.start === site.call.span.start,
  );
  return isEmpty && item !== undefined && item.target === undefined;
}

/** True when something says the same as the scope: `redundant-override` reports the repetition. */
function isRepeated(context: RuleContext, site: ScopeSite, name: string): boolean {
  const { calls, scopes } = context.analysis;
  if (site.redundant?.includes(name)) return true;
  const isHidden = ({ origin }: Overridden): boolean => sameLocation(origin.scope, site.call);
  return (
    scopes.some(
      ({ redundant, overrides }) =>
        redundant?.includes(name) && overrides.some(({ keyword, outer }) => keyword === name && isHidden(outer)),
    ) ||
    calls.some((call) =>
      call.contexts.some((one) =>
        one.arguments.some(
          ({ name: given, value, overridden }) =>
            given === name && overridden.some((outer) => isHidden(outer) && sameValue(outer.value, value)),
        ),
      ),
    )
  );
}

function configuredOps(site: ScopeSite): readonly Op[] {
  return site.form === 'dict' ? site.restored.map(({ op }) => op) : site.ops.flatMap(({ op }) => op ?? []);
}

function isSame(a: Op, b: Op): boolean {
  return a.functionName === b.functionName && a.libraries.some((library) => b.libraries.includes(library));
}

function removeKeyword(context: RuleContext, site: ScopeSite, keyword: ScopeKeyword): readonly Fix[] {
  const call = findNodeAt(context.source, site.call.span, 'Call');
  const argument = call?.args.find((one) => one.name?.name === keyword.name);
  const edit = call && argument && removeArgument(context.source, call, argument);
  return edit ? [{ title: `Remove \`${keyword.name}\` from the scope`, safety: 'suggestion', edits: [edit] }] : [];
}
