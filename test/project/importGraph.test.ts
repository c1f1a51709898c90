/**
 * The import graph as it goes from state to state: always what a graph made anew would say, and cheap after the first time.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Content } from '../../server/src/project/content';
import { ImportGraph, type ImportState } from '../../server/src/project/importGraph';
import { createModuleIndex } from '../../server/src/project/moduleIndex';
import { parse } from '../support/parser';

const root = 'file:///w';

/** Files `m0.py` ... with what each imports. */
function stateOf(imports: readonly (readonly number[])[], before?: ImportState): ImportState {
  const texts = imports.map((targets) => targets.map((one) => `import m${one}\n`).join(''));
  const contents = new Map(
    texts.map((text, i) => {
      const old = before?.contents.get(`${root}/m${i}.py`);
      return [`${root}/m${i}.py`, old?.isSameAs({ text }) ? old : new Content(() => ({ text }), parse, true)] as const;
    }),
  );
  const isSame = before?.contents.size === contents.size;
  return { contents, index: isSame ? before.index : createModuleIndex(contents.keys(), [root], []) };
}

function importers(graph: ImportGraph, state: ImportState): readonly (readonly string[])[] {
  return [...state.contents.keys()].map((file) => graph.importersOf(state, file));
}

describe('the import graph', () => {
  it('is made in pieces the first time, and at once after an edit', () => {
    const graph = new ImportGraph();
    const files = Array.from({ length: 450 }, (_, i) => [(i + 1) % 450]);
    const first = stateOf(files);
    expect([...graph.bringTo(first)]).toEqual([100, 200, 300, 400].map((done) => ({ done, total: 450 })));
    expect(graph.importersOf(first, `${root}/m7.py`)).toEqual([`${root}/m6.py`]);
    const second = stateOf(
      files.map((one, i) => (i === 3 ? [7] : one)),
      first,
    );
    expect([...graph.bringTo(second)]).toEqual([]);
    expect(graph.importersOf(second, `${root}/m7.py`)).toEqual([`${root}/m3.py`, `${root}/m6.py`]);
    expect(graph.importersOf(second, `${root}/m4.py`)).toEqual([]);
  });

  it('comes to its end when others use it in the pauses', () => {
    const graph = new ImportGraph();
    const first = stateOf(Array.from({ length: 250 }, () => [0]));
    const second = stateOf(Array.from({ length: 250 }, () => [1]));
    const pieces = graph.bringTo(first)[Symbol.iterator]();
    pieces.next();
    expect(graph.importersOf(second, `${root}/m1.py`)).toHaveLength(249);
    while (!pieces.next().done);
    expect(importers(graph, first)).toEqual(importers(new ImportGraph(), first));
  });

  it('says what a graph made anew says, whatever was asked before', () => {
    const imports = fc.array(fc.array(fc.nat(6), { maxLength: 3 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(fc.array(imports, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(5)), (all, asked) => {
        const graph = new ImportGraph();
        const states: ImportState[] = [];
        for (const one of all) states.push(stateOf(one, states.at(-1)));
        for (const i of [...asked, ...states.keys()]) {
          const state = states[i % states.length];
          if (state) expect(importers(graph, state)).toEqual(importers(new ImportGraph(), state));
        }
      }),
    );
  });
});
