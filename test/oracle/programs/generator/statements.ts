/**
 * Statements of generated programs: scopes in all their forms, calls, variables, branches, loops, failures.
 */
import type { Bindings } from './bindings';
import { definedCall, listScope, opCall, opList, parameterValue, savedScope, scopeKeywords } from './expressions';
import { alias, definition } from './definitions';
import { flow } from './flow';
import { uncertain } from './uncertain';
import { block, line, type Line } from './lines';
import { dictText, flagText, numberText, valueOf } from './vocabulary';

type Maker = (b: Bindings) => readonly Line[];

const MAX_DEPTH = 4;

/** A few random statements. */
export function statements(b: Bindings, count: number): readonly Line[] {
  const lines: Line[] = [];
  for (let i = 0; i < count; i++) lines.push(...statement(b));
  return lines;
}

function statement(b: Bindings): readonly Line[] {
  const simple: readonly (readonly [number, Maker])[] = [
    [9, call],
    [3, variable],
    [2, saveFactory],
    [1.5, mutate],
    [1, collectOps],
    [1, alias],
    [1.5, comprehension],
    [b.lists.blocks.length > 0 ? 5 : 0.5, callBlock],
    [0.5, manual],
    [0.4, generatorExpression],
  ];
  const compound: readonly (readonly [number, Maker])[] = [
    [7, withList],
    [5, withSaved],
    [2, branchOf],
    [2, loop],
    [2, conditionalScope],
    [b.calm ? 0 : 2.5, failure],
    [1.5, withManager],
    [1, exitStack],
    [0.7, whileLoop],
    [2, flow],
    [b.style.known ? 0 : 2, uncertain],
    [b.inFunction ? 0.3 : 1.5, definition],
  ];
  const choices = b.depth < MAX_DEPTH ? [...simple, ...compound] : simple;
  return b.random.weighted(choices)(b);
}

function body(b: Bindings, lasting = true): readonly Line[] {
  const inner = lasting ? b.inner() : b.child();
  const lines = [...statements(inner, b.random.int(1, 3))];
  if (!lines.some((one) => one.text.includes('(x'))) lines.push(...call(inner));
  return lines;
}

function call(b: Bindings): readonly Line[] {
  const text = opCall(b);
  return [line(b.random.chance(0.4) ? `x = ${text}` : text)];
}

function variable(b: Bindings): readonly Line[] {
  const { random } = b;
  const assign = (
    kind: 'numbers' | 'floats' | 'strings' | 'flags' | 'dicts' | 'keywordDicts',
    prefix: string,
    text: string,
  ) => {
    const name = b.name(kind, prefix);
    b.bind(kind, name);
    return [line(`${name} = ${text}`)];
  };
  switch (random.int(0, 9)) {
    case 0:
    case 1:
    case 2:
      return assign('numbers', 'n', numberText(random, b));
    case 3:
      return assign('floats', 'f', valueOf(random, 'decay', b));
    case 4:
      return assign('strings', 's', valueOf(random, 'scope', b));
    case 5:
      return assign('flags', 'flag', flagText(random, b));
    case 6: {
      const lines = assign('dicts', 'params', dictText(random, b));
      const name = lines[0]?.text.split(' ')[0] ?? '';
      if (random.chance(0.5))
        lines.push(line(`${name}['${random.pick(['decay', 'epsilon'])}'] = ${valueOf(random, 'decay', b)}`));
      if (random.chance(0.3)) lines.push(line(`${name}.update(scale=${flagText(random, b)})`));
      return lines;
    }
    case 7:
      return assign(
        'keywordDicts',
        'kw',
        random.pick([
          `dict(stride=${numberText(random, b)})`,
          `{'padding': 'VALID', 'stride': ${numberText(random, b)}}`,
          `{'trainable': ${flagText(random, b)}}`,
        ]),
      );
    case 8: {
      const [name] = b.numbers.filter((one) => /^n\d+$/.test(one));
      return name !== undefined && !b.inFunction
        ? [line(`${name} ${random.pick(['+=', '*=', '-='])} ${random.int(1, 2)}`)]
        : assign('numbers', 'n', String(random.int(1, 9)));
    }
    default: {
      const values = `${numberText(random, b)}, ${numberText(random, b)}`;
      const [first, second] = [b.fresh('n'), b.fresh('n')];
      b.bind('numbers', first);
      b.bind('numbers', second);
      return [line(`${first}, ${second} = ${values}`)];
    }
  }
}

