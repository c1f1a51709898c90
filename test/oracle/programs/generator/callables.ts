/**
 * Functions that travel, in generated programs: closures that are returned, decorators, partials, callbacks, tables of
 * functions, namedtuples that carry them, recursion, generators; and scopes that travel in objects and dictionaries.
 */
import type { Bindings, Parameter } from './bindings';
import { blockValue, definedCall, factoryValue, listScope, opCall, parameterValue, savedScope } from './expressions';
import { functionBody } from './functionBody';
import { block, line, type Line } from './lines';
import { bodyBindings, parameters, signature } from './signatures';
import { statements } from './statements';
import { numberText, valueOf } from './vocabulary';

/** One definition of this kind; what it defines is bound in `b`. */
export function callable(b: Bindings): readonly Line[] {
  return b.random.weighted<(b: Bindings) => readonly Line[]>([
    [2, closure],
    [2, decorated],
    [1, decoratorWithArguments],
    [1, partialOfBlock],
    [2, callbackTaker],
    [2, carrier],
    [2, tableByKey],
    [1.5, factoriesByKey],
    [1, lookUpFunction],
    [1.5, opTable],
    [1.5, scopeHolder],
    [1, recursive],
    [1, itemsOfNet],
    [2, unitFunction],
  ])(b);
}

function closure(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('make');
  const size: Parameter = { name: 'size', kind: 'number', required: true };
  const fn: Parameter = { name: 'fn', kind: 'block', required: false };
  const takes = random.chance(0.4) ? [size, fn] : [size];
  const body = bodyBindings(b, takes);
  const own: Parameter = { name: 'number_b', kind: 'number', required: false };
  const isLambda = random.chance(0.3);
  const inside = bodyBindings(body, isLambda ? [] : [own]);
  const made = isLambda
    ? [line(`return lambda x: ${opCall(inside)}`)]
    : [block(`def inner(x, number_b=${random.int(1, 5)}):`, functionBody(inside)), line('return inner')];
  const before = random.chance(0.4) ? statements(body, 1).filter((one) => !/\bx\b/.test(deepText(one))) : [];
  const lines: Line[] = [block(`def ${name}(${signature(b, takes)}):`, [...before, ...made])];
  for (let i = random.int(1, 2); i > 0; i--) {
    const layer = b.fresh('layer');
    lines.push(line(`${layer} = ${definedCall(b, { name, parameters: takes })}`));
    b.lists.blocks.push({ name: layer, parameters: isLambda ? [] : [own] });
  }
  return lines;
}

function deepText({ text, body }: Line): string {
  return [text, ...(body ?? []).map(deepText)].join('\n');
}

function decorated(b: Bindings): readonly Line[] {
  const { random } = b;
  const decorator = b.fresh('deco');
  const inside = bodyBindings(b, []);
  const passes = random.pick(['x, *args, **kwargs', 'x, **kwargs']);
  const call = line(`return fn(${passes})`);
  const around = random.chance(0.7) ? block(`with ${listScope(inside)}:`, [call]) : call;
  const wrapper = block(`def wrapper(${passes}):`, [...(random.chance(0.3) ? [line(opCall(inside))] : []), around]);
  const wraps = random.chance(0.75) ? [line('@functools.wraps(fn)')] : [];
  return [
    block(`def ${decorator}(fn):`, [...wraps, wrapper, line('return wrapper')]),
    ...netUnder(b, `@${decorator}`, random.chance(0.2) ? [`@${decorator}`] : []),
  ];
}

function decoratorWithArguments(b: Bindings): readonly Line[] {
  const decorator = b.fresh('deco');
  const inside = bodyBindings(b, [{ name: 'size', kind: 'number', required: true }]);
  const wrapper = block('def wrapper(*args, **kwargs):', [
    block(`with ${listScope(inside)}:`, [line('return fn(*args, **kwargs)')]),
  ]);
  const wraps = block('def wrap(fn):', [line('@functools.wraps(fn)'), wrapper, line('return wrapper')]);
  return [
    block(`def ${decorator}(size):`, [wraps, line('return wrap')]),
    ...netUnder(b, `@${decorator}(${numberText(b.random, b)})`, []),
  ];
}

