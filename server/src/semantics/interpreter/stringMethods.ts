/**
 * Methods of strings, on known strings and arguments. A form that is not modelled exactly gives undefined.
 */
import type { CallArguments, PyObject } from './objects';
import { pyBool, pyInt, pyStr } from './objects';
import { makeList } from './join';
import { formatCall } from './formatting';

type StringMethod = (text: string, args: readonly PyObject[], call: CallArguments) => PyObject | undefined;

/** Calls `text.name(...)`; undefined when the result is not determined. */
export function callStringMethod(text: string, name: string, call: CallArguments): PyObject | undefined {
  if (call.unknownPositional || call.unknownKeywords) return undefined;
  const args = call.positional.map((argument) => argument.value);
  return Object.hasOwn(METHODS, name) ? METHODS[name]?.(text, args, call) : undefined;
}

/** True for a method that strings have here. */
export function isStringMethod(name: string): boolean {
  return Object.hasOwn(METHODS, name);
}

const WORD = /[A-Za-z]+/g;
/** Case and classes of characters are Python's own beyond ASCII. */
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

function str(value: PyObject | undefined): string | undefined {
  return value?.kind === 'str' ? value.value : undefined;
}

/** A method without arguments, on ASCII text. */
function plain(compute: (text: string) => PyObject): StringMethod {
  return (text, args) => (args.length === 0 && isAscii(text) ? compute(text) : undefined);
}

