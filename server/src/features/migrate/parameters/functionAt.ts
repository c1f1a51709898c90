/**
 * Finds a `def` by its number in the text, from 0. Edits that add and remove none leave the numbers as they are.
 */
import type { SourceFile } from '../../../semantics/program';
import type * as ast from '../../../syntax/ast';
import { walk } from '../../../syntax/visit';

/** Undefined when there are not so many. */
export function functionAt(source: SourceFile, ordinal: number): ast.FunctionDef | undefined {
  let count = 0;
  let found: ast.FunctionDef | undefined;
  walk(source.tree.module, (node) => {
    if (node.kind === 'FunctionDef' && count++ === ordinal) found = node;
  });
  return found;
}
