/**
 * The real parser for tests, loaded once per test file from the installed packages.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Parse } from '../../server/src/syntax/parse';
import { initParser, type ParserBinaries } from '../../server/src/syntax/treeSitter';

const require = createRequire(import.meta.url);

async function loadBinaries(): Promise<ParserBinaries> {
  const [runtimeWasm, pythonWasm] = await Promise.all([
    readFile(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    readFile(require.resolve('tree-sitter-python/tree-sitter-python.wasm')),
  ]);
  return { runtimeWasm, pythonWasm };
}

/** Parses Python source to the syntax tree. */
export const parse: Parse = await initParser(await loadBinaries());
