/**
 * Writes l10n/bundle.l10n.json, the texts of the client for translators, from the calls of `l10n.t` in client/src.
 *
 *   node scripts/generateL10n.mjs            write
 *   node scripts/generateL10n.mjs --check    only compare; exit code 1 when the bundle is stale
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { main, root, UserError } from './support/project.mjs';

const sources = join(root, 'client', 'src');
const bundle = join(root, 'l10n', 'bundle.l10n.json');

await main(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
  const files = (await readdir(sources, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const texts = (await Promise.all(files.map((name) => textsOf(join(sources, name))))).flat();
  const sorted = [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1));
  const after = `${JSON.stringify(Object.fromEntries(sorted.map((text) => [text, text])), undefined, 2)}\n`;
  const before = await readFile(bundle, 'utf8').catch(() => '');
  if (after === before) return 0;
  if (values.check) throw new UserError('l10n/bundle.l10n.json is stale: run `npm run generate`');
  await mkdir(dirname(bundle), { recursive: true });
  await writeFile(bundle, after);
  console.log(`Wrote ${sorted.length} texts into ${bundle}`);
  return 0;
});

async function textsOf(path) {
  const source = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'l10n.t') {
      const [text] = node.arguments;
      if (!text || !ts.isStringLiteralLike(text)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        throw new UserError(`${path}:${line + 1}: the text of l10n.t has to stand there as it is`);
      }
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}
