/**
 * The public attributes that objects of Python's built-in types have: what is not among them raises AttributeError.
 */
import type { PyObject } from './objects';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const ATTRIBUTES: Readonly<Partial<Record<PyObject['kind'], ReadonlySet<string>>>> = {
  list: words('append clear copy count extend index insert pop remove reverse sort'),
  tuple: words('count index'),
  dict: words(
    'clear copy fromkeys get items keys pop popitem setdefault update values has_key iterkeys itervalues iteritems ' +
      'viewkeys viewvalues viewitems move_to_end',
  ),
  set: words(
    'add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset ' +
      'issuperset pop remove symmetric_difference symmetric_difference_update union update',
  ),
  str: words(
    'capitalize casefold center count decode encode endswith expandtabs find format format_map index isalnum isalpha ' +
      'isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower ' +
      'lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split ' +
      'splitlines startswith strip swapcase title translate upper zfill',
  ),
  int: words('bit_count bit_length conjugate denominator from_bytes imag numerator real to_bytes as_integer_ratio'),
  bool: words('bit_count bit_length conjugate denominator from_bytes imag numerator real to_bytes as_integer_ratio'),
  float: words('as_integer_ratio conjugate fromhex hex imag is_integer real'),
  none: new Set(),
};

/** Special methods of containers that programs call by name. */
const SPECIAL = words(
  '__getitem__ __setitem__ __delitem__ __contains__ __len__ __iter__ __eq__ __init__ __iadd__ __ior__',
);

/** True when an object of a built-in type has the attribute; undefined for other objects and special names. */
export function hasBuiltinAttribute(object: PyObject, name: string): boolean | undefined {
  if (object.kind === 'tuple' && object.fields) return undefined;
  const names = ATTRIBUTES[object.kind];
  if (!names) return undefined;
  if (!name.startsWith('__')) return names.has(name);
  const isContainer = object.kind === 'list' || object.kind === 'dict' || object.kind === 'set';
  return isContainer && SPECIAL.has(name) ? true : undefined;
}
