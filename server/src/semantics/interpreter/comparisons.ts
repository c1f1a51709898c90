/**
 * Comparisons, also chained ones: the operands are evaluated as far as Python does, and `in` takes items one by one from
 * what computes them.
 */
import type * as ast from '../../syntax/ast';
import type { PyObject } from './objects';
import { pyNone } from './objects';
import { boolOrUndefined, compareOptions, equal, truth } from './operators';
import { branch, here, type Machine } from './machine';
import { notKnown } from './expressions';
import { callSpecial } from './operatorMethods';
import { decideBySteps, isStepped } from './steps';

/** Evaluates `a < b <= c`, `a in b` and their like. */
export function evaluateCompare(machine: Machine, node: ast.Compare): PyObject {
  const operands: PyObject[] = node.operands.slice(0, 1).map((operand) => machine.evaluate(operand));
  let result: boolean | undefined = true;
  /** Compares from the operator at `index` on: a comparison that fails is the last one that is made. */
  const compareFrom = (index: number): void => {
    const [operator, operand] = [node.operators[index], node.operands[index + 1]];
    if (operator === undefined || !operand) return;
    const right = machine.evaluate(operand);
    operands.push(right);
    const one = comparison(machine, operator, operands[index] ?? pyNone, right, node);
    if (result === true) result = one;
    else if (result === undefined && one === false) result = false;
    if (one === false || index + 1 >= node.operators.length) return;
    if (one) compareFrom(index + 1);
    else {
      branch(machine, [
        () => 'normal',
        () => {
          compareFrom(index + 1);
          return 'normal';
        },
      ]);
    }
  };
  compareFrom(0);
  return boolOrUndefined(result) ?? notKnown(machine, node, ...operands);
}

/** One comparison; `in` takes items from what gives them one by one. */
function comparison(
  machine: Machine,
  operator: string,
  left: PyObject,
  right: PyObject,
  node: ast.Compare,
): boolean | undefined {
  const at = here(machine, node);
  if (operator !== 'in' && operator !== 'not in') return compareOptions(operator, left, right);
  const answer = callSpecial(machine, right, '__contains__', [left], at);
  const holds = answer && truth(answer);
  if (answer) return holds === undefined ? undefined : holds === (operator === 'in');
  if (!isStepped(machine, right)) return compareOptions(operator, left, right);
  const site = { call: at, callee: at, node: undefined };
  const found = decideBySteps(machine, right, site, (item) => equal(left, item));
  return found === undefined ? undefined : found === (operator === 'in');
}
