/**
 * Classes of generated programs: networks with attributes set in `__init__`, properties, class and static methods,
 * `__call__`; families with an abstract or overridden method and `super()`.
 */
import type { Bindings, Defined, Parameter } from './bindings';
import { blockValue, listScope, savedScope } from './expressions';
import { functionBody } from './functionBody';
import { block, line, type Line } from './lines';
import { bodyBindings } from './signatures';
import { statements } from './statements';
import { numberText } from './vocabulary';

const LAYER_PARAMETER: Parameter = { name: 'number_a', kind: 'number', required: false };

/** What `self` offers to the bodies of its methods, with the lines that put it there. */
interface SelfWords {
  readonly attributes: readonly Line[];
  bind: (body: Bindings) => void;
}

/** A class on its own, with an instance. */
export function netClass(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('Net');
  const self = selfWords(b);
  const methods: Line[] = [line(`DEPTH = ${random.int(1, 9)}`), initializer(self.attributes), ...helpers(b, self)];
  const build = methodBindings(b, self);
  build.lists.blocks.push({ name: 'self.layer', parameters: [LAYER_PARAMETER] });
  methods.push(method(b, self, 'layer'), block('def build(self, x):', functionBody(build)));
  if (random.chance(0.4)) methods.push(block('def __call__(self, x):', [line('return self.build(x)')]));
  return [block(`class ${name}(object):`, methods), ...instances(b, name, methods)];
}

/** A base class and one or two classes that complete or change it. */
export function classFamily(b: Bindings): readonly Line[] {
  const { random } = b;
  const base = b.fresh('Base');
  const self = selfWords(b);
  const isAbstract = random.chance(0.5);
  const build = methodBindings(b, self);
  build.lists.blocks.push(...[1, 2].map(() => ({ name: 'self.layer', parameters: [LAYER_PARAMETER] })));
  const call = line(`x = self.layer(x${random.chance(0.5) ? `, number_a=${numberText(random, build)}` : ''})`);
  const around = random.chance(0.5) ? [block(`with ${listScope(build)}:`, [call])] : [call];
  const layer = isAbstract ? abstractLayer(b) : [method(b, self, 'layer')];
  const methods = [
    line(`DEPTH = ${random.int(1, 9)}`),
    initializer(self.attributes),
    ...helpers(b, self),
    ...layer,
    block('def build(self, x):', [...around, ...statements(build, 1), line('return x')]),
  ];
  const made: Line[] = [block(`class ${base}(${isAbstract ? 'abc.ABC' : 'object'}):`, methods)];
  if (!isAbstract) made.push(...instances(b, base, methods));
  for (let i = random.int(1, 2); i > 0; i--) made.push(...derived(b, base, self, isAbstract, methods));
  return made;
}

function derived(
  b: Bindings,
  base: string,
  self: SelfWords,
  baseIsAbstract: boolean,
  inherited: readonly Line[],
): readonly Line[] {
  const { random } = b;
  const name = b.fresh('Sub');
  const parent = random.pick(['super()', `super(${name}, self)`]);
  const own: Line[] = [];
  if (random.chance(0.4)) own.push(line(`DEPTH = ${random.int(1, 9)}`));
  if (random.chance(0.4))
    own.push(block('def __init__(self, depth=3):', [line(`${parent}.__init__(depth + ${random.int(0, 2)})`)]));
  const layer = methodBindings(b, self);
  layer.lists.numbers.unshift('number_a', 'number_a');
  if (!baseIsAbstract) layer.lists.blocks.push({ name: `${parent}.layer`, parameters: [LAYER_PARAMETER] });
  own.push(block(`def layer(self, x, number_a=${random.int(1, 5)}):`, functionBody(layer)));
  if (random.chance(0.4)) {
    const build = methodBindings(b, self);
    build.lists.blocks.push({ name: `${parent}.build`, parameters: [] });
    own.push(block('def build(self, x):', [block(`with ${listScope(build)}:`, [line(`return ${parent}.build(x)`)])]));
  }
  return [block(`class ${name}(${base}):`, own), ...instances(b, name, inherited)];
}

function abstractLayer(b: Bindings): readonly Line[] {
  return b.random.chance(0.6)
    ? [line('@abc.abstractmethod'), block('def layer(self, x, number_a=1):', [line('pass')])]
    : [block('def layer(self, x, number_a=1):', [line('raise NotImplementedError()')])];
}

