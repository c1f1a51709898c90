/**
 * The normal form of a value in words close to Python, for people.
 */
import type { KnownValue } from '../explain/format';

/** For example `[3, 3]`, `None`, `relu`, `xavier_initializer(uniform=True)`. */
export function knownText(value: KnownValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`;
  if (Array.isArray(value)) return `[${value.map(knownText).join(', ')}]`;
  return objectText(value as Readonly<Record<string, KnownValue>>);
}

function objectText(value: Readonly<Record<string, KnownValue>>): string {
  const { args, keywords } = value;
  if (value['tensor'] === true) return 'a tensor';
  for (const kind of ['function', 'module', 'enum', 'dtype', 'callable', 'instance']) {
    const name = value[kind];
    if (typeof name === 'string') return name;
  }
  if (typeof value['object'] === 'string') return `${value['object']}(${pairs(args, '=')})`;
  if (value['partial'] !== undefined) {
    const positional = Array.isArray(args) ? args.map((one: KnownValue) => `, ${knownText(one)}`).join('') : '';
    const named = pairs(keywords, '=');
    return `partial(${knownText(value['partial'])}${positional}${named === '' ? '' : `, ${named}`})`;
  }
  if (value['set'] !== undefined) return `{${knownText(value['set']).slice(1, -1)}}`;
  if (typeof value['bytes'] === 'string') return `b${knownText(value['bytes'])}`;
  if (typeof value['float'] === 'string') return value['float'];
  return `{${pairs(value, ': ', knownText)}}`;
}

function pairs(value: KnownValue | undefined, between: string, name = (key: string): string => key): string {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, item]) => `${name(key)}${between}${knownText(item)}`)
    .join(', ');
}
