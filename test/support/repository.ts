/**
 * The repository as the tests of grammar, manifest and documents see it: its root, its files, its package.json.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const repositoryRoot = resolve(fileURLToPath(import.meta.url), '../../..');

/** Absolute path of a file of the repository. */
export function repositoryPath(path: string): string {
  return join(repositoryRoot, path);
}

/** Text of a file of the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(repositoryPath(path), 'utf8');
}

/**
 * Files of the repository that git tracks or would track, with `/`, sorted; what is ignored is left out.
 * @throws Error outside a git work tree.
 */
export function listRepositoryFiles(): string[] {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(output.split('\0'))].filter((path) => path !== '' && existsSync(repositoryPath(path))).sort();
}

/** What the tests read of package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: Contributions;
}

export interface Contributions {
  readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
  readonly grammars: readonly {
    readonly path: string;
    readonly scopeName: string;
    readonly injectTo: readonly string[];
  }[];
  readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  readonly walkthroughs: readonly {
    readonly steps: readonly {
      readonly description: string;
      readonly media: { readonly svg: string; readonly altText: string };
      readonly completionEvents: readonly string[];
    }[];
  }[];
}

/** The package.json of the repository, with its texts in English, as VS Code reads it. */
export function readManifest(): Manifest {
  const texts = JSON.parse(readRepositoryFile('package.nls.json')) as Readonly<Record<string, string>>;
  return JSON.parse(readRepositoryFile('package.json'), (_, value: unknown) => {
    const key = typeof value === 'string' ? /^%(.+)%$/.exec(value)?.[1] : undefined;
    return key === undefined ? value : texts[key];
  }) as Manifest;
}
