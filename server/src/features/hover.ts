/**
 * The hover: finds what stands at an offset and lets the part that knows it write. Pure function of the snapshot.
 * Answers only about op calls, their arguments, arg_scopes and their keywords, and about names that depend on the target;
 * everything else is other servers' work.
 */
import { checkCancelled } from '../base/cancel';
import { toMarkdown, toPlaintext, type Block } from '../base/markdown';
import type { Location, Span } from '../base/span';
import type { Snapshot } from '../project/snapshot';
import type { HoverOptions, HoverResult } from './model';
import { callHover } from './hover/callHover';
import type { HoverContext } from './hover/hoverContext';
import { findHoverTarget, type HoverTarget } from './hover/hoverTarget';
import { scopeHover } from './hover/scopeHover';
import { scopeKeywordHover } from './hover/scopeKeywordHover';
import { targetBlocks, targetParagraph, targetUseAt } from './hover/targetHover';

/** What to show at `offset`; undefined when Slimscope has nothing to say there. */
export function hover(
  snapshot: Snapshot,
  file: string,
  offset: number,
  options: HoverOptions,
): HoverResult | undefined {
  const source = snapshot.getFile(file);
  if (!source) return undefined;
  checkCancelled(options.cancel);
  const target = findHoverTarget(source, offset, () => snapshot.analysis(file, options.cancel));
  const use = targetUseAt(snapshot, source, offset);
  const toAddress = (at: Location): string => options.link(at);
  if (!target) {
    return use && toResult(use.span, targetBlocks(snapshot, file, use.path, toAddress));
  }
  const context: HoverContext = {
    snapshot,
    source,
    cancel: options.cancel,
    problems: snapshot.analysis(file, options.cancel)?.problems ?? [],
    link: toAddress,
  };
  const blocks = render(context, target);
  if (blocks.length === 0) return undefined;
  return toResult(target.span, use ? [...blocks, targetParagraph(snapshot, file, toAddress)] : blocks);
}

function toResult(span: Span, blocks: readonly Block[]): HoverResult {
  return { span, markdown: toMarkdown(blocks), plaintext: toPlaintext(blocks) };
}

/** False where the syntax alone says that there is nothing to show: then nothing has to be evaluated. */
export function mayHover(snapshot: Snapshot, file: string, offset: number): boolean {
  const source = snapshot.getFile(file);
  if (!source) return false;
  let isAsked = false;
  findHoverTarget(source, offset, () => {
    isAsked = true;
    return undefined;
  });
  return isAsked;
}

function render(context: HoverContext, target: HoverTarget): readonly Block[] {
  switch (target.kind) {
    case 'call':
      return separated(
        target.calls.map((call) => callHover(context, call, { ...target, isOneOfSeveral: target.calls.length > 1 })),
      );
    case 'scope':
      return separated(target.sites.map((site) => scopeHover(context, site)));
    case 'scopeKeyword':
      return scopeKeywordHover(context, target.site, target.keyword) ?? scopeHover(context, target.site);
  }
}

/** The callee may be several ops, and a `with` may enter several scopes. */
function separated(parts: readonly (readonly Block[])[]): readonly Block[] {
  return parts.flatMap((part, i): readonly Block[] => (i === 0 ? part : [{ kind: 'line' }, ...part]));
}
