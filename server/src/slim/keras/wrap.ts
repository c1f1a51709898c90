/**
 * Lays out `Callee(args)(input, more)` within the file's line width: on one line, with hanging arguments (Google's
 * style) or with one argument per line (Black's style). The input may be another such call. Pure text; knows no Python
 * beyond brackets and commas.
 */
import type { FileStyle } from '../rewrite/fileStyle';
import { splitArguments } from '../rewrite/pythonText';

/** `callee(args)(input, callArgs)`, or `callee(args)` without an input. */
export interface LayerText {
  readonly callee: string;
  readonly args: readonly string[];
  readonly input: LayerText | string | undefined;
  readonly callArgs: readonly string[];
}

export interface Frame {
  /** White space before the statement; the result's first line is given without it. */
  readonly indentation: string;
  /** Text on the same line before and after, without line breaks. */
  readonly before: string;
  readonly after: string;
}

/** The text of the expression, in a frame that is not part of the result. */
export function wrapLayers(style: FileStyle, expression: LayerText, frame: Frame): string {
  const flat = flatText(expression);
  if (fits(style, frame, flat)) return flat;
  if (expression.input === undefined) return wrapArgs(style, expression, frame, '');
  const tail = expression.callArgs.map((argument) => `, ${argument}`).join('');
  if (typeof expression.input === 'string') return wrapArgs(style, expression, frame, `(${expression.input}${tail})`);
  return wrapInput(style, expression, expression.input, frame);
}

/** `callee(args)(` and then the input and the call's own arguments, each on its own line. */
function wrapInput(style: FileStyle, outer: LayerText, inner: LayerText, frame: Frame): string {
  const head = `${outer.callee}(${outer.args.join(', ')})(`;
  const headFits = frame.indentation.length + frame.before.length + head.length <= style.width;
  // Below wrapped arguments the input goes one level deeper, so that the two are told apart.
  const outerIndentation = deeperThan(style, frame.indentation);
  const indentation = headFits || style.wrapping === 'block' ? outerIndentation : deeperThan(style, outerIndentation);
  const opening = headFits ? head : wrapArgs(style, outer, { ...frame, after: '' }, '(');
  const isBlock = style.wrapping === 'block';
  const closing = isBlock ? `${style.lineEnd}${frame.indentation})` : ')';
  const lines = outer.callArgs.map((argument) => style.lineEnd + indentation + argument);
  const innerText = wrapLayers(style, inner, { indentation, before: '', after: outer.callArgs.length > 0 ? ',' : ')' });
  const comma = isBlock ? ',' : '';
  return opening + style.lineEnd + indentation + [innerText, ...lines].join(',') + comma + closing;
}

function wrapArgs(style: FileStyle, layer: LayerText, frame: Frame, tail: string): string {
  if (layer.args.length === 0) return `${layer.callee}()${tail}`;
  return style.wrapping === 'hanging' ? hang(style, layer, frame, tail) : block(style, layer, frame, tail);
}

/** Arguments fill lines that are indented by four; the tail follows the last argument. */
function hang(style: FileStyle, layer: LayerText, frame: Frame, tail: string): string {
  const inner = deeperThan(style, frame.indentation);
  const lines: string[] = [];
  let current = '';
  for (const [index, argument] of layer.args.entries()) {
    const isLast = index === layer.args.length - 1;
    const ending = isLast ? `)${tail}` : ',';
    const room = style.width - inner.length - (isLast ? frame.after.length : 0);
    const joined = current === '' ? argument : `${current} ${argument}`;
    if (joined.length + ending.length <= room) {
      current = joined + ending;
      continue;
    }
    if (current !== '') lines.push(current);
    const broken = argument.length + ending.length > room ? breakArgument(style, argument, inner) : [argument];
    // A long name cannot be broken: the input goes below it.
    if (isLast && broken.length === 1 && argument.length + ending.length > room && tail.startsWith('(')) {
      lines.push(`${argument})(`);
      current = deeperThan(style, '') + tail.slice(1);
      continue;
    }
    lines.push(...broken.slice(0, -1));
    current = (broken[broken.length - 1] ?? '') + ending;
    if (broken.length === 1 || isLast) continue;
    // Behind an argument that spans lines the next one begins a line of its own.
    lines.push(current);
    current = '';
  }
  lines.push(current);
  return [`${layer.callee}(`, ...lines.map((line) => inner + line)].join(style.lineEnd);
}

/** All arguments on one indented line if they fit, else one per line with a trailing comma. */
function block(style: FileStyle, layer: LayerText, frame: Frame, tail: string): string {
  const inner = deeperThan(style, frame.indentation);
  const together = layer.args.join(', ');
  const lines =
    inner.length + together.length <= style.width
      ? [together]
      : layer.args.flatMap((argument) => {
          const isLong = inner.length + argument.length + 1 > style.width;
          const broken = isLong ? breakArgument(style, argument, inner) : [argument];
          return [...broken.slice(0, -1), `${broken[broken.length - 1] ?? ''},`];
        });
  return [`${layer.callee}(`, ...lines.map((line) => inner + line), `${frame.indentation})${tail}`].join(style.lineEnd);
}

/** The lines of an argument that is a call and too long for one; any other argument stays on its line. */
function breakArgument(style: FileStyle, argument: string, indentation: string): readonly string[] {
  const open = /^(?:\w+=)?[\w.]+\(/.exec(argument)?.[0];
  const parts = open && argument.endsWith(')') ? splitArguments(argument.slice(open.length, -1)) : undefined;
  if (!open || !parts) return [argument];
  const step = deeperThan(style, '');
  const room = style.width - indentation.length - step.length;
  if (style.wrapping === 'block') {
    const together = parts.join(', ');
    return [
      open,
      ...(together.length <= room ? [together] : parts.map((part) => `${part},`)).map((part) => step + part),
      ')',
    ];
  }
  const lines: string[] = [];
  for (const [index, part] of parts.entries()) {
    const piece = part + (index === parts.length - 1 ? ')' : ',');
    const last = lines[lines.length - 1];
    // The comma behind the whole argument needs a place too.
    if (last !== undefined && last.length + piece.length + 2 <= room) lines[lines.length - 1] = `${last} ${piece}`;
    else lines.push(piece);
  }
  return [open, ...lines.map((line) => step + line)];
}

function flatText(expression: LayerText): string {
  if (expression.input === undefined) return `${expression.callee}(${expression.args.join(', ')})`;
  const input = typeof expression.input === 'string' ? expression.input : flatText(expression.input);
  return `${expression.callee}(${expression.args.join(', ')})(${[input, ...expression.callArgs].join(', ')})`;
}

/** The indentation of a continuation line. */
export function deeperThan(style: FileStyle, indentation: string): string {
  return indentation + (style.wrapping === 'hanging' ? '    ' : style.indent);
}

/** Only the first line counts: an argument that spans lines, such as a long string, is not ours to break. */
function fits(style: FileStyle, frame: Frame, text: string): boolean {
  const line = frame.before + text + frame.after;
  const breakAt = line.search(/[\r\n]/);
  return frame.indentation.length + (breakAt < 0 ? line.length : breakAt) <= style.width;
}
