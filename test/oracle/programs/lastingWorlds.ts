/**
 * Which calls must have run: in a program that reads nothing unknown and catches nothing, all that lie before the
 * statement that ended the run, if one did.
 */
import type { ProgramText, Truth } from './truth';

export interface LastingWorlds {
  /** True when a way (places of calls, outermost first) lies wholly before the end of some run. */
  reach(chain: readonly string[]): boolean;
}

/** Anything that makes the way through a program depend on what is not known. */
const DEPENDS = /\boutside\.|\btry:|\bsuppress\b/;

/** See the file comment. */
export function lastingWorlds(program: ProgramText, truth: Truth): LastingWorlds {
  if (Object.values(program.files).some((text) => DEPENDS.test(text))) return { reach: () => false };
  const main = (program.files['main.py'] ?? '').split('\n');
  const ends = truth.ends.map((end) => (end ? startOfStatement(main, end.line) : Infinity));
  const last = Math.max(...ends);
  // A generator runs elsewhere than where it is made: whether that was reached cannot be told by its place.
  const hasGenerators = Object.values(program.files).some((text) => /\byield\b|\(.* for \w+ in /.test(text));
  if (last !== Infinity && hasGenerators) return { reach: () => false };
  return {
    reach(chain) {
      const [path, line] = (chain[0] ?? '').split(':');
      return path === 'main.py' ? Number(line) < last : last === Infinity;
    },
  };
}

/** The first line of the statement of the module body that holds a line. */
function startOfStatement(lines: readonly string[], line: number): number {
  let at = line;
  while (at > 1 && /^(\s|else:|elif |except|finally:)/.test(lines[at - 1] ?? '')) at--;
  return at;
}
