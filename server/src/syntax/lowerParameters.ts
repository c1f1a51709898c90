/**
 * Lowers the parameters of functions and lambdas, Python 2's tuple parameters included.
 */
import type * as ast from './ast';
import { type CstNode, namedChildren } from './cst';
import { absentIdentifier, type LowerContext, lowerIdentifier, spanOf } from './lowerContext';

/** Lowers a `parameters` or `lambda_parameters` node. */
export function lowerParameters(context: LowerContext, node: CstNode): ast.Parameter[] {
  const parameters: ast.Parameter[] = [];
  let keywordOnly = false;
  for (const child of node.children) {
    if (!child.isNamed) continue;
    const parameter = lowerParameter(context, child, keywordOnly);
    if (!parameter) continue;
    if (parameter.form === 'star' || parameter.form === 'bareStar') keywordOnly = true;
    parameters.push(parameter);
  }
  return parameters;
}

function lowerParameter(context: LowerContext, node: CstNode, keywordOnly: boolean): ast.Parameter | undefined {
  switch (node.type) {
    case 'typed_parameter':
    case 'default_parameter':
    case 'typed_default_parameter':
      return lowerDetailed(context, node, keywordOnly);
    case 'ERROR':
      return lowerDamagedParameter(context, node, keywordOnly);
    default:
      return lowerTarget(context, node, keywordOnly);
  }
}

/** A parameter without annotation and default. */
function lowerTarget(context: LowerContext, node: CstNode, keywordOnly: boolean): ast.Parameter {
  const base = { kind: 'Parameter' as const, span: spanOf(context, node), keywordOnly };
  switch (node.type) {
    case 'identifier':
      return { ...base, form: 'plain', name: lowerIdentifier(context, node) };
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern': {
      const form = node.type === 'list_splat_pattern' ? 'star' : 'doubleStar';
      const inner = namedChildren(node)[0];
      const isName = inner?.type === 'identifier';
      return { ...base, form, name: isName ? lowerIdentifier(context, inner) : absentIdentifier(context, node.end) };
    }
    case 'keyword_separator':
      return { ...base, form: 'bareStar', name: emptyName(context, node) };
    case 'positional_separator':
      return { ...base, form: 'slash', name: emptyName(context, node) };
    case 'tuple_pattern':
      context.python2 = true;
      return { ...base, form: 'tuple', name: emptyName(context, node), unpacked: identifiersIn(context, node) };
    default:
      return { ...base, form: 'plain', name: absentIdentifier(context, node.start) };
  }
}

function lowerDetailed(context: LowerContext, node: CstNode, keywordOnly: boolean): ast.Parameter | undefined {
  const parts = namedChildren(node);
  const [targetNode] = parts;
  if (!targetNode) return undefined;
  const annotationNode = parts.find((part) => part.type === 'type');
  const valueNode = node.type === 'typed_parameter' ? undefined : parts[parts.length - 1];
  return {
    ...lowerTarget(context, targetNode, keywordOnly),
    span: spanOf(context, node),
    ...(annotationNode && { annotation: context.expression(annotationNode) }),
    ...(valueNode && valueNode !== targetNode && { default: context.expression(valueNode) }),
  };
}

/** Keeps the name of a parameter that is being typed, and any default found in the damage. */
function lowerDamagedParameter(context: LowerContext, node: CstNode, keywordOnly: boolean): ast.Parameter | undefined {
  const span = spanOf(context, node);
  context.damage.push(span);
  const nameNode = node.children.find((child) => child.type === 'identifier');
  const others = node.children.filter((child) => child.isNamed && child !== nameNode);
  const value = others.length > 0 ? context.expression({ ...node, children: others }) : undefined;
  if (!nameNode && !value) return undefined;
  const name = nameNode ? lowerIdentifier(context, nameNode) : absentIdentifier(context, node.start);
  return { kind: 'Parameter', span, form: 'plain', name, keywordOnly, ...(value && { default: value }) };
}

function emptyName(context: LowerContext, node: CstNode): ast.Identifier {
  return { kind: 'Identifier', name: '', span: context.span(node.end, node.end) };
}

/** All identifiers below a pattern, in source order. */
function identifiersIn(context: LowerContext, pattern: CstNode): ast.Identifier[] {
  const found: ast.Identifier[] = [];
  const todo: CstNode[] = [pattern];
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node.type === 'identifier') found.push(lowerIdentifier(context, node));
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      if (child) todo.push(child);
    }
  }
  return found;
}
