/**
 * Tests of a variable whose value is not known: what one of them found out holds for the next one about the same value.
 * So a branch is not combined with the opposite branch of the same test elsewhere on the way.
 */
import type * as ast from '../../syntax/ast';
import type { Condition, PyObject } from './objects';
import { hashKey } from './objects';
import type { Frame, Machine } from './machine';
import { readName } from './names';

/** What a test is about. */
export interface Subject {
  readonly subject: PyObject;
  /** Key of what the value is compared with; empty for a test of the value by itself. */
  readonly equals: string;
  readonly isNegated: boolean;
}

/** The outcome of a test, when an earlier one decides it. */
export function decided(machine: Machine, test: Subject): boolean | undefined {
  const known = knownTest(machine, test);
  return known === undefined ? undefined : known !== test.isNegated;
}

/** The condition of one outcome of a test. */
export function conditionOf(
  test: Pick<Condition, 'text' | 'at'>,
  about: Subject | undefined,
  holds: boolean,
): Condition {
  if (!about) return { ...test, holds };
  const { subject, equals, isNegated } = about;
  return { ...test, holds, subject, equals, ...(isNegated ? { isNegated } : {}) };
}

/**
 * What is known of a test about an unknown value: a test around the running statement, or around the calls that led to it,
 * was about the same.
 */
function knownTest(machine: Machine, test: Subject): boolean | undefined {
  const { subject, equals } = test;
  for (let at: Frame | undefined = machine.frame; at; at = at.parent) {
    for (const known of [...at.tests, ...at.conditions]) {
      if (known.subject !== subject) continue;
      const isEqual = known.holds !== (known.isNegated ?? false);
      if (known.equals === equals) return isEqual;
      // What equals one thing does not equal another.
      if (isEqual && equals !== TRUE && known.equals !== TRUE) return false;
    }
  }
  return undefined;
}

/** {@link Condition.equals} of a test of a value by itself. */
const TRUE = '';

/** What a test is about, when it is one of a single variable: `x`, `not x`, `x is None`, `x == 'a'`. */
export function subjectOf(machine: Machine, test: ast.Expression): Subject | undefined {
  if (test.kind === 'UnaryOp' && test.operator === 'not') {
    const inner = subjectOf(machine, test.operand);
    return inner && { ...inner, isNegated: !inner.isNegated };
  }
  const [name, constant] = test.kind === 'Compare' ? test.operands : [test, undefined];
  if (name?.kind !== 'Name' || (test.kind === 'Compare' && test.operators.length !== 1)) return undefined;
  const subject = readName(machine, name.name, name);
  const isOne = subject.kind === 'unknown' ? !subject.isVolatile && !subject.isTensor : subject.kind === 'external';
  if (!isOne) return undefined;
  if (!constant) return { subject, equals: TRUE, isNegated: false };
  const operator = test.kind === 'Compare' ? test.operators[0] : undefined;
  const isConstant = constant.kind === 'Constant' || constant.kind === 'String' || constant.kind === 'Number';
  if (!isConstant || !operator || !['==', '!=', 'is', 'is not'].includes(operator)) return undefined;
  const equals = hashKey(machine.evaluate(constant));
  return equals === undefined ? undefined : { subject, equals, isNegated: operator === '!=' || operator === 'is not' };
}
