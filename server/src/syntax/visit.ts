/**
 * Walks the syntax tree: children of a node, depth-first visits, and the path to an offset.
 * Children come in source order. Iterative where the tree may be deep; says nothing about meaning.
 */
import { assertNever } from '../base/assertNever';
import { type Span, touches } from '../base/span';
import type * as ast from './ast';

/** The direct children of a node, in source order. Identifiers and dotted names are not nodes. */
export function childrenOf(node: ast.Node): readonly ast.Node[] {
  switch (node.kind) {
    case 'Module':
      return node.body;
    case 'FunctionDef':
      return ordered([...node.decorators, ...node.parameters, ...present(node.returns), ...node.body]);
    case 'ClassDef':
      return ordered([...node.decorators, ...node.bases, ...node.body]);
    case 'Parameter':
      return present(node.annotation, node.default);
    case 'Return':
    case 'Yield':
      return present(node.value);
    case 'Assign':
      return [...node.targets, node.value];
    case 'AugAssign':
      return [node.target, node.value];
    case 'AnnAssign':
      return present(node.target, node.annotation, node.value);
    case 'For':
      return ordered([node.target, node.iter, ...node.body, ...node.orelse]);
    case 'While':
    case 'If':
      return ordered([node.test, ...node.body, ...node.orelse]);
    case 'With':
      return ordered([...node.items, ...node.body]);
    case 'WithItem':
      return present(node.context, node.target);
    case 'Try':
      return ordered([...node.body, ...node.handlers, ...node.orelse, ...node.finalbody]);
    case 'ExceptHandler':
      return ordered([...present(node.type, node.name), ...node.body]);
    case 'Raise':
      return [...present(node.value), ...node.extra];
    case 'Assert':
      return present(node.test, node.message);
    case 'Delete':
      return node.targets;
    case 'Match':
      return [node.subject, ...node.cases];
    case 'MatchCase':
      return ordered([...(node.values ?? []), ...present(node.guard), ...node.body]);
    case 'Import':
    case 'ImportFrom':
      return node.names;
    case 'Pass':
    case 'Break':
    case 'Continue':
    case 'Global':
    case 'Nonlocal':
    case 'ImportAlias':
    case 'ImportFromAlias':
      return nothing;
    case 'Print':
    case 'Exec':
      return node.values;
    case 'ErrorStatement':
      return node.children;
    default:
      return childrenOfExpression(node);
  }
}

type ExpressionLike = Exclude<ast.Expression, ast.Yield> | ast.ExpressionStatement | ast.Argument | ast.DictEntry
  | ast.ComprehensionClause; // prettier-ignore

function childrenOfExpression(node: ExpressionLike): readonly ast.Node[] {
  switch (node.kind) {
    case 'Name':
    case 'Constant':
    case 'Number':
    case 'String':
      return nothing;
    case 'ExpressionStatement':
    case 'Argument':
    case 'Attribute':
    case 'Starred':
    case 'Await':
      return [node.value];
    case 'FormattedString':
      return node.parts.flatMap((part) => (part.kind === 'FormattedField' ? fieldValues(part) : nothing));
    case 'Subscript':
      return [node.value, node.index];
    case 'Slice':
      return present(node.lower, node.upper, node.step);
    case 'Call':
      return [node.callee, ...node.args];
    case 'UnaryOp':
      return [node.operand];
    case 'BinaryOp':
    case 'BoolOp':
      return [node.left, node.right];
    case 'Compare':
      return node.operands;
    case 'Conditional':
      return [node.body, node.test, node.orelse];
    case 'Lambda':
      return [...node.parameters, node.body];
    case 'Tuple':
    case 'List':
    case 'Set':
      return node.elements;
    case 'Dict':
      return node.entries;
    case 'DictEntry':
      return present(node.key, node.value);
    case 'Comprehension':
      return [...present(node.key), node.element, ...node.clauses];
    case 'ComprehensionClause':
      return [node.target, node.iter, ...node.conditions];
    case 'NamedExpression':
      return [node.target, node.value];
    case 'ErrorExpression':
      return node.children;
    default:
      return assertNever(node);
  }
}

const nothing: readonly ast.Node[] = [];

/** Damage in a header is kept in the body, and may stand before other parts of the header. */
function ordered(nodes: readonly ast.Node[]): readonly ast.Node[] {
  for (let i = 1; i < nodes.length; i++) {
    const [before, after] = [nodes[i - 1], nodes[i]];
    if (before && after && fullSpan(before).start > fullSpan(after).start) {
      return [...nodes].sort((a, b) => fullSpan(a).start - fullSpan(b).start);
    }
  }
  return nodes;
}

function present(...nodes: readonly (ast.Node | undefined)[]): readonly ast.Node[] {
  return nodes.filter((node) => node !== undefined);
}

function fieldValues(field: ast.FormattedField): readonly ast.Node[] {
  return [field.value, ...(field.formatFields ?? []).flatMap(fieldValues)];
}

/** Called for a node; answers `'skip'` to leave out what is inside. `parents` leads from the root to its parent. */
export type Visit = (node: ast.Node, parents: readonly ast.Node[]) => 'skip' | undefined | void;

/** Visits `root` and everything below, parents first, in source order. */
export function walk(root: ast.Node, visit: Visit): void {
  const parents: ast.Node[] = [];
  const todo: { readonly node: ast.Node; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    parents.length = next.depth;
    if (visit(next.node, parents) === 'skip') continue;
    const children = childrenOf(next.node);
    if (children.length === 0) continue;
    parents.push(next.node);
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child) todo.push({ node: child, depth: next.depth + 1 });
    }
  }
}

/**
 * The nodes from the module to the innermost one that contains `offset` or ends there, as an editor's cursor does.
 * Where one node ends and the next starts, the next one wins.
 */
export function findPath(module: ast.Module, offset: number): readonly ast.Node[] {
  const path: ast.Node[] = [module];
  for (let node: ast.Node = module; ;) {
    const next = childAt(node, offset);
    if (!next) return path;
    path.push(next);
    node = next;
  }
}

/** The last child that starts at or before an offset and reaches it; binary search, for modules may be long. */
function childAt(node: ast.Node, offset: number): ast.Node | undefined {
  const children = childrenOf(node);
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const child = children[middle];
    if (child && fullSpan(child).start <= offset) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= 0; i--) {
    const child = children[i];
    if (child && touches(fullSpan(child), offset)) return child;
    // Only empty places, where something is missing, stand between an offset and a child that reaches it.
    if (child && child.span.start < child.span.end) return undefined;
  }
  return undefined;
}

/** The span of a node with its decorators, which stand before the `def` or `class` that `span` starts at. */
export function fullSpan(node: ast.Node): Span {
  if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef') return node.span;
  const first = node.decorators[0];
  return first && first.span.start < node.span.start ? { start: first.span.start, end: node.span.end } : node.span;
}
