import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { registryText } from '../../scripts/generateRegistry.mjs';
import { newRuleFiles } from '../../scripts/newRule.mjs';
import { rules } from '../../server/src/rules/registry';
import { readMarkdownCases } from '../support/markdownCases';
import { memoryWorkspace } from '../support/memoryWorkspace';

const root = new URL('../../', import.meta.url);
const severities = ['error', 'warning', 'info', 'hint'];
const headings = [
  'What it reports',
  'Why it matters',
  'Example',
  'Use instead',
  'When it stays silent',
  'Fix safety',
  'Options',
  'Suppressing',
  'References',
];

function names(folder: string, extension: string): string[] {
  const files = readdirSync(fileURLToPath(new URL(folder, root))).filter((name) => name.endsWith(extension));
  return files.map((name) => basename(name, extension)).sort();
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, root)), 'utf8');
}

function toKebab(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

describe('one rule = one file, one fixture, one page', () => {
  const ruleNames = rules.map((rule) => rule.name).sort();

  test('sources', () => {
    const sources = names('server/src/rules/', '.ts').filter((name) => name !== 'rule' && name !== 'registry');
    expect(sources.map(toKebab).sort()).toEqual(ruleNames);
  });

  test('fixtures', () => expect(names('test/rules/', '.md')).toEqual(ruleNames));

  test('pages', () => expect(names('docs/rules/', '.md')).toEqual(ruleNames));

  test('the registry is generated and fresh', () => expect(read('server/src/rules/registry.ts')).toBe(registryText()));

  test('the manifest offers them with their severities', () => {
    const manifest = JSON.parse(read('package.json')) as {
      contributes: {
        configuration: { properties: Record<string, { properties?: Record<string, { default: string }> }> };
      };
    };
    const offered = manifest.contributes.configuration.properties['slimscope.rules']?.properties ?? {};
    expect(Object.fromEntries(Object.entries(offered).map(([name, value]) => [name, value.default]))).toEqual(
      Object.fromEntries(rules.map((rule) => [rule.name, rule.severity])),
    );
  });

  test('names are kebab-case and say what was found', () => {
    expect(ruleNames.filter((name) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name) || name.startsWith('no-'))).toEqual(
      [],
    );
  });
});

describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  const page = read(`docs/rules/${name}.md`);

  test('the fixture shows it, and shows where it is silent', () => {
    const text = read(`test/rules/${name}.md`);
    expect(readMarkdownCases(text).title).toBe(name);
    expect(text).toContain(`${name}`);
    expect(text).toMatch(/silent|must not|only/i);
  });

  test('the page has the nine headings and the data of the code', () => {
    expect([...page.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(headings);
    expect(page).toMatch(new RegExp(`^# ${name}\n`));
    expect(page.split('\n')[2]).toBe(`${rule.summary}.`);
    expect(page).toContain(`Severity \`${rule.severity}\` · fix \`${rule.fix}\` · since ${rule.since}`);
  });

  test('the page promises a fix exactly if there is one', () => {
    const safety = section(page, 'Fix safety');
    if (rule.fix === 'none') expect(safety).toMatch(/^No fix/);
    else expect(safety.toLowerCase()).toContain(rule.fix);
  });

  test('its example reports this rule and no other, its advice reports nothing', () => {
    const example = reported(codeIn(section(page, 'Example')), name);
    expect(new Set(example)).toEqual(new Set([name]));
    expect(reported(codeIn(section(page, 'Use instead')), name)).toEqual([]);
  });

  test('its severity exists and the example has it', () => {
    expect(severities).toContain(rule.severity);
    const found = memoryWorkspace([{ path: 'main.py', text: codeIn(section(page, 'Example')) }]).diagnose('main.py');
    expect(found.some(({ diagnostic }) => diagnostic.rule === name && diagnostic.severity === rule.severity)).toBe(
      true,
    );
  });

  test('messages are sentences with code in backticks and without a final period', () => {
    const found = memoryWorkspace([{ path: 'main.py', text: codeIn(section(page, 'Example')) }]).diagnose('main.py');
    for (const { diagnostic } of found) {
      const [headline = '', ...more] = diagnostic.message.split('\n');
      expect(headline).toMatch(/^[A-Z`]/);
      expect([headline, ...more].filter((line) => line.endsWith('.'))).toEqual([]);
      expect(diagnostic.message.split('`').length % 2, 'closed backticks').toBe(1);
    }
  });
});

function section(page: string, heading: string): string {
  const start = page.indexOf(`\n## ${heading}\n`);
  const end = page.indexOf('\n## ', start + 1);
  return page.slice(start + `\n## ${heading}\n`.length, end < 0 ? undefined : end).trim();
}

function codeIn(text: string): string {
  const code = /^```py\n([\s\S]*?)^```$/m.exec(text)?.[1];
  if (code === undefined) throw new Error('no py fence');
  return code;
}

/** Rules that are reported; hints of other rules (slim code is a hint itself) do not count. */
function reported(code: string, own: string): string[] {
  const found = memoryWorkspace([{ path: 'main.py', text: code }]).diagnose('main.py');
  return found
    .map(({ diagnostic }) => diagnostic)
    .filter((one) => one.rule === own || one.severity !== 'hint')
    .map((one) => one.rule);
}

test('a scaffolded rule has the shape that this test demands', () => {
  const files = newRuleFiles('some-thing', '1.2.3');
  expect(Object.keys(files)).toEqual([
    'server/src/rules/someThing.ts',
    'test/rules/some-thing.md',
    'docs/rules/some-thing.md',
  ]);
  const page = files['docs/rules/some-thing.md'] ?? '';
  expect([...page.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(headings);
  expect(page).toContain('Severity `warning` · fix `none` · since 1.2.3');
  expect(readMarkdownCases(files['test/rules/some-thing.md'] ?? '').cases).toHaveLength(2);
  expect(files['server/src/rules/someThing.ts']).toContain("name: 'some-thing'");
});
