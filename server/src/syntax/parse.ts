/**
 * Entry of the syntax layer: text in, our own syntax tree out. Pure function of the text; never throws for any text.
 * Damaged text is parsed as it is and repaired, and the better of the two results is lowered.
 */
import type { Span } from '../base/span';
import type { SourceTree } from './ast';
import type { Cst, CstNode, ParseCst } from './cst';
import { lower } from './lower';
import { findRepairs, type Repairs } from './repair';
import { applyRepairs } from './repairedText';

/** Parses Python source (2 or 3) to a tree. */
export type Parse = (text: string) => SourceTree;

/** Puts repair and lowering on top of a parser. */
export function createParse(parseCst: ParseCst): Parse {
  return (source) => {
    const text = withLineFeeds(source);
    const repairs = findRepairs(text);
    // The parser reads over line ends where an operand is due, so that certain damage may go unnoticed by it.
    if (repairs.isCertain) {
      const repaired = parseRepaired(parseCst, text, repairs);
      return repaired.cst.hasError ? better(parseCst(text), repaired, text) : lowerRepaired(repaired, text);
    }
    const raw = parseCst(text);
    if (!raw.hasError || repairs.edits.length === 0) return lower(raw, text, text.length);
    return better(raw, parseRepaired(parseCst, text, repairs), text);
  };
}

/** Python ends lines at a lone carriage return as well; the grammar does not. */
function withLineFeeds(source: string): string {
  return source.includes('\r') ? source.replace(/\r(?!\n)/g, '\n') : source;
}

interface Repaired {
  readonly cst: Cst;
  readonly text: string;
  readonly toSource: (start: number, end: number) => Span;
  readonly repairs: Repairs;
}

function parseRepaired(parseCst: ParseCst, source: string, repairs: Repairs): Repaired {
  const { text, toSource } = applyRepairs(source, repairs.edits);
  return { cst: parseCst(text), text, toSource, repairs };
}

function lowerRepaired({ cst, text, toSource, repairs }: Repaired, source: string): SourceTree {
  return lower(cst, text, source.length, { toSource, repaired: repairs.damage, python2: repairs.python2 });
}

function better(raw: Cst, repaired: Repaired, source: string): SourceTree {
  if (damageOf(raw.root) < damageOf(repaired.cst.root)) return lower(raw, source, source.length);
  return lowerRepaired(repaired, source);
}

/** How much of the text the parser could not put in its place: characters in `ERROR` nodes. */
function damageOf(root: CstNode): number {
  let damage = 0;
  const todo: CstNode[] = [root];
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node.type === 'ERROR') damage += node.end - node.start + 1;
    else if (node.isMissing) damage++;
    else todo.push(...node.children);
  }
  return damage;
}
