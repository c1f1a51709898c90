/**
 * What a comparison counts, per file and in sum.
 */

export interface Figures {
  /** Recorded call sites (one per op and position), and those that the analysis lists. */
  readonly sites: number;
  readonly found: number;
  /** Recorded contexts, and those for which a context of ours has the arguments from the same places. */
  readonly contexts: number;
  readonly right: number;
  /** Without callers: contexts of normalizers of which only the callers say whether they run, and such on other ways. */
  readonly undecided: number;
  /** Arguments of the recorded contexts, those that have no value, and those whose value rests on a named assumption. */
  readonly arguments: number;
  readonly unknown: number;
  readonly assumed: number;
  /** Stated values that differ from every recorded one. */
  readonly wrongValues: number;
  readonly wrongOrigins: number;
  /** With callers: contexts that are stated without a condition, on a recorded way, and never happened. */
  readonly never: number;
}

export type FigureName = keyof Figures;

export const noFigures: Figures = {
  sites: 0,
  found: 0,
  contexts: 0,
  right: 0,
  undecided: 0,
  arguments: 0,
  unknown: 0,
  assumed: 0,
  wrongValues: 0,
  wrongOrigins: 0,
  never: 0,
};

export function sum(all: readonly Figures[]): Figures {
  const total: Record<FigureName, number> = { ...noFigures };
  for (const one of all) for (const name of Object.keys(total) as FigureName[]) total[name] += one[name];
  return total;
}
