/**
 * What all parts of a hover share: the snapshot, the address of a place, and the words and links for places, origins
 * and values. Wording that more than one hover uses lives here; layout does not.
 */
import type { CancelToken } from '../../base/cancel';
import type { Location } from '../../base/span';
import { code, joined, link, type Inline } from '../../base/markdown';
import type { Snapshot } from '../../project/snapshot';
import { lineText } from '../../semantics/lineText';
import type { SourceFile } from '../../semantics/program';
import { isNetFile, netFilePath } from '../../slim/library/nets/netSource';
import type { AnalysisProblem, Origin, Overridden } from '../../slim/model';
import { oneLine, shortened, shownValue, type ShownValue } from '../effectiveCallValue';

export interface HoverContext {
  readonly snapshot: Snapshot;
  readonly source: SourceFile;
  readonly cancel: CancelToken;
  /** Bounds that the evaluation of the file and of its callers reached. */
  readonly problems: readonly AnalysisProblem[];
  readonly link: (location: Location) => string;
}

/** Columns of a value in a table cell; the whole value is shown when its argument is hovered. */
export const CELL_WIDTH = 34;
/** A text up to this length is shown beside the value that it has. */
const SHORT_TEXT = 24;

// -------------------------------------------------------------------------------------------------- places

/** `line 12` of a place. */
export function lineOf(context: HoverContext, location: Location): string {
  return lineText(context.snapshot.getFile(location.file), location.span.start);
}

/** `line 12`, `nets/vgg.py line 12` for a place in another file, or that of a library's file that nobody can open. */
export function placeText(context: HoverContext, location: Location): string {
  const line = lineOf(context, location);
  if (isNetFile(location.file)) return `${netFilePath(location.file)}, ${line} (installed library)`;
  return location.file === context.source.file ? line : `${shortPath(context, location.file)} ${line}`;
}

/** The place as a link; as mere text where there is nothing to open. */
export function placeLink(context: HoverContext, location: Location, text = placeText(context, location)): Inline {
  if (isNetFile(location.file)) return text;
  return link(context.link(location), text);
}

/** The end of a path: enough to tell files apart, short enough for a cell. */
export function shortPath(context: HoverContext, file: string): string {
  const parts = context.snapshot.getPath(file).split('/');
  const two = parts.slice(-2).join('/');
  return two.length <= 22 ? two : (parts.at(-1) ?? two);
}

// ------------------------------------------------------------------------------------------------- origins

/** Where a value comes from: `this call`, or a link to the keyword in the scope that sets it. */
export function originText(context: HoverContext, origin: Origin): readonly Inline[] {
  switch (origin.kind) {
    case 'call':
      return origin.form === 'partial' ? ['a partial, ', placeLink(context, origin.at)] : ['this call'];
    case 'argScope': {
      const at = origin.keyword ?? origin.scope;
      const isHere = at.file === context.source.file;
      const text = isHere ? `arg_scope ${placeText(context, at)}` : placeText(context, at);
      const again = origin.reentered ? [' via ', placeLink(context, origin.reentered)] : [];
      return [placeLink(context, at, text), ...again];
    }
    case 'default':
      return ['default'];
    case 'missing':
      return ['required'];
  }
}

/** `hides 1 from line 38`, for the nearest scopes; empty when nothing is hidden. */
export function hiddenText(context: HoverContext, hidden: readonly Overridden[], limit = 2): readonly Inline[] {
  if (hidden.length === 0) return [];
  const parts = hidden
    .slice(0, limit)
    .map((one) => [...valueInlines(shownValue(one), 28), ' from ', overriddenLink(context, one)]);
  const more = hidden.length > limit ? [` and ${hidden.length - limit} more`] : [];
  return ['hides ', ...joined(parts), ...more];
}

/** The place of a hidden value. */
export function overriddenLink(context: HoverContext, { origin }: Overridden): Inline {
  return placeLink(context, origin.keyword ?? origin.scope);
}

// -------------------------------------------------------------------------------------------------- values

/** A value in a cell: the text, the value where it differs, `*` where it rests on an assumption. */
export function valueInlines(shown: ShownValue, width = CELL_WIDTH): readonly Inline[] {
  const { text, computed, assuming, plain } = shown;
  if (computed === undefined) {
    return [code(shortened(text.length > width && plain !== undefined ? plain : text, width))];
  }
  if (text.length > SHORT_TEXT && assuming === undefined) {
    return joined(computed.map((one) => [code(shortened(one, width))]), ' or '); // prettier-ignore
  }
  const shownText = code(shortened(text, SHORT_TEXT));
  const room = Math.max(16, width + 8 - Math.min(text.length, SHORT_TEXT));
  if (assuming === undefined && computed.some((one) => one.length > room && !isContainer(one))) return [shownText];
  const options = computed.map((one) => [code(shortened(one, room))]);
  return [shownText, ' = ', ...joined(options, ' or '), ...(assuming === undefined ? [] : ['*'])];
}

/** The beginning and end of a container still say something; half a call does not. */
function isContainer(text: string): boolean {
  return /^[[({]/.test(text);
}

/** A reason of the evaluator: its backticks become code. */
export function reasonInlines(reason: string): readonly Inline[] {
  return oneLine(reason)
    .split('`')
    .map((text, i): Inline => (i % 2 === 1 ? code(text) : text))
    .filter((inline) => inline !== '');
}

/** `3 calls`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
