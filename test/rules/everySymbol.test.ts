import { describe, expect, test } from 'vitest';
import { lowConfidenceSymbols, submoduleRows, symbolRows } from '../../server/src/slim/data/contribFateTable';
import { LineIndex } from '../../server/src/base/lineIndex';
import { memoryWorkspace } from '../support/memoryWorkspace';

/** Every symbol of the table, without `tf.contrib.`; those of which nothing certain is known too. */
const symbols = [...Object.keys(symbolRows), ...lowConfidenceSymbols.split(' ')].sort();

interface Form {
  /** Lines before everything else. */
  readonly head?: string;
  /** Lines for one symbol; `n` makes names unique. */
  lines(module: string, name: string, n: number): readonly string[];
  /** What each of the lines is: the error, or a hint on what only depends on it. */
  readonly severities: readonly ('error' | 'hint')[];
  /** The line that names the symbol itself; the other one names its module. */
  readonly symbolLine: number;
  readonly error: string;
}

const noModule = "ModuleNotFoundError: No module named 'tensorflow.contrib'";
const noAttribute = "AttributeError: module 'tensorflow' has no attribute 'contrib'";

const forms: Readonly<Record<string, Form>> = {
  'attribute chain': {
    head: 'import tensorflow as tf',
    lines: (module, name) => [`tf.contrib.${module}.${name}`],
    severities: ['error'],
    symbolLine: 0,
    error: noAttribute,
  },
  'attribute chain of compat.v1': {
    head: 'import tensorflow.compat.v1 as tf',
    lines: (module, name) => [`tf.contrib.${module}.${name}`],
    severities: ['error'],
    symbolLine: 0,
    error: "AttributeError: module 'tensorflow.compat.v1' has no attribute 'contrib'",
  },
  'from-import of the symbol': {
    lines: (module, name, n) => [`from tensorflow.contrib.${module} import ${name} as name${n}`, `name${n}`],
    severities: ['error', 'hint'],
    symbolLine: 0,
    error: noModule,
  },
  'import of the module with an alias': {
    lines: (module, name, n) => [`import tensorflow.contrib.${module} as m${n}`, `m${n}.${name}`],
    severities: ['error', 'hint'],
    symbolLine: 1,
    error: noModule,
  },
  'from-import of the module': {
    lines: (module, name, n) => {
      const dot = module.lastIndexOf('.');
      const parent = dot < 0 ? '' : '.' + module.slice(0, dot);
      return [`from tensorflow.contrib${parent} import ${module.slice(dot + 1)} as m${n}`, `m${n}.${name}`];
    },
    severities: ['error', 'hint'],
    symbolLine: 1,
    error: noModule,
  },
  'assignment of the module': {
    head: 'import tensorflow as tf',
    lines: (module, name, n) => [`m${n} = tf.contrib.${module}`, `m${n}.${name}`],
    severities: ['error', 'hint'],
    symbolLine: 1,
    error: noAttribute,
  },
};

describe.each(Object.entries(forms))('%s', (_name, form) => {
  const text = [
    ...(form.head === undefined ? [] : [form.head]),
    ...symbols.flatMap((symbol, n) => form.lines(...split(symbol), n)),
    '',
  ].join('\n');
  const index = new LineIndex(text);
  const found = new Map<number, { severity: string; rule: string; message: string }[]>();
  for (const { diagnostic } of memoryWorkspace([{ path: 'main.py', text }]).diagnose('main.py')) {
    const { line } = index.positionAt(diagnostic.span.start);
    found.set(line, [...(found.get(line) ?? []), diagnostic]);
  }
  const offset = form.head === undefined ? 0 : 1;

  test('one diagnostic for each use of each symbol', () => {
    const wrong = symbols.flatMap((symbol, n) =>
      form.severities.flatMap((severity, i) => {
        const here = found.get(offset + n * form.severities.length + i) ?? [];
        return here.length === 1 && here[0]?.severity === severity ? [] : [`${symbol} line ${i}: ${here.length}`];
      }),
    );
    expect(wrong).toEqual([]);
    expect(found.size).toBe(symbols.length * form.severities.length);
  });

  test('with the error of this form, the rule of its fate and the replacement of the table', () => {
    const wrong = symbols.flatMap((symbol, n) => {
      const [one] = found.get(offset + n * form.severities.length + form.symbolLine) ?? [];
      const problem = one ? problemOf(symbol, one) : 'missing';
      return problem === undefined && one?.message.includes(form.error) ? [] : [`${symbol}: ${problem ?? 'error'}`];
    });
    expect(wrong).toEqual([]);
  });
});

function split(symbol: string): [string, string] {
  const dot = symbol.lastIndexOf('.');
  return [symbol.slice(0, dot), symbol.slice(dot + 1)];
}

/** Compares a diagnostic with the row of the table, read here without the look-up of the product. */
function problemOf(
  symbol: string,
  { rule, message }: { readonly rule: string; readonly message: string },
): string | undefined {
  const [headline = '', advice = ''] = message.split('\n');
  if (!headline.startsWith(`\`tf.contrib.${symbol}\``)) return `headline ${headline}`;
  const row = symbolRows[symbol];
  if (!row) return problemOfUnknown(symbol, advice);
  const [status = '', , replacement = ''] = row;
  const names = replacement.match(/\b(?:tf|tfa|tfp|tfio|tfmot|tfgan|tf_slim)(?:\.\w+)+/g) ?? [];
  const lost = names.filter((name) => !advice.includes(name));
  if (lost.length > 0) return `does not name ${lost.join(', ')}: ${advice}`;
  const allowed = allowedRules[status] ?? [];
  return allowed.includes(rule) ? undefined : `${rule} for status ${status}`;
}

const allowedRules: Readonly<Record<string, readonly string[]>> = {
  core: ['contrib-moved', 'contrib-changed'],
  'compat-v1': ['contrib-moved', 'contrib-changed'],
  'core-changed': ['contrib-changed'],
  keras: ['contrib-changed'],
  'compat-v1-legacy-keras': ['contrib-changed'],
  python: ['contrib-changed'],
  tf_slim: ['contrib-moved-package'],
  package: ['contrib-moved-package'],
  'package-eol': ['contrib-moved-package', 'contrib-changed', 'contrib-removed'],
  removed: ['contrib-removed'],
};

/** Of a name that is known only by its sub-package nothing but that may be said; another name of it may be known. */
function problemOfUnknown(symbol: string, advice: string): string | undefined {
  const module = Object.keys(submoduleRows)
    .filter((name) => symbol.startsWith(name + '.'))
    .sort((a, b) => b.length - a.length)[0];
  const isHonest =
    advice.startsWith('No replacement is known') ||
    advice.startsWith(`What became of this name is not known. Of \`tf.contrib.${module ?? ''}\``) ||
    symbolRows[`layers.${split(symbol)[1]}`] !== undefined;
  return isHonest ? undefined : `says too much: ${advice}`;
}

test('the table is the whole one', () => {
  expect(symbols.length).toBeGreaterThan(1_400);
  expect(new Set(symbols).size).toBe(symbols.length);
});
