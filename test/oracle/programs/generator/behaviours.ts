/**
 * What functions and objects of generated programs do besides calling ops: state that changes from call to call, keywords
 * that are passed on, scopes that are opened in one function and closed in another, exceptions that cross functions.
 */
import type { Bindings } from './bindings';
import { blockValue, listScope, opCall, savedScope } from './expressions';
import { functionBody } from './functionBody';
import { block, line, type Line } from './lines';
import { bodyBindings, parameters, signature } from './signatures';
import { numberText, valueOf } from './vocabulary';

/** One definition of this kind; what it defines is bound in `b`. */
export function behaviour(b: Bindings): readonly Line[] {
  return b.random.weighted<(b: Bindings) => readonly Line[]>([
    [1.5, countingObject],
    [1, callLog],
    [2, keywordsPassedOn],
    [1, enteringFunction],
    [1, scopeObject],
    [b.calm ? 0 : 1.5, failingFunction],
    [1.5, optionalCallback],
    [1, listOfFunctions],
    [1, mergingFunction],
    [1.5, opOfUser],
    [1, innerFunctions],
    [1, steppedGenerator],
    [1, methodOp],
    [1, configuredClass],
  ])(b);
}

/** A method that counts its calls: each call receives another number. */
function countingObject(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('count');
  const step = random.pick([
    'self.size += 1',
    'self.size = self.size * 2',
    `self.sizes.append(self.size + ${random.int(1, 3)})`,
  ]);
  const size = step.includes('append') ? random.pick(['len(self.sizes)', 'self.sizes[-1]']) : 'self.size';
  const body = bodyBindings(b, []);
  body.lists.numbers.unshift(size, size);
  b.lists.blocks.push({ name: `${name}.grow`, parameters: [] }, { name: `${name}.grow`, parameters: [] });
  return [
    block(`class Count${name}(object):`, [
      line(`size = ${random.int(1, 3)}`),
      block('def __init__(self):', [line(`self.sizes = [${numberText(random, b)}]`)]),
      block('def grow(self, x):', [line(step), ...functionBody(body)]),
    ]),
    line(`${name} = Count${name}()`),
  ];
}

/** A list of the module, or of a default argument, that calls make longer. */
function callLog(b: Bindings): readonly Line[] {
  const { random } = b;
  const log = b.fresh('log');
  const name = b.fresh('net');
  const isDefault = random.chance(0.4);
  const body = bodyBindings(b, []);
  body.lists.numbers.unshift('len(log)', 'len(log)');
  b.lists.blocks.push({ name, parameters: [] }, { name, parameters: [] });
  if (isDefault) return [block(`def ${name}(x, log=[]):`, [line('log.append(1)'), ...functionBody(body)])];
  body.lists.numbers.splice(0, 2, `len(${log})`, `len(${log})`);
  b.lists.numbers.push(`len(${log})`);
  return [line(`${log} = []`), block(`def ${name}(x):`, [line(`${log}.append(x)`), ...functionBody(body)])];
}

function keywordsPassedOn(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('through');
  const change = random.pick([
    `kwargs['stride'] = ${numberText(random, b)}`,
    `kwargs.setdefault('padding', 'VALID')`,
    `kwargs.pop('scope', None)`,
    `kwargs = dict(kwargs, rate=${random.int(1, 4)})`,
    `kwargs.update(trainable=False)`,
    `scope = kwargs.get('scope', 'p')`,
  ]);
  const call = random.pick([
    `${b.slim}.conv2d(x, num_outputs, 3, **kwargs)`,
    `${b.slim}.conv2d(x, num_outputs=num_outputs, kernel_size=kernel_size, **kwargs)`,
    `${b.slim}.conv2d(*(x, num_outputs, kernel_size), **kwargs)`,
  ]);
  const made = line(`return ${call}`);
  const inside = bodyBindings(b, []);
  inside.lists.numbers.unshift('num_outputs');
  const words = {
    name,
    positional: ['num_outputs', 'kernel_size'],
    keywords: ['stride', 'padding', 'scope', 'trainable', 'weights_regularizer'].slice(
      change.includes('stride') ? 1 : 0,
    ),
  };
  const lines = [line(change), random.chance(0.5) ? block(`with ${listScope(inside)}:`, [made]) : made];
  b.lists.layers.push({ text: name, words, scopable: false }, { text: name, words, scopable: false });
  const extra = random.pick(['', ', *', ', /']);
  const list = extra === ', *' ? 'x, num_outputs, kernel_size=1, *, flag=True' : `x, num_outputs, kernel_size=1`;
  return [block(`def ${name}(${list}, **kwargs):`, lines)];
}

