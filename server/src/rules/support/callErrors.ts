/**
 * Calls that are certain to fail at run time, grouped by the place to repair: what `positional-collision` and
 * `unknown-argument` report. The evaluator finds the errors; this decides which of them are certain, and words nothing.
 */
import { lineText } from '../../semantics/lineText';
import type { Location } from '../../base/span';
import { contains, sameLocation } from '../../base/span';
import { isNetFile, netFilePath } from '../../slim/library/nets/netSource';
import type { CallContext, CallError, Op, OpCall } from '../../slim/model';
import type { RuleContext } from '../rule';
import { slimAnalysis } from './slimGate';

/** One mistake and the calls that it breaks. */
export interface FailingCalls {
  readonly error: CallError;
  readonly op: Op;
  /** The place to point at; always in the file. */
  readonly at: Location;
  /** Sorted by position; never empty. All in the file. */
  readonly calls: readonly OpCall[];
}

type Cause = CallError['cause'];

/** The certain failures of a file with this cause. */
export function failingCalls(context: RuleContext, cause: Cause): readonly FailingCalls[] {
  const groups: { error: CallError; op: Op; at: Location; calls: OpCall[] }[] = [];
  for (const call of slimAnalysis(context).calls) {
    for (const { error, op } of certainErrors(call)) {
      if (error.cause !== cause) continue;
      const at = placeToRepair(context, call, error);
      if (isDamaged(context, at) || isDamaged(context, call.call)) continue;
      const group = groups.find((one) => sameLocation(one.at, at) && one.error.message === error.message);
      if (!group) groups.push({ error, op, at, calls: [call] });
      else if (!group.calls.includes(call)) group.calls.push(call);
    }
  }
  return groups;
}

/** The argument or scope entry at fault; the callee where that lies in another file, which the message then names. */
function placeToRepair(context: RuleContext, call: OpCall, error: CallError): Location {
  const isHere = (location: Location): boolean => location.file === context.source.file;
  // What a scope sets is wrong there, however many calls trip over it.
  const place = error.cause === 'unknownKeyword' ? (error.other ?? error.at) : error.at;
  return isHere(place) ? place : call.callee;
}

/** Errors in every way in which the call can run; of its own and of the normalizer that it calls. */
function certainErrors(call: OpCall): readonly { readonly error: CallError; readonly op: Op }[] {
  const [first, ...others] = call.contexts;
  if (!first) return [];
  return errorsOf(call, first).filter(({ error }) =>
    others.every((context) => errorsOf(call, context).some((one) => one.error.message === error.message)),
  );
}

function errorsOf(call: OpCall, context: CallContext): readonly { readonly error: CallError; readonly op: Op }[] {
  if (context.error) return [{ error: context.error, op: call.op }];
  return context.implicitCalls.flatMap(({ op, error }) => (error ? [{ error, op }] : []));
}

/** Code that is being typed says nothing about what it will be. */
export function isDamaged(context: RuleContext, location: Location): boolean {
  if (location.file !== context.source.file) return false;
  return context.source.tree.incomplete.some(
    (damaged) =>
      (damaged.start < location.span.end && location.span.start < damaged.end) || contains(location.span, damaged),
  );
}

/** `line 12`, `nets/vgg.py line 12` for a place in another file, or that of a library's file that nobody can open. */
export function placeText(context: RuleContext, location: Location): string {
  const file = context.program.getFile(location.file);
  if (!file) return 'another file';
  const line = lineText(file, location.span.start);
  if (isNetFile(file.file)) return `${netFilePath(file.file)}, ${line} (installed library)`;
  return file.file === context.source.file ? line : `${file.path} ${line}`;
}
