/**
 * Statements of generated programs that depend on what nobody can know: state that changes on some branches only, in loops
 * of unknown length, before an exception that may or may not come; objects of which one of two is meant.
 */
import type { Bindings } from './bindings';
import { blockValue, listScope, opCall, savedScope } from './expressions';
import { block, line, type Line } from './lines';
import { dictText, numberText } from './vocabulary';

/** One of them; only for programs that import values from outside. */
export function uncertain(b: Bindings): readonly Line[] {
  const { random } = b;
  const anywhere = [changedInBranch, changedInLoop, maybeFailing, eitherScope, unknownSettings, leftEarly];
  const atTop = [eitherBlock, eitherObject, maybeGlobal, unknownItems];
  return random.pick(b.inFunction ? anywhere : [...anywhere, ...atTop])(b);
}

function flag(b: Bindings): string {
  return b.random.pick(['outside.flag_a', 'not outside.flag_a', 'outside.depth > 1', `outside.key == 'a'`]);
}

/** Statements that change something that exists. */
function changes(b: Bindings): readonly Line[] {
  const { random } = b;
  const { lists } = b;
  const lines: Line[] = [];
  const key = `${b.slim}.arg_scope_func_key(${b.slim}.conv2d)`;
  const assignable = (name: string): boolean => /^\w+\.\w+$/.test(name) || (!b.inFunction && /^[a-z]+\d+$/.test(name));
  for (const name of lists.scopes) {
    lines.push(line(`${name}[${key}] = {'stride': ${random.int(1, 9)}}`));
    lines.push(line(`${name}.setdefault(${key}, {})['rate'] = ${random.int(1, 9)}`));
    lines.push(line(`${name}.pop(${key}, None)`));
    lines.push(line(`${name}.update(${random.pick(lists.scopes)})`));
    if (/^sc\d+$/.test(name) && !b.inFunction) lines.push(line(`${name} = ${savedScope(b) ?? '{}'}`));
  }
  for (const name of lists.numbers)
    if (/^n\d+$/.test(name) && assignable(name)) lines.push(line(`${name} = ${random.int(10, 20)}`));
  for (const name of lists.dicts)
    if (/^params\d+$/.test(name)) lines.push(line(`${name}['decay'] = 0.${random.int(1, 9)}`));
  for (const name of lists.opLists)
    if (/^ops\d+$/.test(name)) lines.push(line(`${name}.append(${b.slim}.${random.pick(['flatten', 'conv2d'])})`));
  for (const { name } of lists.blocks) {
    const [, table] = /^(nets\d+)\[/.exec(name) ?? [];
    if (table !== undefined) lines.push(line(`${table}['${random.pick(['a', 'b'])}'] = ${blockValue(b)}`));
    const [, instance] = /^(net\d+)\.build$/.exec(name) ?? [];
    if (instance !== undefined) lines.push(line(`${instance}.depth = ${random.int(10, 20)}`));
  }
  return lines;
}

function someChanges(b: Bindings): readonly Line[] {
  const all = changes(b);
  return all.length === 0 ? [line(opCall(b))] : b.random.some(all, 1, 2);
}

function changedInBranch(b: Bindings): readonly Line[] {
  const lines = [block(`if ${flag(b)}:`, someChanges(b))];
  if (b.random.chance(0.3)) lines.push(block('else:', someChanges(b)));
  return [...lines, line(opCall(b))];
}

function changedInLoop(b: Bindings): readonly Line[] {
  const { random } = b;
  const item = b.fresh('i');
  const leave = random.chance(0.3) ? [block(`if ${flag(b)}:`, [line(random.pick(['break', 'continue']))])] : [];
  const head = random.pick([`for ${item} in range(outside.depth):`, `for ${item} in outside.sizes:`]);
  const body = [...someChanges(b), ...leave, ...(random.chance(0.5) ? someChanges(b) : [])];
  const made = block(head, random.chance(0.3) ? [block(`with ${listScope(b)}:`, body)] : body);
  return [made, line(opCall(b))];
}

/** A failure that comes or does not, in the middle of changes. */
function maybeFailing(b: Bindings): readonly Line[] {
  const { random } = b;
  const risky = random.pick<Line>([
    line(`${b.slim}.conv2d(x, 8, 3, **({'bogus': 1} if ${flag(b)} else {}))`),
    block(`if ${flag(b)}:`, [line(`raise ValueError('outside')`)]),
    block(`with ${b.argScope}(None if ${flag(b)} else [${b.slim}.conv2d]):`, [line(opCall(b))]),
    block(`with ${b.argScope}([plain] if ${flag(b)} else [${b.slim}.conv2d]):`, [line(opCall(b))]),
    line(`{'a': 1}[outside.key]`),
  ]);
  const tried = [...someChanges(b), risky, ...(random.chance(0.6) ? someChanges(b) : [])];
  const caught = [
    block('try:', random.chance(0.4) ? [block(`with ${listScope(b)}:`, tried)] : tried),
    block('except (TypeError, ValueError, KeyError):', random.chance(0.5) ? someChanges(b) : [line('pass')]),
  ];
  if (random.chance(0.2)) caught.push(block('finally:', someChanges(b)));
  return [
    ...(random.chance(0.5) ? [block(`with ${listScope(b)}:`, [...caught, line(opCall(b))])] : caught),
    line(opCall(b)),
  ];
}

function eitherScope(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('sc');
  const some = (): string => savedScope(b) ?? '{}';
  const made = line(`${name} = ${some()} if ${flag(b)} else ${some()}`);
  b.bind('scopes', name);
  const key = `${b.slim}.arg_scope_func_key(${b.slim}.conv2d)`;
  const change = random.pick([`${name}[${key}] = {'stride': 7}`, `${name}.setdefault(${key}, {})['rate'] = 8`]);
  return [
    made,
    ...(random.chance(0.6) ? [line(change)] : []),
    block(`with ${b.argScope}(${some()}):`, [line(opCall(b))]),
  ];
}

function unknownSettings(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('kw');
  return random.pick<() => readonly Line[]>([
    () => [line(`${b.slim}.conv2d(x, 8, 3, **outside.settings)`)],
    () => [block(`with ${b.argScope}([${b.slim}.conv2d], **outside.settings):`, [line(opCall(b))])],
    () => [
      line(`${name} = dict(outside.settings, padding='VALID')`),
      line(`${b.slim}.conv2d(x, ${numberText(random, b)}, 3, **${name})`),
    ],
    () => [
      line(`${name} = ${dictText(random, b)}`),
      line(`${name}.update(outside.params)`),
      line(`${b.slim}.conv2d(x, 8, 3, normalizer_fn=${b.slim}.batch_norm, normalizer_params=${name})`),
    ],
    () => [
      line(`${name} = outside.settings.get('stride', 2)`),
      line(`${b.slim}.conv2d(x, ${name}, 3, stride=${name} + 1)`),
    ],
  ])();
}

function leftEarly(b: Bindings): readonly Line[] {
  if (!b.inFunction) return changedInBranch(b);
  return [block(`if ${flag(b)}:`, [...someChanges(b), line('return x')]), ...someChanges(b), line(opCall(b))];
}

function eitherBlock(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('fn');
  const other = blockValue(b);
  const value = blockValue(b);
  b.lists.blocks.push({ name, parameters: [] }, { name, parameters: [] });
  return random.chance(0.5)
    ? [line(`${name} = (${value}) if ${flag(b)} else (${other})`)]
    : [line(`${name} = ${value}`), block(`if ${flag(b)}:`, [line(`${name} = ${other}`)])];
}

/** Another name for one of two objects, through which it is changed. */
function eitherObject(b: Bindings): readonly Line[] {
  const { random } = b;
  const instances = b.lists.blocks.flatMap(({ name }) => /^(net\d+)\.build$/.exec(name)?.[1] ?? []);
  if (instances.length === 0) return eitherBlock(b);
  const name = b.fresh('obj');
  const [first, second] = [random.pick(instances), random.pick(instances)];
  return [
    line(`${name} = ${first} if ${flag(b)} else ${second}`),
    line(`${name}.depth ${random.pick(['= 11', '+= 1'])}`),
    line(`${name}.build(x)`),
    line(`${first}.build(x)`),
    line(`${b.slim}.conv2d(x, ${first}.depth, ${name}.depth)`),
  ];
}

function maybeGlobal(b: Bindings): readonly Line[] {
  const { random } = b;
  const variable = b.fresh('n');
  const name = b.fresh('change');
  const made = [
    line(`${variable} = ${random.int(1, 5)}`),
    block(`def ${name}():`, [line(`global ${variable}`), line(`${variable} ${random.pick(['= 17', '+= 1'])}`)]),
  ];
  b.bind('numbers', variable);
  return [...made, block(`if ${flag(b)}:`, [line(`${name}()`)]), line(opCall(b)), line(`${name}()`), line(opCall(b))];
}

function unknownItems(b: Bindings): readonly Line[] {
  const { random } = b;
  const name = b.fresh('sizes');
  const inner = b.child();
  inner.lists.numbers.unshift('size', 'size');
  const call = opCall(inner);
  return random.pick<() => readonly Line[]>([
    () => [line(`${name} = [${call} for size in outside.sizes]`), line(opCall(b))],
    () => [line(`${name} = [1] + list(outside.sizes)`), line(`${b.slim}.conv2d(x, ${name}[0], len(${name}))`)],
    () => [
      line(`${name} = [4, 5]`),
      block(`for size in outside.sizes:`, [line(`${name}.append(size)`)]),
      line(`${b.slim}.conv2d(x, ${name}[0], len(${name}))`),
      line(`${b.slim}.conv2d(x, ${name}[-1], ${numberText(random, b)})`),
    ],
    () => [line(`${name} = {size: 1 for size in outside.sizes}`), line(`${b.slim}.conv2d(x, ${name}.get(2, 9), 3)`)],
  ])();
}
