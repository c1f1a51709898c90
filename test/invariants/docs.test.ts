import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../server/src/cli/args';
import { helpText } from '../../server/src/cli/help';
import { settingDefinitions } from '../../server/src/project/settings';
import { rules } from '../../server/src/rules/registry';
import { listRepositoryFiles, readManifest, readRepositoryFile, repositoryPath } from '../support/repository';

const tracked = listRepositoryFiles();
/** Documents for people; fixtures are Markdown too, but hold code on purpose. */
const documents = tracked.filter((path) => path.endsWith('.md') && !path.startsWith('test/'));

/** A document without its fences and inline code, where nothing is a link. */
function readProse(path: string): string {
  return readRepositoryFile(path)
    .replace(/^(`{3,}|~{3,}).*?^\1\s*$/gms, '')
    .replace(/`[^`\n]*`/g, '');
}

/** Targets of the links and images of a document. */
function findLinks(path: string): string[] {
  const prose = readProse(path);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map((match) => match[1] ?? '');
  const html = [...prose.matchAll(/\b(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  const references = [...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)].map((match) => match[1] ?? '');
  return [...inline, ...html, ...references];
}

/** The anchors that a Markdown viewer gives to the headings of a document. */
function findAnchors(path: string): Set<string> {
  const text = readRepositoryFile(path).replace(/^(`{3,}).*?^\1\s*$/gms, '');
  const headings = [...text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) => match[1] ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
}

/** Says what is wrong with a link, or undefined. */
function checkLink(from: string, link: string): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(link)) return undefined;
  const [target = '', anchor] = link.split('#');
  const path = target === '' ? from : normalize(join(dirname(from), decodeURI(target))).replace(/\/$/, '');
  const isKnown = tracked.includes(path) || tracked.some((file) => file.startsWith(`${path}/`));
  if (!isKnown || !existsSync(repositoryPath(path))) return `${from}: ${link} does not exist`;
  if (anchor !== undefined && path.endsWith('.md') && !findAnchors(path).has(anchor)) {
    return `${from}: ${link} names no heading`;
  }
  return undefined;
}

/** `slimscope ...` as a line of a script, or in code within a sentence; without what follows it there. */
const commandLine = /(?:^|run: |entry: |`)slimscope ((?:check|explain|rule|migrate)\b[^`\n#|]*)(?=$|[`#|])/gm;

describe('documents', () => {
  it('include those that a newcomer looks for', () => {
    const needed = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/architecture.md', 'docs/testing.md'];
    expect(documents).toEqual(expect.arrayContaining(needed));
  });

  it('have no dead links or images', () => {
    const problems = documents.flatMap((path) => findLinks(path).map((link) => checkLink(path, link)));
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = readManifest();
    const problems = documents.flatMap((path) => {
      const text = readRepositoryFile(path);
      const named = [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map((match) => match[1] ?? '');
      const short = [...text.matchAll(/\bnpm (start|test)\b/g)].map((match) => match[1] ?? '');
      return [...named, ...short].filter((name) => !(name in scripts)).map((name) => `${path}: npm run ${name}`);
    });
    expect(problems).toEqual([]);
  });

  // `my-rule` is the rule that the reader is about to write.
  it('name only files of this repository that exist', () => {
    const roots = /^(server|client|test|scripts|docs|syntaxes|\.ci|\.github|\.vscode)\//;
    const problems = documents
      .filter((path) => path !== 'CHANGELOG.md')
      .flatMap((path) =>
        [...readRepositoryFile(path).matchAll(/`([\w.@-]+(?:\/[\w.@-]+)+\/?)`/g)]
          .map((match) => (match[1] ?? '').replace(/\/$/, ''))
          .filter((name) => roots.test(`${name}/`) && !/my-?rule/i.test(name))
          .filter((name) => !tracked.includes(name) && !tracked.some((file) => file.startsWith(`${name}/`)))
          .map((name) => `${path}: ${name}`),
      );
    expect(problems).toEqual([]);
  });

  it('show every setting with its default, and every command of the command line', () => {
    const readme = readRepositoryFile('README.md');
    const rows = settingDefinitions.map(
      ({ name, default: value }) => `| \`slimscope.${name}\` | \`${JSON.stringify(value)}\` |`,
    );
    expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
    expect(readme.match(/^\| `slimscope\./gm)).toHaveLength(rows.length);
    const commands = [...helpText().matchAll(/^ {2}slimscope ([a-z]+) /gm)].map((match) => match[1] ?? '');
    expect(commands.length).toBeGreaterThan(2);
    expect(commands.filter((command) => !readme.includes(`\nslimscope ${command} `))).toEqual([]);
  });

  it('show only command lines that the program takes', () => {
    const pages = ['README.md', 'docs/command-line.md', 'docs/ci.md', '.pre-commit-hooks.yaml'];
    const lines = pages.flatMap((page) => [...readRepositoryFile(page).matchAll(commandLine)]);
    expect(lines.length).toBeGreaterThan(15);
    const wrong = lines.flatMap(([, line = '']) => {
      const command = readArguments(line.trim().split(/\s+/), rules);
      return command.kind === 'wrong' ? [`${line}: ${command.problem}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('number the decisions without gaps, and list each in the index', () => {
    const decisions = documents.filter((path) => /^docs\/decisions\/\d{4}-/.test(path));
    const numbers = decisions.map((path) => Number(/\d{4}/.exec(path)?.[0])).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_number, i) => i));
    const index = readRepositoryFile('docs/decisions/0000-index.md');
    const missing = decisions.filter(
      (path) => !path.includes('0000-') && !index.includes(path.split('/').at(-1) ?? path),
    );
    expect(missing).toEqual([]);
  });
});

describe('every file', () => {
  // Written in parts, so that this file does not find itself.
  const hosts = [
    'registry.' + 'npmjs',
    'registry.' + 'yarnpkg',
    'files.' + 'pythonhosted',
    '//py' + 'pi.org',
    'deb.' + 'debian',
  ];
  const machinePath = /(^|[\s"'`(=:])\/(tmp|home|root|Users|work)\/[A-Za-z]/m;
  const isText = (path: string): boolean => !/\.(png|gif|wasm|gz|whl|vsix|ico)$/.test(path);

  it('is free of paths of a machine and of registry hosts', () => {
    const problems = tracked.filter(isText).flatMap((path) => {
      const text = readRepositoryFile(path);
      const host = hosts.find((name) => text.includes(name));
      const local = machinePath.exec(text)?.[0].trim();
      return [host, local].filter((found) => found !== undefined).map((found) => `${path}: ${found}`);
    });
    expect(problems).toEqual([]);
  });
});
