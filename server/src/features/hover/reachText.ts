/**
 * The calls that a scope reaches, in words: counts per op, and links to the first few.
 */
import { code, joined, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import type { Location } from '../../base/span';
import type { OpCall } from '../../slim/model';
import { counted, lineOf, placeLink, placeText, type HoverContext } from './hoverContext';
import type { Reached, ScopeReach } from '../scopeReach';

/** Links per op; the rest is counted. */
const MOST_LINKS = 4;

/** `Reaches 9 calls: 7 conv2d (lines 117, 120, ...), 2 max_pool2d (...)`. */
export function reachLine(
  context: HoverContext,
  reach: Pick<ScopeReach, 'taken'>,
  words: { readonly verb: string; readonly none: string },
): Block {
  const total = new Set(reach.taken.map(({ call }) => placeKey(call.call))).size;
  if (total === 0) return paragraph(words.none);
  const parts = byOp(reach.taken).map(({ name, within, calls }): readonly Inline[] => [
    `${calls.length} `,
    code(name),
    ...(within === undefined ? [] : [' in ', code(within)]),
    ' (',
    ...callLinks(context, calls),
    ')',
  ]);
  return paragraph(`${words.verb} `, strong(counted(total, 'call')), ': ', ...joined(parts));
}

interface OpGroup {
  readonly name: string;
  /** The layer whose normalizer it is. */
  readonly within?: string;
  readonly calls: readonly OpCall[];
}

function byOp(reached: readonly Reached[]): readonly OpGroup[] {
  const groups = new Map<string, { readonly name: string; readonly within?: string; readonly calls: OpCall[] }>();
  for (const { call, op } of reached) {
    const within = op === call.op ? {} : { within: call.op.name };
    const key = `${op.name} ${within.within ?? ''}`;
    const group = groups.get(key) ?? { name: op.name, ...within, calls: [] };
    if (!group.calls.includes(call)) group.calls.push(call);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** `lines 117, 120 and 5 more`, each a link; the file's name where it is another one. */
export function callLinks(context: HoverContext, calls: readonly OpCall[]): readonly Inline[] {
  const shown = calls.slice(0, MOST_LINKS).map(({ call }) => call);
  const areHere = shown.every(({ file }) => file === context.source.file);
  const areNumbers = areHere && !context.source.cells;
  const links = shown.map((call): readonly Inline[] => [
    placeLink(context, call, areNumbers ? lineOf(context, call).replace('line ', '') : placeText(context, call)),
  ]);
  const more = calls.length - links.length;
  const word = areNumbers ? [calls.length > 1 ? 'lines ' : 'line '] : [];
  return [...word, ...joined(links), ...(more > 0 ? [` and ${more} more`] : [])];
}

function placeKey({ file, span }: Location): string {
  return `${file} ${span.start} ${span.end}`;
}

/** Calls that the scope makes fail, by Python's message. */
export function failingLines(context: HoverContext, reach: Pick<ScopeReach, 'failing'>): readonly Block[] {
  const groups = new Map<string, { readonly type: string; readonly calls: OpCall[] }>();
  for (const { call, error } of reach.failing) {
    const known = groups.get(error.message);
    if (known) known.calls.push(call);
    else groups.set(error.message, { type: error.type, calls: [call] });
  }
  return [...groups].map(([message, { type, calls }]) =>
    paragraph(
      strong('Breaks'),
      ` ${counted(calls.length, 'call')} (`,
      ...callLinks(context, calls),
      '): ',
      code(`${type}: ${message}`),
    ),
  );
}
