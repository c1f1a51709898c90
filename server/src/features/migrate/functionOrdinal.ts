/**
 * Names a function of a file by its number among all functions: what finds it again after edits that add and remove none.
 */
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';

/** The number of a function, from 0 in the order of the file; -1 when it is not of this file. */
export function functionOrdinal(source: SourceFile, fn: ast.FunctionDef): number {
  let ordinal = -1;
  let found = -1;
  walk(source.tree.module, (node) => {
    if (node.kind !== 'FunctionDef') return;
    ordinal++;
    if (node === fn) found = ordinal;
  });
  return found;
}
