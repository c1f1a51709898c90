// The layers of docs/architecture.md as rules. test/invariants/layers.test.ts runs them, type-only imports included.
'use strict';

/** From the bottom to the top: a layer imports only itself and what stands before it. */
const layers = ['base', 'syntax', 'semantics', 'slim', 'project', 'rules', 'features'];
const core = `^server/src/(${layers.join('|')})/`;
const entries = '^server/src/[^/]+\\.ts$';

const upward = layers.map((layer, i) => ({
  name: `${layer}-imports-nothing-above`,
  comment: 'An arrow between layers never points up',
  severity: 'error',
  from: { path: `^server/src/${layer}/` },
  to: { path: [`^server/src/(${[...layers.slice(i + 1), 'platform', 'lsp', 'cli'].join('|')})/`, entries] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'core-is-pure',
      comment: 'base to features use no library, no Node, no editor: what they need comes in through arguments',
      severity: 'error',
      from: {
        path: core,
        pathNot: ['^server/src/syntax/treeSitter\\.ts$', '^server/src/project/(manifests/readToml|notebookJson)\\.ts$'],
      },
      to: { pathNot: '^server/src/' },
    },
    {
      name: 'toml-only-in-its-file',
      comment: 'The TOML parser is known to one file of the project',
      severity: 'error',
      from: { path: '^server/src/project/manifests/readToml\\.ts$' },
      to: { pathNot: ['^server/src/', '(^|/)smol-toml(/|$)'] },
    },
    {
      name: 'json-places-only-in-their-file',
      comment: 'The JSON parser that knows places is known to one file of the project',
      severity: 'error',
      from: { path: '^server/src/project/notebookJson\\.ts$' },
      to: { pathNot: ['^server/src/', '(^|/)jsonc-parser(/|$)'] },
    },
    {
      name: 'tree-sitter-only-in-its-file',
      comment: 'No tree-sitter node leaves syntax/treeSitter.ts and the lowering that it feeds',
      severity: 'error',
      from: { path: '^server/src/syntax/treeSitter\\.ts$' },
      to: { pathNot: ['^server/src/', '(^|/)web-tree-sitter(/|$)'] },
    },
    {
      name: 'adapters-are-siblings',
      comment: 'lsp and cli do not know each other',
      severity: 'error',
      from: { path: '^server/src/(lsp|cli)/' },
      to: { path: '^server/src/(lsp|cli)/', pathNot: '^server/src/$1/' },
    },
    {
      name: 'platform-knows-no-adapter',
      comment: 'platform implements ports; the entries bring it together with an adapter',
      severity: 'error',
      from: { path: '^server/src/platform/' },
      to: { path: ['^server/src/(lsp|cli)/', entries] },
    },
    {
      name: 'nobody-imports-an-entry',
      comment: 'main.*.ts files are the roots of the bundles',
      severity: 'error',
      from: { path: '^(server|client)/src/' },
      to: { path: ['^server/src/main\\.', '^client/src/main\\.'] },
    },
    {
      name: 'client-knows-the-protocol-only',
      comment: 'The client shares types and constants of the custom messages with the server, nothing else',
      severity: 'error',
      from: { path: '^client/src/' },
      to: { path: '^server/', pathNot: '^server/src/lsp/protocol\\.ts$' },
    },
    {
      name: 'server-knows-no-editor',
      comment: 'The server runs under any LSP client',
      severity: 'error',
      from: { path: '^server/src/' },
      to: { path: ['^client/', '^vscode$', '(^|/)vscode-languageclient(/|$)'] },
    },
    {
      name: 'product-imports-no-test',
      comment: 'What is shipped does not depend on tests or scripts',
      severity: 'error',
      from: { path: '^(server|client)/src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
