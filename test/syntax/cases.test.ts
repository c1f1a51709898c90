import { printModule } from '../../server/src/syntax/print';
import { mdtest } from '../support/mdtest';
import { parse } from '../support/parser';

mdtest({
  folder: new URL('./cases/', import.meta.url),
  setup: (fixture) => {
    const text = fixture.files[0]?.text ?? '';
    return { text, tree: parse(text) };
  },
  goldens: {
    /** The printed tree. */
    tree: ({ tree }) => printModule(tree.module),
    /** The places that are damaged, one a line; `(python 2)` when the file is. */
    notes: ({ text, tree }) => {
      const places = tree.incomplete.map(({ start, end }) => `incomplete: ${text.slice(start, end)}`);
      return [...places, ...(tree.python2 ? ['(python 2)'] : [])].join('\n');
    },
  },
});