/** Opens a scope in a stack that it is given: the scope stays open in the caller. */
function enteringFunction(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('enter');
  const list = parameters(b, 0).filter(({ required, kind }) => !required && kind === 'number');
  const inside = bodyBindings(b, list);
  const stack = b.fresh('stack');
  const enters = block(`def ${name}(${signature(b, list, ['stack'])}):`, [
    line(`${random.chance(0.5) ? 'return ' : ''}stack.enter_context(${listScope(inside)})`),
  ]);
  const user = b.fresh('net');
  const body = bodyBindings(b, []);
  const use = block(`with contextlib.ExitStack() as ${stack}:`, [
    line(`${name}(${stack})`),
    line(opCall(body)),
    ...(random.chance(0.4) ? [line(`${name}(${stack})`), line(opCall(body))] : []),
  ]);
  const made = block(`def ${user}(x):`, [use, line(`return ${opCall(body)}`)]);
  b.lists.blocks.push({ name: user, parameters: [] });
  return [enters, made];
}

/** A context manager that is a class. */
function scopeObject(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('Scoped');
  const inside = bodyBindings(b, []);
  inside.lists.numbers.unshift('self.size', 'self.size');
  b.lists.managers.push({ name, parameters: [{ name: 'size', kind: 'number', required: false }] });
  return [
    block(`class ${name}(object):`, [
      block(`def __init__(self, size=${random.int(1, 5)}):`, [line('self.size = size')]),
      block('def __enter__(self):', [
        line(`self.manager = ${listScope(inside)}`),
        line(`return self.manager.__enter__()`),
      ]),
      block('def __exit__(self, *details):', [line(`return self.manager.__exit__(*details)`)]),
    ]),
  ];
}

/** A function that fails for some of its arguments, inside a scope of its own; its callers catch that. */
function failingFunction(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('risky');
  const caller = b.fresh('net');
  const inside = bodyBindings(b, [{ name: 'k', kind: 'number', required: true }]);
  const fail = block(`if k > ${random.int(1, 4)}:`, [
    line(
      random.pick([
        `raise ValueError('k')`,
        `${b.slim}.conv2d(x, 8, 3, stride=2, padding='SAME', bogus=k)`,
        `raise TypeError`,
      ]),
    ),
  ]);
  const own = [fail, line(opCall(inside)), line('return x')];
  const body = bodyBindings(b, [{ name: 'k', kind: 'number', required: true }]);
  const tried = [
    block('try:', [line(`x = ${name}(x, k)`), line(opCall(body))]),
    block('except (TypeError, ValueError):', [line(opCall(body))]),
    ...(random.chance(0.3) ? [block('finally:', [line(opCall(body))])] : []),
  ];
  b.lists.blocks.push({ name: caller, parameters: [{ name: 'k', kind: 'number', required: true }] });
  return [
    block(`def ${name}(x, k):`, random.chance(0.6) ? [block(`with ${listScope(inside)}:`, own)] : own),
    block(`def ${caller}(x, k):`, [
      ...(random.chance(0.5) ? [block(`with ${listScope(body)}:`, tried)] : tried),
      line(`return ${opCall(body)}`),
    ]),
  ];
}

/** A callback that is left out mostly. */
function optionalCallback(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('opt');
  const other = blockValue(b);
  const choose = random.pick<readonly Line[]>([
    [line(`fn = fn or (${other})`)],
    [block('if fn is None:', [line(`fn = ${other}`)])],
    [block('if not callable(fn):', [line(`fn = ${other}`)])],
    [line(`fn = (${other}) if fn is None else fn`)],
  ]);
  const body = bodyBindings(b, []);
  const call = line('x = fn(x)');
  const made = block(`def ${name}(x, fn=None):`, [
    ...choose,
    random.chance(0.5) ? block(`with ${listScope(body)}:`, [call]) : call,
    line(`return ${opCall(body)}`),
  ]);
  b.lists.blocks.push({ name, parameters: [{ name: 'fn', kind: 'block', required: false }] });
  return [made];
}

function listOfFunctions(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('fns');
  const run = b.fresh('all');
  const values = [1, 2, 3].slice(0, random.int(1, 3)).map(() => blockValue(b));
  const body = random.pick<readonly Line[]>([
    [block(`for fn in ${name}:`, [line('x = fn(x)')])],
    [line(`x = functools.reduce(lambda net, fn: fn(net), ${name}, x)`)],
    [line(`x = [fn(x) for fn in ${name}][-1]`)],
    [block(`for i, fn in enumerate(${name}):`, [block('if i != 1:', [line('x = fn(x)')])])],
    [line(`first, *others = ${name}`), line('x = first(x)'), block('for fn in others:', [line('fn(x)')])],
  ]);
  b.lists.blocks.push({ name: run, parameters: [] });
  return [line(`${name} = [${values.join(', ')}]`), block(`def ${run}(x):`, [...body, line('return x')])];
}

