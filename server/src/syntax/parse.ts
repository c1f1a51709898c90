/**
 * Entry of the syntax layer: text in, our own syntax tree out. Pure function of the text; never throws for any text.
 * Damaged text is parsed as it is and repaired, and the better of the two results is lowered.
 */
import type { Span } from '../base/span';
import type { SourceTree } from './ast';
import type { Cst, CstNode, ParseCst } from './cst';
import { lower, type TextPlace } from './lower';
import { findRepairs, type Repairs } from './repair';
import { applyRepairs } from './repairedText';

/**
 * Parses Python source (2 or 3) to a tree. With `parts`, which are sorted and do not overlap, each of them is read by
 * itself, so that damage in one does not reach the others; the text between them is passed over.
 */
export type Parse = (text: string, parts?: readonly Span[]) => SourceTree;

/** Puts repair and lowering on top of a parser. */
export function createParse(parseCst: ParseCst): Parse {
  return (text, parts) => {
    if (!parts) return parsePart(parseCst, withLineFeeds(text), 0);
    return joinTrees(
      text.length,
      parts.map(({ start, end }) => parsePart(parseCst, withLineFeeds(text.slice(start, end)), start)),
    );
  };
}

/** Parses a part of a text; spans are those of the whole, in which it begins at `offset`. */
function parsePart(parseCst: ParseCst, text: string, offset: number): SourceTree {
  const repairs = findRepairs(text);
  const place = { length: text.length, offset };
  // The parser reads over line ends where an operand is due, so that certain damage may go unnoticed by it.
  if (repairs.isCertain) {
    const repaired = parseRepaired(parseCst, text, repairs);
    return repaired.cst.hasError ? better(parseCst(text), repaired, text, place) : lowerRepaired(repaired, place);
  }
  const raw = parseCst(text);
  if (!raw.hasError || repairs.edits.length === 0) return lower(raw, text, place);
  return better(raw, parseRepaired(parseCst, text, repairs), text, place);
}

/** One module of the statements of several. */
function joinTrees(length: number, trees: readonly SourceTree[]): SourceTree {
  return {
    module: {
      kind: 'Module',
      span: { start: 0, end: length },
      body: trees.flatMap(({ module }) => module.body),
    },
    comments: trees.flatMap(({ comments }) => comments),
    incomplete: trees.flatMap(({ incomplete }) => incomplete),
    python2: trees.some(({ python2 }) => python2),
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

function lowerRepaired({ cst, text, toSource, repairs }: Repaired, place: TextPlace): SourceTree {
  return lower(cst, text, place, { toSource, repaired: repairs.damage, python2: repairs.python2 });
}

function better(raw: Cst, repaired: Repaired, source: string, place: TextPlace): SourceTree {
  if (damageOf(raw.root) < damageOf(repaired.cst.root)) return lower(raw, source, place);
  return lowerRepaired(repaired, place);
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
