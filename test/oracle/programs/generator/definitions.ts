/**
 * Definitions of generated programs: scope factories, context managers, user ops, blocks, closures, classes, lambdas.
 */
import type { Bindings } from './bindings';
import { behaviour } from './behaviours';
import { callable } from './callables';
import { netClass, classFamily } from './classes';
import { callArguments, listScope, opCall, savedScope } from './expressions';
import { block, line, type Line } from './lines';
import { bodyBindings, parameters, signature } from './signatures';
import { conv2dWords, dictText, flagText, numberText, valueOf } from './vocabulary';
import { functionBody } from './functionBody';
import { statements } from './statements';

/** One random definition; what it defines is bound in `b`. */
export function definition(b: Bindings): readonly Line[] {
  return b.random.weighted<(b: Bindings) => readonly Line[]>([
    [4, factory],
    [2, contextManager],
    [2, userOp],
    [3, blockFunction],
    [1, decoratedByScope],
    [1.5, netClass],
    [1.2, classFamily],
    [5, callable],
    [4, behaviour],
    [2, smallFunction],
    [1, wrapper],
  ])(b);
}

function factory(b: Bindings): readonly Line[] {
  const { random } = b;
  const list = parameters(b, 0).filter(({ kind }) => kind !== 'block');
  const name = b.fresh('scope_fn');
  const body = bodyBindings(b, list);
  const before: Line[] = [];
  if (random.chance(0.5)) {
    const params = body.fresh('params');
    before.push(line(`${params} = ${dictText(random, body)}`));
    body.lists.dicts.unshift(params, params);
    if (random.chance(0.4)) before.push(line(`${params}['decay'] = ${valueOf(random, 'decay', body)}`));
    if (random.chance(0.3)) before.push(line(`${params}.update({'scale': ${flagText(random, body)}})`));
  }
  const lines = [...before, ...factoryBody(body)];
  const made = block(`def ${name}(${signature(b, list)}):`, lines);
  b.lists.factories.push({ name, parameters: list });
  return [made];
}

function factoryBody(body: Bindings): readonly Line[] {
  const { random } = body;
  const kind = random.int(0, 5);
  if (kind === 0) {
    const saved = savedScope(body);
    if (saved !== undefined)
      return [
        block(`with ${body.argScope}(${saved}):`, [block(`with ${listScope(body)} as sc:`, [line('return sc')])]),
      ];
  }
  if (kind === 1) return [block(`with ${listScope(body)}:`, [line(`return ${body.slim}.current_arg_scope()`)])];
  if (kind === 2)
    return [
      block(`if ${flagText(random, body)}:`, [block(`with ${listScope(body)} as sc:`, [line('return sc')])]),
      block(`with ${listScope(body)} as sc:`, [line('return sc')]),
    ];
  if (kind === 3)
    return [
      block(`with ${listScope(body)}:`, [block(`with ${listScope(body)} as sc:`, [line('pass')])]),
      line('return sc'),
    ];
  if (kind === 4) return [block(`with ${listScope(body)}, ${listScope(body)} as sc:`, [line('return sc')])];
  return [block(`with ${listScope(body)} as sc:`, [line('return sc')])];
}

function contextManager(b: Bindings): readonly Line[] {
  const list = parameters(b, 0);
  const name = b.fresh('manager');
  const body = bodyBindings(b, list);
  const inside = b.random.chance(0.5) ? line('yield') : line('yield sc');
  const lines = [
    ...(b.random.chance(0.3) ? [line(opCall(body, 'IMAGE'))] : []),
    block(`with ${listScope(body)} as sc:`, [inside]),
  ];
  const made = block(`def ${name}(${signature(b, list)}):`, lines);
  b.lists.managers.push({ name, parameters: list });
  return [line('@contextlib.contextmanager'), made];
}

