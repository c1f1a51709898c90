/**
 * Which attributes the methods of a class set on their first parameter (`self.slim = tf.contrib.slim`).
 * Names and right sides only; what they denote is for nameMeanings.ts. Computed once per class.
 */
import type * as ast from '../../syntax/ast';
import type { SourceFile } from '../program';
import type { Scope } from '../scopes';

/** One assignment to `self.name`; no value when it cannot be told apart (`self.a, self.b = f()`). */
export interface AttributeDefinition {
  readonly value?: ast.Expression;
  /** The scope of the method: where the names of `value` are looked up. */
  readonly scope: Scope;
}

type Definitions = ReadonlyMap<string, readonly AttributeDefinition[]>;

const tables = new WeakMap<ast.ClassDef, Definitions>();

/** Assignments to attributes of the instance, by attribute, in source order. */
export function attributeDefinitions(source: SourceFile, node: ast.ClassDef): Definitions {
  let table = tables.get(node);
  if (!table) tables.set(node, (table = collect(source, node)));
  return table;
}

function collect(source: SourceFile, node: ast.ClassDef): Definitions {
  const table = new Map<string, AttributeDefinition[]>();
  for (const method of node.body) {
    const receiver = method.kind === 'FunctionDef' ? method.parameters[0]?.name.name : undefined;
    if (method.kind !== 'FunctionDef' || !receiver) continue;
    const scope = source.scopes.scopeOf(method);
    for (const statement of statementsIn(method.body)) {
      for (const [attribute, value] of assignedAttributes(statement, receiver)) {
        const all = table.get(attribute) ?? [];
        all.push(value ? { value, scope } : { scope });
        table.set(attribute, all);
      }
    }
  }
  return table;
}

/** All statements of a body, without those of nested functions and classes, whose `self` is another one. */
function* statementsIn(body: readonly ast.Statement[]): Generator<ast.Statement> {
  for (const statement of body) {
    yield statement;
    switch (statement.kind) {
      case 'If':
      case 'For':
      case 'While':
        yield* statementsIn(statement.body);
        yield* statementsIn(statement.orelse);
        break;
      case 'With':
        yield* statementsIn(statement.body);
        break;
      case 'Try':
        yield* statementsIn(statement.body);
        for (const handler of statement.handlers) yield* statementsIn(handler.body);
        yield* statementsIn(statement.orelse);
        yield* statementsIn(statement.finalbody);
        break;
      default:
        break;
    }
  }
}

function* assignedAttributes(
  statement: ast.Statement,
  receiver: string,
): Generator<[string, ast.Expression | undefined]> {
  switch (statement.kind) {
    case 'Assign':
      for (const target of statement.targets) yield* targetAttributes(target, statement.value, receiver);
      break;
    case 'AnnAssign':
      yield* targetAttributes(statement.target, statement.value, receiver);
      break;
    case 'AugAssign':
      yield* targetAttributes(statement.target, undefined, receiver);
      break;
    case 'For':
      yield* targetAttributes(statement.target, undefined, receiver);
      break;
    case 'With':
      for (const { target } of statement.items) if (target) yield* targetAttributes(target, undefined, receiver);
      break;
    default:
      break;
  }
}

function* targetAttributes(
  target: ast.Expression,
  value: ast.Expression | undefined,
  receiver: string,
): Generator<[string, ast.Expression | undefined]> {
  if (target.kind === 'Attribute') {
    if (target.value.kind === 'Name' && target.value.name === receiver) yield [target.attribute.name, value];
  } else if (target.kind === 'Tuple' || target.kind === 'List') {
    const parts =
      value && (value.kind === 'Tuple' || value.kind === 'List') && value.elements.length === target.elements.length
        ? value.elements
        : undefined;
    for (const [i, element] of target.elements.entries()) yield* targetAttributes(element, parts?.[i], receiver);
  }
}
