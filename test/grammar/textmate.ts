/**
 * Tokenises Python with the TextMate engine of VS Code and MagicPython, the Python grammar that VS Code ships,
 * with or without Slimscope's injections as package.json contributes them.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';
import { readManifest, repositoryPath } from '../support/repository';

/** A run of characters of one line with the same scopes, outermost first. */
export interface Token {
  /** Zero-based. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

const require = createRequire(import.meta.url);
const host = 'source.python';

async function loadEngine(): Promise<textmate.IOnigLib> {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  return {
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  };
}

const engine = loadEngine();

/** Loads MagicPython; `injections` says whether the grammars that package.json contributes take part. */
export async function loadPython(options: { readonly injections: boolean }): Promise<textmate.IGrammar> {
  const files = new Map([[host, require.resolve('tm-grammars/grammars/python.json')]]);
  const injected: string[] = [];
  for (const contribution of readManifest().contributes.grammars) {
    files.set(contribution.scopeName, repositoryPath(contribution.path));
    if (contribution.injectTo.includes(host)) injected.push(contribution.scopeName);
  }
  const registry = new textmate.Registry({
    onigLib: engine,
    loadGrammar: (scope) => {
      const file = files.get(scope);
      return Promise.resolve(file ? textmate.parseRawGrammar(readFileSync(file, 'utf8'), file) : null);
    },
    getInjections: (scope) => (options.injections && scope === host ? injected : undefined),
  });
  const grammar = await registry.loadGrammar(host);
  if (!grammar) throw new Error('MagicPython could not be loaded');
  return grammar;
}

/** Tokenises a whole text. */
export function tokenize(grammar: textmate.IGrammar, text: string): Token[] {
  const tokens: Token[] = [];
  let stack = textmate.INITIAL;
  text.split(/\r?\n/).forEach((content, line) => {
    const result = grammar.tokenizeLine(content, stack);
    stack = result.ruleStack;
    for (const { startIndex: start, endIndex, scopes } of result.tokens) {
      const end = Math.min(endIndex, content.length);
      if (start < end) tokens.push({ line, start, end, text: content.slice(start, end), scopes });
    }
  });
  return tokens;
}
