/**
 * Reports values that a layer refuses when it is called: an activation or normalizer that is no function, a data format
 * in Keras's spelling, a regularizer whose scale is an integer. Points at the value, in the call or in the scope, and
 * speaks only of values that are known in every way in which the call runs.
 */
import type { Location } from '../base/span';
import { sameLocation } from '../base/span';
import type { CallContext, EffectiveArgument, Op, OpCall } from '../slim/model';
import { isDamaged, placeText } from './support/callErrors';
import { findNodeAt } from './support/findNode';
import { refusal, type Refusal } from './support/refusals';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Fix, Rule, RuleContext } from './rule';

/** More related places than this are a list that nobody reads. */
const MAX_RELATED = 3;

export const refusedValue: Rule = {
  name: 'refused-value',
  summary: 'Value that the op refuses at run time',
  family: 'arg-scope',
  severity: 'error',
  since: '0.2.0',
  fix: 'suggestion',
  *check(context) {
    const groups: Refused[][] = [];
    for (const call of slimAnalysis(context).calls) {
      if (isDamaged(context, call.call)) continue;
      for (const one of refusedArguments(context, call)) {
        const group = groups.find(([first]) => first && sameLocation(first.at, one.at) && first.text === one.text);
        if (group) group.push(one);
        else groups.push([one]);
      }
    }
    for (const [first, ...others] of groups) if (first) yield toFinding(context, first, others);
  },
};

interface Refused extends Refusal {
  readonly call: OpCall;
  readonly op: Op;
  readonly argument: EffectiveArgument;
  /** The value where it is written, if that is in the file; else the callee. */
  readonly at: Location;
}

function refusedArguments(context: RuleContext, call: OpCall): readonly Refused[] {
  const [first, ...others] = call.contexts;
  if (!first || call.op.libraries.some((library) => library === 'user' || library === 'tf.layers')) return [];
  return takenBy(call, first).flatMap(({ op, argument }) => {
    const found = refusedIn(op, argument);
    const isCertain = others.every((one) =>
      takenBy(call, one).some(
        (same) => same.argument.name === argument.name && refusedIn(same.op, same.argument)?.text === found?.text,
      ),
    );
    const at = placeOf(context, call, argument);
    return found && isCertain && !isDamaged(context, at) ? [{ ...found, call, op, argument, at }] : [];
  });
}

/** The arguments of a call and of its normalizer, unless the call fails for another reason. */
function takenBy(
  call: OpCall,
  context: CallContext,
): readonly { readonly op: Op; readonly argument: EffectiveArgument }[] {
  if (context.error || context.uncertainties.length > 0) return [];
  const implicit = context.implicitCalls.filter(({ via, error }) => via === 'normalizer_fn' && !error);
  return [{ op: call.op, arguments: context.arguments }, ...implicit].flatMap(({ op, arguments: all }) =>
    all.map((argument) => ({ op, argument })),
  );
}

function refusedIn(op: Op, argument: EffectiveArgument): Refusal | undefined {
  const { origin, certainty, name, value } = argument;
  const isGiven = origin.kind === 'call' || origin.kind === 'argScope';
  return isGiven && certainty === 'certain' ? refusal(op, name, value) : undefined;
}

function placeOf(context: RuleContext, call: OpCall, { expression, origin }: EffectiveArgument): Location {
  const isHere = (at: Location | undefined): at is Location => at?.file === context.source.file;
  if (isHere(expression)) return expression;
  const place = origin.kind === 'argScope' ? origin.keyword : origin.kind === 'call' ? origin.at : undefined;
  return isHere(place) ? place : call.callee;
}

function toFinding(context: RuleContext, first: Refused, others: readonly Refused[]): Finding {
  const { argument, op, text, hint, at, call, raiser } = first;
  const isInCall = argument.origin.kind === 'call' || raiser !== undefined;
  const who =
    raiser === undefined ? `\`${op.name}\` refuses \`${argument.name}=${argument.text}\`` : `\`${raiser}\` raises`;
  const calls = [first, ...others].map((one) => one.call);
  const where = isInCall ? '' : ` The call at ${placeText(context, call.call)} fails.`;
  return {
    span: at.span,
    message: `${who}: \`${text}\`\n${(where + ' ' + hint).trim()}`,
    related: isInCall
      ? []
      : calls.slice(0, MAX_RELATED).map((one) => ({ location: one.call, message: 'this call fails' })),
    fixes: () => rewrite(context, first),
  };
}

/** Only where the value itself is written at the place. */
function rewrite(context: RuleContext, { at, replacement, argument }: Refused): readonly Fix[] {
  const node = replacement === undefined ? undefined : findNodeAt(context.source, at.span, 'String');
  if (!node || replacement === undefined) return [];
  const quote = context.source.text[node.span.start];
  if (quote !== "'" && quote !== '"') return [];
  const newText = `${quote}${replacement}${quote}`;
  return [
    { title: `Write \`${argument.name}=${newText}\``, safety: 'suggestion', edits: [{ span: node.span, newText }] },
  ];
}