function matches(pattern: RegExp): StringMethod {
  return plain((text) => pyBool(pattern.test(text)));
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

/** `strip`, `lstrip` and `rstrip`, with the characters to cut or for white space. */
function stripped(left: boolean, right: boolean): StringMethod {
  return (text, [given]) => {
    if (!isAscii(text)) return undefined;
    const characters = given === undefined || given.kind === 'none' ? ' \t\n\r\v\f\x1c\x1d\x1e\x1f' : str(given);
    if (characters === undefined) return undefined;
    let [start, end] = [0, text.length];
    while (left && start < end && characters.includes(text.charAt(start))) start++;
    while (right && end > start && characters.includes(text.charAt(end - 1))) end--;
    return pyStr(text.slice(start, end));
  };
}

function split(fromRight: boolean): StringMethod {
  return (text, [separator, limit], call) => {
    if (call.keywords.length > 0) return undefined;
    const parts = separator === undefined || separator.kind === 'none' ? undefined : str(separator);
    if (separator && separator.kind !== 'none' && (parts === undefined || parts === '')) return undefined;
    if (limit && limit.kind !== 'int') return undefined;
    if (parts === undefined) {
      if (limit || !isAscii(text)) return undefined;
      return makeList(text.trim() === '' ? [] : text.trim().split(/\s+/).map(pyStr));
    }
    const pieces = text.split(parts);
    const most = limit?.kind === 'int' && limit.value >= 0 ? limit.value : pieces.length;
    if (pieces.length - 1 <= most) return makeList(pieces.map(pyStr));
    const joined = fromRight
      ? [pieces.slice(0, pieces.length - most).join(parts), ...pieces.slice(pieces.length - most)]
      : [...pieces.slice(0, most), pieces.slice(most).join(parts)];
    return makeList(joined.map(pyStr));
  };
}

function partition(fromRight: boolean): StringMethod {
  return (text, [separator]) => {
    const part = str(separator);
    if (part === undefined || part === '') return undefined;
    const at = fromRight ? text.lastIndexOf(part) : text.indexOf(part);
    const pieces =
      at >= 0 ? [text.slice(0, at), part, text.slice(at + part.length)] : fromRight ? ['', '', text] : [text, '', ''];
    return { kind: 'tuple', items: pieces.map(pyStr) };
  };
}

function position(find: (text: string, part: string) => number, fails: boolean): StringMethod {
  return (text, [given, more]) => {
    const part = str(given);
    if (part === undefined || more || !isAscii(text)) return undefined;
    const at = find(text, part);
    return at < 0 && fails ? undefined : pyInt(at);
  };
}

/** `startswith` and `endswith`, of one text or of any of a tuple. */
function edge(test: (text: string, part: string) => boolean): StringMethod {
  return (text, [given, more]) => {
    if (!given || more) return undefined;
    const parts = (given.kind === 'tuple' ? given.items : [given]).map(str);
    return parts.includes(undefined) ? undefined : pyBool(parts.some((part) => test(text, part ?? '')));
  };
}

/** `center`, `ljust` and `rjust`. */
function padded(pad: (text: string, missing: number, fill: string) => string): StringMethod {
  return (text, [width, given]) => {
    const fill = given === undefined ? ' ' : str(given);
    if (width?.kind !== 'int' || fill?.length !== 1 || !isAscii(text)) return undefined;
    return pyStr(pad(text, Math.max(0, width.value - text.length), fill));
  };
}

const METHODS: Readonly<Record<string, StringMethod>> = {
  lower: plain((text) => pyStr(text.toLowerCase())),
  upper: plain((text) => pyStr(text.toUpperCase())),
  casefold: plain((text) => pyStr(text.toLowerCase())),
  capitalize: plain((text) => pyStr(capitalized(text))),
  title: plain((text) => pyStr(text.replace(WORD, capitalized))),
  swapcase: plain((text) =>
    pyStr([...text].map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase())).join('')),
  ),
  strip: stripped(true, true),
  lstrip: stripped(true, false),
  rstrip: stripped(false, true),
  format: (text, _, call) => formatCall(text, call),
  join: (text, [given]) => {
    const items =
      given?.kind === 'tuple'
        ? given.items
        : given?.kind === 'list' && !given.cell.value.rest
          ? given.cell.value.items
          : undefined;
    const parts = items?.map(str);
    return !parts || parts.includes(undefined) ? undefined : pyStr(parts.join(text));
  },
  split: split(false),
  rsplit: split(true),
  splitlines: (text, args) => {
    if (args.length > 0 || !/^[\n\x20-\x7e]*$/.test(text)) return undefined;
    const lines = text.split('\n');
    if (lines[lines.length - 1] === '') lines.pop();
    return makeList(lines.map(pyStr));
  },
  partition: partition(false),
  rpartition: partition(true),
  replace: (text, [from, to, limit]) => {
    const [old, by] = [str(from), str(to)];
    return old === undefined || old === '' || by === undefined || limit ? undefined : pyStr(text.replaceAll(old, by));
  },
  startswith: edge((text, part) => text.startsWith(part)),
  endswith: edge((text, part) => text.endsWith(part)),
  find: position((text, part) => text.indexOf(part), false),
  rfind: position((text, part) => text.lastIndexOf(part), false),
  index: position((text, part) => text.indexOf(part), true),
  count: (text, [given, more]) => {
    const part = str(given);
    return part === undefined || part === '' || more ? undefined : pyInt(text.split(part).length - 1);
  },
  zfill: (text, [width]) => {
    if (width?.kind !== 'int') return undefined;
    const sign = /^[-+]/.exec(text)?.[0] ?? '';
    return pyStr(sign + text.slice(sign.length).padStart(width.value - sign.length, '0'));
  },
  center: padded((text, missing, fill) => {
    // Python puts the odd one to the left when the width is odd too.
    const left = Math.floor(missing / 2) + (missing & (text.length + missing) & 1);
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }),
  ljust: padded((text, missing, fill) => text + fill.repeat(missing)),
  rjust: padded((text, missing, fill) => fill.repeat(missing) + text),
  isdigit: matches(/^[0-9]+$/),
  isnumeric: matches(/^[0-9]+$/),
  isdecimal: matches(/^[0-9]+$/),
  isalpha: matches(/^[A-Za-z]+$/),
  isalnum: matches(/^[A-Za-z0-9]+$/),
  isspace: matches(/^[ \t\n\r\v\f\x1c-\x1f]+$/),
  isidentifier: matches(/^[A-Za-z_][A-Za-z0-9_]*$/),
  isupper: matches(/^[^a-z]*[A-Z][^a-z]*$/),
  islower: matches(/^[^A-Z]*[a-z][^A-Z]*$/),
};
