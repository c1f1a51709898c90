/**
 * The pieces of a file that build one model each: outermost functions and classes. What is inside one goes into one model;
 * whether two functions build one together is not asked.
 */
import { contains } from '../../base/span';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';

/** Outermost functions and classes, in the order of the file. */
export function modelsOf(module: ast.Module): readonly (ast.FunctionDef | ast.ClassDef)[] {
  const found: (ast.FunctionDef | ast.ClassDef)[] = [];
  walk(module, (node) => {
    if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef') return;
    const outer = found.at(-1);
    if (!outer || !contains(outer.span, node.span)) found.push(node);
  });
  return found;
}
