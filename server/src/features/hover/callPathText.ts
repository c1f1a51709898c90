/**
 * Call paths in words and links: `train.py:40 main → nets/vgg.py:12 vgg_16`, and how many ways lead to a call.
 * Says nothing about arguments.
 */
import { lineKey } from '../../semantics/lineText';
import { code, joined, listed, paragraph, strong, type Block, type Inline } from '../../base/markdown';
import { sameLocation } from '../../base/span';
import type { CallContext, CallerFrame } from '../../slim/model';
import { callPaths, hasMorePaths, type CallPath } from '../callWays';
import type { EffectiveCallView } from '../effectiveCallView';
import { counted, placeLink, shortPath, type HoverContext } from './hoverContext';

/** Steps of a path; of a longer one the middle is counted. */
const MOST_STEPS = 5;
/** Entry points named in a sentence. */
const MOST_ENTRIES = 3;
/** Whole paths in the list below the table. */
const MOST_PATHS = 5;

/** The steps of one path, entry point first. A function that calls itself is one step. */
export function pathText(context: HoverContext, path: CallPath): readonly Inline[] {
  const steps: { readonly frame: CallerFrame; times: number }[] = [];
  for (const frame of path) {
    const last = steps.at(-1);
    if (last && sameLocation(last.frame.call, frame.call)) last.times++;
    else steps.push({ frame, times: 1 });
  }
  const texts = steps.map(({ frame, times }) => [
    ...frameText(context, frame),
    ...(times > 1 ? [` ${times} times`] : []),
  ]);
  const left = texts.length - MOST_STEPS;
  const shown = left > 0 ? [...texts.slice(0, MOST_STEPS - 2), [`${left + 1} more`], ...texts.slice(-1)] : texts;
  return joined(shown, ' → ');
}

/** One step: where the call stands, and in which function. */
export function frameText(context: HoverContext, { call, function: name }: CallerFrame): readonly Inline[] {
  const where = placeLink(
    context,
    call,
    `${shortPath(context, call.file)}:${lineKey(context.snapshot.getFile(call.file), call.span.start)}`,
  );
  return name === undefined ? [where] : [where, ' ', code(name)];
}

/** `4 call paths from train.py:40 main and eval.py:12 main`; a single path in full. */
export function pathsText(context: HoverContext, paths: readonly CallPath[]): readonly Inline[] {
  const [first, ...others] = paths.filter((path) => path.length > 0);
  const elsewhere = paths.some((path) => path.length === 0) ? ['from elsewhere'] : [];
  if (!first) return elsewhere;
  const and = elsewhere.length > 0 ? [', and ', ...elsewhere] : [];
  if (others.length === 0) return [...pathText(context, first), ...and];
  return [counted(others.length + 1, 'call path'), ' from ', ...entriesText(context, [first, ...others]), ...and];
}

/** Where paths start, each place once. */
function entriesText(context: HoverContext, paths: readonly CallPath[]): readonly Inline[] {
  const entries: CallerFrame[] = [];
  for (const [entry] of paths) {
    if (entry && !entries.some(({ call }) => sameLocation(call, entry.call))) entries.push(entry);
  }
  const shown = entries.slice(0, MOST_ENTRIES).map((entry) => frameText(context, entry));
  const more = entries.length - shown.length;
  return more > 0 ? [...joined(shown), ` and ${more} more`] : listed(shown);
}

/** Said first, before any argument: who calls, when all of them give the same. */
export function callerSummary(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  if (view.call.isUnreached) {
    const who = view.call.enclosingFunction === undefined ? 'the function' : code(view.call.enclosingFunction);
    return [
      paragraph(strong('Not reached'), ': no call of ', who, ' that is followed gets here. By itself it receives:'),
    ];
  }
  if (view.variants.length > 0) return [];
  const paths = callPaths(view.contexts);
  const real = paths.filter((path) => path.length > 0);
  const [first] = real;
  if (!first) return [];
  if (paths.length === 1) return [paragraph('Called from ', ...pathText(context, first))];
  if (real.length === 1) return [paragraph('The same when called from ', ...pathsText(context, paths))];
  const many = strong(countedPaths(view.contexts));
  const elsewhere = real.length < paths.length ? [', and when called from elsewhere'] : [];
  return [
    paragraph(
      'The same on ',
      hasMorePaths(view.contexts) ? '' : 'all ',
      many,
      ', from ',
      ...entriesText(context, real),
      ...elsewhere,
    ),
  ];
}

/** `7 call paths`; `256 or more call paths` where not all are kept. */
export function countedPaths(contexts: readonly CallContext[]): string {
  const count = callPaths(contexts).filter((path) => path.length > 0).length;
  return hasMorePaths(contexts) ? `${count} or more call paths` : counted(count, 'call path');
}

/** The first paths in full, where the summary names only their entry points. */
export function pathList(context: HoverContext, view: EffectiveCallView): readonly Block[] {
  const paths = callPaths(view.contexts).filter((path) => path.length > 0);
  const isAllSaid =
    view.variants.length === 0 && paths.length <= MOST_ENTRIES && paths.every(({ length }) => length < 2);
  const isListed = view.variants.length > 0 && view.variants.every(({ ways }) => ways.length === 1);
  if (paths.length < 2 || isAllSaid || isListed) return [];
  const items = paths.slice(0, MOST_PATHS).map((path) => pathText(context, path));
  const more = paths.length - items.length;
  if (more > 0) items.push([`and ${more} more`]);
  return [paragraph('Call paths:'), { kind: 'list', items }];
}
