/**
 * Evaluation of expressions to abstract objects. Total: what cannot be known is `unknown` with the reason.
 * Evaluation order is Python's, because calls in an argument run in the scope that is active before the call.
 */
import type * as ast from '../../syntax/ast';
import { assertNever } from '../../base/assertNever';
import type { DictEntry, PyObject, PyOption, PyUnknown } from './objects';
import { anotherUnknown, hashKey, optionsOf, pyBool, pyInt, pyNone, pyStr, pyUnknown } from './objects';
import { joinObjects, makeDict, makeList, makeSet, mergeEntries, putEntry } from './join';
import { distinctItems } from './listMethods';
import { asDict } from './dictionaries';
import { anyOf } from './dispatch';
import { conditionOf, decided, subjectOf } from './tests';
import { formatConverted } from './formatting';
import { binary, unary } from './arithmetic';
import { evaluateCompare } from './comparisons';
import { slice, subscript, truth } from './operators';
import { branch, here, lineOf, textOf, type Machine } from './machine';
import { bindName, readName } from './names';
import { evaluateComprehension } from './comprehensions';
import { evaluateCall } from './callExpression';
import { defineLambda } from './functions';
import { loadedModule } from './reflection';
import { attributeName } from './privateNames';
import { operatorMethod } from './operatorMethods';
import { generatorCall, runGenerator } from './generators';

/** Evaluates an expression in the running frame. */
export function evaluateExpression(machine: Machine, node: ast.Expression): PyObject {
  machine.step();
  switch (node.kind) {
    case 'Name':
      return readName(machine, node.name, node);
    case 'Constant':
      return constant(node);
    case 'Number':
      if (node.type === 'imaginary') return pyUnknown('a complex number');
      return node.type === 'int' ? pyInt(node.value) : { kind: 'float', value: node.value };
    case 'String':
      return node.isBytes ? { kind: 'bytes', value: node.value } : pyStr(node.value);
    case 'FormattedString':
      return formattedString(machine, node);
    case 'Attribute':
      return machine.attribute(
        machine.evaluate(node.value),
        attributeName(node.attribute.name, machine.frame.environment),
        here(machine, node),
      );
    case 'Subscript':
      return evaluateSubscript(machine, node);
    case 'Slice':
      return pyUnknown('a slice');
    case 'Call':
      return evaluateCall(machine, node);
    case 'UnaryOp':
      return evaluateUnary(machine, node);
    case 'BinaryOp':
      return evaluateBinary(machine, node);
    case 'BoolOp':
      return evaluateBoolean(machine, node);
    case 'Compare':
      return evaluateCompare(machine, node);
    case 'Conditional':
      return evaluateConditional(machine, node);
    case 'Lambda':
      return defineLambda(machine, node);
    case 'Tuple':
    case 'List':
    case 'Set':
      return evaluateSequence(machine, node);
    case 'Dict':
      return evaluateDict(machine, node);
    case 'Comprehension':
      return evaluateComprehension(machine, node);
    case 'Starred':
      return machine.evaluate(node.value);
    case 'Await':
      machine.evaluate(node.value);
      return pyUnknown('the result of `await`', here(machine, node));
    case 'Yield':
      return evaluateYield(machine, node);
    case 'NamedExpression': {
      const value = machine.evaluate(node.value);
      bindName(machine, machine.frame.environment, node.target.name, value);
      return value;
    }
    case 'ErrorExpression':
      for (const child of node.children) machine.evaluate(child);
      return pyUnknown('the code is incomplete here', here(machine, node));
    default:
      return assertNever(node);
  }
}

function constant(node: ast.Constant): PyObject {
  switch (node.value) {
    case 'None':
      return pyNone;
    case 'True':
      return pyBool(true);
    case 'False':
      return pyBool(false);
    case '...':
      return { kind: 'ellipsis' };
  }
}

function formattedString(machine: Machine, node: ast.FormattedString): PyObject {
  let text: string | undefined = '';
  for (const part of node.parts) {
    if (part.kind === 'FormattedText') {
      if (text !== undefined) text += part.value;
      continue;
    }
    const value = machine.evaluate(part.value);
    const piece: string | undefined = part.formatFields
      ? undefined
      : formatConverted(value, part.conversion, part.format ?? '');
    text = text === undefined || piece === undefined ? undefined : text + piece;
  }
  return text === undefined
    ? pyUnknown(`\`${textOf(machine, node)}\` holds a value that is not known`, here(machine, node))
    : pyStr(text);
}

/** Applies `compute` to every option of a value and joins the results. */
export function mapOptions(value: PyObject, compute: (option: PyObject) => PyObject): PyObject {
  if (value.kind !== 'choice') return compute(value);
  const options: PyOption[] = value.options.map((option) => ({ ...option, value: compute(option.value) }));
  return (
    joinObjects(
      options.map((option) => option.value),
      options.map((option) => option.when),
    ) ?? pyUnknown('no value')
  );
}

