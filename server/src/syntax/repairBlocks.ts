/**
 * The block level of the repair pass: which statements stand at which indentation. Mends clauses that lost their
 * statement (`else` behind a half-typed line) and statements that were typed too far to the left.
 */
import type { Line, StatementStart } from './repairLines';
import { certainly, type Level, type Scan } from './repairScan';

/** Notes that a statement begins, and mends what its place shows. */
export function enterStatement(scan: Scan, line: Line, start: StatementStart): void {
  indentPrevious(scan, line);
  const { levels } = scan;
  const left: Level[] = [];
  while ((levels[levels.length - 1]?.indent ?? -1) > line.indent) left.unshift(levels.pop() as Level);
  const level = levels[levels.length - 1];
  const isSibling = level?.indent === line.indent;
  adoptOrphan(scan, line, start, isSibling ? level.keyword : '');
  if (isSibling) levels.pop();
  levels.push({ indent: line.indent, keyword: start.keyword });
  const isHeader = start.isCompound || softHeaders.has(start.keyword);
  scan.left = isHeader ? [] : left;
  scan.emptyHeader = !isHeader && line.indent <= scan.opened ? scan.opened : -1;
}

/** True when a line stands in a block that the latest statement left or never entered. */
export function isBackInBlock({ left, emptyHeader }: Scan, line: Line): boolean {
  return left.some((level) => level.indent === line.indent) || (emptyHeader >= 0 && line.indent > emptyHeader);
}

/**
 * A simple statement left a block, and the next line is back in that block: the statement was typed too far to the
 * left. Python would refuse the next line; the parser would count it to the outer block.
 */
function indentPrevious(scan: Scan, line: Line): void {
  const { left, levels } = scan;
  if (!isBackInBlock(scan, line)) return;
  const { at, indent } = scan.begun;
  scan.edits.push({ at, remove: 0, insert: ' '.repeat(line.indent - indent) });
  scan.damage.push({ start: at, end: at });
  certainly(scan);
  levels.push(...left.filter((level) => level.indent <= line.indent));
}

/** Words that are headers only where a colon follows at the end. */
const softHeaders: ReadonlySet<string> = new Set(['match', 'case']);

/** What may stand before a clause at the same indentation, and what is put there when it does not. */
const clauses: ReadonlyMap<string, { readonly after: ReadonlySet<string>; readonly adopter: string }> = new Map([
  ['elif', { after: new Set(['if', 'elif']), adopter: 'if _: pass' }],
  ['else', { after: new Set(['if', 'elif', 'for', 'while', 'except']), adopter: 'if _: pass' }],
  ['except', { after: new Set(['try', 'except']), adopter: 'try: pass' }],
  ['finally', { after: new Set(['try', 'except', 'else']), adopter: 'try: pass' }],
]);

/** Gives `else`, `elif`, `except` and `finally` a statement to belong to when something came between. */
function adoptOrphan(scan: Scan, line: Line, { keyword }: StatementStart, previous: string): void {
  const clause = clauses.get(keyword);
  if (!clause || clause.after.has(previous)) return;
  scan.edits.push({ at: line.start, remove: 0, insert: `${clause.adopter}\n${' '.repeat(line.indent)}` });
  scan.damage.push({ start: line.start, end: line.start + keyword.length });
}
