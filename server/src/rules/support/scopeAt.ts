/**
 * The lexical scope of a place in a file: the way back from an offset to names.
 * By text alone: for the default value of a parameter it answers the function, not the scope around it.
 */
import type { SourceFile } from '../../semantics/program';
import type { Scope } from '../../semantics/scopes';

/** The innermost scope whose node contains the offset. */
export function scopeAt(source: SourceFile, offset: number): Scope {
  let scope = source.scopes.module;
  for (;;) {
    const inner = scope.children.find(({ node }) => node.span.start <= offset && offset < node.span.end);
    if (!inner) return scope;
    scope = inner;
  }
}