function netUnder(b: Bindings, decorator: string, more: readonly string[]): readonly Line[] {
  const list = parameters(b, 0).filter(({ required }) => !required);
  const name = b.fresh('net');
  const lines = functionBody(bodyBindings(b, list));
  const head = `def ${name}(${signature(b, list, ['x'])}):`;
  b.lists.blocks.push({ name, parameters: list });
  return [...more.map(line), line(decorator), block(head, lines)];
}

function partialOfBlock(b: Bindings): readonly Line[] {
  const { random } = b;
  const known = b.lists.blocks.filter((one) => one.parameters.length > 0);
  if (known.length === 0) return callbackTaker(b);
  const chosen = random.pick(known);
  const name = b.fresh('part');
  const stored = random
    .some(chosen.parameters, 1, 2)
    .map((parameter) => `${parameter.name}=${parameterValue(b, parameter)}`);
  const left = chosen.parameters.filter((one) => !stored.some((text) => text.startsWith(`${one.name}=`)));
  const required = left.filter((one) => one.required).map((one) => `${one.name}=${parameterValue(b, one)}`);
  b.lists.blocks.push({ name, parameters: left.filter((one) => !one.required) });
  return [line(`${name} = functools.partial(${[chosen.name, ...stored, ...required].join(', ')})`)];
}

/** A function that is given a function, and perhaps a scope. */
function callbackTaker(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('apply');
  const list: Parameter[] = [{ name: 'fn', kind: 'block', required: random.chance(0.6) }];
  if (random.chance(0.4)) list.push({ name: 'sc', kind: 'scope', required: false });
  if (random.chance(0.3)) list.push({ name: 'scope_fn', kind: 'factory', required: false });
  const body = bodyBindings(b, list);
  const call = line(random.pick(['x = fn(x)', 'return fn(x)', 'fn(x)']));
  const scope = random.pick([
    listScope(body),
    ...list.flatMap(({ kind, name: given }) =>
      kind === 'scope' ? [`${b.argScope}(${given})`] : kind === 'factory' ? [`${b.argScope}(${given}())`] : [],
    ),
  ]);
  const lines = [
    ...(random.chance(0.4) ? statements(body, 1) : []),
    random.chance(0.6) ? block(`with ${scope}:`, [call]) : call,
    line('return x'),
  ];
  const made = block(`def ${name}(${signature(b, list, ['x'])}):`, lines);
  b.lists.blocks.push({ name, parameters: list });
  return [made];
}

/** Blocks of a network in namedtuples, as residual networks have them. */
function carrier(b: Bindings): readonly Line[] {
  const { random } = b;
  const type = b.fresh('Block');
  const table = b.fresh('blocks');
  const name = b.fresh('stack_blocks');
  const rows = [1, 2].slice(0, random.int(1, 2)).map((i) => {
    const unit = unitWith(b);
    const args = [1, 2].slice(0, random.int(1, 2)).map(() => `{${unit.keywords()}}`);
    return `${type}('b${i}', ${unit.name}, [${args.join(', ')}])`;
  });
  const fields = random.pick([`['scope', 'unit_fn', 'args']`, `'scope unit_fn args'`]);
  const tuple = `collections.namedtuple('${type}', ${fields})`;
  const inside = bodyBindings(b, []);
  const call = line(`x = block.unit_fn(x, **unit)`);
  const loop = block('for block in blocks:', [
    block('for unit in block.args:', [random.chance(0.5) ? block(`with ${listScope(inside)}:`, [call]) : call]),
  ]);
  b.lists.blocks.push({ name, parameters: [] });
  return [
    random.chance(0.5) ? line(`${type} = ${tuple}`) : block(`class ${type}(${tuple}):`, [line(`'A block.'`)]),
    line(`${table} = [${rows.join(', ')}]`),
    block(`def ${name}(x, blocks=${table}):`, [loop, line('return x')]),
  ];
}

