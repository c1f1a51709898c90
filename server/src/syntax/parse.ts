/**
 * Entry of the syntax layer: text in, our own syntax tree out. Pure function of the text; never throws for any text.
 */
import type { SourceTree } from './ast';

/** Parses Python source (2 or 3) to a tree. */
export type Parse = (text: string) => SourceTree;