/** Scopes merged by hand, op by op. */
function mergingFunction(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('merge');
  const body = random.pick<readonly Line[]>([
    [
      line('merged = dict(first)'),
      block('for key, keywords in second.items():', [line('merged[key] = dict(merged.get(key, {}), **keywords)')]),
      line('return merged'),
    ],
    [line('merged = first.copy()'), line('merged.update(second)'), line('return merged')],
    [line('return {**first, **second}')],
    [line('return {key: dict(first.get(key, {}), **second.get(key, {})) for key in list(first) + list(second)}')],
  ]);
  const scope = b.fresh('sc');
  const saved = (): string => savedScope(b) ?? '{}';
  const made = line(`${scope} = ${name}(${saved()}, ${saved()})`);
  b.bind('scopes', scope);
  return [block(`def ${name}(first, second):`, body), made];
}

/** A user's op with scopes and calls of functions in its body. */
function opOfUser(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('block');
  const list = [{ name: 'num_outputs', kind: 'number', required: true }] as const;
  const inside = bodyBindings(b, list);
  inside.lists.numbers.unshift('stride', 'stride');
  const lines = functionBody(inside);
  const words = { name, positional: ['num_outputs', 'stride'], keywords: ['scope'] };
  b.lists.layers.push({ text: name, words, scopable: true }, { text: name, words, scopable: true });
  const stride = valueOf(random, 'stride', b);
  return [line(`@${b.slim}.add_arg_scope`), block(`def ${name}(x, num_outputs, stride=${stride}, scope=None):`, lines)];
}

/** Functions that the library calls: a normalizer and an activation. */
function innerFunctions(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('norm');
  const norm = `${b.slim}.batch_norm(x, decay=decay${random.chance(0.5) ? ', **kwargs' : ''})`;
  if (random.chance(0.6)) {
    b.lists.normalizers.push(name, name);
    return [block(`def ${name}(x, decay=0.9, **kwargs):`, [line(`return ${norm}`)])];
  }
  b.lists.functions.push(name, name);
  return [
    block(`def ${name}(x):`, [line(`return ${b.slim}.${random.pick(['bias_add(x)', 'softmax(x)', 'flatten(x)'])}`)]),
  ];
}

/** A generator whose items are asked for one by one: its scope is open in between. */
function steppedGenerator(b: Bindings): readonly Line[] {
  const { random } = b;
  const items = b.fresh('items');
  const name = b.fresh('net');
  const inside = bodyBindings(b, []);
  const body = bodyBindings(b, []);
  const generator = b.fresh('gen');
  b.lists.blocks.push({ name, parameters: [] });
  return [
    block(`def ${items}(x):`, [
      block(`with ${listScope(inside)}:`, [line(`yield ${opCall(inside)}`)]),
      line(`yield ${opCall(inside)}`),
    ]),
    block(`def ${name}(x):`, [
      line(`${generator} = ${items}(x)`),
      line(`next(${generator})`),
      line(opCall(body)),
      line(`x = next(${generator}${random.chance(0.5) ? ', None' : ''})`),
      line(`return ${opCall(body)}`),
    ]),
  ];
}

/** A method under `@add_arg_scope`. */
function methodOp(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('net');
  const inside = bodyBindings(b, []);
  inside.lists.numbers.unshift('size', 'self.depth');
  const scope = `with ${b.argScope}([${name}.block], size=${random.int(2, 9)}):`;
  const user = b.fresh('use');
  b.lists.blocks.push(
    { name: user, parameters: [] },
    { name: `${name}.block`, parameters: [{ name: 'size', kind: 'number', required: false }] },
  );
  return [
    block(`class Op${name}(object):`, [
      line(`depth = ${random.int(1, 5)}`),
      line(`@${b.slim}.add_arg_scope`),
      block('def block(self, x, size=1):', functionBody(inside)),
    ]),
    line(`${name} = Op${name}()`),
    block(`def ${user}(x):`, [block(scope, [line(`x = ${name}.block(x)`)]), line(`return ${name}.block(x)`)]),
  ];
}

/** A class that reads its settings by name, and is made by a function that is given the class. */
function configuredClass(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('Conf');
  const instance = b.fresh('net');
  const inside = bodyBindings(b, []);
  inside.lists.numbers.unshift('self.size', 'self.rate', `getattr(self, 'size')`);
  const make = b.fresh('build');
  const setting = random.pick(['size=3', 'rate=2', `size=${numberText(random, b)}, rate=4`]);
  b.lists.blocks.push({ name: instance, parameters: [] }, { name: `${make}(${name})`, parameters: [] });
  return [
    block(`class ${name}(object):`, [
      line('size = 1'),
      line('rate = 1'),
      block('def __init__(self, **settings):', [
        block('for key, value in settings.items():', [line('setattr(self, key, value)')]),
      ]),
      block('def __call__(self, x):', functionBody(inside)),
    ]),
    block(`def ${make}(cls, **settings):`, [line('return cls(**settings)')]),
    line(`${instance} = ${make}(${name}, ${setting})`),
    ...(random.chance(0.3) ? [line(`${instance}.size ${random.pick(['=', '+='])} ${random.int(2, 9)}`)] : []),
  ];
}
