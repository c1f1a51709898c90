/**
 * The concrete tree between the parser and our AST: plain objects, read once from the parser's memory.
 * `type` is the grammar's node name, or the text of an anonymous token. Comments and line continuations are left
 * out. Offsets are those of the parsed text (see lowerContext.ts for repaired texts). Only syntax/ knows this shape.
 */

/** A node or token of the parser. */
export interface CstNode {
  readonly type: string;
  /** False for punctuation and keywords. */
  readonly isNamed: boolean;
  readonly start: number;
  readonly end: number;
  readonly children: readonly CstNode[];
  /** 0 for a token, else one more than the highest child: bounds every recursion over the tree. */
  readonly height: number;
  /** The parser put it there although the text has nothing. */
  readonly isMissing: boolean;
  /** True when an `ERROR` node is a direct child. */
  readonly hasErrorChild: boolean;
}

/** What reading the parser's tree gives. */
export interface Cst {
  readonly root: CstNode;
  /** Offsets `[start, end)` of the comments, in order. */
  readonly comments: readonly (readonly [number, number])[];
  /** True when the parser had to recover anywhere. */
  readonly hasError: boolean;
}

/** Parses a text to a concrete tree; the adapter of the parser library provides it. */
export type ParseCst = (text: string) => Cst;

/** The named children, `ERROR` nodes included. */
export function namedChildren(node: CstNode): readonly CstNode[] {
  return node.children.filter((child) => child.isNamed);
}

/** The first child of a type. */
export function childOfType(node: CstNode, type: string): CstNode | undefined {
  for (const child of node.children) if (child.type === type) return child;
  return undefined;
}

/** True when an anonymous token with this text is a direct child. */
export function hasToken(node: CstNode, text: string): boolean {
  for (const child of node.children) if (!child.isNamed && child.type === text) return true;
  return false;
}

/** Index of the first anonymous token with this text at or after `from`; -1 if there is none. */
export function tokenIndex(node: CstNode, text: string, from = 0): number {
  for (let i = from; i < node.children.length; i++) {
    const child = node.children[i];
    if (child && !child.isNamed && child.type === text) return i;
  }
  return -1;
}
