/**
 * What the compiler cannot say: promises that nobody waits for, switches with a case left out, and the direction of
 * the layers while typing (test/invariants proves the same over the whole graph).
 */
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** From the bottom up: a layer imports from those before it, never from those after it. */
const layers = ['base', 'syntax', 'semantics', 'slim', 'project', 'rules', 'features'];
const adapters = ['lsp', 'cli', 'platform'];

const outside = {
  regex: '^(vscode|node:|web-tree-sitter)',
  message: 'The core knows neither editor, disk nor parser; see the layers in docs/architecture.md.',
};

const upward = (above) => ({
  regex: `^(\\.\\./)+(${above.join('|')})/`,
  message: 'Layers are one-way; see docs/architecture.md.',
});

const restrict = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const core = layers.map((layer, index) => {
  const above = [...layers.slice(index + 1), ...adapters];
  return restrict([`server/src/${layer}/**/*.ts`], [outside, upward(above)], ['server/src/syntax/treeSitter.ts']);
});

const syntaxRules = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'TSEnumDeclaration', message: 'A union of string literals instead of an enum.' },
];

export default defineConfig(
  { ignores: ['dist/', '.cache/', 'node_modules/', 'coverage/'] },
  {
    files: ['{client,server,test}/**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: {
      parserOptions: {
        project: [
          'server/tsconfig.node.json',
          'client/tsconfig.json',
          'client/webview/tsconfig.json',
          'test/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      // A switch over the syntax names the few kinds that matter; its default is a decision, not a gap.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...syntaxRules],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  ...core,
  restrict(['server/src/syntax/treeSitter.ts'], [upward(['semantics', ...layers.slice(3), ...adapters])]),
  restrict(['server/src/lsp/**/*.ts'], [upward(['cli'])]),
  restrict(['server/src/cli/**/*.ts'], [upward(['lsp'])]),
  restrict(
    ['client/**/*.ts'],
    [{ regex: 'server/src/(?!lsp/protocol)', message: 'The client shares only lsp/protocol.ts with the server.' }],
  ),
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off', // a test's output is for a person; no protocol uses it
      'no-restricted-syntax': [
        'error',
        ...syntaxRules.slice(1),
        {
          selector:
            'CallExpression > MemberExpression[property.name=/^(only|skip|todo)$/][object.name=/^(it|test|describe|suite)$/]',
          message: 'Every test runs; a condition goes into skipIf with its reason.',
        },
      ],
    },
  },
  { files: ['vitest.config.mts'], extends: [tseslint.configs.base] },
);
