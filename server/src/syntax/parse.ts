/**
 * Entry of the syntax layer: text in, our own syntax tree out. Pure function of the text; never throws for any text.
 */
import type { SourceTree } from './ast';
import type { ParseCst } from './cst';
import { lower } from './lower';

/** Parses Python source (2 or 3) to a tree. */
export type Parse = (text: string) => SourceTree;

/** Puts the lowering on top of a parser. */
export function createParse(parseCst: ParseCst): Parse {
  return (text) => lower(parseCst(text), text, text.length);
}