function withList(b: Bindings): readonly Line[] {
  const { random } = b;
  if (random.chance(0.15)) {
    const second = random.chance(0.3) ? `${b.argScope}(${savedScope(b) ?? '{}'})` : listScope(b);
    return [block(`with ${listScope(b)}, ${second}:`, body(b))];
  }
  const text = listScope(b);
  if (!random.chance(0.4)) return [block(`with ${text}:`, body(b))];
  const name = b.name('scopes', 'sc');
  b.bind('scopes', name);
  return [block(`with ${text} as ${name}:`, random.chance(0.3) ? [line('pass')] : body(b))];
}

function withSaved(b: Bindings): readonly Line[] {
  const saved = savedScope(b);
  if (saved === undefined) return withList(b);
  if (b.random.chance(0.1)) {
    const name = b.name('scopes', 'sc');
    const lines = [block(`with ${b.argScope}(${saved}) as ${name}:`, body(b))];
    b.bind('scopes', name);
    return lines;
  }
  return [block(`with ${b.argScope}(${saved}):`, body(b))];
}

function saveFactory(b: Bindings): readonly Line[] {
  const saved = savedScope(b);
  if (saved === undefined) return definition(b);
  const name = b.name('scopes', 'sc');
  b.bind('scopes', name);
  return [line(`${name} = ${saved}`)];
}

/** Changes of a saved scope in place (A3). */
function mutate(b: Bindings): readonly Line[] {
  const { random } = b;
  if (b.lists.scopes.length === 0) return withList(b);
  const name = random.pick(b.lists.scopes);
  const key = `${b.slim}.arg_scope_func_key(${b.slim}.conv2d)`;
  return random.pick<readonly Line[]>([
    [block(`if ${key} in ${name}:`, [line(`${name}[${key}]['stride'] = ${numberText(random, b)}`)])],
    [line(`${name}[${key}] = {'stride': ${numberText(random, b)}}`)],
    [line(`${name}.update(${random.pick(b.lists.scopes)})`)],
    [line(`${name}.pop(${key}, None)`)],
    [line(`${name}.setdefault(${key}, {})['rate'] = ${numberText(random, b)}`)],
    [
      line(
        `${b.inFunction || !/^\w+$/.test(name) ? b.fresh('sc') : name} = dict(${name}, **{${key}: {'stride': ${numberText(random, b)}}})`,
      ),
    ],
  ]);
}

function collectOps(b: Bindings): readonly Line[] {
  const { random } = b;
  const known = b.inFunction ? [] : b.lists.opLists.filter((name) => /^ops\d+$/.test(name));
  if (known.length > 0 && random.chance(0.4)) {
    const name = random.pick(known);
    return [
      line(
        random.pick([
          `${name}.append(${b.slim}.${random.pick(['dropout', 'conv2d'])})`,
          `${name} += [${b.slim}.fully_connected]`,
          `${name}.extend([${b.slim}.max_pool2d])`,
        ]),
      ),
    ];
  }
  const { text } = opList(b);
  const name = b.fresh('ops');
  b.bind('opLists', name);
  return [line(`${name} = ${text.startsWith('(') ? `list(${text})` : text.startsWith('[') ? text : `list(${text})`}`)];
}

function comprehension(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('ys');
  const items = [1, 2, 3].slice(0, random.int(1, 3)).map(() => numberText(random, b));
  const inner = b.child();
  inner.lists.numbers.unshift('k', 'k', 'k', 'k');
  return random.pick<() => readonly Line[]>([
    () => [line(`${name} = [${opCall(inner)} for k in [${items.join(', ')}]]`)],
    () => [line(`${name} = {k: ${opCall(inner)} for k in (${items.join(', ')},)}`)],
    () => {
      const number = b.fresh('n');
      b.bind('numbers', `${number}[0]`);
      return [line(`${number} = [k * 2 for k in [${items.join(', ')}]]`)];
    },
    () => [line(`${name} = [${opCall(inner)} for k in range(${random.int(0, 3)}) if k != 1]`)],
  ])();
}

function generatorExpression(b: Bindings): readonly Line[] {
  const name = b.fresh('gen');
  const inner = b.child();
  inner.lists.numbers.unshift('k', 'k');
  const call = `${name} = (${opCall(inner)} for k in [1, 2])`;
  return b.random.chance(0.5)
    ? [block(`with ${listScope(b)}:`, [line(call)]), line(`list(${name})`)]
    : [line(call), block(`with ${listScope(b)}:`, [line(`${b.fresh('ys')} = list(${name})`)])];
}

