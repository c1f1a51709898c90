/**
 * Reasons against any rewriting of a call: a damaged file, a call that fails or is not a plain call, scopes that are not
 * known. Ways of running that disagree are told apart here too; whether they matter is the caller's business.
 */
import type { StaticValue } from '../../semantics/staticValue';
import { isFullyKnown } from '../../semantics/staticValue';
import type { CallContext, EffectiveArgument, ImplicitCall, OpCall } from '../model';
import { isSameText, isSameValue, sameImplicit } from './commonContext';
import type { RewriteRequest, Reason } from './request';

/** Reasons that need no look at the arguments; empty when there are none. */
export function commonReasons(request: RewriteRequest): readonly Reason[] {
  const { source, call } = request;
  const [damaged] = source.tree.incomplete;
  if (damaged) {
    return [{ reason: 'the file does not parse', at: { file: source.file, span: damaged } }];
  }
  if (call.via) return [{ reason: indirectReasons[call.via] }];
  return call.contexts.flatMap(contextReasons);
}

const indirectReasons: Readonly<Record<NonNullable<OpCall['via']>, string>> = {
  repeat: '`slim.repeat` makes the layers: write them out or in a loop first',
  stack: '`slim.stack` makes the layers: write them out or in a loop first',
  normalizer_fn: 'the library makes this call for another layer',
  activation_fn: 'the library makes this call for another layer',
  indirect: 'the op is not called by name here',
};

function contextReasons(context: CallContext): Reason[] {
  const { error } = context;
  if (error) return [{ reason: `this call fails at run time: ${error.type}: ${error.message}`, at: error.at }];
  const failing = context.implicitCalls.find((implicit) => implicit.error)?.error;
  if (failing) return [{ reason: `this call fails at run time: ${failing.type}: ${failing.message}`, at: failing.at }];
  return context.uncertainties.map(({ reason, at }) => (at ? { reason, at } : { reason }));
}

/** What has not the same value in every way in which the call can run: arguments, in words. */
export function disagreements(call: OpCall): readonly string[] {
  const [first, ...others] = call.contexts;
  if (!first) return [];
  const names = new Set<string>();
  for (const other of others) {
    for (const name of differing(first.arguments, other.arguments)) names.add(`\`${name}\``);
    for (const name of differingImplicit(first.implicitCalls, other.implicitCalls)) names.add(name);
  }
  return [...names];
}

function differing(first: readonly EffectiveArgument[], other: readonly EffectiveArgument[]): string[] {
  return first
    .filter(
      (argument) =>
        !isSame(
          argument,
          other.find(({ name }) => name === argument.name),
        ),
    )
    .map(({ name }) => name);
}

function differingImplicit(first: readonly ImplicitCall[], other: readonly ImplicitCall[]): string[] {
  return first.flatMap((implicit) => {
    const same = sameImplicit(other, implicit);
    if (!same) return [`\`${implicit.via}\``];
    // What it works on is what the call itself gives.
    const [, ...own] = implicit.arguments;
    return differing(own, same.arguments).map((name) => `\`${name}\` of \`${implicit.op.name}\``);
  });
}

/** The same value, or an expression of the call itself: its text stands for it each time. */
function isSame(a: EffectiveArgument, b: EffectiveArgument | undefined): boolean {
  if (!b) return false;
  return isSameValue(a, b) || (isSameText(a, b) && isHereEachTime(a, b));
}

function isHereEachTime(a: EffectiveArgument, b: EffectiveArgument): boolean {
  if (a.origin.kind === 'call' && b.origin.kind === 'call') return true;
  // Somebody else's expression: not known, or known, each time alike.
  return !isFullyKnown(a.value) && !isFullyKnown(b.value);
}

/** Truth of a value as Python sees it; undefined when it is not known. */
export function truthOf(value: StaticValue): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return value.value !== 0;
    case 'str':
    case 'bytes':
      return value.value !== '';
    case 'tuple':
    case 'list':
    case 'set':
      return value.items.length > 0;
    case 'dict':
      return value.entries.length > 0;
    case 'unknown':
      return undefined;
    case 'choice': {
      const truths = new Set(value.options.map(truthOf));
      return truths.size === 1 ? [...truths][0] : undefined;
    }
    case 'instance':
      return undefined;
    default:
      return true;
  }
}