/** A function that takes keywords of numbers, and texts of such keywords. */
function unitWith(b: Bindings): { readonly name: string; keywords(): string } {
  const { random } = b;
  const simple = ({ kind, required }: Parameter): boolean => kind === 'number' || kind === 'flag' || !required;
  const known = b.lists.blocks.filter((one) => one.parameters.every(simple));
  if (known.length === 0 || random.chance(0.2))
    return { name: `${b.slim}.conv2d`, keywords: () => `'num_outputs': ${numberText(random, b)}, 'kernel_size': 3` };
  const chosen = random.pick(known);
  return {
    name: chosen.name,
    keywords: () =>
      chosen.parameters
        .filter(({ kind, required }) => required || ((kind === 'number' || kind === 'flag') && random.chance(0.7)))
        .map((one) => `'${one.name}': ${parameterValue(b, one)}`)
        .join(', '),
  };
}

function keyText(b: Bindings): string {
  const { random } = b;
  if (!b.style.known && random.chance(0.25)) return 'outside.key';
  return random.pick([`'a'`, `'b'`, `'ab'[${random.int(0, 1)}]`]);
}

function tableByKey(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('nets');
  const lines = [line(`${name} = {'a': ${blockValue(b)}, 'b': ${blockValue(b)}}`)];
  if (random.chance(0.2)) lines.push(line(`${name}['b'] = ${blockValue(b)}`));
  for (let i = random.int(1, 2); i > 0; i--) {
    const key = keyText(b);
    const text = random.chance(0.8) ? `${name}[${key}]` : `${name}.get(${key})`;
    b.lists.blocks.push({ name: text, parameters: [] });
  }
  return lines;
}

function factoriesByKey(b: Bindings): readonly Line[] {
  const name = b.fresh('scopes');
  const made = line(`${name} = {'a': ${factoryValue(b)}, 'b': ${factoryValue(b)}}`);
  b.lists.factories.push({ name: `${name}[${keyText(b)}]`, parameters: [] });
  return [made];
}

/** A function that gives a network by its name, with its scope around it, as network factories do. */
function lookUpFunction(b: Bindings): readonly Line[] {
  const { random } = b;
  const table = b.fresh('nets');
  const scopes = b.fresh('scopes');
  const name = b.fresh('get_network');
  const inner = block('def network_fn(x, **kwargs):', [
    block(`with ${b.argScope}(${scopes}[name]()):`, [line(`return fn(x, **kwargs)`)]),
  ]);
  const wraps = random.chance(0.6) ? [line('@functools.wraps(fn)')] : [];
  const missing = block(`if name not in ${table}:`, [line(`raise ValueError('unknown network %s' % name)`)]);
  const made = b.fresh('network');
  const lines = [
    line(`${table} = {'a': ${blockValue(b)}, 'b': ${blockValue(b)}}`),
    line(`${scopes} = {'a': ${factoryValue(b)}, 'b': ${factoryValue(b)}}`),
    block(`def ${name}(name):`, [
      ...(random.chance(0.4) ? [missing] : []),
      line(`fn = ${table}[name]`),
      ...wraps,
      inner,
      line('return network_fn'),
    ]),
    line(`${made} = ${name}(${keyText(b)})`),
  ];
  b.lists.blocks.push({ name: made, parameters: [] }, { name: `${name}(${keyText(b)})`, parameters: [] });
  return lines;
}

/** Rows of functions with their keywords. */
function opTable(b: Bindings): readonly Line[] {
  const { random } = b;
  const table = b.fresh('table');
  const name = b.fresh('run');
  const rows = [1, 2, 3].slice(0, random.int(1, 3)).map(() => {
    const unit = unitWith(b);
    return random.pick([
      `(${unit.name}, {${unit.keywords()}})`,
      `(${b.slim}.conv2d, dict(num_outputs=${numberText(random, b)}, kernel_size=3, padding='VALID'))`,
      `(${b.slim}.max_pool2d, {'kernel_size': ${random.int(2, 3)}})`,
    ]);
  });
  b.lists.blocks.push({ name, parameters: [] });
  return [
    line(`${table} = [${rows.join(', ')}]`),
    block(`def ${name}(x):`, [block(`for op, params in ${table}:`, [line('x = op(x, **params)')]), line('return x')]),
  ];
}

