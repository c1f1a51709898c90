/**
 * Corrects places where the grammar groups tokens differently from Python. Works on the concrete tree, so that the
 * lowering sees the right shape: `*a.b()` stars the call, `type(x).y = 1` is an assignment, not a type alias, and `&`
 * binds tighter than `^`.
 */
import type { CstNode } from './cst';

/** Types in which the grammar may have put a leading `*` too deep. */
const starSwallowers: ReadonlySet<string> = new Set([
  'call', 'attribute', 'subscript', 'binary_operator', 'comparison_operator', 'boolean_operator',
  'conditional_expression',
]); // prettier-ignore

/** `*a.b` comes as `(*a).b`; the answer is `a.b`, which the caller stars, or undefined if there is no such star. */
export function withoutLeadingStar(node: CstNode, text: string): CstNode | undefined {
  if (text.charCodeAt(node.start) !== 42 || !starSwallowers.has(node.type)) return undefined;
  return replaceLeftmost(node, (leftmost) => {
    if (leftmost.type !== 'list_splat') return undefined;
    return leftmost.children.find((child) => child.isNamed);
  });
}

/**
 * `type (x).y` as the grammar reads the left side of a type alias; the answer is the target `type(x).y`.
 * Undefined when it is an alias in truth.
 */
export function targetOfTypeCall(statement: CstNode): CstNode | undefined {
  const [keyword, left] = statement.children;
  const target = left?.children[0];
  if (!keyword || !left || !target) return undefined;
  const callee: CstNode = { ...keyword, type: 'identifier', isNamed: true };
  return replaceLeftmost(target, (leftmost) => {
    const isCall = leftmost.type === 'parenthesized_expression' || leftmost.type === 'tuple';
    if (!isCall && leftmost.type !== 'list') return undefined;
    const args: CstNode = isCall ? { ...leftmost, type: 'argument_list' } : leftmost;
    const children = isCall ? [callee, args] : [callee, ...leftmost.children];
    const height = leftmost.height + 1;
    return { ...leftmost, type: isCall ? 'call' : 'subscript', start: keyword.start, children, height };
  });
}

/** `a & b ^ c` as Python groups it, `(a & b) ^ c`; undefined when the grammar did the same. */
export function regroupedBits(node: CstNode): CstNode | undefined {
  if (operatorOf(node) !== '&') return undefined;
  const operands: CstNode[] = [];
  const operators: CstNode[] = [];
  collectBits(node, operands, operators);
  if (!operators.some((operator) => operator.type === '^')) return undefined;
  let whole: { readonly left: CstNode; readonly operator: CstNode } | undefined;
  let group = operands[0];
  operators.forEach((operator, i) => {
    const operand = operands[i + 1];
    if (!group || !operand) return;
    if (operator.type === '&') {
      group = joined(group, operator, operand);
    } else {
      whole = { left: whole ? joined(whole.left, whole.operator, group) : group, operator };
      group = operand;
    }
  });
  return whole && group ? joined(whole.left, whole.operator, group) : undefined;
}

function operatorOf(node: CstNode): string {
  return node.type === 'binary_operator' ? (node.children[1]?.type ?? '') : '';
}

/** Recursion is bounded by the height of the tree. */
function collectBits(node: CstNode, operands: CstNode[], operators: CstNode[]): void {
  const [left, operator, right] = node.children;
  const isBits = operatorOf(node) === '&' || operatorOf(node) === '^';
  if (!isBits || !left || !operator || !right || node.hasErrorChild) {
    operands.push(node);
    return;
  }
  collectBits(left, operands, operators);
  operators.push(operator);
  collectBits(right, operands, operators);
}

function joined(left: CstNode, operator: CstNode, right: CstNode): CstNode {
  const height = Math.max(left.height, right.height) + 1;
  const children = [left, operator, right];
  const { start } = left;
  return { ...operator, type: 'binary_operator', isNamed: true, start, end: right.end, children, height };
}

/** Replaces a node on the left edge, the first one for which there is a replacement, and moves its parents' start. */
function replaceLeftmost(node: CstNode, replace: (node: CstNode) => CstNode | undefined): CstNode | undefined {
  const spine: CstNode[] = [];
  let current: CstNode | undefined = node;
  let replacement: CstNode | undefined;
  for (; current; current = current.children[0]) {
    replacement = replace(current);
    if (replacement) break;
    spine.push(current);
  }
  for (let parent = spine.pop(); parent && replacement; parent = spine.pop()) {
    replacement = { ...parent, start: replacement.start, children: [replacement, ...parent.children.slice(1)] };
  }
  return replacement;
}