function userOp(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('block');
  const body = b.child(true);
  body.lists.numbers.unshift('stride', 'stride', 'num_outputs');
  const extra = random.pick([b.calm ? ', scope=None' : '', ', scope=None', ', **extra', ', *, scope=None']);
  const call = random.chance(0.5) ? `${b.slim}.conv2d(inputs, num_outputs, 3, stride=stride)` : opCall(body, 'inputs');
  const lines = [line(random.chance(0.5) ? `return ${call}` : `net = ${call}`)];
  if (!lines[0]?.text.startsWith('return')) lines.push(line('return net'));
  const words = {
    name,
    positional: ['num_outputs', 'stride'],
    keywords: extra.includes('scope') || extra.includes('**') ? ['scope'] : [],
  };
  b.lists.layers.push({ text: name, words, scopable: true });
  return [
    line(`@${b.slim}.add_arg_scope`),
    block(
      `def ${name}(inputs, num_outputs${random.chance(0.5) ? '=8' : ''}, stride=${random.int(1, 2)}${extra}):`,
      lines,
    ),
  ];
}

function blockFunction(b: Bindings): readonly Line[] {
  const list = parameters(b, 0);
  const name = b.fresh('net');
  const body = bodyBindings(b, list);
  const lines = functionBody(body);
  const made = block(`def ${name}(${signature(b, list, ['x'])}):`, lines);
  b.lists.blocks.push({ name, parameters: list });
  return [made];
}

function decoratedByScope(b: Bindings): readonly Line[] {
  const name = b.fresh('decorated');
  const body = b.child(true);
  const lines = [...statements(body, 1), line('return x')];
  const decorators = [line(`@${listScope(b)}`), ...(b.random.chance(0.3) ? [line(`@${listScope(b)}`)] : [])];
  b.lists.blocks.push({ name, parameters: [] });
  return [...decorators, block(`def ${name}(x):`, lines)];
}

function smallFunction(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('fn');
  switch (random.int(0, 4)) {
    case 0:
      b.lists.initializers.push(name);
      return random.chance(0.5)
        ? [line(`${name} = lambda stddev: ${b.tf}.truncated_normal_initializer(0.0, stddev)`)]
        : [block(`def ${name}(stddev):`, [line(`return ${b.tf}.truncated_normal_initializer(0.0, stddev)`)])];
    case 1:
      b.lists.functions.push(name);
      return [block(`def ${name}(v):`, [line('return v')])];
    case 2: {
      b.lists.numbers.push(`${name}(${random.int(1, 9)})`);
      return [line(`${name} = lambda d: max(int(d * ${random.pick(['0.5', '2', '0.25'])}), ${random.int(1, 4)})`)];
    }
    case 3:
      b.lists.normalizers.push(name);
      return [line(`${name} = functools.partial(${b.slim}.batch_norm, ${random.pick(['decay=0.5', 'scale=True'])})`)];
    default: {
      const stride = numberText(random, b);
      b.lists.layers.push({ text: name, words: conv2dWords, scopable: false });
      return [
        random.chance(0.5)
          ? line(`${name} = functools.partial(${b.slim}.conv2d, stride=${stride})`)
          : line(`${name} = lambda v, *args, **kw: ${b.slim}.conv2d(v, *args, **kw)`),
      ];
    }
  }
}

/** A function under `functools.wraps`, which stands for the op in op lists (A2). */
function wrapper(b: Bindings): readonly Line[] {
  const name = b.fresh('wrapped');
  b.lists.layers.push({ text: name, words: conv2dWords, scopable: true });
  return [
    line(`@functools.wraps(${b.slim}.conv2d)`),
    block(`def ${name}(inputs, *args, **kwargs):`, [line(`return ${b.slim}.conv2d(inputs, *args, **kwargs)`)]),
  ];
}

/** An alias of an op, or a partial of one. */
export function alias(b: Bindings): readonly Line[] {
  const layer = b.layer();
  const name = b.fresh('op');
  if (b.random.chance(0.6)) {
    b.lists.layers.push({ ...layer, text: name });
    return [line(`${name} = ${layer.text}`)];
  }
  b.lists.layers.push({ text: name, words: layer.words, scopable: false });
  const stored = callArguments(b, layer);
  const keywords = stored
    .split(/, (?=\w+=)/)
    .filter((text) => /^(stride|padding|scope|trainable|activation_fn)=[^(\[{]*$/.test(text));
  return [line(`${name} = functools.partial(${[layer.text, ...keywords].join(', ')})`)];
}