function callBlock(b: Bindings): readonly Line[] {
  const { blocks } = b.lists;
  if (blocks.length === 0) return call(b);
  const chosen = b.random.pick(blocks);
  const args = chosen.parameters.map((parameter) => parameterValue(b, parameter));
  const text = b.random.chance(0.5) ? definedCall(b, chosen, ['x']) : `${chosen.name}(${['x', ...args].join(', ')})`;
  return [line(b.random.chance(0.5) ? `x = ${text}` : text)];
}

function manual(b: Bindings): readonly Line[] {
  const name = b.fresh('m');
  return [
    line(`${name} = ${listScope(b)}`),
    line(`${name}.__enter__()`),
    ...statements(b.child(), b.random.int(1, 2)).filter((one) => !/__(enter|exit)__/.test(one.text)),
    line(`${name}.__exit__(None, None, None)`),
  ];
}

function branchOf(b: Bindings): readonly Line[] {
  const { random } = b;
  const test = random.chance(0.4) && b.unknownFlags.length > 0 ? random.pick(b.unknownFlags) : flagText(random, b);
  const lines = [block(`if ${test}:`, random.chance(0.4) ? variableAgain(b) : body(b, false))];
  if (random.chance(0.2)) lines.push(block(`elif ${flagText(random, b)}:`, body(b, false)));
  if (random.chance(0.6)) lines.push(block('else:', random.chance(0.4) ? variableAgain(b) : body(b, false)));
  return lines;
}

/** Binds something that exists again: the value after the branch depends on it. */
function variableAgain(b: Bindings): readonly Line[] {
  const { random } = b;
  const choices: Line[] = [];
  for (const name of b.numbers.filter((one) => /^n\d+$/.test(one)))
    choices.push(line(`${name} = ${numberText(random, b)}`));
  for (const name of b.lists.scopes.filter((one) => /^sc\d+$/.test(one)))
    choices.push(line(`${name} = ${savedScope(b) ?? '{}'}`));
  for (const name of b.lists.opLists.filter((one) => /^ops\d+$/.test(one)))
    choices.push(line(`${name} = [${b.slim}.conv2d]`));
  for (const name of b.dicts.filter((one) => /^params\d+$/.test(one)))
    choices.push(line(`${name} = ${dictText(random, b)}`));
  return choices.length === 0 || b.inFunction ? [] : [random.pick(choices)];
}

function loop(b: Bindings): readonly Line[] {
  const { random } = b;
  const item = b.fresh('i');
  const items = [1, 2, 3].slice(0, random.int(0, 3)).map(() => numberText(random, b));
  const list = `[${items.join(', ')}]`;
  const inner = b.child();
  const other = b.fresh('j');
  const [target, iterable] = random.pick<readonly [string, string]>([
    [item, list],
    [item, `range(${random.int(0, 3)})`],
    [`${item}, ${other}`, `enumerate(${list})`],
    [`${item}, ${other}`, `zip([1, 2], [3, 4])`],
    [`${item}, ${other}`, `[(1, 2), (3, 4)]`],
    [`${item}, ${other}`, `enumerate((5, 6), 1)`],
    [item, `reversed([1, 2])`],
    [item, `sorted([3, 1])`],
    [item, `range(1, 6, 2)`],
    [`${item}, ${other}`, `sorted({2: 3, 1: 4}.items())`],
    ...(b.unknownNumbers.length > 0 ? [[item, `range(outside.depth)`] as const] : []),
  ]);
  for (const name of target.split(', ')) inner.lists.numbers.unshift(name, name);
  const lines = [...statements(inner, random.int(1, 2)), ...call(inner)];
  if (random.chance(0.15)) {
    const places = [...lines.keys()].filter((i) => isBetween(lines, i));
    const way = line(random.pick(['break', 'continue']));
    lines.splice(random.pick([...places, lines.length]), 0, block(`if ${flagText(random, inner)}:`, [way]));
  }
  const made = [block(`for ${target} in ${iterable}:`, lines)];
  if (random.chance(0.1)) made.push(block('else:', body(b, false)));
  return made;
}

/** True where a statement may be put: not inside a compound statement, nor behind a decorator. */
function isBetween(lines: readonly Line[], at: number): boolean {
  return !/^(else|elif|except|finally)\b/.test(lines[at]?.text ?? '') && !lines[at - 1]?.text.startsWith('@');
}

