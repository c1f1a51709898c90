import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listRepositoryFiles, readManifest, readRepositoryFile, repositoryPath } from '../support/repository';

const manifest = readManifest();

/** Every string in a value that is a path inside the repository, by the keys that VS Code reads as paths. */
function findPaths(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const isPath = ['path', 'markdown', 'image', 'svg', 'icon', 'main', 'browser'].includes(key);
    return isPath && typeof child === 'string' && !child.startsWith('$(') ? [child] : findPaths(child);
  });
}

/** Ids of the table in client/src/commands.ts, read as text: the file itself needs VS Code to load. */
function findRegisteredCommands(): string[] {
  const table = /commandTable[^{]*\{([\s\S]*?)\n\};/.exec(readRepositoryFile('client/src/commands.ts'))?.[1] ?? '';
  return [...table.matchAll(/'(slimscope\.\w+)':/g)].map((match) => match[1] ?? '');
}

/** Reads .vscodeignore, which leaves everything out and then lists what goes into the package. */
function readPackageList(): (path: string) => boolean {
  const lines = readRepositoryFile('.vscodeignore').split('\n');
  const patterns = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  expect(patterns[0]).toBe('**');
  const allowed = patterns.slice(1).map((pattern) => {
    expect(pattern).toMatch(/^![\w./*-]+$/);
    return new RegExp(`^${pattern.slice(1).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
  });
  return (path) => allowed.some((pattern) => pattern.test(path));
}

describe('manifest', () => {
  it('declares exactly the commands that the client registers', () => {
    const registered = findRegisteredCommands();
    expect(registered.length).toBeGreaterThan(3);
    expect(manifest.contributes.commands.map((one) => one.command).sort()).toEqual([...registered].sort());
  });

  it('gives every command a title and the category Slimscope', () => {
    for (const { title, category } of manifest.contributes.commands) {
      expect(category).toBe('Slimscope');
      expect(title).toMatch(/^[A-Z]/);
      expect(title).not.toMatch(/slimscope/i);
    }
  });

  it('asks for the VS Code whose API it is compiled against', () => {
    expect(manifest.engines['vscode']).toBe(`^${manifest.devDependencies['@types/vscode'] ?? '?'}`);
  });

  it('wakes up for Python, and for a panel of ours that comes back, only', () => {
    expect(manifest.activationEvents).toEqual(['onLanguage:python', 'onWebviewPanel:slimscope.layers']);
  });

  it('pins every dependency to one version', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('names only files that exist', () => {
    const sources = findPaths(manifest.contributes).concat(manifest.icon);
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.filter((path) => !existsSync(repositoryPath(path)))).toEqual([]);
  });

  it('packs every file that it names, and the pages that the product opens', () => {
    const isPacked = readPackageList();
    const named = findPaths(manifest.contributes).concat(manifest.icon, 'README.md', 'CHANGELOG.md', 'LICENSE');
    const pages = listRepositoryFiles().filter((path) => path.startsWith('docs/rules/'));
    const wanted = [...named.map((path) => path.replace(/^\.\//, '')), ...pages];
    expect(wanted.filter((path) => !isPacked(path))).toEqual([]);
    const sources = listRepositoryFiles().filter((path) => /^(server|client\/src|test|scripts)\//.test(path));
    expect(sources.filter(isPacked)).toEqual([]);
  });

  it('has a walkthrough of five steps with pictures, each done by something that exists', () => {
    const { walkthroughs, commands, configuration, views } = manifest.contributes;
    const own = [
      ...commands.map(({ command }) => `onCommand:${command}`),
      ...Object.keys(configuration.properties).map((name) => `onSettingChanged:${name}`),
      ...Object.values(views).flatMap((list) => list.map(({ id }) => `onView:${id}`)),
      'onContext:slimscope.hasCalls',
    ];
    const steps = walkthroughs.flatMap((one) => one.steps);
    expect(steps).toHaveLength(5);
    for (const { description, media, completionEvents } of steps) {
      const links = [...description.matchAll(/\(command:(slimscope\.\w+)/g)].map(
        ([, command]) => `onCommand:${command}`,
      );
      const events = completionEvents.filter((event) => event.includes(':slimscope.'));
      expect(events.length).toBeGreaterThan(0);
      expect([...links, ...events].filter((event) => !own.includes(event))).toEqual([]);
      expect(media.altText.length).toBeGreaterThan(20);
      const picture = readRepositoryFile(media.svg);
      expect(picture).toMatch(/<title>[^]*var\(--vscode-editor-foreground/);
      // The page that shows the picture lets no styles in: its colours are attributes.
      expect(picture).not.toMatch(/style|class=/);
    }
  });

  it('runs only bundles that the build makes', () => {
    const build = readRepositoryFile('scripts/build.mjs');
    for (const path of [manifest.main, manifest.browser, ...Object.values(manifest.bin)]) {
      const name = /^(?:\.\/)?dist\/(\w+)\.js$/.exec(path)?.[1] ?? path;
      expect(build).toContain(`${name}: '`);
    }
  });
});

describe('top level', () => {
  const folders = ['client', 'docs', 'l10n', 'scripts', 'server', 'syntaxes', 'test'];
  const files = [
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'eslint.config.mjs',
    'package-lock.json',
    'package.json',
    'package.nls.json',
    'tsconfig.json',
    'vitest.config.mts',
  ];

  it('holds what the architecture names, and nothing else', () => {
    const entries = new Set(listRepositoryFiles().map((path) => path.split('/')[0] ?? path));
    expect([...entries].filter((name) => !name.startsWith('.')).sort()).toEqual([...folders, ...files].sort());
  });
});
