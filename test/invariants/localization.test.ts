/**
 * Ready for translators: what a person reads in the manifest stands in package.nls.json, what the client says goes through
 * `l10n.t`, and nothing of it is evaluated before VS Code has set the language.
 */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { listRepositoryFiles, readRepositoryFile, repositoryPath } from '../support/repository';

/** In English on purpose: it goes into bug reports. */
const english = 'client/src/debugInformation.ts';
/** Markup without a word that is shown. */
const markup = 'client/src/layersHtml.ts';

const sources = listRepositoryFiles()
  .filter((path) => /^client\/src\/.*\.ts$/.test(path))
  .map((path) => ts.createSourceFile(path, readRepositoryFile(path), ts.ScriptTarget.Latest, true));

function place(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** All nodes below a node. */
function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

function isLocalized(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression.getText() === 'l10n.t';
}

/** Calls whose texts only developers read: the log, and errors that end there. */
function isForDevelopers(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Error';
  return ts.isCallExpression(node) && /(^|\.)log\.\w+$/.test(node.expression.getText());
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  const isPart = ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  return isPart ? node.text : undefined;
}

function parentsOf(node: ts.Node): readonly ts.Node[] {
  return node.parent ? [node.parent, ...parentsOf(node.parent)] : [];
}

/** Texts of several words outside of what is localized or for developers. */
function plainTexts(source: ts.SourceFile): readonly string[] {
  return [...nodesOf(source)].flatMap((node) => {
    if (!/\p{L}{2,} \p{L}|\p{L}: \p{L}/u.test(textOf(node) ?? '')) return [];
    return parentsOf(node).some((one) => isLocalized(one) || isForDevelopers(one))
      ? []
      : [`${place(node)} ${node.getText()}`];
  });
}

describe('the client', () => {
  it('says everything through l10n', () => {
    const others = sources.filter(({ fileName }) => fileName !== english && fileName !== markup);
    expect(others.length).toBeGreaterThan(8);
    expect(others.flatMap(plainTexts)).toEqual([]);
  });

  it('finds a text that does not', () => {
    const text = "const a = l10n.t('All is well');\nvoid window.showInformationMessage(`All is ${a}`, 'Open it');\n";
    const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
    expect(plainTexts(source)).toEqual(['a.ts:2 `All is ${', "a.ts:2 'Open it'"]);
  });

  it('evaluates no text while it is loaded', () => {
    const early = sources.flatMap((source) =>
      [...nodesOf(source)].filter((node) => isLocalized(node) && !parentsOf(node).some(ts.isFunctionLike)).map(place),
    );
    expect(early).toEqual([]);
  });

  it('has its texts in the bundle', () => {
    const script = repositoryPath('scripts/generateL10n.mjs');
    expect(spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });
});

describe('the manifest', () => {
  const texts = JSON.parse(readRepositoryFile('package.nls.json')) as Readonly<Record<string, string>>;

  it('has exactly the keys that it names', () => {
    const keys = [...readRepositoryFile('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
    expect(keys.length).toBeGreaterThan(50);
    expect([...new Set(keys)].sort()).toEqual(Object.keys(texts).sort());
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([]);
  });
});
