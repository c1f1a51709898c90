/**
 * What SECURITY.md promises, as far as it can be read off the code: no network, no other program, no code made of text;
 * a whitelist of commands in hovers; text of the user's files that stays text wherever it is shown.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { neverCancelled } from '../../server/src/base/cancel';
import { diagnostics } from '../../server/src/features/diagnostics';
import { hover } from '../../server/src/features/hover';
import { memoryWorkspace } from '../support/memoryWorkspace';
import { listRepositoryFiles, readManifest, readRepositoryFile, repositoryPath } from '../support/repository';

const sources = listRepositoryFiles().filter((path) => /^(?:client|server)\/src\/.*\.ts$/.test(path));

describe('the code', () => {
  it.each([
    [
      'opens no connection',
      /from '(?:node:)?(?:http2?|https|net|tls|dgram|dns)'|\bfetch\(|new (?:XMLHttpRequest|WebSocket|EventSource)\b/,
    ],
    ['starts no program', /from '(?:node:)?(?:child_process|cluster)'/],
    ['runs no text as code', /\beval\(|new Function\(|from '(?:node:)?vm'|set(?:Timeout|Interval)\(['"`]/],
    ['loads nothing by a computed name', /(?<![#\w.])import\((?!['"])|\brequire\((?!['"])/],
  ])('%s', (_what, pattern) => {
    const found = sources.filter((path) => pattern.test(readRepositoryFile(path)));
    expect(found).toEqual([]);
    expect(sources.length).toBeGreaterThan(300);
  });

  it('lets hovers run these commands and no others', () => {
    const client = sources.filter((path) => path.startsWith('client/')).map(readRepositoryFile);
    expect(client.filter((text) => /isTrusted\s*[:=]\s*true|supportHtml\s*[:=]\s*true/.test(text))).toEqual([]);
    const commands = readRepositoryFile('client/src/hoverCommands.ts').match(
      /'(?:slimscope|vscode|editor|workbench)\.[\w.]+'/g,
    );
    expect([...new Set(commands)].every((command) => command.startsWith("'slimscope."))).toBe(true);
  });
});

/** Texts that would do something if they were taken for markup. */
const hostile = [
  '](command:workbench.action.terminal.new)',
  '<img src=x onerror=alert(1)>',
  '[x](command:workbench.action.quit)',
  '`[x](command:workbench.action.quit)`',
  '| a | [x](command:y) |',
  '\\n\\n[x](command:y)',
];

describe('text of the user', () => {
  it.each(hostile)('stays text in hovers and problems: %s', (text) => {
    const quoted = JSON.stringify(text).replaceAll('\\\\n', '\\n');
    const path = `a${text.replace(/[^\w[\](). ]/g, '')}.py`;
    const python = [
      'import tf_slim as slim',
      `with slim.arg_scope([slim.conv2d], scope=${quoted}, weights_initializer=${quoted}):`,
      `    slim.conv2d(x, 8, ${quoted}, padding=${quoted}, nothing=${quoted})`,
    ].join('\n');
    const workspace = memoryWorkspace([{ path, text: python }]);
    const options = { cancel: neverCancelled, link: () => 'file:///link' };
    const shown = hover(workspace.snapshot, workspace.uri(path), python.indexOf('conv2d(x'), options);
    expect(shown?.plaintext).toContain('scope');
    // Outside of code spans and fences, which render nothing, no address but ours and no tag may be left.
    const rendered = (shown?.markdown ?? '')
      .replace(/^(`{3,}).*\n[^]*?\n\1$/gm, '')
      .replace(/(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)/g, '');
    expect(rendered.match(/(?<!\\)\]\((?!file:\/\/\/link)[^)]*\)/g)).toBeNull();
    expect(rendered.match(/(?<!\\)<\w/g)).toBeNull();
    // Problems are shown as plain text; they are what was written, and nothing else.
    const problems = diagnostics(workspace.snapshot, workspace.uri(path), { cancel: neverCancelled });
    expect(problems.map(({ rule }) => rule)).toContain('unknown-argument');
  });
});

describe('dependencies', () => {
  const manifest = readManifest();
  const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

  it('have exact versions', () => {
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('that are shipped are few, and free to ship', () => {
    const shipped = Object.keys(manifest.dependencies);
    const licences = shipped.map((name) => {
      const text = readFileSync(repositoryPath(`node_modules/${name}/package.json`), 'utf8');
      return [name, (JSON.parse(text) as { license: string }).license];
    });
    expect(licences.filter(([, licence]) => !/^(?:MIT|ISC|BSD-[23]-Clause|Apache-2\.0)$/.test(licence ?? ''))).toEqual(
      [],
    );
    expect(shipped.length).toBeLessThan(15);
  });

  it('are locked by hash', () => {
    const { packages } = JSON.parse(readRepositoryFile('package-lock.json')) as {
      packages: Readonly<Record<string, { integrity?: string; link?: boolean }>>;
    };
    const loose = Object.entries(packages).filter(([path, one]) => path !== '' && !one.link && !one.integrity);
    expect(loose.map(([path]) => path)).toEqual([]);
  });
});
