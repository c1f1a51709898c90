/**
 * The normal form of values in the effective-arguments format (sections 3 and 4), and its equality (section 6).
 * Only values that are completely known have one; everything else is undefined, never an approximation.
 */
import type {
  ExternalResult,
  ExternalValue,
  PartialValue,
  StaticArgument,
  StaticValue,
} from '../../semantics/staticValue';
import { functionNormalForm, makesTensor } from './externalNames';
import type { NormalForm } from './normalFormType';
import { describeResult } from './libraryValues';
import { floatText } from './pythonText';
import { resolveLibraryName } from './libraryNames';

/** The normal form of a value, undefined when it is not fully known. */
export function toNormalForm(value: StaticValue): NormalForm | undefined {
  switch (value.kind) {
    case 'none':
      return null;
    case 'bool':
    case 'str':
      return value.value;
    case 'int':
      return value.value;
    case 'float':
      return floatForm(value.value);
    case 'bytes':
      return { bytes: value.value };
    case 'tuple':
    case 'list':
      return listForm(value.items);
    case 'set':
      return setForm(value.items);
    case 'dict':
      return dictForm(value.entries);
    case 'ellipsis':
      return { instance: 'ellipsis' };
    case 'external':
      return agreeing(value, (path) => externalForm(path));
    case 'externalResult':
      return resultForm(value);
    case 'function':
      return { function: value.qualifiedName };
    case 'class':
      return { function: value.name };
    case 'partial':
      return partialForm(value);
    case 'module':
      return { module: value.name.split('.').at(-1) ?? value.name };
    case 'unknown':
      return value.isTensor === true ? { tensor: true } : undefined;
    // Whether an instance is callable, what is in a saved scope and which option holds is not known.
    case 'instance':
    case 'scope':
    case 'choice':
      return undefined;
  }
}

function floatForm(value: number): NormalForm {
  if (Number.isFinite(value)) return value;
  return { float: Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf' };
}

function listForm(items: readonly StaticValue[]): readonly NormalForm[] | undefined {
  const forms: NormalForm[] = [];
  for (const item of items) {
    const form = toNormalForm(item);
    if (form === undefined) return undefined;
    forms.push(form);
  }
  return forms;
}

function setForm(items: readonly StaticValue[]): NormalForm | undefined {
  const forms = listForm(items);
  if (forms === undefined) return undefined;
  // Elements are ordered by their Python text, which for numbers and plain strings is also the order of the JSON text.
  return { set: [...forms].sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b))) };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function dictForm(entries: readonly (readonly [StaticValue, StaticValue])[]): NormalForm | undefined {
  const object: { [key: string]: NormalForm } = {};
  for (const [key, item] of entries) {
    const name = keyText(key);
    const form = toNormalForm(item);
    if (name === undefined || form === undefined) return undefined;
    object[name] = form;
  }
  return object;
}

/** `str(key)` of a dictionary key. */
function keyText(key: StaticValue): string | undefined {
  switch (key.kind) {
    case 'str':
      return key.value;
    case 'int':
      return String(key.value);
    case 'float':
      return floatText(key.value);
    case 'bool':
      return key.value ? 'True' : 'False';
    case 'none':
      return 'None';
    default:
      return undefined;
  }
}

function agreeing(value: ExternalValue, form: (path: string) => NormalForm | undefined): NormalForm | undefined {
  // The import may have alternatives (`try: tf_slim / except: contrib`): they must mean the same.
  let common: NormalForm | undefined;
  for (const path of value.paths) {
    const one = form(path);
    if (one === undefined || (common !== undefined && !sameNormalForm(common, one))) return undefined;
    common ??= one;
  }
  return common;
}

function externalForm(path: string): NormalForm | undefined {
  const found = resolveLibraryName(path);
  if (found.kind === 'opPartial') {
    const keywords: { [key: string]: NormalForm } = {};
    for (const [name, text] of found.boundKeywords) {
      keywords[name] = text === 'None' ? null : { function: text.split('.').at(-1) ?? text };
    }
    return { partial: { function: found.op.name }, args: [], keywords };
  }
  return functionNormalForm(found);
}

function resultForm(value: ExternalResult): NormalForm | undefined {
  return agreeing(value.callee, (path) => {
    const found = resolveLibraryName(path);
    if (makesTensor(found)) return { tensor: true };
    const described = describeResult(path, value.args);
    if (described === undefined) return undefined;
    const args: { [key: string]: NormalForm } = {};
    for (const [name, argument] of described.args) {
      const form = toNormalForm(argument);
      if (form === undefined) return undefined;
      args[name] = form;
    }
    if (described.kind !== 'sum_regularizer') return { object: described.kind, args };
    // A sum of nothing is None (D4), not a regularizer.
    const list = args['regularizer_list'];
    if (!Array.isArray(list)) return undefined;
    return list.every((item) => item === null) ? null : { object: described.kind, args };
  });
}

/** `functools.partial` of a partial is one partial with all arguments. */
function partialForm(value: PartialValue): NormalForm | undefined {
  const target = toNormalForm(value.target);
  if (target === undefined) return undefined;
  const inner = isPartialForm(target) ? target : { partial: target, args: [], keywords: {} };
  const positional = listForm(value.args.filter((argument) => argument.name === undefined).map(valueOf));
  if (positional === undefined) return undefined;
  const keywords: { [key: string]: NormalForm } = { ...inner.keywords };
  for (const argument of value.args) {
    if (argument.name === undefined) continue;
    const form = toNormalForm(argument.value);
    if (form === undefined) return undefined;
    keywords[argument.name] = form;
  }
  return { partial: inner.partial, args: [...inner.args, ...positional], keywords };
}

interface PartialForm {
  readonly partial: NormalForm;
  readonly args: readonly NormalForm[];
  readonly keywords: { readonly [key: string]: NormalForm };
}

function isPartialForm(form: NormalForm): form is PartialForm & { readonly [key: string]: NormalForm } {
  return isObject(form) && 'partial' in form && Array.isArray(form['args']) && isObject(form['keywords']);
}

function valueOf(argument: StaticArgument): StaticValue {
  return argument.value;
}

// ------------------------------------------------------------------------------------------------ equality

/**
 * Section 6: numbers up to float32 noise, strings exactly except under `padding` and `mode`, the rest by structure.
 * `name` is the argument that the values belong to. `2` and `[2, 2]` differ: the op receives what was passed.
 */
export function sameNormalForm(a: NormalForm, b: NormalForm, name?: string): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return a === b || ((name === 'padding' || name === 'mode') && a.toLowerCase() === b.toLowerCase());
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameNormalForm(item, b[index] as NormalForm, name));
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameNormalForm(a[key] as NormalForm, b[key] as NormalForm, key));
}

function isObject(form: NormalForm | undefined): form is { readonly [key: string]: NormalForm } {
  return typeof form === 'object' && form !== null && !Array.isArray(form);
}
