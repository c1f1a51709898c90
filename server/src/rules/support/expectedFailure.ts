/**
 * Code that is meant to fail: a test that asserts the error. What a rule predicts there is what the author wants to see.
 */
import type { Span } from '../../base/span';
import { contains } from '../../base/span';
import type * as ast from '../../syntax/ast';
import { pathTo } from '../../slim/rewrite/syntaxAt';

/** Of `unittest`, TensorFlow's own test case, absltest and pytest. */
const ASSERTS_ERROR = /^(?:assertRaises\w*|failUnlessRaises|raises)$/;

/** True for a place in the block of `with self.assertRaises(...):` or among the arguments of such a call. */
export function isExpectedToFail(module: ast.Module, span: Span): boolean {
  return pathTo(module, span).some((node) => {
    if (node.kind === 'With') {
      return !contains(node.header, span) && node.items.some(({ context }) => assertsError(context));
    }
    return assertsError(node) && contains(node.argsSpan, span);
  });
}

function assertsError(node: ast.Node): node is ast.Call {
  if (node.kind !== 'Call') return false;
  const { callee } = node;
  if (callee.kind === 'Attribute') return ASSERTS_ERROR.test(callee.attribute.name);
  return callee.kind === 'Name' && ASSERTS_ERROR.test(callee.name);
}
