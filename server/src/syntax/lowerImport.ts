/**
 * Lowers import statements. What they mean (modules, aliases, the workspace) is the business of semantics/.
 */
import type * as ast from './ast';
import { childOfType, type CstNode, namedChildren, tokenIndex } from './cst';
import { absentIdentifier, type LowerContext, lowerIdentifier, spanOf, textOf } from './lowerContext';

/** Lowers `import a.b as c, d`. */
export function lowerImport(context: LowerContext, node: CstNode): ast.Import {
  const names = namedChildren(node).map((child) => lowerAlias(context, child));
  return { kind: 'Import', span: spanOf(context, node), names };
}

function lowerAlias(context: LowerContext, node: CstNode): ast.ImportAlias {
  const span = spanOf(context, node);
  if (node.type !== 'aliased_import') return { kind: 'ImportAlias', span, name: lowerDotted(context, node) };
  const [nameNode, aliasNode] = namedChildren(node);
  const name = nameNode ? lowerDotted(context, nameNode) : emptyDotted(context, node.start);
  return { kind: 'ImportAlias', span, name, ...(aliasNode && { asName: lowerIdentifier(context, aliasNode) }) };
}

/** Lowers `from ..a.b import c as d, e`, `from a import *` and `from __future__ import x`. */
export function lowerImportFrom(context: LowerContext, node: CstNode): ast.ImportFrom {
  const importIndex = tokenIndex(node, 'import');
  const before = node.children.slice(1, importIndex < 0 ? undefined : importIndex);
  const after = importIndex < 0 ? [] : node.children.slice(importIndex + 1).filter((child) => child.isNamed);
  const star = after.find((child) => child.type === 'wildcard_import');
  return {
    kind: 'ImportFrom',
    span: spanOf(context, node),
    ...lowerModule(context, node, before[0]),
    names: after.filter((child) => child !== star).map((child) => lowerFromAlias(context, child)),
    ...(star && { star: spanOf(context, star) }),
  };
}

function lowerModule(
  context: LowerContext,
  statement: CstNode,
  node: CstNode | undefined,
): Pick<ast.ImportFrom, 'level' | 'module'> {
  if (!node) return { level: 0, module: emptyDotted(context, statement.start) };
  if (node.type === 'dotted_name') return { level: 0, module: lowerDotted(context, node) };
  if (node.type === 'relative_import') {
    const prefix = childOfType(node, 'import_prefix');
    const name = childOfType(node, 'dotted_name');
    const level = prefix ? textOf(context, prefix).split('.').length - 1 : 0;
    return { level, module: name ? lowerDotted(context, name) : emptyDotted(context, node.end) };
  }
  // `__future__` is a token of its own.
  const span = spanOf(context, node);
  const part: ast.Identifier = { kind: 'Identifier', name: textOf(context, node), span };
  return { level: 0, module: { kind: 'DottedName', parts: [part], span } };
}

function lowerFromAlias(context: LowerContext, node: CstNode): ast.ImportFromAlias {
  const span = spanOf(context, node);
  if (node.type !== 'aliased_import') return { kind: 'ImportFromAlias', span, name: lastPart(context, node) };
  const [nameNode, aliasNode] = namedChildren(node);
  const name = nameNode ? lastPart(context, nameNode) : absentIdentifier(context, node.start);
  return { kind: 'ImportFromAlias', span, name, ...(aliasNode && { asName: lowerIdentifier(context, aliasNode) }) };
}

function lastPart(context: LowerContext, node: CstNode): ast.Identifier {
  const { parts } = lowerDotted(context, node);
  return parts[parts.length - 1] ?? absentIdentifier(context, node.start);
}

function lowerDotted(context: LowerContext, node: CstNode): ast.DottedName {
  const parts = node.children.filter((child) => child.type === 'identifier');
  const span = spanOf(context, node);
  return { kind: 'DottedName', parts: parts.map((part) => lowerIdentifier(context, part)), span };
}

function emptyDotted(context: LowerContext, offset: number): ast.DottedName {
  return { kind: 'DottedName', parts: [], span: context.span(offset, offset) };
}
