/**
 * The evaluator against the judge, on one program.
 * Each recorded run of a call has to be one of the stated contexts: the same callers, values, origins and exception. A
 * function whose callers are not known is judged by what is stated as certain. Each stated context that rests on nothing
 * unknown has to have run. Unknown values are counted, never wrong.
 */
import type { SourceFile } from '../../../server/src/semantics/program';
import type { FileAnalysis, OpCall } from '../../../server/src/slim/model';
import { toNormalForm } from '../../../server/src/slim/library/normalForm';
import type { Location } from '../../../server/src/base/span';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';
import { recordedChain, sameChain, statedChains, type RecordedChain } from './callerChain';
import { isCertain, problemsOf, sameMessage, type Disagreement, type Stated } from './contextProblems';
import { lastingWorlds } from './lastingWorlds';
import type { ProgramText, Truth, TruthContext, TruthRow, TruthScope } from './truth';

export interface Comparison {
  readonly disagreements: readonly Disagreement[];
  readonly figures: Figures;
}

export interface Figures {
  /** Recorded runs of calls in module bodies, and in functions. */
  moduleCalls: number;
  functionCalls: number;
  /** Of those in functions: runs that are judged exactly, through their callers. */
  throughCallers: number;
  /** Runs in functions that are not listed, since only unknown callers know what is called. */
  notFound: number;
  /** Arguments of all runs whose callers are known, and those whose value or origin is not certain. */
  arguments: number;
  unknown: number;
  /** Calls that failed, and those whose exception was predicted. */
  errors: number;
  predicted: number;
  /** arg_scope entries that failed, and those that were predicted. */
  failedEntries: number;
  predictedEntries: number;
  /** Stated ways to a call that had to have run. */
  requiredRuns: number;
}

export function noFigures(): Figures {
  return {
    moduleCalls: 0,
    functionCalls: 0,
    throughCallers: 0,
    notFound: 0,
    arguments: 0,
    unknown: 0,
    errors: 0,
    predicted: 0,
    failedEntries: 0,
    predictedEntries: 0,
    requiredRuns: 0,
  };
}

