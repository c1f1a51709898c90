/**
 * Parameters of generated functions: what they take, their defaults, and what a body sees of them.
 */
import type { Bindings, Parameter } from './bindings';
import { parameterValue } from './expressions';
import { conv2dWords, dictText, numberText } from './vocabulary';

/** Random parameters; only the first one may be required. */
export function parameters(b: Bindings, least: number): readonly Parameter[] {
  const { random } = b;
  const count = random.int(least, least + 2);
  return Array.from({ length: count }, (_, i): Parameter => {
    const kind = random.weighted<Parameter['kind']>([
      [4, 'number'],
      [3, 'flag'],
      [3, 'float'],
      [1, 'dict'],
      [1, 'ops'],
      [1.5, 'scope'],
      [1.5, 'block'],
      [1, 'layer'],
      [1, 'factory'],
    ]);
    return { name: `${kind}_${String.fromCharCode(97 + i)}`, kind, required: i === 0 && random.chance(0.3) };
  });
}

/** The text between the parentheses of a `def`. */
export function signature(b: Bindings, list: readonly Parameter[], first: readonly string[] = []): string {
  const own = list.map((parameter) =>
    parameter.required ? parameter.name : `${parameter.name}=${defaultOf(b, parameter)}`,
  );
  return [...first, ...own].join(', ');
}

function defaultOf(b: Bindings, parameter: Parameter): string {
  const { random } = b;
  switch (parameter.kind) {
    case 'number':
      return random.chance(0.8) ? String(random.int(1, 5)) : numberText(random, b);
    case 'flag':
      return random.pick(['True', 'False']);
    case 'float':
      return random.pick(['0.5', '0.00004', '0.9']);
    case 'dict':
      return random.chance(0.5) ? 'None' : dictText(random, b);
    case 'ops':
      return `(${b.slim}.conv2d,)`;
    case 'count':
      return '1';
    case 'scope':
      return random.chance(0.6) ? '{}' : parameterValue(b, parameter);
    case 'block':
      return random.chance(0.3) ? 'plain' : parameterValue(b, parameter);
    case 'layer':
    case 'factory':
      return parameterValue(b, parameter);
  }
}

/** Bindings of a function body: the parameters are names there. */
export function bodyBindings(b: Bindings, list: readonly Parameter[]): Bindings {
  const body = b.child(true);
  for (const { name, kind } of list) {
    switch (kind) {
      case 'block':
        body.lists.blocks.push(...times(3, { name, parameters: [] }));
        break;
      case 'factory':
        body.lists.factories.push(...times(3, { name, parameters: [] }));
        break;
      case 'layer':
        body.lists.layers.push(...times(3, { text: name, words: conv2dWords, scopable: false }));
        break;
      default: {
        // Passed names come first, so that bodies use them.
        const target: string[] = body.lists[LISTS[kind]];
        target.unshift(name, name, name);
      }
    }
  }
  return body;
}

function times<T>(count: number, item: T): readonly T[] {
  return Array.from({ length: count }, () => item);
}

const LISTS = {
  number: 'numbers',
  count: 'numbers',
  flag: 'flags',
  float: 'floats',
  dict: 'dicts',
  ops: 'opLists',
  scope: 'scopes',
} as const;
