/**
 * Python's three ways to format a string, on known values: `%`, `str.format` and f-strings.
 * A form that is not modelled exactly gives undefined, never an approximation.
 */
import type { CallArguments, PyObject } from './objects';
import { pyStr } from './objects';

/** `str(x)` of constants. */
export function toStr(object: PyObject): string | undefined {
  switch (object.kind) {
    case 'str':
      return object.value;
    case 'int':
      return String(object.value);
    case 'bool':
      return object.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'float':
      return floatText(object.value);
    default:
      return undefined;
  }
}

/** `repr(float)`: shortest digits, exponent form below 1e-4 and from 1e16 on, at least two exponent digits. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [mantissa = '0', exponentText = '0'] = Math.abs(value).toExponential().split('e');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  const digits = mantissa.replace('.', '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

const PERCENT_FIELD = /%(?:\((\w+)\))?([-+ 0#]*)(\d*)(?:\.(\d+))?([sdifrx%])/g;

/** `format % args` for `%s`, `%r`, `%d`, `%i`, `%f`, `%x` and `%(name)s` forms. */
export function formatPercent(format: string, args: PyObject): PyObject | undefined {
  const list = args.kind === 'tuple' ? args.items : [args];
  let next = 0;
  let failed = format.replace(PERCENT_FIELD, '').includes('%');
  const text = format.replace(PERCENT_FIELD, (_, name, flags: string, width, precision, type: string) => {
    if (type === '%') return '%';
    const value = name !== undefined ? dictItem(args, String(name)) : list[next++];
    const piece = value && percentPiece(value, type, flags, precision === undefined ? undefined : Number(precision));
    if (piece === undefined) failed = true;
    const zero = flags.includes('0') && !'sr'.includes(type);
    return pad(piece ?? '', flags.includes('-') ? '<' : zero ? '0' : '>', Number(width || 0));
  });
  if (failed || (args.kind === 'tuple' && next !== list.length)) return undefined;
  return pyStr(text);
}

function dictItem(object: PyObject, name: string): PyObject | undefined {
  return object.kind === 'dict' ? object.cell.value.entries.get(`s:${name}`)?.value : undefined;
}

function percentPiece(value: PyObject, type: string, flags: string, precision: number | undefined): string | undefined {
  if (flags.includes('#')) return undefined;
  if (type === 's' || type === 'r') {
    const text = type === 's' ? toStr(value) : reprOf(value);
    return text === undefined || precision === undefined ? text : [...text].slice(0, precision).join('');
  }
  const number = numberText(value, type === 'i' ? 'd' : type, precision, true);
  if (number === undefined || number.startsWith('-')) return number;
  return (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + number;
}

/** `repr(x)` of constants and of lists, tuples and dictionaries of them. */
export function reprOf(value: PyObject): string | undefined {
  if (value.kind !== 'str') return toStr(value);
  return /^[\x20-\x7e]*$/.test(value.value) && !/['\\]/.test(value.value) ? `'${value.value}'` : undefined;
}

/**
 * A number as `d`, `f` or `x` shows it.
 * @param truncates true for `%d`, which takes floats too
 */
function numberText(
  value: PyObject,
  type: string,
  precision: number | undefined,
  truncates: boolean,
): string | undefined {
  if (value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'bool') return undefined;
  const number = Number(value.value);
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return undefined;
  const whole = value.kind !== 'float';
  switch (type) {
    case 'd':
      return precision === undefined && (whole || truncates) ? String(Math.trunc(number) + 0) : undefined;
    case 'f':
      return fixedText(number, precision ?? 6);
    case 'x':
      return whole && precision === undefined ? number.toString(16) : undefined;
    default:
      return undefined;
  }
}

/** `'%.2f' % value`. Python rounds a tie to the even digit, `toFixed` upwards: ties are not modelled. */
export function fixedText(value: number, digits: number): string | undefined {
  if (digits > 20) return undefined;
  const scaled = Math.abs(value) * 10 ** (digits + 1);
  if (Number.isInteger(scaled) && scaled % 10 === 5) return undefined;
  const text = value.toFixed(digits);
  return Object.is(value, -0) ? `-${text}` : text;
}

function pad(text: string, how: '<' | '>' | '^' | '0', width: number): string {
  if (how === '<') return text.padEnd(width);
  if (how === '>') return text.padStart(width);
  if (how === '^') {
    const missing = Math.max(0, width - text.length);
    return ' '.repeat(Math.floor(missing / 2)) + text + ' '.repeat(Math.ceil(missing / 2));
  }
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

/** One replacement field of `str.format` or of an f-string. */
export function formatField(value: PyObject, spec: string): string | undefined {
  if (spec === '') return toStr(value);
  const match = /^([<>^]?)(0?)(\d*)(?:\.(\d+))?([dfsx]?)$/.exec(spec);
  if (!match) return undefined;
  const [, align, zero, width, precision, type] = match;
  if (value.kind === 'str') {
    if ((type && type !== 's') || zero) return undefined;
    const text = precision === undefined ? value.value : [...value.value].slice(0, Number(precision)).join('');
    return pad(text, (align || '<') as '<', Number(width || 0));
  }
  if (value.kind !== 'int' && value.kind !== 'float') return undefined;
  const plain = !type && precision === undefined;
  const text = plain
    ? toStr(value)
    : numberText(value, type ?? '', precision === undefined ? undefined : Number(precision), false);
  if (text === undefined || (align && zero)) return undefined;
  return pad(text, zero ? '0' : ((align || '>') as '>'), Number(width || 0));
}

/** `'{}_{name:03d}'.format(...)`. */
export function formatCall(text: string, args: CallArguments): PyObject | undefined {
  if (args.unknownKeywords || args.unknownPositional) return undefined;
  let next = 0;
  let failed = false;
  const result = text.replace(
    /\{\{|\}\}|\{([^{}:!]*)(?:!([rs]))?(?::([^{}]*))?\}/g,
    (match, field: string, conversion: string, spec: string) => {
      if (match === '{{') return '{';
      if (match === '}}') return '}';
      const value = /^\d*$/.test(field)
        ? args.positional[field === '' ? next++ : Number(field)]?.value
        : args.keywords.find((argument) => argument.name === field)?.value;
      const piece = value && formatConverted(value, conversion, spec ?? '');
      if (piece === undefined) failed = true;
      return piece ?? '';
    },
  );
  return failed ? undefined : pyStr(result);
}

/** A field with `!s`, `!r` or none. */
export function formatConverted(value: PyObject, conversion: string | undefined, spec: string): string | undefined {
  if (conversion === undefined) return formatField(value, spec);
  const text = conversion === 's' ? toStr(value) : conversion === 'r' ? reprOf(value) : undefined;
  return text === undefined ? undefined : formatField(pyStr(text), spec);
}