/** Evaluates a program and compares the result with what the judge saw. */
export function compareProgram(program: ProgramText, truth: Truth): Comparison {
  const files = Object.entries(program.files).map(([path, text]) => ({ path, text }));
  const comparer = new Comparer(memoryWorkspace(files), program, truth);
  try {
    for (const row of truth.rows) comparer.row(row);
    for (const scope of truth.scopes) comparer.scope(scope);
    comparer.nothingElse();
  } catch (error) {
    comparer.disagree('crash', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { disagreements: comparer.disagreements, figures: comparer.figures };
}

class Comparer {
  readonly disagreements: Disagreement[] = [];
  readonly figures = noFigures();

  constructor(
    readonly workspace: MemoryWorkspace,
    readonly program: ProgramText,
    readonly truth: Truth,
  ) {}

  disagree(kind: Disagreement['kind'], text: string): void {
    this.disagreements.push({ kind, text });
  }

  row(row: TruthRow): void {
    const place = `${row.path}:${row.line}:${row.col ?? '?'} ${row.op}${row.via === undefined ? '' : ` via ${row.via}`}`;
    const stated = this.#stated(row);
    for (const recorded of row.contexts) {
      const chain = recordedChain(recorded);
      const inModule = chain.places.length === 0;
      if (inModule) this.figures.moduleCalls++;
      else this.figures.functionCalls++;
      const closed = this.#leading(stated, chain);
      const open = stated.filter(({ context }) => context.open);
      if (closed.length > 0) {
        if (!inModule) this.figures.throughCallers++;
        this.#match(place, closed, recorded, true);
      } else if (this.#isBounded(chain)) this.figures.notFound++;
      else if (!inModule && open.length > 0) this.#match(place, open, recorded, false);
      else if (this.#mayRun(row)) this.figures.notFound++;
      else if (stated.length === 0) this.disagree('missing', `${place}: not found`);
      else this.disagree('path', `${place}: not stated below ${chain.places.join(' ') || 'the module body'}`);
    }
  }

  /** True when a function on the way calls itself oftener than is followed, and the result says so. */
  #isBounded({ places }: RecordedChain): boolean {
    if (new Set(places).size === places.length) return false;
    return Object.keys(this.program.files).some((path) =>
      this.#analysis(path).problems.some(({ reason }) => reason.includes('calls itself')),
    );
  }

  /** The closed contexts whose callers are the recorded ones. */
  #leading(stated: readonly Stated[], chain: RecordedChain): readonly Stated[] {
    const closed = stated.flatMap((one) => {
      if (one.context.open) return [];
      const ways = statedChains(one.context, (location) => this.#place(location)).map((way) => sameChain(chain, way));
      return [{ one, way: ways.includes('exact') ? 'exact' : ways.find((way) => way !== undefined) }];
    });
    const exact = closed.filter(({ way }) => way === 'exact');
    return (exact.length > 0 ? exact : closed.filter(({ way }) => way === 'inside')).map(({ one }) => one);
  }

  /** True for a normalizer or activation that is not stated because the layer's own argument is not known. */
  #mayRun(row: TruthRow): boolean {
    const [, outer, inner] = /^(?:(.*)\/)?(normalizer_fn|activation_fn)$/.exec(row.via ?? '') ?? [];
    if (inner === undefined) return false;
    return this.#analysis(row.path).calls.some(
      (call) =>
        startsAt(this.#source(row.path), call, row) &&
        (call.via ?? '') === (outer ?? '') &&
        call.contexts.some((context) =>
          context.arguments.some((argument) => argument.name === inner && !isCertain(argument)),
        ),
    );
  }

  #stated(row: TruthRow): readonly Stated[] {
    const source = this.#source(row.path);
    const via = row.via ?? '';
    const inner = /(?:^|\/)(normalizer_fn|activation_fn)$/.exec(via);
    const outer = inner ? via.slice(0, inner.index) : via;
    const calls = this.#analysis(row.path).calls.filter(
      (call) => startsAt(source, call, row) && (call.via ?? '') === outer && (inner || call.op.name === row.op),
    );
    return calls.flatMap((call) =>
      call.contexts.flatMap((context): readonly Stated[] =>
        inner
          ? context.implicitCalls
              .filter((implicit) => implicit.via === inner[1] && implicit.op.name === row.op)
              .map((implicit) => ({ ...implicit, context }))
          : [{ arguments: context.arguments, ...(context.error ? { error: context.error } : {}), context }],
      ),
    );
  }

  /** One of the stated ways has to be the recorded one. */
  #match(place: string, stated: readonly Stated[], recorded: TruthContext, complete: boolean): void {
    const placeOf = (location: Location): string => this.#place(location);
    const compared = stated.map((one) => ({ one, problems: problemsOf(one, recorded, complete, placeOf) }));
    const best = compared.reduce((a, b) => (b.problems.length < a.problems.length ? b : a));
    const [problem] = best.problems;
    if (problem)
      this.disagree(problem.kind, `${place} [${recorded.driver}] ${best.problems.map((one) => one.text).join('; ')}`);
    if (!complete) return;
    if (recorded.error) {
      this.figures.errors++;
      if (best.one.error) this.figures.predicted++;
      return;
    }
    for (const argument of best.one.arguments) {
      this.figures.arguments++;
      if (argument.certainty !== 'certain' || toNormalForm(argument.value) === undefined) this.figures.unknown++;
    }
  }

  scope(truth: TruthScope): void {
    const source = this.#source(truth.path);
    const site = this.#analysis(truth.path).scopes.find((one) => {
      const { line, column } = source.lines.positionAt(one.call.span.start);
      return line + 1 === truth.line && (truth.col === undefined || column + 1 === truth.col);
    });
    const place = `${truth.path}:${truth.line} arg_scope`;
    const failed = truth.entries.filter((entry) => entry !== null);
    this.figures.failedEntries += failed.length;
    if (!site) return;
    const { error } = site;
    if (!error) {
      // Where an unknown value decides what is entered, both worlds may happen to fail.
      const { start, end } = site.call.span;
      if (
        !source.text.slice(start, end).includes('outside.') &&
        failed.length > 0 &&
        failed.length === truth.entries.length &&
        site.form !== 'unknown' &&
        site.ops.every((op) => op.op)
      )
        this.disagree('scopeError', `${place}: does not fail, recorded ${failed[0]?.type}: ${failed[0]?.message}`);
      return;
    }
    const wrong = truth.entries.find(
      (entry) => entry?.type !== error.type || !sameMessage(entry.message, error.message),
    );
    if (wrong === undefined) this.figures.predictedEntries += failed.length;
    else
      this.disagree(
        'scopeError',
        `${place}: fails with ${error.type}: ${error.message}, recorded ${wrong ? `${wrong.type}: ${wrong.message}` : 'none'}`,
      );
  }

  /** Each stated way that rests on nothing unknown has to have been taken. */
  nothingElse(): void {
    const lasting = lastingWorlds(this.program, this.truth);
    const placeOf = (location: Location): string => this.#place(location);
    for (const path of Object.keys(this.program.files)) {
      for (const call of this.#analysis(path).calls) {
        const rows = this.truth.rows.filter(
          (row) =>
            row.path === path &&
            startsAt(this.#source(path), call, row) &&
            row.op === call.op.name &&
            (row.via ?? '') === (call.via ?? ''),
        );
        for (const context of call.contexts) {
          if (context.open || context.conditions.length > 0 || context.uncertainties.length > 0) continue;
          if (!context.arguments.every(isCertain)) continue;
          const stated: Stated = {
            arguments: context.arguments,
            ...(context.error ? { error: context.error } : {}),
            context,
          };
          for (const chain of statedChains(context, placeOf)) {
            if (!lasting.reach([...chain, placeOf(call.call)])) continue;
            this.figures.requiredRuns++;
            const ran = rows.some((row) =>
              row.contexts.some(
                (recorded) =>
                  sameChain(recordedChain(recorded), chain) && problemsOf(stated, recorded, true, placeOf).length === 0,
              ),
            );
            if (!ran)
              this.disagree(
                'extra',
                `${placeOf(call.call)} ${call.op.name}: never ran so below ${chain.join(' ') || 'the module body'}`,
              );
          }
        }
      }
    }
  }

  #source(path: string): SourceFile {
    const source = this.workspace.snapshot.getFile(this.workspace.uri(path));
    if (!source) throw new Error(`no file ${path}`);
    return source;
  }

  #analysis(path: string): FileAnalysis {
    const analysis = this.workspace.snapshot.analysis(this.workspace.uri(path));
    if (!analysis) throw new Error(`no analysis of ${path}`);
    return analysis;
  }

  #place(location: Location): string {
    const source = this.workspace.snapshot.getFile(location.file);
    const position = source?.lines.positionAt(location.span.start);
    return `${source?.path ?? '?'}:${(position?.line ?? -1) + 1}:${(position?.column ?? -1) + 1}`;
  }
}

function startsAt(source: SourceFile, call: OpCall, row: TruthRow): boolean {
  const start = source.lines.positionAt(call.call.span.start);
  if (start.line + 1 !== row.line) return false;
  if (row.col === undefined) return true;
  const end = source.lines.positionAt(call.call.span.end);
  return start.column + 1 === row.col && end.line + 1 === row.endLine && end.column + 1 === row.endCol;
}
