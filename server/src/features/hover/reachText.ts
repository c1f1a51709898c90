/**
 * The calls that a scope reaches, in words: counts per op, and links to the first few.
 */
import { code, joined, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import type { Location } from '../../base/span';
import type { OpCall } from '../../slim/model';
import { counted, lineOf, placeLink, placeText, type HoverContext } from './hoverContext';
import type { Reached, ScopeReach } from './scopeReach';

/** Links per op; the rest is counted. */
const MOST_LINKS = 4;

/** `Reaches 9 calls: conv2d 7 (117, 120, ...), max_pool2d 2 (...)`. */
export function reachLine(context: HoverContext, reach: Pick<ScopeReach, 'taken'>, verb: string): Block {
  const total = new Set(reach.taken.map(({ call }) => placeKey(call.call))).size;
  if (total === 0) return paragraph(`${verb} no call that is known.`);
  const parts = byOp(reach.taken).map(([name, calls]): readonly Inline[] => [
    code(name),
    ` ${calls.length} (`,
    ...callLinks(context, calls),
    ')',
  ]);
  return paragraph(`${verb} `, strong(counted(total, 'call')), ': ', ...joined(parts));
}

function byOp(reached: readonly Reached[]): readonly (readonly [string, readonly OpCall[]])[] {
  const groups = new Map<string, Map<string, OpCall>>();
  for (const { call, op } of reached) {
    const name = op.name === call.op.name ? op.name : `${op.name} in ${call.op.name}`;
    const group = groups.get(name) ?? new Map<string, OpCall>();
    group.set(placeKey(call.call), call);
    groups.set(name, group);
  }
  return [...groups].map(([name, calls]) => [name, [...calls.values()]] as const);
}

/** Line numbers as links; the file's name where it is another one. */
export function callLinks(context: HoverContext, calls: readonly OpCall[]): readonly Inline[] {
  const links = calls.slice(0, MOST_LINKS).map(({ call }): readonly Inline[] => {
    const isHere = call.file === context.source.file;
    return [placeLink(context, call, isHere ? String(lineOf(context, call)) : placeText(context, call))];
  });
  const more = calls.length - links.length;
  return more > 0 ? [...joined(links), `, and ${more} more`] : joined(links);
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
      ` ${counted(calls.length, 'call')} (line `,
      ...callLinks(context, calls),
      '): ',
      code(`${type}: ${message}`),
    ),
  );
}
