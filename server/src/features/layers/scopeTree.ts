/**
 * The scope map: the arg_scopes and variable scopes around the layers of a network, nested as they are open while it is
 * built, with what each keyword reaches. Layers that follow each other in the same scopes share their nodes.
 */
import type { Location } from '../../base/span';
import type { Snapshot } from '../../project/snapshot';
import type { NetworkRun, Nesting } from '../../slim/shapes/networkTrace';
import { findPath } from '../../syntax/visit';
import { oneLine, shortened } from '../effectiveCallValue';
import { placeKey, type KeywordIds, type ScopeKeyword } from './keywordIds';
import type { LayerRow, ScopeKeywordNode, ScopeNode } from './layersModel';

const LONGEST_LABEL = 90;

interface Growing {
  readonly of: Nesting;
  readonly key: string;
  readonly children: (Growing | number)[];
}

/** The roots of the map. */
export function scopeTree(
  snapshot: Snapshot,
  run: NetworkRun,
  rows: readonly LayerRow[],
  ids: KeywordIds,
): readonly ScopeNode[] {
  const roots: (Growing | number)[] = [];
  run.layers.forEach(({ nesting }, i) => {
    let level = roots;
    for (const of of nesting) {
      const key = of.kind === 'argScope' ? placeKey(of.at) : of.name;
      const last = level.at(-1);
      let node = typeof last === 'object' && last.of.kind === of.kind && last.key === key ? last : undefined;
      if (!node) level.push((node = { of, key, children: [] }));
      level = node.children;
    }
    level.push(i + 1);
  });
  const labels = new Map<string, string>();
  const finish = (node: Growing | number): ScopeNode => {
    if (typeof node === 'number') return { kind: 'layer', index: node };
    const children = node.children.map(finish);
    if (node.of.kind === 'variables') return { kind: 'variables', name: node.of.name, children };
    const { at } = node.of;
    const label = labels.get(node.key) ?? labelOf(snapshot, at);
    labels.set(node.key, label);
    const below = rows.slice(...rangeOf(node));
    return { kind: 'argScope', label, at, keywords: ids.ofScope(at).map((one) => flow(one, below)), children };
  };
  return roots.map(finish);
}

/** The layers below a node stand one after the other. */
function rangeOf(node: Growing): readonly [start: number, end: number] {
  const edge = (side: 0 | -1): number => {
    let at: Growing | number | undefined = node;
    while (typeof at === 'object') at = at.children.at(side);
    return at ?? 0;
  };
  return [edge(0) - 1, edge(-1)];
}

function flow({ id, name, text, at }: ScopeKeyword, rows: readonly LayerRow[]): ScopeKeywordNode {
  const indexes = (test: (row: LayerRow) => boolean): readonly number[] => rows.filter(test).map(({ index }) => index);
  return {
    id,
    name,
    text: shortened(text, LONGEST_LABEL),
    at,
    reaches: indexes((row) => row.arguments.some((argument) => argument.keyword === id)),
    hiddenAt: indexes((row) => row.arguments.some((argument) => argument.hides.includes(id))),
  };
}

/** What the scope is for, as written: its list of ops, or what it enters again. */
function labelOf(snapshot: Snapshot, { file, span }: Location): string {
  const source = snapshot.getFile(file);
  if (!source) return '';
  const call = findPath(source.tree.module, span.start).find(
    (node) => node.kind === 'Call' && node.span.start === span.start && node.span.end === span.end,
  );
  const first = call?.kind === 'Call' ? call.args[0] : undefined;
  const { start, end } = first?.span ?? span;
  const text = oneLine(source.text.slice(start, end));
  // `[slim.conv2d, slim.fully_connected]`: the ops say enough without their module.
  const ops = /^[[(](.*?),?[\])]$/s.exec(text)?.[1];
  return shortened(ops?.replace(/\b[A-Za-z_][\w.]*\.(?=[A-Za-z_])/g, '') ?? text, LONGEST_LABEL);
}
