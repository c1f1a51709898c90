/**
 * The modules that a Python text may import, found without parsing it: the import graph of a workspace needs every file,
 * and most files are never looked at otherwise. Finds all import statements, wherever they stand, and, where the text
 * imports modules by their names, every string that may be such a name; may find more (an example in a docstring), which
 * costs work and no truth.
 */

/** A module that an import may load. */
export interface ImportedName {
  /** Dotted; empty for `from . import x` itself. */
  readonly name: string;
  /** Number of leading dots. */
  readonly level: number;
}

/** The rest of a logical line: up to the end of the line, unless that is escaped. */
const rest = String.raw`((?:[^\n\\]|\\\r?\n|\\.)*)`;
const statement = new RegExp(
  String.raw`(?:^|[;:])[ \t]*(?:from[ \t]+(\.*)[ \t]*([\p{L}\p{N}_.]*)[ \t\\\r\n]*\bimport\b[ \t\\\r\n]*(?:\(([^)]*)\)|${rest})|import[ \t]+${rest})`,
  'gmu',
);
const dynamic = /\b(?:import_module|__import__)\b/;
const moduleName = /['"](\.*)([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)['"]/gu;

/** Every module that the imports of a text may load; `from a import b` may load `a` and `a.b`. */
export function importScan(text: string): readonly ImportedName[] {
  const found = new Map<string, ImportedName>();
  const add = (name: string, level: number): void => void found.set(`${level} ${name}`, { name, level });
  for (const [, dots = '', from = '', inParentheses, onLine, plain] of text.matchAll(statement)) {
    if (plain !== undefined) {
      // `import a.b.c` loads `a` and `a.b` on the way.
      for (const name of namesIn(plain)) prefixes(name).forEach((prefix) => add(prefix, 0));
      continue;
    }
    if (dots === '' && from === '') continue;
    prefixes(from).forEach((prefix) => add(prefix, dots.length));
    if (from === '') add('', dots.length);
    for (const name of namesIn(inParentheses ?? onLine ?? '')) add(from === '' ? name : `${from}.${name}`, dots.length);
  }
  if (dynamic.test(text)) {
    for (const [, dots = '', name = ''] of text.matchAll(moduleName)) {
      prefixes(name).forEach((prefix) => add(prefix, dots.length));
    }
  }
  return [...found.values()];
}

/** The dotted names of `a.b as c, d`. */
function namesIn(list: string): readonly string[] {
  return list
    .replace(/#[^\n]*/g, '')
    .split(',')
    .flatMap((part) => /[\p{L}\p{N}_.]+/u.exec(part)?.[0] ?? []);
}

function prefixes(name: string): readonly string[] {
  const parts = name === '' ? [] : name.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
}
