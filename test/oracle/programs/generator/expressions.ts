/**
 * Expressions that contain ops: calls, `arg_scope(...)` calls, op lists, calls of the program's own functions.
 */
import type { Bindings, Defined, Layer, Parameter } from './bindings';
import { conv2dWords, flagText, keywordNames, numberText, requiredCount, valueOf, dictText } from './vocabulary';

/** The arguments of a call of an op behind its input: mostly right, sometimes with every mistake that A6 lists. */
export function callArguments(b: Bindings, layer: Layer): string {
  const { random } = b;
  const { words } = layer;
  const required = requiredCount(words);
  const least = !b.calm && random.chance(0.06) ? 0 : required;
  const most = b.calm || random.chance(0.75) ? least : random.int(least, least + 2);
  const count = Math.min(words.positional.length, most);
  const positional = words.positional.slice(0, count).map((name) => valueOf(random, name, b));
  const rest = words.positional.slice(count, required).filter(() => b.calm || random.chance(0.93));
  const pool = [...words.positional.slice(count), ...words.keywords].filter((name) => !rest.includes(name));
  const keywords = [...rest, ...random.some(pool, 0, random.chance(0.5) ? 1 : 3)];
  if (!b.calm && random.chance(0.015)) keywords.push(random.pick(['bogus', ...words.positional.slice(0, 1)]));
  const given = [...new Set(keywords)].map((name) => `${name}=${valueOf(random, name, b)}`);
  const unpacked =
    !b.calm && random.chance(0.08) && b.lists.keywordDicts.length > 0 ? [`**${random.pick(b.lists.keywordDicts)}`] : [];
  const starred = random.chance(0.05) && positional.length > 0 ? [`*[${positional.join(', ')}]`] : positional;
  return [...starred, ...given, ...unpacked].join(', ');
}

/** A call of an op with its input. */
export function opCall(b: Bindings, input = 'x'): string {
  const { random } = b;
  if (random.chance(0.09)) return repeatCall(b, input);
  const layer = b.layer();
  const args = callArguments(b, layer);
  const callee = random.chance(0.04) && layer.text.startsWith(`${b.slim}.`) ? getattrText(b, layer) : layer.text;
  return `${callee}(${[input, args].filter((text) => text !== '').join(', ')})`;
}

function getattrText(b: Bindings, layer: Layer): string {
  return `getattr(${b.slim}, '${layer.words.name}')`;
}

/** An op for `repeat` and `stack`, which pass `scope`; a mistake when the op does not take it. */
function repeatableLayer(b: Bindings): Layer {
  const layer = b.layer();
  return b.calm && !layer.words.keywords.includes('scope') ? { ...layer, ...conv2d(b) } : layer;
}

function conv2d(b: Bindings): Layer {
  return { text: `${b.slim}.conv2d`, words: conv2dWords, scopable: true };
}

function repeatCall(b: Bindings, input: string): string {
  const { random } = b;
  const layer = repeatableLayer(b);
  const scope = random.chance(0.6) ? `, scope='r${random.int(1, 3)}'` : '';
  if (random.chance(0.6)) {
    const args = callArguments(b, layer).replace(/(^|, )scope=[^,()]*(?=,|$)/, '');
    const behind = args === '' || args.startsWith(',') ? args : `, ${args}`;
    return `${b.slim}.repeat(${input}, ${random.int(0, 3)}, ${layer.text}${behind.includes('scope=') ? behind : behind + scope})`;
  }
  const items = [1, 2, 3].slice(0, random.int(1, 3)).map(() => {
    const values = layer.words.positional
      .slice(0, Math.max(1, requiredCount(layer.words)))
      .map((name) => valueOf(random, name, b));
    if (values.length === 0) return '()';
    return values.length === 1 && random.chance(0.6) ? (values[0] ?? '1') : `(${values.join(', ')},)`;
  });
  return `${b.slim}.stack(${input}, ${layer.text}, [${items.join(', ')}]${scope})`;
}

/** An op list, with the ops that it names. */
export function opList(b: Bindings): { readonly text: string; readonly layers: readonly Layer[] } {
  const { random } = b;
  const layers = b.scopableLayers();
  const texts = layers.map((layer) => layer.text);
  const literal = random.chance(0.2) ? `(${texts.join(', ')},)` : `[${texts.join(', ')}]`;
  if (b.lists.opLists.length === 0 || random.chance(0.7)) return { text: literal, layers };
  const known = random.pick(b.lists.opLists);
  return {
    text: random.pick([known, known, `${known} + [${texts.join(', ')}]`, `list(${known})`, `[*${known}]`]),
    layers,
  };
}

/** The keywords of a list form. */
export function scopeKeywords(b: Bindings, layers: readonly Layer[]): string {
  const { random } = b;
  const names = keywordNames(
    random,
    layers.map((layer) => layer.words),
    random.chance(0.08) ? 0 : 1,
    3,
    b.calm,
  );
  const keywords = names.map((name) => `${name}=${valueOf(random, name, b)}`);
  if (b.calm) return keywords.map((text) => `, ${text}`).join('');
  if (random.chance(0.1) && b.lists.keywordDicts.length > 0) keywords.push(`**${random.pick(b.lists.keywordDicts)}`);
  else if (random.chance(0.04)) keywords.push(`**{'stride': ${numberText(random, b)}}`);
  return keywords.map((text) => `, ${text}`).join('');
}

/** `arg_scope([...], ...)`. */
export function listScope(b: Bindings): string {
  const { text, layers } = opList(b);
  const first = b.random.chance(0.03) ? `list_ops_or_scope=${text}` : text;
  return `${b.argScope}(${first}${scopeKeywords(b, layers)})`;
}

