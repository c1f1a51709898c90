/**
 * Writes server/src/slim/data/contribFateTable.ts from a JSON file with the fate of every tf.contrib symbol.
 *
 *   node scripts/generateContribFate.mjs FATE.json [--check]
 *
 * The input has `{meta: {pathNormalisation}, submodules: {"tf.contrib.x": record}, symbols: {"tf.contrib.x.Y": record}}`.
 * Symbols of low confidence keep only their names: they are answered by their sub-module. `--check` only compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const output = fileURLToPath(new URL('../server/src/slim/data/contribFateTable.ts', import.meta.url));
const environments = { keras3: '3', keras2: '2', 'tf_slim-1.1.0': 's', 'tf_slim-head': 'h', 'tfa-0.23': 'a' };

/** `{"tf.nn.relu": ["keras3", "keras2"]}` as `"tf.nn.relu:32"`. */
function renderVerified(verified) {
  return Object.entries(verified ?? {})
    .map(([name, places]) => `${name}:${places.map((place) => environments[place]).join('')}`)
    .join(' ');
}

function trim(row) {
  const copy = [...row];
  while (copy.length > 0 && copy.at(-1) === '') copy.pop();
  return copy;
}

function renderSubmodule({ status, replacement, confidence, note, package: name, verified }) {
  return trim([status, confidence, replacement ?? '', note ?? '', name ?? '', renderVerified(verified)]);
}

function renderSymbol({ status, replacement, autofix, confidence, note, tfSlim, verified, deprecatedIn1x }) {
  const deprecated = deprecatedIn1x ? 'deprecated' : '';
  return trim([
    status,
    confidence,
    replacement ?? '',
    note ?? '',
    autofix,
    tfSlim ?? '',
    deprecated,
    renderVerified(verified),
  ]);
}

/** The TypeScript text of the table: one record per line. */
export function renderFate(source) {
  const lines = [];
  const isContrib = ([name]) => name.startsWith('tf.contrib.');
  for (const [name, record] of Object.entries(source.submodules).filter(isContrib)) {
    lines.push(`  ${JSON.stringify(name.slice(11))}: ${JSON.stringify(renderSubmodule(record))},`);
  }
  const symbols = [];
  const low = [];
  for (const [name, record] of Object.entries(source.symbols)) {
    if (record.confidence === 'low') low.push(name.slice(11));
    else symbols.push(`  ${JSON.stringify(name.slice(11))}: ${JSON.stringify(renderSymbol(record))},`);
  }
  const patterns = source.meta.pathNormalisation.map((pair) => `  ${JSON.stringify(pair)},`);
  return `/**
 * What became of tf.contrib. Written by scripts/generateContribFate.mjs; do not edit.
 * Names are without \`tf.contrib.\`. Trailing empty fields are left out. \`name:32\` = verified with Keras 3 and Keras 2.
 */
export type FateRow = readonly string[];

/** status, confidence, replacement, note, package, verified */
export const submoduleRows: { readonly [name: string]: FateRow } = {
${lines.join('\n')}
};

/** status, confidence, replacement, note, autofix, name in tf_slim, deprecated, verified */
export const symbolRows: { readonly [name: string]: FateRow } = {
${symbols.join('\n')}
};

/** Symbols of which only the fate of their sub-module is known. */
export const lowConfidenceSymbols = ${JSON.stringify(low.join(' '))};

/** [pattern, replacement] for internal paths; the first that matches is applied. */
export const pathNormalisation: readonly (readonly [string, string])[] = [
${patterns.join('\n')}
];
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [input, flag] = process.argv.slice(2);
  if (!input) throw new Error('usage: node scripts/generateContribFate.mjs FATE.json [--check]');
  const text = renderFate(JSON.parse(readFileSync(input, 'utf8')));
  if (flag !== '--check') writeFileSync(output, text);
  else if (readFileSync(output, 'utf8') !== text) throw new Error(`${output} is stale`);
}
