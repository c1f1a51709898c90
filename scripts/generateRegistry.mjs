// Writes server/src/rules/registry.ts from the rule files beside it. `--check` only says whether it is up to date.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../server/src/rules/', import.meta.url));
const target = folder + 'registry.ts';

/** Text of the registry for the rule files that exist. */
export function registryText() {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'registry.ts' && name !== 'rule.ts')
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
  return `/**
 * All rules, by file name. Written by scripts/generateRegistry.mjs from the files of this folder; do not edit.
 */
import type { Rule } from './rule';
${names.map((name) => `import { ${name} } from './${name}';`).join('\n')}

export const rules: readonly Rule[] = [
${names.map((name) => `  ${name},`).join('\n')}
];
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = registryText();
  const current = readFileSync(target, { encoding: 'utf8', flag: 'a+' });
  if (process.argv.includes('--check')) {
    if (current !== text) {
      process.stderr.write('registry.ts is stale: run `node scripts/generateRegistry.mjs`\n');
      process.exitCode = 1;
    }
  } else if (current !== text) writeFileSync(target, text);
}
