import { describe, expect, it } from 'vitest';
import { listRepositoryFiles, readRepositoryFile } from '../support/repository';

/** Longer than this, and a file has more than one job. */
const maximumLines = 450;
/** Files that may be longer, each for a reason. Generated tables are data and not counted at all. */
const longerForAReason: readonly string[] = [
  'server/src/syntax/ast.ts', // one list of node types; it is looked up, not read
];
const generated = /^server\/src\/slim\/data\//;
/** The aim is 2 to 6 lines; a header that long is an essay that belongs into docs/. */
const maximumHeaderLines = 12;

const sources = listRepositoryFiles().filter((path) => /^(server|client)\/src\/.*\.ts$/.test(path));

/** The lines of the doc comment that a text starts with; undefined when it starts with something else. */
function readHeader(text: string): string[] | undefined {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1];
  return comment
    ?.split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
    .filter((line) => line !== '');
}

describe('source files', () => {
  it('are found', () => {
    expect(sources.length).toBeGreaterThan(50);
  });

  it('start with a doc comment that says what they are for', () => {
    const bad = sources.filter((path) => {
      const header = readHeader(readRepositoryFile(path));
      return header === undefined || header.length > maximumHeaderLines || header.join(' ').length < 40;
    });
    expect(bad).toEqual([]);
  });

  it('stay readable in one sitting', () => {
    const long = sources
      .map((path) => ({ path, lines: readRepositoryFile(path).split('\n').length - 1 }))
      .filter(({ path, lines }) => lines > maximumLines && !longerForAReason.includes(path) && !generated.test(path));
    expect(long).toEqual([]);
  });

  it('are named in camelCase', () => {
    const named = /^[a-z][A-Za-z0-9]*(\.(node|browser|worker|cli))?\.ts$/;
    expect(sources.filter((path) => !named.test(path.split('/').at(-1) ?? ''))).toEqual([]);
  });
});