/** An expression for a saved scope, undefined when there is none. */
export function savedScope(b: Bindings): string | undefined {
  const { random } = b;
  const { scopes, factories } = b.lists;
  const some = (): string => (scopes.length > 0 ? random.pick(scopes) : '{}');
  const choices: string[] = [];
  if (scopes.length > 0) {
    choices.push(
      some(),
      some(),
      some(),
      `dict(${some()}, **${some()})`,
      `{**${some()}, **${some()}}`,
      `${some()}.copy()`,
    );
    choices.push(`dict(${some()})`, `(${some()} if ${flagText(random, b)} else ${some()})`, `(${some()} or {})`);
  }
  if (factories.length > 0) {
    const factory = factories[factories.length - 1];
    choices.push(definedCall(b, random.pick(factories)), definedCall(b, random.pick(factories)));
    if (factory) choices.push(definedCall(b, factory));
  }
  choices.push(`${b.slim}.current_arg_scope()`);
  if (choices.length === 1 && random.chance(0.8)) return undefined;
  if (random.chance(0.02)) return '{}';
  return random.pick(choices);
}

/** A call of one of the program's functions. */
export function definedCall(b: Bindings, defined: Defined, first: readonly string[] = []): string {
  const { random } = b;
  const required = defined.parameters.filter((parameter) => parameter.required);
  const optional = defined.parameters.filter((parameter) => !parameter.required);
  const args = required.map((parameter) => parameterValue(b, parameter));
  const named = random
    .some(optional, 0, optional.length)
    .map((parameter) => `${parameter.name}=${parameterValue(b, parameter)}`);
  return `${defined.name}(${[...first, ...args, ...named].join(', ')})`;
}

/** How deep the calls in arguments of calls may go. */
const MAX_NESTING = 2;

/** A value for a parameter of the program's own functions. */
export function parameterValue(b: Bindings, parameter: Parameter): string {
  const { nesting } = b.style;
  nesting.value++;
  try {
    return nesting.value > MAX_NESTING ? simpleValue(b, parameter) : anyValue(b, parameter);
  } finally {
    nesting.value--;
  }
}

function simpleValue(b: Bindings, parameter: Parameter): string {
  switch (parameter.kind) {
    case 'scope':
      return '{}';
    case 'block':
      return 'plain';
    case 'layer':
      return `${b.slim}.conv2d`;
    case 'factory':
      return 'dict';
    default:
      return anyValue(b, parameter);
  }
}

function anyValue(b: Bindings, parameter: Parameter): string {
  const { random } = b;
  switch (parameter.kind) {
    case 'number':
      return numberText(random, b);
    case 'flag':
      return flagText(random, b);
    case 'float':
      return valueOf(random, 'decay', b);
    case 'dict':
      return random.chance(0.4) && b.lists.dicts.length > 0 ? random.pick(b.lists.dicts) : dictText(random, b);
    case 'ops':
      return opList(b).text;
    case 'count':
      return b.lists.unknownNumbers.length > 0 && random.chance(0.05)
        ? random.pick(b.lists.unknownNumbers)
        : String(random.int(0, 3));
    case 'scope':
      return savedScope(b) ?? '{}';
    case 'block':
      return blockValue(b);
    case 'layer':
      return layerValue(b);
    case 'factory':
      return factoryValue(b);
  }
}

/** A function that takes a tensor and needs nothing else. */
export function blockValue(b: Bindings): string {
  const { random } = b;
  const known = b.lists.blocks.filter((one) => !one.parameters.some((parameter) => parameter.required));
  if (known.length > 0 && random.chance(0.65)) {
    const chosen = random.pick(known);
    const optional = chosen.parameters.filter((parameter) => SIMPLE.has(parameter.kind));
    if (optional.length === 0 || random.chance(0.7)) return chosen.name;
    const stored = random.some(optional, 1, 2).map((one) => `${one.name}=${parameterValue(b, one)}`);
    return `functools.partial(${[chosen.name, ...stored].join(', ')})`;
  }
  const inner = b.child(true);
  return random.chance(0.6)
    ? `lambda v: ${opCall(inner, 'v')}`
    : `functools.partial(${b.slim}.conv2d, num_outputs=${numberText(random, b)}, kernel_size=${random.int(1, 5)})`;
}

const SIMPLE = new Set<Parameter['kind']>(['number', 'count', 'flag', 'float']);

/** Something that is called like conv2d. */
function layerValue(b: Bindings): string {
  const { random } = b;
  const alike = b.lists.layers.filter((layer) => layer.words === conv2dWords).map((layer) => layer.text);
  if (alike.length > 0 && random.chance(0.4)) return random.pick(alike);
  return random.chance(0.8)
    ? `${b.slim}.conv2d`
    : `functools.partial(${b.slim}.conv2d, stride=${numberText(random, b)})`;
}

/** A function without arguments that gives a scope. */
export function factoryValue(b: Bindings): string {
  const { random } = b;
  const known = b.lists.factories.filter((one) => !one.parameters.some((parameter) => parameter.required));
  if (known.length === 0 || random.chance(0.2)) return `lambda: ${savedScope(b) ?? '{}'}`;
  const chosen = random.pick(known);
  const optional = chosen.parameters.filter((parameter) => SIMPLE.has(parameter.kind));
  if (optional.length === 0 || random.chance(0.5)) return chosen.name;
  const stored = random.some(optional, 1, 2).map((one) => `${one.name}=${parameterValue(b, one)}`);
  return `functools.partial(${[chosen.name, ...stored].join(', ')})`;
}
