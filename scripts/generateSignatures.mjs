/**
 * Writes server/src/slim/data/slimSignatures.ts from a JSON file with the signatures of TF-Slim.
 *
 *   node scripts/generateSignatures.mjs SIGNATURES.json [--check]
 *
 * The input has `{ops: [{op, aliases, scopable, contrib, tf_slim, params, partialOf, boundKeywords, boundPositional}]}`,
 * as read from the syntax trees of TensorFlow 1.15 contrib and tf_slim 1.1.0. `--check` only compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const output = fileURLToPath(new URL('../server/src/slim/data/slimSignatures.ts', import.meta.url));

/** The TypeScript text of the table, formatted as the repository wants it. */
export async function renderSignatures(source) {
  const rows = source.ops.map((op) => {
    const row = { functionName: op.op };
    if (op.aliases.length > 0) row.aliases = op.aliases;
    if (op.scopable) row.scopable = true;
    if (op.contrib) row.contrib = op.contrib;
    if (op.tf_slim) row.tfSlim = op.tf_slim;
    if (op.params) row.parameters = op.params.map(([name, value]) => (value === undefined ? name : `${name}=${value}`));
    if (op.partialOf) row.partialOf = op.partialOf;
    if (op.boundKeywords && Object.keys(op.boundKeywords).length > 0) row.boundKeywords = op.boundKeywords;
    if (op.boundPositional?.length > 0) row.boundPositional = op.boundPositional;
    return row;
  });
  const text = `/**
 * Signatures of the functions of contrib (TensorFlow 1.15) and tf_slim 1.1.0; both agree on every parameter.
 * Written by scripts/generateSignatures.mjs; do not edit. Parameters are "name" or "name=default" in Python text.
 */
export interface SignatureRow {
  readonly functionName: string;
  readonly aliases?: readonly string[];
  readonly scopable?: boolean;
  readonly contrib?: string;
  readonly tfSlim?: string;
  readonly parameters?: readonly string[];
  readonly partialOf?: string;
  readonly boundKeywords?: { readonly [name: string]: string };
  readonly boundPositional?: readonly string[];
}

export const slimSignatures: readonly SignatureRow[] = ${JSON.stringify(rows)};
`;
  return format(text, { ...(await resolveConfig(output)), parser: 'typescript' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [input, flag] = process.argv.slice(2);
  if (!input) throw new Error('usage: node scripts/generateSignatures.mjs SIGNATURES.json [--check]');
  const text = await renderSignatures(JSON.parse(readFileSync(input, 'utf8')));
  if (flag !== '--check') writeFileSync(output, text);
  else if (readFileSync(output, 'utf8') !== text) throw new Error(`${output} is stale`);
}