function selfWords(b: Bindings): SelfWords {
  const { random } = b;
  const attributes: Line[] = [line('self.depth = depth')];
  const binds: ((body: Bindings) => void)[] = [(body) => body.lists.numbers.unshift('self.depth', 'self.DEPTH')];
  const add = (name: string, value: string, bind: (body: Bindings) => void): void => {
    attributes.push(line(`self.${name} = ${value}`));
    binds.push(bind);
  };
  if (random.chance(0.4)) add('sc', savedScope(b) ?? '{}', (body) => body.lists.scopes.push('self.sc', 'self.sc'));
  if (random.chance(0.3)) {
    const layer = b.layer();
    add('op', layer.text, (body) => body.lists.layers.push({ ...layer, text: 'self.op', scopable: false }));
  }
  if (random.chance(0.3))
    add('unit', blockValue(b), (body) => body.lists.blocks.push({ name: 'self.unit', parameters: [] }));
  if (random.chance(0.3))
    add('params', `{'decay': 0.5, 'scale': depth > ${random.int(1, 4)}}`, (body) =>
      body.lists.dicts.push('self.params'),
    );
  return { attributes, bind: (body) => binds.forEach((bind) => bind(body)) };
}

function initializer(attributes: readonly Line[]): Line {
  return block('def __init__(self, depth=2):', attributes);
}

function methodBindings(b: Bindings, self: SelfWords): Bindings {
  const body = bodyBindings(b, []);
  self.bind(body);
  return body;
}

/** Methods that stand beside the main ones; what they give is bound in bodies that follow. */
function helpers(b: Bindings, self: SelfWords): readonly Line[] {
  const { random } = b;
  const made: Line[] = [];
  const more: ((body: Bindings) => void)[] = [];
  const { bind } = self;
  const add = (lines: readonly Line[], offer: (body: Bindings) => void): void => {
    made.push(...lines);
    more.push(offer);
  };
  const inside = (): Bindings => methodBindings(b, { ...self, bind });
  if (random.chance(0.3))
    add([line('@property'), block('def width(self):', [line(`return self.depth * ${random.int(2, 4)}`)])], (body) =>
      body.lists.numbers.unshift('self.width'),
    );
  if (random.chance(0.4)) {
    const isProperty = random.chance(0.4);
    const scope = block(`with ${listScope(inside())} as sc:`, [line('return sc')]);
    add([...(isProperty ? [line('@property')] : []), block('def scope(self):', [scope])], (body) => {
      if (isProperty) body.lists.scopes.push('self.scope', 'self.scope');
      else body.lists.factories.push({ name: 'self.scope', parameters: [] });
    });
  }
  if (random.chance(0.25)) {
    const conv = block('def conv(x, number_a=3):', [line(`return ${b.slim}.conv2d(x, number_a, 3)`)]);
    add([line('@staticmethod'), conv], (body) =>
      body.lists.blocks.push({ name: 'self.conv', parameters: [LAYER_PARAMETER] }),
    );
  }
  if (random.chance(0.25))
    add([line('@classmethod'), block('def make(cls, depth):', [line('return cls(depth + 1)')])], () => undefined);
  self.bind = (body) => {
    bind(body);
    more.forEach((offer) => offer(body));
  };
  return made;
}

function method(b: Bindings, self: SelfWords, name: string): Line {
  const body = methodBindings(b, self);
  body.lists.numbers.unshift('number_a', 'number_a');
  return block(`def ${name}(self, x, number_a=${b.random.int(1, 5)}):`, functionBody(body));
}

/** Instances of a class, and what they offer to the program. */
function instances(b: Bindings, name: string, methods: readonly Line[]): readonly Line[] {
  const { random } = b;
  const has = (head: string): boolean => methods.some((one) => one.text.startsWith(head));
  const made: Line[] = [];
  for (let i = random.int(1, 2); i > 0; i--) {
    const instance = b.fresh('net');
    const depth = random.chance(0.6) ? numberText(random, b) : '';
    made.push(line(`${instance} = ${name}${has('def make') && depth !== '' ? '.make' : ''}(${depth})`));
    const blocks: Defined[] = [{ name: `${instance}.build`, parameters: [] }];
    if (has('def __call__')) blocks.push({ name: instance, parameters: [] });
    blocks.push({ name: `${instance}.layer`, parameters: [LAYER_PARAMETER] });
    b.lists.blocks.push(...blocks);
    if (has('def scope')) {
      const at = methods.findIndex((one) => one.text.startsWith('def scope'));
      if (methods[at - 1]?.text === '@property') b.bind('scopes', `${instance}.scope`);
      else b.lists.factories.push({ name: `${instance}.scope`, parameters: [] });
    }
    b.lists.numbers.push(`${name}.DEPTH`, `${instance}.depth`);
    if (has('def width')) b.lists.numbers.push(`${instance}.width`);
  }
  if (has('def conv')) b.lists.blocks.push({ name: `${name}.conv`, parameters: [LAYER_PARAMETER] });
  return made;
}
