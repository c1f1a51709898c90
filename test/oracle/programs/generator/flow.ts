/**
 * Statements of generated programs in which control goes its own way: functions that compute values, generators that hold
 * a scope open, globals that functions set, exceptions that are suppressed, loops that are left.
 */
import type { Bindings } from './bindings';
import { callArguments, listScope, opCall } from './expressions';
import { block, line, type Line } from './lines';
import { flagText, numberText } from './vocabulary';

/** One of them. Functions are only defined where they can be called for sure. */
export function flow(b: Bindings): readonly Line[] {
  const { random } = b;
  const anywhere = [...(b.calm ? [] : [suppressed]), endlessLoop, deleted, unpacked];
  const atTop = [valueFunction, recursiveFunction, generatorLoop, globalSetter, passingOn, counter, fields];
  return random.pick(b.inFunction ? anywhere : [...anywhere, ...atTop, ...atTop])(b);
}

function suppressed(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.numbers.find((one) => /^n\d+$/.test(one));
  const before = name !== undefined && !b.inFunction ? [line(`${name} = ${random.int(1, 9)}`)] : [];
  const risky = random.pick([
    block(`with ${b.argScope}([plain], stride=2):`, [line('pass')]),
    block(`with ${b.argScope}(None):`, [line('pass')]),
    line(`${b.slim}.conv2d(x, 8)`),
    line(opCall(b)),
  ]);
  const caught = block('with contextlib.suppress(TypeError, ValueError):', [...before, risky, line(opCall(b))]);
  return [block(`with ${listScope(b)}:`, [caught, line(opCall(b))])];
}

function endlessLoop(b: Bindings): readonly Line[] {
  const name = b.fresh('w');
  const inner = b.child();
  inner.lists.numbers.unshift(name);
  return [
    line(`${name} = 0`),
    block('while True:', [
      line(`${name} += 1`),
      line(opCall(inner)),
      block(`if ${name} >= ${b.random.int(1, 3)}:`, [line('break')]),
    ]),
  ];
}

function deleted(b: Bindings): readonly Line[] {
  const name = b.fresh('kw');
  return [
    line(`${name} = {'padding': 'VALID', 'stride': ${numberText(b.random, b)}}`),
    line(`del ${name}['${b.random.pick(['padding', 'stride'])}']`),
    line(`${b.slim}.conv2d(x, 8, 3, **${name})`),
  ];
}

function unpacked(b: Bindings): readonly Line[] {
  const [first, ...rest] = [b.fresh('t'), b.fresh('t'), b.fresh('t')];
  const values = [numberText(b.random, b), numberText(b.random, b), numberText(b.random, b)].join(', ');
  return [
    line(`${first}, (${rest.join(', ')}) = (lambda a, c, d: (a, (c, d)))(${values})`),
    line(`${b.slim}.conv2d(x, ${first}, ${rest[0] ?? '1'})`),
  ];
}

function valueFunction(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('pick');
  const body = b.child(true);
  body.lists.numbers.unshift('a', 'c', 'a', 'c');
  const lines = [
    block(`if ${flagText(random, body)}:`, [line(`return ${numberText(random, body)}`)]),
    ...(random.chance(0.5) ? [line(`a += ${random.int(1, 3)}`)] : []),
    line(`return ${numberText(random, body)}`),
  ];
  const made = [block(`def ${name}(a, c=${random.int(1, 5)}):`, lines)];
  b.lists.numbers.push(`${name}(${numberText(random, b)})`, `${name}(1, c=${random.int(1, 9)})`);
  return made;
}

function recursiveFunction(b: Bindings): readonly Line[] {
  const name = b.fresh('down');
  b.lists.numbers.push(`${name}(${b.random.int(0, 6)})`);
  return [block(`def ${name}(k):`, [line(`return 1 if k <= 0 else ${name}(k - 1) + ${b.random.int(1, 2)}`)])];
}

function generatorLoop(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('items');
  const item = b.fresh('i');
  const values = [1, 2, 3].slice(0, random.int(1, 3)).map(() => line(`yield ${numberText(random, b)}`));
  const body = random.chance(0.5) ? [block(`with ${listScope(b)}:`, values)] : values;
  const inner = b.child();
  inner.lists.numbers.unshift(item, item, item);
  return [block(`def ${name}():`, body), block(`for ${item} in ${name}():`, [line(opCall(inner))]), line(opCall(b))];
}

function globalSetter(b: Bindings): readonly Line[] {
  const { random } = b;
  const variable = b.fresh('n');
  const name = b.fresh('set');
  const made = [
    line(`${variable} = ${numberText(random, b)}`),
    block(`def ${name}(k):`, [line(`global ${variable}`), line(`${variable} = k + 1`)]),
  ];
  b.lists.numbers.push(variable);
  return [
    ...made,
    line(`${b.slim}.conv2d(x, ${variable}, 3)`),
    line(`${name}(${numberText(random, b)})`),
    line(opCall(b)),
  ];
}

function passingOn(b: Bindings): readonly Line[] {
  const layer = b.layer();
  const name = b.fresh('pass_on');
  b.lists.layers.push({ text: name, words: layer.words, scopable: false });
  return [
    block(`def ${name}(*args, **kwargs):`, [
      ...(b.random.chance(0.4) ? [line(`kwargs['scope'] = 'p'`)] : []),
      line(`return ${layer.text}(*args, **kwargs)`),
    ]),
    line(`${name}(x, ${callArguments(b, layer)})`.replace(', )', ')')),
  ];
}

function counter(b: Bindings): readonly Line[] {
  const name = b.fresh('counter');
  const next = b.fresh('next');
  return [
    block(`def ${name}():`, [
      line('count = 0'),
      block('def step():', [line('nonlocal count'), line('count += 1'), line('return count')]),
      line('return step'),
    ]),
    line(`${next} = ${name}()`),
    line(`${b.slim}.conv2d(x, ${next}(), ${next}())`),
    line(`${b.slim}.conv2d(x, ${next}(), 3)`),
  ];
}

function fields(b: Bindings): readonly Line[] {
  const name = b.fresh('box');
  const alias = b.fresh('box');
  b.lists.numbers.push(`${name}.size`, `${alias}.size`);
  return [
    block(`class Box${name}(object):`, [line('size = 1')]),
    line(`${name} = Box${name}()`),
    line(`${alias} = ${name}`),
    line(`${b.slim}.conv2d(x, ${name}.size, 3)`),
    line(`${alias}.size = ${b.random.int(2, 9)}`),
    line(`${b.slim}.conv2d(x, ${name}.size, ${alias}.size)`),
  ];
}
