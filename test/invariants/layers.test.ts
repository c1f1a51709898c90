import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import { afterEach, describe, expect, it } from 'vitest';
import { repositoryPath, repositoryRoot } from '../support/repository';

const require = createRequire(import.meta.url);
const configuration = require(repositoryPath('.dependency-cruiser.cjs')) as {
  readonly forbidden: IFlattenedRuleSet['forbidden'];
  readonly options: ICruiseOptions;
};

/** Runs the layer rules and returns `rule: from -> to` for every import that breaks one. */
async function findViolations(baseDir: string): Promise<{ violations: string[]; modules: number }> {
  const { output } = await cruise(['server/src', 'client/src'], {
    ...configuration.options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: configuration.forbidden ?? [] },
  });
  const { summary } = output as ICruiseResult;
  return {
    violations: summary.violations.map((one) => `${one.rule.name}: ${one.from} -> ${one.to}`),
    modules: summary.totalCruised,
  };
}

describe('layers', () => {
  let folder: string | undefined;
  afterEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
    folder = undefined;
  });

  it('hold in server and client', async () => {
    const { violations, modules } = await findViolations(repositoryRoot);
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThan(50);
  });

  const broken = [
    ['an arrow up', 'server/src/slim/a.ts', "import '../features/b';", 'slim-imports-nothing-above'],
    [
      'an arrow up by type',
      'server/src/base/a.ts',
      "import type { B } from '../features/b';",
      'base-imports-nothing-above',
    ],
    [
      'a feature that knows LSP',
      'server/src/features/a.ts',
      "import type { Hover } from 'vscode-languageserver';",
      'core-is-pure',
    ],
    ['a rule that reads files', 'server/src/rules/a.ts', "import { readFileSync } from 'node:fs';", 'core-is-pure'],
    [
      'tree-sitter in the evaluator',
      'server/src/semantics/a.ts',
      "import type { Node } from 'web-tree-sitter';",
      'core-is-pure',
    ],
    [
      'a feature that uses an adapter',
      'server/src/features/a.ts',
      "import '../lsp/b';",
      'features-imports-nothing-above',
    ],
    ['the CLI on the server', 'server/src/cli/a.ts', "import '../lsp/b';", 'adapters-are-siblings'],
    ['the platform on an adapter', 'server/src/platform/a.ts', "import '../cli/b';", 'platform-knows-no-adapter'],
    [
      'the client on the core',
      'client/src/a.ts',
      "import type { B } from '../../server/src/features/b';",
      'client-knows-the-protocol-only',
    ],
    ['the server on VS Code', 'server/src/lsp/a.ts', "import type { Uri } from 'vscode';", 'server-knows-no-editor'],
    ['the product on a test', 'client/src/a.ts', "import '../../test/b';", 'product-imports-no-test'],
  ] as const;

  it.each(broken)('catch %s', async (_what, file, text, rule) => {
    folder = mkdtempSync(join(tmpdir(), 'slimscope-layers-'));
    write(folder, file, `${text}\n`);
    for (const target of ['features', 'lsp', 'cli']) {
      write(folder, `server/src/${target}/b.ts`, 'export interface B { readonly b: string }\n');
    }
    write(folder, 'client/src/c.ts', 'export {};\n');
    write(folder, 'test/b.ts', 'export {};\n');
    const { violations } = await findViolations(folder);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatch(new RegExp(`^${rule}: ${file} -> `));
  });

  it('let the client use the protocol, and treeSitter.ts use tree-sitter', async () => {
    folder = mkdtempSync(join(tmpdir(), 'slimscope-layers-'));
    write(folder, 'client/src/a.ts', "import type { P } from '../../server/src/lsp/protocol';\nimport 'vscode';\n");
    write(folder, 'server/src/lsp/protocol.ts', 'export interface P { readonly p: string }\n');
    write(folder, 'server/src/syntax/treeSitter.ts', "import 'web-tree-sitter';\n");
    expect((await findViolations(folder)).violations).toEqual([]);
  });
});

function write(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