function whileLoop(b: Bindings): readonly Line[] {
  const name = b.fresh('w');
  const inner = b.child();
  inner.lists.numbers.unshift(name, name);
  return [
    line(`${name} = ${b.random.int(0, 1)}`),
    block(`while ${name} < ${b.random.int(1, 3)}:`, [line(`${name} += 1`), ...call(inner)]),
  ];
}

function conditionalScope(b: Bindings): readonly Line[] {
  const { random } = b;
  const test = random.chance(0.4) && b.unknownFlags.length > 0 ? random.pick(b.unknownFlags) : flagText(random, b);
  const otherwise = random.pick(['contextlib.nullcontext()', listScope(b), `${b.argScope}([])`]);
  return [block(`with (${listScope(b)} if ${test} else ${otherwise}):`, body(b))];
}

function withManager(b: Bindings): readonly Line[] {
  const { random } = b;
  if (b.lists.managers.length === 0) return definition(b);
  const text = definedCall(b, random.pick(b.lists.managers));
  if (random.chance(0.2)) return [block(`with ${text}, ${listScope(b)}:`, body(b))];
  return [block(`with ${text}:`, body(b))];
}

function exitStack(b: Bindings): readonly Line[] {
  const name = b.fresh('stack');
  const enter = (): Line => line(`${name}.enter_context(${listScope(b)})`);
  const lines: Line[] = [enter(), ...statements(b.inner(), 1)];
  if (b.random.chance(0.3)) lines.push(block(`if ${flagText(b.random, b)}:`, [enter()]));
  return [block(`with contextlib.ExitStack() as ${name}:`, [...lines, ...call(b.inner())])];
}

/** Something that fails, mostly caught: what runs then, and in which scope, is the question (A5). */
function failure(b: Bindings): readonly Line[] {
  const { random } = b;
  const conv = `${b.slim}.conv2d`;
  const some = (): string => (b.lists.scopes.length > 0 ? random.pick(b.lists.scopes) : '{}');
  const keyword = `stride=${numberText(random, b)}`;
  const entry = random.pick([
    `${b.argScope}(${conv}, ${keyword})`,
    `${b.argScope}([${b.slim}.repeat], ${keyword})`,
    `${b.argScope}([plain], ${keyword})`,
    `${b.argScope}([${b.slim}.relu], ${keyword})`,
    `${b.argScope}(['conv2d'], ${keyword})`,
    `${b.argScope}([[${conv}]], ${keyword})`,
    `${b.argScope}([None], ${keyword})`,
    `${b.argScope}(${some()}, ${keyword})`,
    `${b.argScope}(None)`,
    `${b.argScope}('conv2d', ${keyword})`,
    `${b.argScope}(plain)`,
    `${b.argScope}([functools.partial(${conv}, rate=2)], ${keyword})`,
    `${b.argScope}({${conv}}, ${keyword})`,
    `${b.argScope}([${conv}, plain]${scopeKeywords(b, [])})`,
    `${b.argScope}()`,
  ]);
  const risky = random.chance(0.6)
    ? [block(`with ${entry}:`, [line(opCall(b))])]
    : [block(`with ${listScope(b)}:`, [line(failingCall(b))])];
  if (random.chance(0.08)) return risky;
  const before = random.chance(0.3) ? variableAgain(b) : [];
  const handler = random.chance(0.6) ? [line('pass')] : body(b, false);
  const caught = '(TypeError, ValueError, AttributeError)';
  const tried = [
    block('try:', [...before, ...risky, ...(random.chance(0.3) ? variableAgain(b) : [])]),
    block(`except ${caught}:`, handler),
  ];
  if (random.chance(0.1)) tried.push(block('else:', body(b, false)));
  if (random.chance(0.1)) tried.push(block('finally:', call(b)));
  return random.chance(0.7) ? [block(`with ${listScope(b)}:`, [...tried, ...call(b)])] : [...tried, ...call(b)];
}

function failingCall(b: Bindings): string {
  const { random } = b;
  const n = numberText(random, b);
  return random.pick([
    `${b.slim}.conv2d(x, 8, 3, ${n}, stride=2)`,
    `${b.slim}.conv2d(x, 8)`,
    `${b.slim}.conv2d()`,
    `${b.slim}.conv2d(x, 8, 3, bogus=${n})`,
    `${b.slim}.fully_connected(x, 8, padding='SAME')`,
    `${b.slim}.flatten(x, None, None, ${n})`,
    `${b.slim}.conv2d(x, 8, 3, ${n})`,
    opCall(b),
  ]);
}
