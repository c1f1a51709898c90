/**
 * The real parser for tests, loaded once per test file from the installed packages, and source files made from text.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { LineIndex } from '../../server/src/base/lineIndex';
import type { SourceFile } from '../../server/src/semantics/program';
import { buildScopes } from '../../server/src/semantics/scopes';
import type { ParseCst } from '../../server/src/syntax/cst';
import type { Parse } from '../../server/src/syntax/parse';
import { initCstParser, initParser, type ParserBinaries } from '../../server/src/syntax/treeSitter';

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

/** A parser without lowering and repair, for tests of those. */
export async function loadCstParser(): Promise<ParseCst> {
  return initCstParser(await loadBinaries());
}

/** A parsed file; `path` is relative to an imagined workspace, for example `nets/vgg.py`. */
export function makeSourceFile(path: string, text: string): SourceFile {
  const tree = parse(text);
  const parts = path.replace(/\.pyi?$/, '').split('/');
  const isPackage = parts[parts.length - 1] === '__init__';
  if (isPackage) parts.pop();
  return {
    file: `file:///workspace/${path}`,
    path,
    moduleName: parts.join('.'),
    isPackage,
    text,
    tree,
    lines: new LineIndex(text),
    scopes: buildScopes(tree.module),
  };
}
