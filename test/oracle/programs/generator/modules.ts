/**
 * Further files of generated programs: definitions in a module or a package, perhaps used by a second file, perhaps given
 * on by an `__init__.py`; imported in all the ways there are.
 */
import { Bindings } from './bindings';
import { definition } from './definitions';
import { line, type Line, type ProgramFile } from './lines';

/** Makes the files; returns how `main.py` imports them. */
export function moreFiles(main: Bindings, header: readonly Line[], files: ProgramFile[]): readonly Line[] {
  const { random } = main;
  const folder = random.weighted([
    [6, ''],
    [3, 'nets/'],
    [1, 'lib/nets/'],
  ]);
  const first = definitionsOf(main, header, []);
  files.push({ path: `${folder}scopes.py`, lines: first.lines });
  const exported = exportedNames(first.names);
  if (folder === 'lib/nets/') files.push({ path: 'lib/__init__.py', lines: [] });
  const base = folder.replaceAll('/', '.');
  const givesOn = folder !== '' && exported.length > 0 && random.chance(0.4);
  if (folder !== '') {
    const again = random.pick([`from .scopes import ${exported.join(', ')}`, `from .scopes import *`]);
    files.push({ path: `${folder}__init__.py`, lines: givesOn ? [line(again)] : [] });
  }
  if (random.chance(0.35)) {
    const middle = newBindings(main);
    const siblings =
      folder === '' ? importOf(middle, first.names, 'scopes', '', 'scopes') : relativeImport(middle, first.names);
    const second = definitionsOf(middle, header, siblings);
    files.push({ path: `${folder}models.py`, lines: second.lines });
    const imports = [
      ...importOf(main, second.names, `${base}models`, folder === '' ? '' : base.slice(0, -1), 'models'),
    ];
    if (random.chance(0.4)) imports.push(...importOf(main, first.names, `${base}scopes`, base.slice(0, -1), 'scopes'));
    return imports;
  }
  if (givesOn) return importOf(main, first.names, base.slice(0, -1), base.split('.').slice(0, -2).join('.'), 'nets');
  return importOf(main, first.names, `${base}scopes`, base.slice(0, -1), 'scopes');
}

function newBindings(main: Bindings): Bindings {
  const own = new Bindings(main.random, main.style);
  if (!main.style.known) own.lists.unknownFlags.push('outside.flag_a');
  return own;
}

function definitionsOf(
  from: Bindings,
  header: readonly Line[],
  imports: readonly Line[],
): { readonly lines: readonly Line[]; readonly names: Bindings } {
  const { random } = from;
  const own = newBindings(from);
  const seen = imports.length > 0 ? from : own;
  const lines: Line[] = [...header, ...imports, line(`DEPTH = ${random.int(1, 9)}`)];
  seen.bind('numbers', 'DEPTH');
  for (let i = random.int(1, 3); i > 0; i--) lines.push(...definition(seen));
  return { lines, names: seen };
}

/** Imports a module in a random form, and binds what it offers under the right prefix. */
function importOf(main: Bindings, own: Bindings, module: string, parent: string, last: string): readonly Line[] {
  const { random } = main;
  const exported = exportedNames(own);
  const style = random.int(0, 3);
  if (style === 0) {
    const name = main.fresh('lib');
    take(main, own, `${name}.`);
    const from = parent === '' ? [] : [`from ${parent} import ${last} as ${name}`];
    return [line(random.pick([`import ${module} as ${name}`, ...from]))];
  }
  if (style === 1) {
    take(main, own, `${module}.`);
    return [line(`import ${module}`)];
  }
  take(main, own, '');
  if (style === 2 && exported.length > 0) return [line(`from ${module} import ${exported.join(', ')}`)];
  return [line(`from ${module} import *`), line('x = IMAGE')];
}

function relativeImport(main: Bindings, own: Bindings): readonly Line[] {
  const { random } = main;
  const exported = exportedNames(own);
  if (random.chance(0.5) || exported.length === 0) {
    take(main, own, 'scopes.');
    return [line('from . import scopes')];
  }
  take(main, own, '');
  return [line(random.chance(0.6) ? `from .scopes import ${exported.join(', ')}` : 'from .scopes import *')];
}

const NAMED = ['factories', 'managers', 'blocks'] as const;
const PLAIN = ['initializers', 'functions', 'normalizers', 'numbers', 'scopes', 'dicts', 'opLists'] as const;

function exportedNames(own: Bindings): readonly string[] {
  const { lists } = own;
  const texts = [
    ...NAMED.flatMap((kind) => lists[kind].map((one) => one.name)),
    ...PLAIN.flatMap((kind) => lists[kind]),
    ...lists.layers.map((one) => one.text),
  ];
  return [...new Set(texts.flatMap((text) => /^(?!getattr)\w+/.exec(text) ?? []))];
}

/** Binds in `main` what the other file defines, under the prefix of its import; now and then by `getattr`. */
function take(main: Bindings, own: Bindings, prefix: string): void {
  const { lists } = own;
  const { random } = main;
  const module = prefix.slice(0, -1);
  const called = (name: string): string =>
    prefix !== '' && /^\w+$/.test(name) && random.chance(0.15) ? `getattr(${module}, '${name}')` : prefix + name;
  for (const kind of NAMED) {
    const given = lists[kind].filter((one) => !one.name.startsWith('getattr'));
    main.lists[kind].push(...given.map((one) => ({ ...one, name: called(one.name) })));
  }
  for (const kind of PLAIN) main.lists[kind].push(...lists[kind].map((name) => prefix + name));
  main.lists.layers.push(...lists.layers.map((layer) => ({ ...layer, text: prefix + layer.text })));
}