function evaluateSubscript(machine: Machine, node: ast.Subscript): PyObject {
  const object = machine.evaluate(node.value);
  const part = ofTensors(machine, node, object);
  if (part) {
    if (node.index.kind !== 'Slice') machine.evaluate(node.index);
    return part;
  }
  if (node.index.kind === 'Slice') {
    const bound = (part: ast.Expression | undefined): number | undefined | 'unknown' => {
      if (!part) return undefined;
      const value = machine.evaluate(part);
      return value.kind === 'int' ? value.value : value.kind === 'none' ? undefined : 'unknown';
    };
    const [lower, upper, step] = [bound(node.index.lower), bound(node.index.upper), bound(node.index.step)];
    if (lower !== 'unknown' && upper !== 'unknown' && step !== 'unknown') {
      const result = mapOptions(
        object,
        (option) => slice(option, lower, upper, step ?? 1) ?? notKnown(machine, node, option),
      );
      return result;
    }
    return notKnown(machine, node, object);
  }
  const index = machine.evaluate(node.index);
  return mapOptions(object, (one) =>
    mapOptions(index, (key) => {
      const loaded = one.kind === 'external' && one.paths[0] === 'sys.modules' && loadedModule(machine, key);
      if (loaded) return loaded;
      const found = subscript(one, key) ?? anyOf(machine, one, key, here(machine, node.index));
      if (found) return found;
      if (one.kind === 'host' || one.kind === 'instance') {
        return machine.call(
          machine.attribute(one, '__getitem__', here(machine, node)),
          indexArguments(machine, node, key),
          {
            call: here(machine, node),
            callee: here(machine, node.value),
            node: undefined,
          },
        );
      }
      return oneOfParts(one, key, notKnown(machine, node, one, key));
    }),
  );
}

/** An item of a container under a key that is not known: none that is seen, or one of those that can be changed. */
function oneOfParts(container: PyObject, key: PyObject, other: PyObject): PyObject {
  const isOpen = key.kind === 'unknown' || key.kind === 'choice' || key.kind === 'externalResult';
  const parts = isOpen ? partsOf(container) : [];
  return withParts(parts, other);
}

/** Containers and objects inside a container: what a change through an unknown item of it may reach. */
function partsOf(container: PyObject): readonly PyObject[] {
  const items =
    container.kind === 'dict'
      ? [...container.cell.value.entries.values()].map((entry) => entry.value)
      : container.kind === 'list'
        ? container.cell.value.items
        : [];
  return items.filter(({ kind }) => kind === 'dict' || kind === 'list' || kind === 'instance');
}

/** `other`, or one of `parts`. */
function withParts(parts: readonly PyObject[], other: PyObject): PyObject {
  if (parts.length === 0) return other;
  return { kind: 'choice', options: [...parts, other].map((value) => ({ value })) };
}

function indexArguments(machine: Machine, node: ast.Subscript, key: PyObject): Parameters<Machine['call']>[1] {
  const at = here(machine, node.index);
  return { positional: [{ value: key, form: 'positional', at, expression: at }], keywords: [] };
}

