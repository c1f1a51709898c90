/**
 * Explains the files of the command line, with a second thread where there are many of them. Each file is explained by
 * itself, so that the result is the same for any number of threads.
 */
import type { OpenedInputs } from '../inputs';
import { explainFile } from './explainFile';
import type { ExplainedFile } from './format';

/** Every `of`-th file, beginning with number `index`. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

export interface ExplainedPart {
  readonly files: readonly ExplainedFile[];
  /** What could not be read. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
}

/** Explains a part of the same command line somewhere else. */
export type ExplainElsewhere = (part: Part) => Promise<ExplainedPart>;

/** Starting a thread takes longer than explaining so many files. */
const FEW_FILES = 16;

/**
 * Explains everything.
 * @param elsewhere a second thread, where the platform has one
 */
export async function explainTargets(inputs: OpenedInputs, elsewhere?: ExplainElsewhere): Promise<ExplainedPart> {
  if (!elsewhere || inputs.targets.length <= FEW_FILES) return explainPart(inputs, { index: 0, of: 1 });
  const other = elsewhere({ index: 1, of: 2 });
  // A thread that fails has its part done here; its error is ours to meet again.
  const settled = other.catch(() => undefined);
  const own = explainPart(inputs, { index: 0, of: 2 });
  const rest = (await settled) ?? explainPart(inputs, { index: 1, of: 2 });
  const problems = new Map([...own.problems, ...rest.problems].map((one) => [`${one.path} ${one.reason}`, one]));
  return { files: [...own.files, ...rest.files], problems: [...problems.values()] };
}

/** Explains a part of the files. */
export function explainPart(inputs: OpenedInputs, part: Part): ExplainedPart {
  const targets = inputs.targets.filter((_, i) => i % part.of === part.index);
  const files = targets.map(({ file, lines }) => explainFile(inputs.snapshot, file, lines));
  return { files, problems: inputs.problems() };
}
