import { describe, expect, it } from 'vitest';
import { resolveLibraryName } from '../../server/src/slim/library/libraryNames';
import { readDirectives } from '../../server/src/rules/support/directiveSyntax';
import { slimFunctions } from '../../server/src/slim/signatures/libraryFunctions';
import { readMarkdownCases } from '../support/markdownCases';
import { readManifest, readRepositoryFile } from '../support/repository';
import { loadPython, tokenize, type Token } from './textmate';

const ours = /\.slimscope$/;
const underline = /^\s*#\s*(\^+) ([a-z][\w.-]*)$/;
const fixture = readMarkdownCases(readRepositoryFile('test/grammar/injection.md'));
const marked = await loadPython({ injections: true });
const plain = await loadPython({ injections: false });

/** The code of a fixture without its underlines, and what they expect, as `line:start-end scope`. */
function readExpectations(block: string): { code: string; expected: string[] } {
  const code: string[] = [];
  const expected: string[] = [];
  for (const line of block.split('\n')) {
    const match = underline.exec(line);
    if (!match) code.push(line);
    else {
      const start = line.indexOf('^');
      expected.push(`${code.length}:${start}-${start + (match[1] ?? '').length} ${match[2] ?? ''}`);
    }
  }
  return { code: code.join('\n'), expected };
}

function describeMark(token: Token): string | undefined {
  const scope = token.scopes.filter((name) => ours.test(name)).at(-1);
  if (scope === undefined || token.text.trim() === '' || scope === 'comment.line.directive.slimscope') return undefined;
  return `${token.line + 1}:${token.start}-${token.end} ${scope.replace(ours, '')}`;
}

/** Every character of a text with the scopes that the Python grammar itself gave it. */
function hostScopes(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    const scopes = token.scopes.filter((name) => !ours.test(name)).join(' ');
    return [...token.text].map((character, i) => `${token.line + 1}:${token.start + i} ${character} ${scopes}`);
  });
}

describe('injection grammar', () => {
  for (const one of fixture.cases) {
    it(one.name, () => {
      for (const block of one.blocks) {
        const { code, expected } = readExpectations(block.text);
        const found = tokenize(marked, code).map(describeMark);
        expect(found.filter((mark) => mark !== undefined)).toEqual(expected);
      }
    });

    it(`leaves the colours of Python alone: ${one.name}`, () => {
      for (const block of one.blocks) {
        const { code } = readExpectations(block.text);
        expect(hostScopes(tokenize(marked, code))).toEqual(hostScopes(tokenize(plain, code)));
      }
    });
  }

  it('ends with an unfinished call where Python itself ends', () => {
    const code = 'net = slim.conv2d(net, \nx = 1\ndef f(a):\n    return slim.flatten(a)\n';
    expect(hostScopes(tokenize(marked, code))).toEqual(hostScopes(tokenize(plain, code)));
  });

  it('knows the ops of `slim.` that the evaluator knows', () => {
    const names = [...new Set(slimFunctions.flatMap((op) => [op.name, op.functionName, ...op.aliases]))];
    const ops = names.filter((name) => {
      const found = resolveLibraryName(`tf_slim.${name}`);
      if (found.kind === 'op' || found.kind === 'opPartial') return found.op.scopable;
      return found.kind === 'repeat' || found.kind === 'stack';
    });
    const isMarked = (name: string): boolean =>
      tokenize(marked, `slim.${name}(net)`).some((token) => token.scopes.includes('support.function.op.slimscope'));
    expect(names.filter(isMarked).sort()).toEqual(ops.sort());
    expect(ops.length).toBeGreaterThan(40);
  });

  it.each([
    '# slimscope: ignore',
    '#slimscope:ignore[a-b]why',
    '# slimscope: ignore [a-b, c-d] why',
    '# slimscope: ignore-file[tf1-api]',
    '# noqa: E501  # slimscope: ignore[a-b]',
    '#: slimscope: ignore',
    '## slimscope: ignore',
    '# slimscope : ignore',
    '# slimscope: ignore-next-line',
    '# slimscope: ignored',
    '# slimscope: Ignore',
    '# Slimscope: ignore',
    '# slimscope: disable[a-b]',
    '# "# slimscope: ignore"',
    '# slimscope ignore',
    '# slimscope: ignore[a-b',
    '# slimscope: ignore[a-b # c-d]',
    '# slimscope: ignore[]',
    '# slimscope: ignore[ , ]',
    '# slimscope: ignore[a-b,]',
    '# slimscope: ignore (a-b)',
    '# slimscope: ignore: a-b',
    '# slimscope: ignore, a-b',
    '# see slimscope: ignore',
  ])('colours what the server reads as a directive: %s', (text) => {
    const isColoured = tokenize(marked, text).some(({ scopes }) =>
      scopes.includes('keyword.control.directive.slimscope'),
    );
    const comment = { span: { start: 0, end: text.length }, text };
    expect(isColoured).toBe(readDirectives([comment], () => true).directives.length > 0);
  });

  it('is contributed for Python', () => {
    for (const grammar of readManifest().contributes.grammars) {
      expect(grammar.injectTo).toEqual(['source.python']);
      const scopeName = (JSON.parse(readRepositoryFile(grammar.path)) as { scopeName: string }).scopeName;
      expect(scopeName).toBe(grammar.scopeName);
    }
    expect(readManifest().contributes.grammars).toHaveLength(2);
  });
});
