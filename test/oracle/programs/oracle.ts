/**
 * Generates programs, lets the judge run them, compares, and cuts each disagreement down to a minimal program.
 *
 *   npm run oracle -- --seed 1 --count 20000 [--python python3] [--show 5] [--record FILE]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { openSource } from '../../support/openSources';
import { compareProgram, noFigures, type Comparison, type Figures } from './compare';
import { textOfLines, type GeneratedProgram } from './generator/lines';
import { generateProgram } from './generator/program';
import { Judge } from './judge';
import { minimise } from './minimise';
import type { ProgramText, Truth } from './truth';

/** How many programs wait for the judge at a time. */
const BATCH = 100;

/** A program as the judge and the parser read it. */
function textOfProgram(program: GeneratedProgram): ProgramText {
  return {
    files: Object.fromEntries(program.files.map(({ path, lines }) => [path, textOfLines(lines)])),
    worlds: program.worlds,
  };
}

interface Failure {
  readonly seed: number;
  readonly program: GeneratedProgram;
  readonly comparison: Comparison;
}

/** Runs the command. Returns the exit code: 1 when there is a disagreement. */
export async function runOracle(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '1000' },
      python: { type: 'string', default: 'python3' },
      show: { type: 'string', default: '5' },
      record: { type: 'string' },
    },
  });
  const source = await openSource('tf_slim');
  if (source.kind !== 'ready') throw new Error(`tf_slim cannot be had: ${source.reason}`);
  const judge = new Judge(
    values.python,
    join(root, 'test/oracle/programs/judge/judge.py'),
    join(source.folder, 'tf_slim'),
  );
  try {
    const first = Number(values.seed);
    const count = Number(values.count);
    const run = await runAll(judge, first, count, values.record !== undefined);
    print(first, count, run);
    await show(judge, run.failures, Number(values.show));
    if (values.record !== undefined) writeFileSync(values.record, gzipSync(JSON.stringify(run.recorded), { level: 9 }));
    return run.failures.length > 0 ? 1 : 0;
  } finally {
    judge.close();
  }
}

interface Run {
  readonly figures: Figures;
  readonly failures: readonly Failure[];
  /** Programs whose two runs both ended early. */
  readonly ended: Map<string, number>;
  readonly recorded: readonly (ProgramText & { readonly seed: number; readonly truth: Truth })[];
}

async function runAll(judge: Judge, first: number, count: number, keep: boolean): Promise<Run> {
  const figures = noFigures();
  const failures: Failure[] = [];
  const ended = new Map<string, number>();
  const recorded: (ProgramText & { readonly seed: number; readonly truth: Truth })[] = [];
  for (let start = first; start < first + count; start += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, first + count - start) }, (_, i) => start + i);
    const programs = seeds.map(generateProgram);
    const texts = programs.map(textOfProgram);
    const truths = await Promise.all(texts.map((text) => judge.judge(text)));
    texts.forEach((text, i) => {
      const truth = truths[i];
      const program = programs[i];
      const seed = seeds[i];
      if (!truth || !program || seed === undefined) return;
      for (const end of truth.ends) if (end) ended.set(end.type, (ended.get(end.type) ?? 0) + 1);
      if (isNonsense(truth)) return;
      const comparison = compareProgram(text, truth);
      add(figures, comparison.figures);
      if (comparison.disagreements.length > 0) failures.push({ seed, program, comparison });
      if (keep) recorded.push({ seed, ...text, truth });
    });
  }
  return { figures, failures, ended, recorded };
}

function add(total: Figures, more: Figures): void {
  for (const key of Object.keys(total) as (keyof Figures)[]) total[key] += more[key];
}

/** Prints one line; the command's output. */
function say(text: string): void {
  process.stdout.write(text + '\n');
}

function print(first: number, count: number, run: Run): void {
  const { figures } = run;
  const share = ((100 * figures.unknown) / Math.max(1, figures.arguments)).toFixed(2);
  say(`programs ${count}, seeds ${first} to ${first + count - 1}`);
  say(
    `call runs: ${figures.moduleCalls} in module bodies, ${figures.functionCalls} in functions, ${figures.throughCallers} of them judged through callers (${figures.notFound} not listed)`,
  );
  say(`arguments: ${figures.arguments}, not certain ${figures.unknown} (${share} %)`);
  say(`exceptions of calls: ${figures.errors}, predicted ${figures.predicted}`);
  say(`failed arg_scope entries: ${figures.failedEntries}, predicted ${figures.predictedEntries}`);
  say(`stated ways that had to run: ${figures.requiredRuns}`);
  say(`runs that ended early: ${[...run.ended].map(([type, times]) => `${type} ${times}`).join(', ') || 'none'}`);
  say(`programs that disagree: ${run.failures.length}`);
  const kinds = new Map<string, number>();
  for (const failure of run.failures) {
    const kind = failure.comparison.disagreements[0]?.kind ?? '';
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  for (const [kind, times] of kinds) say(`  ${kind}: ${times}`);
}

/** True when a run ended because the program itself makes no sense: the generator's fault, or the minimiser's. */
function isNonsense(truth: Truth): boolean {
  return truth.ends.some((end) => end && NONSENSE.has(end.type));
}

const NONSENSE = new Set([
  'NameError',
  'UnboundLocalError',
  'SyntaxError',
  'IndentationError',
  'ImportError',
  'ModuleNotFoundError',
  'RecursionError',
]);

async function show(judge: Judge, failures: readonly Failure[], count: number): Promise<void> {
  for (const failure of failures.slice(0, count)) {
    const kind = failure.comparison.disagreements[0]?.kind;
    const compare = async (candidate: GeneratedProgram): Promise<Comparison> => {
      const text = textOfProgram(candidate);
      const truth = await judge.judge(text);
      // A program that was cut down to nonsense tells nothing.
      return isNonsense(truth) ? { disagreements: [], figures: noFigures() } : compareProgram(text, truth);
    };
    const fails = async (candidate: GeneratedProgram): Promise<boolean> =>
      (await compare(candidate)).disagreements.some((one) => one.kind === kind);
    const smallest = await minimise(failure.program, fails);
    say(`\nseed ${failure.seed}: ${failure.comparison.disagreements[0]?.text ?? ''}`);
    for (const { path, lines } of smallest.files) say(`--- ${path}\n${textOfLines(lines)}`);
    const { disagreements } = await compare(smallest);
    for (const one of disagreements.slice(0, 4)) say(`  ${one.kind}: ${one.text}`);
  }
}
