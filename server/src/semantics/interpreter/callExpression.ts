/**
 * Evaluation of call expressions: callee, then arguments in order, then the call itself.
 * Unpacked arguments are expanded when they are known; otherwise the call remembers that something is not.
 */
import type * as ast from '../../syntax/ast';
import type { CallArguments, CallSite, EvaluatedArgument, PyObject, PyUnknown } from './objects';
import { pyUnknown } from './objects';
import { here, lineOf, type Machine } from './machine';
import { asDict } from './dictionaries';

/** Evaluates a call. */
export function evaluateCall(machine: Machine, node: ast.Call): PyObject {
  const callee = machine.evaluate(node.callee);
  const args = evaluateArguments(machine, node.args);
  const site: CallSite = { call: here(machine, node), callee: here(machine, node.callee), node };
  return machine.call(callee, args, site);
}

/** Evaluates the arguments of a call, in order. */
export function evaluateArguments(machine: Machine, args: readonly ast.Argument[]): CallArguments {
  const positional: EvaluatedArgument[] = [];
  const keywords: EvaluatedArgument[] = [];
  let unknownPositional: PyUnknown | undefined;
  let unknownKeywords: PyUnknown | undefined;
  for (const argument of args) {
    const value = machine.evaluate(argument.value);
    const at = here(machine, argument);
    const expression = here(machine, argument.value);
    switch (argument.form) {
      case 'positional':
        positional.push({ value, form: 'positional', at, expression });
        break;
      case 'keyword':
        if (argument.name) keywords.push({ name: argument.name.name, value, form: 'keyword', at, expression });
        break;
      case 'star': {
        const items = machine.iterate(value);
        if (items) positional.push(...items.map((item) => ({ value: item, form: 'unpacked' as const, at })));
        else unknownPositional ??= reason(machine, argument, value, '*');
        break;
      }
      case 'doubleStar': {
        const unknown = unpackMapping(value, at, keywords);
        if (unknown) unknownKeywords ??= reason(machine, argument, value, '**');
        break;
      }
    }
  }
  return {
    positional,
    keywords,
    ...(unknownPositional ? { unknownPositional } : {}),
    ...(unknownKeywords ? { unknownKeywords } : {}),
  };
}

/** Adds the entries of a `**mapping`; true when there may be more of them. */
function unpackMapping(value: PyObject, at: EvaluatedArgument['at'], keywords: EvaluatedArgument[]): boolean {
  const mapping = asDict(value);
  if (!mapping) return true;
  const { entries, rest } = mapping.cell.value;
  let open = rest !== undefined;
  for (const entry of entries.values()) {
    open ||= entry.maybe === true;
    if (entry.key.kind !== 'str' || entry.maybe) continue;
    keywords.push({
      name: entry.key.value,
      value: entry.value,
      form: 'unpacked',
      at,
      ...(entry.expression ? { expression: entry.expression } : {}),
      ...(entry.note === undefined ? {} : { note: entry.note }),
    });
  }
  return open;
}

function reason(machine: Machine, argument: ast.Argument, value: PyObject, stars: string): PyUnknown {
  const { source } = machine.frame;
  const text = source.text.slice(argument.value.span.start, argument.value.span.end);
  const why = value.kind === 'unknown' ? `: ${value.reason}` : '';
  const unknown = pyUnknown(
    `\`${stars}${text}\` at ${lineOf(machine, argument)} is not known${why}`,
    here(machine, argument),
  );
  // Keywords that only a caller's arg_scope may have put there: everything else is as it is seen.
  const rest = asDict(value)?.cell.value.rest;
  return rest?.isAmbient ? { ...unknown, fromCaller: true, isAmbient: true } : unknown;
}