/** Unknown result of an operation on `object`; keeps the deepest reason, which is what a user can act on. */
export function notKnown(
  machine: Machine,
  node: ast.Expression | ast.AugAssign,
  ...operands: readonly PyObject[]
): PyObject {
  for (const operand of operands) {
    const cause = optionsOf(operand).find((option) => option.value.kind === 'unknown')?.value;
    if (cause?.kind === 'unknown' && !cause.isTensor) return anotherUnknown(cause);
  }
  return pyUnknown(
    `\`${shorten(textOf(machine, node))}\` at ${lineOf(machine, node)} cannot be followed`,
    here(machine, node),
  );
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

function evaluateUnary(machine: Machine, node: ast.UnaryOp): PyObject {
  const operand = machine.evaluate(node.operand);
  const { operator } = node;
  if (operator === 'not') {
    const value = truth(operand);
    return value === undefined ? notKnown(machine, node, operand) : pyBool(!value);
  }
  return mapOptions(operand, (option) => unary(operator, option) ?? notKnown(machine, node, option));
}

function evaluateBinary(machine: Machine, node: ast.BinaryOp): PyObject {
  const constant = (value: PyObject): PyObject =>
    value.kind === 'external' ? (machine.host.constant(value) ?? value) : value;
  const left = constant(machine.evaluate(node.left));
  const right = constant(machine.evaluate(node.right));
  const trueDivision = !machine.frame.source.tree.python2;
  return mapOptions(left, (a) =>
    mapOptions(
      right,
      (b) =>
        operatorMethod(machine, node.operator, a, b, here(machine, node)) ??
        binary(node.operator, a, b, trueDivision) ??
        ofTensors(machine, node, a, b) ??
        notKnown(machine, node, a, b),
    ),
  );
}

/** What is computed from a tensor by an operator or an index is one. */
function ofTensors(
  machine: Machine,
  node: ast.BinaryOp | ast.Subscript,
  ...operands: readonly PyObject[]
): PyObject | undefined {
  if (!operands.some((one) => one.kind === 'unknown' && one.isTensor)) return undefined;
  if (operands.some((one) => one.kind === 'str')) return undefined;
  const reason = `\`${shorten(textOf(machine, node))}\` is a tensor`;
  const result: PyUnknown = { ...pyUnknown(reason, here(machine, node)), isTensor: true };
  machine.host.tensors?.computed(node.kind === 'BinaryOp' ? node.operator : undefined, operands, result);
  return result;
}

function evaluateBoolean(machine: Machine, node: ast.BoolOp): PyObject {
  const left = machine.evaluate(node.left);
  const known = truth(left);
  if (known !== undefined) return (node.operator === 'and') === known ? machine.evaluate(node.right) : left;
  let right: PyObject | undefined;
  branch(machine, [
    () => {
      right = machine.evaluate(node.right);
      return 'normal';
    },
    () => 'normal',
  ]);
  const keep = left.kind === 'choice' ? optionsThat(left, node.operator === 'or') : left;
  return joinObjects([keep, right]) ?? left;
}

/** The options that `x or y` (wanted: true) or `x and y` (wanted: false) would keep. */
function optionsThat(choice: PyObject & { kind: 'choice' }, wanted: boolean): PyObject | undefined {
  const kept = choice.options.filter((option) => truth(option.value) !== !wanted);
  return joinObjects(
    kept.map((option) => option.value),
    kept.map((option) => option.when),
  );
}

function evaluateConditional(machine: Machine, node: ast.Conditional): PyObject {
  const value = truth(machine.evaluate(node.test));
  const subject = value === undefined ? subjectOf(machine, node.test) : undefined;
  const known = value ?? (subject && decided(machine, subject));
  if (known !== undefined) return machine.evaluate(known ? node.body : node.orelse);
  const values: PyObject[] = [];
  const alternative = (expression: ast.Expression) => () => {
    values.push(machine.evaluate(expression));
    return 'normal' as const;
  };
  branch(machine, [alternative(node.body), alternative(node.orelse)]);
  const test = { text: textOf(machine, node.test), at: here(machine, node.test) };
  return (
    joinObjects(values, [conditionOf(test, subject, true), conditionOf(test, subject, false)]) ?? pyUnknown('no value')
  );
}

function evaluateSequence(machine: Machine, node: ast.Sequence): PyObject {
  const items: PyObject[] = [];
  let rest: PyObject | undefined;
  for (const element of node.elements) {
    if (element.kind !== 'Starred') {
      items.push(machine.evaluate(element));
      continue;
    }
    const value = machine.evaluate(element.value);
    const known = machine.iterate(value);
    if (known) items.push(...known);
    else rest = notKnown(machine, element, value);
  }
  if (rest) {
    const unknownRest = rest.kind === 'unknown' ? rest : pyUnknown('it holds unknown items');
    return node.kind === 'List' ? makeList([], unknownRest) : unknownRest;
  }
  if (node.kind === 'Tuple') return { kind: 'tuple', items };
  if (node.kind === 'List') return makeList(items);
  const distinct = distinctItems(items);
  return distinct ? makeSet(distinct) : makeSet([], pyUnknown('which items of the set are equal is not known'));
}

/** `yield from items`: a generator yields where the outer one stands, inside the scopes of both (A7). */
function yieldFrom(machine: Machine, node: ast.Yield, value: PyObject): PyObject {
  const { onYield } = machine.frame;
  const generator = generatorCall(value);
  if (!generator) {
    const items = machine.iterate(value) ?? [pyUnknown('an item of a sequence that is not known', here(machine, node))];
    for (const item of items) onYield?.(item);
    return pyNone;
  }
  if (!runGenerator(machine, generator, onYield)) onYield?.(pyUnknown('an item of a generator that is not known'));
  return pyUnknown('the result of a generator', here(machine, node));
}

function evaluateDict(machine: Machine, node: ast.Dict): PyObject {
  const entries = new Map<string, DictEntry>();
  let rest: PyObject | undefined;
  for (const entry of node.entries) {
    if (!entry.key) {
      const given = machine.evaluate(entry.value);
      const value = asDict(given) ?? given;
      if (value.kind !== 'dict') {
        const unknownMapping = notKnown(machine, entry.value, value);
        rest = unknownMapping;
        if (unknownMapping.kind === 'unknown') mergeEntries(entries, { entries: new Map(), rest: unknownMapping });
      } else {
        mergeEntries(entries, value.cell.value);
        rest ??= value.cell.value.rest;
      }
      continue;
    }
    const key = machine.evaluate(entry.key);
    const value = machine.evaluate(entry.value);
    const hash = hashKey(key);
    if (hash === undefined) {
      const unknownKey = notKnown(machine, entry.key, key);
      rest = unknownKey;
      if (unknownKey.kind === 'unknown') mergeEntries(entries, { entries: new Map(), rest: unknownKey });
    } else putEntry(entries, hash, { key, value, expression: here(machine, entry.value) });
  }
  return makeDict(entries, rest?.kind === 'unknown' ? rest : undefined);
}

function evaluateYield(machine: Machine, node: ast.Yield): PyObject {
  const value = node.value ? machine.evaluate(node.value) : pyNone;
  if (node.isFrom) return yieldFrom(machine, node, value);
  machine.frame.onYield?.(value);
  return pyUnknown('a value sent into the generator', here(machine, node));
}
