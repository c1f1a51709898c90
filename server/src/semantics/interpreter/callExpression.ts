/**
 * Evaluation of call expressions: callee, then arguments in order, then the call itself.
 * Unpacked arguments are expanded when they are known; otherwise the call remembers that something is not.
 */
import type * as ast from '../../syntax/ast';
import type { CallArguments, CallSite, EvaluatedArgument, PyObject, PyOption, PyUnknown } from './objects';
import { pyNone, pyUnknown } from './objects';
import { joinObjects } from './join';
import { branch, here, lineOf, type Completion, type Machine } from './machine';
import { possibleOptions } from './dispatch';
import { withCondition } from './withStatement';
import { asDict } from './dictionaries';

/** Evaluates a call. */
export function evaluateCall(machine: Machine, node: ast.Call): PyObject {
  const callee = machine.evaluate(node.callee);
  const values = node.args.map((argument) => machine.evaluate(argument.value));
  const site: CallSite = { call: here(machine, node), callee: here(machine, node.callee), node };
  const chosen = values.findIndex(
    (value, i) => value.kind === 'choice' && /^(star|doubleStar)$/.test(node.args[i]?.form ?? ''),
  );
  const value = values[chosen];
  if (value?.kind !== 'choice') return machine.call(callee, argumentsOf(machine, node.args, values), site);
  return callForEach(machine, value, (option) => {
    const args = argumentsOf(
      machine,
      node.args,
      values.map((one, i) => (i === chosen ? option : one)),
    );
    return machine.call(callee, args, site);
  });
}

/** A call whose `*args` or `**kwargs` are one of several: each is an alternative. */
function callForEach(machine: Machine, choice: PyObject, call: (option: PyObject) => PyObject): PyObject {
  const options = possibleOptions(machine, choice);
  const results: PyObject[] = [];
  const run = (option: PyOption) => (): Completion => {
    withCondition(machine, option.when ? { condition: option.when } : {}, () => results.push(call(option.value)));
    return 'normal';
  };
  branch(machine, options.map(run));
  return (
    joinObjects(
      results,
      options.map((option) => option.when),
    ) ?? pyUnknown('no value')
  );
}

/** Evaluates the arguments of a call, in order. */
export function evaluateArguments(machine: Machine, args: readonly ast.Argument[]): CallArguments {
  return argumentsOf(
    machine,
    args,
    args.map((argument) => machine.evaluate(argument.value)),
  );
}

function argumentsOf(machine: Machine, args: readonly ast.Argument[], values: readonly PyObject[]): CallArguments {
  const positional: EvaluatedArgument[] = [];
  const keywords: EvaluatedArgument[] = [];
  let unknownPositional: PyUnknown | undefined;
  let unknownKeywords: PyUnknown | undefined;
  args.forEach((argument, i) => {
    const value = values[i] ?? pyNone;
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
  });
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
