/**
 * `match`: a case of constants is decided where the subject is known; the others are alternatives, and so is what follows
 * them. Patterns that take values apart are not modelled: what they bind is not known.
 */
import type * as ast from '../../syntax/ast';
import type { Condition, PyObject } from './objects';
import { pyUnknown } from './objects';
import { branch, here, textOf, type Completion, type Machine } from './machine';
import { bindName } from './names';
import { compareOptions, truth } from './operators';

/** Executes a `match` statement. */
export function executeMatch(machine: Machine, node: ast.Match): Completion {
  const subject = machine.evaluate(node.subject);
  const alternatives: (() => Completion)[] = [];
  for (const one of node.cases) {
    const matches = matchesCase(machine, one, subject);
    if (matches === false) continue;
    // What is certainly asked next is asked now.
    const isNext = matches === true && alternatives.length === 0;
    if (isNext) bindNames(machine, one, subject);
    const guard = !one.guard ? true : isNext ? truth(machine.evaluate(one.guard)) : undefined;
    if (guard === false) continue;
    if (isNext && guard === true) return machine.execute(one.body);
    const condition: Condition = { text: headOf(machine, node, one), at: here(machine, one), holds: true };
    alternatives.push(() => {
      if (!isNext) {
        bindNames(machine, one, subject);
        if (one.guard) machine.evaluate(one.guard);
      }
      machine.frame.tests.push(condition);
      try {
        return machine.execute(one.body);
      } finally {
        machine.frame.tests.pop();
      }
    });
    if (matches === true && guard === true) return branch(machine, alternatives);
  }
  return branch(machine, [...alternatives, () => 'normal']);
}

/** The test that a case is, in words: `match x: case [a, b]`. */
function headOf(machine: Machine, { subject }: ast.Match, one: ast.MatchCase): string {
  const { text } = machine.frame.source;
  const end = one.body[0]?.span.start ?? one.span.end;
  const head = text.slice(one.span.start, end).trimEnd().replace(/:$/, '');
  return `match ${textOf(machine, subject)}: ${head}`;
}

/** Whether the pattern of a case matches; undefined when that is not known. */
function matchesCase(machine: Machine, { values, matchesAll }: ast.MatchCase, subject: PyObject): boolean | undefined {
  if (matchesAll) return true;
  const answers = values?.map((value) =>
    compareOptions(value.kind === 'Constant' ? 'is' : '==', subject, machine.evaluate(value)),
  );
  if (!answers) return undefined;
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function bindNames(machine: Machine, { bound, matchesAll }: ast.MatchCase, subject: PyObject): void {
  for (const name of bound) {
    const value = matchesAll ? subject : pyUnknown('a part of the matched value', here(machine, name));
    bindName(machine, machine.frame.environment, name.name, value);
  }
}
