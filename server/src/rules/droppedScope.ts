/**
 * Reports the entry of a saved scope that takes settings of the enclosing scope away from calls below (A3): a dictionary
 * replaces all that was set before. Only where a call really gets another value; `arg_scope({})`, which is meant to
 * forget everything, is not reported.
 */
import { sameLocation } from '../base/span';
import type { LostValue, ScopeSite } from '../slim/model';
import { isDamaged, placeText } from './support/callErrors';
import { enteringWith } from './support/enteringWith';
import { findNodeAt } from './support/findNode';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Rule, RuleContext } from './rule';

/** More related places than this are a list that nobody reads. */
const MAX_RELATED = 4;

export const droppedScope: Rule = {
  name: 'dropped-scope',
  summary: 'A saved scope that drops what the enclosing `arg_scope` sets',
  family: 'arg-scope',
  severity: 'warning',
  since: '0.2.0',
  fix: 'none',
  *check(context) {
    for (const site of slimAnalysis(context).scopes) {
      const [first] = site.extent?.lost ?? [];
      if (!first || site.form !== 'dict' || site.error || isDamaged(context, site.call)) continue;
      if (isReset(context, site)) continue;
      yield toFinding(context, site, first);
    }
  },
};

/** `arg_scope({})`, and a second item that repeats the first on purpose is no mistake of this kind. */
function isReset(context: RuleContext, site: ScopeSite): boolean {
  const call = findNodeAt(context.source, site.call.span, 'Call');
  return call?.args[0]?.value.kind === 'Dict' || enteringWith(context.source, site) === undefined;
}

function toFinding(context: RuleContext, site: ScopeSite, first: LostValue): Finding {
  const lost = site.extent?.lost ?? [];
  const { outer, op, keyword, call } = first;
  const settings = [...new Set(lost.map((one) => `\`${one.keyword}=${one.outer.text}\``))];
  const others = settings.length > 1 ? ` and ${settings.length - 1} more` : '';
  const outerAt = outer.origin.keyword ?? outer.origin.scope;
  const related = [
    { location: outerAt, message: `\`${keyword}\` is set here` },
    ...distinctCalls(lost).map((one) => ({
      location: one.call,
      message: `\`${one.op.name}\` does not get \`${one.keyword}\``,
    })),
  ];
  return {
    span: site.call.span,
    message:
      `Entering a saved scope drops ${settings[0] ?? ''}${others} of the \`arg_scope\` at ` +
      `${placeText(context, outer.origin.scope)}: \`${op.name}\` at ${placeText(context, call)} does not get it\n` +
      'A saved scope replaces all that encloses it. Enter it outside, or make it inside the enclosing scope',
    related: related.filter(({ location }) => context.program.getFile(location.file)).slice(0, MAX_RELATED),
  };
}

function distinctCalls(lost: readonly LostValue[]): readonly LostValue[] {
  return lost.filter((one, i) => lost.findIndex((other) => sameLocation(other.call, one.call)) === i);
}