/** Scopes in attributes, dictionaries and partials of factories. */
function scopeHolder(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('cfg');
  const saved = (): string => savedScope(b) ?? '{}';
  return random.pick<() => readonly Line[]>([
    () => {
      const first = saved();
      const made = [block(`class Cfg${name}(object):`, [line('pass')]), line(`${name} = Cfg${name}()`)];
      b.bind('scopes', `${name}.scope`);
      return [...made, line(`${name}.scope = ${first}`)];
    },
    () => {
      const texts = `{'a': ${saved()}, 'b': ${saved()}}`;
      b.bind('scopes', `${name}['${random.pick(['a', 'b'])}']`);
      return [line(`${name} = ${texts}`)];
    },
    () => {
      const text = `functools.partial(${factoryValue(b).replace(/^lambda.*$/s, 'dict')})`;
      b.lists.factories.push({ name, parameters: [] });
      return [line(`${name} = ${text}`)];
    },
    () => {
      const type = b.fresh('Options');
      const text = `${type}(scope=${saved()}, size=${numberText(random, b)})`;
      b.bind('scopes', `${name}.scope`);
      b.bind('numbers', `${name}.size`);
      return [line(`${type} = collections.namedtuple('${type}', ['size', 'scope'])`), line(`${name} = ${text}`)];
    },
  ])();
}

/** A function that calls itself a known number of times. */
function recursive(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('rec');
  const inside = bodyBindings(b, [{ name: 'k', kind: 'number', required: true }]);
  const again = `${name}(${opCall(inside)}, k - 1)`;
  const deeper = random.chance(0.5)
    ? block(`with ${listScope(inside)}:`, [line(`return ${again}`)])
    : line(`return ${again}`);
  b.lists.blocks.push({ name, parameters: [{ name: 'k', kind: 'count', required: true }] });
  return [block(`def ${name}(x, k):`, [block('if k <= 0:', [line(`return ${opCall(inside)}`)]), deeper])];
}

/** A function that goes through a generator of the program's own. */
function itemsOfNet(b: Bindings): readonly Line[] {
  const { random } = b;
  const items = b.fresh('items');
  const name = b.fresh('net');
  const size: Parameter = { name: 'size', kind: 'number', required: false };
  const inside = bodyBindings(b, [size]);
  const give = line(`yield ${random.chance(0.5) ? opCall(inside) : 'i + size'}`);
  const loop = block(`for i in range(${random.int(1, 2)}):`, [
    random.chance(0.6) ? block(`with ${listScope(inside)}:`, [give]) : give,
  ]);
  const body = bodyBindings(b, [size]);
  const made = [
    block(`def ${items}(x, size):`, [loop]),
    block(`def ${name}(x, size=${random.int(1, 5)}):`, [
      block(`for item in ${items}(x, size):`, [line(opCall(body))]),
      line('return x'),
    ]),
  ];
  b.lists.blocks.push({ name, parameters: [size] });
  return made;
}

/** A function with the shape of an op, for `repeat`, `stack` and tables. */
function unitFunction(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('unit');
  const list: readonly Parameter[] = [{ name: 'num_outputs', kind: 'number', required: true }];
  const inside = bodyBindings(b, list);
  const stride = valueOf(random, 'stride', b);
  inside.lists.numbers.unshift('stride', 'stride');
  inside.lists.strings.unshift('scope');
  const words = { name, positional: ['num_outputs', 'stride'], keywords: ['scope'] };
  const lines = functionBody(inside);
  b.lists.layers.push({ text: name, words, scopable: false }, { text: name, words, scopable: false });
  return [block(`def ${name}(x, num_outputs, stride=${stride}, scope='u'):`, lines)];
}
