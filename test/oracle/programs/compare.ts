/**
 * The evaluator against the judge, on one program.
 * Calls of module bodies run in contexts that the evaluator knows completely: it has to agree with every run on every
 * argument, origin and error. Calls inside functions are evaluated below unknown callers: what is stated as certain has to
 * hold in every run. Unknown values are counted, never wrong.
 */
import type { SourceFile } from '../../../server/src/semantics/program';
import type { CallContext, EffectiveArgument, FileAnalysis, OpCall } from '../../../server/src/slim/model';
import { sameNormalForm, toNormalForm } from '../../../server/src/slim/library/normalForm';
import type { Location } from '../../../server/src/base/span';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';
import type { ProgramText, Truth, TruthArgument, TruthContext, TruthOrigin, TruthRow, TruthScope } from './truth';

export interface Disagreement {
  /** What is wrong, in a word: the minimiser keeps it. */
  readonly kind: 'crash' | 'missing' | 'extra' | 'value' | 'origin' | 'error' | 'scopeError' | 'notStated';
  readonly text: string;
}

export interface Comparison {
  readonly disagreements: readonly Disagreement[];
  readonly figures: Figures;
}

export interface Figures {
  /** Recorded runs of calls in module bodies, and in functions. */
  moduleCalls: number;
  functionCalls: number;
  /** Calls inside functions that are not listed, since only the callers know what is called. */
  notFound: number;
  /** Arguments in module bodies, and those whose value or origin is not certain. */
  arguments: number;
  unknown: number;
  /** Calls that failed, and those whose exception was predicted. */
  errors: number;
  predicted: number;
  /** arg_scope entries that failed, and those that were predicted. */
  failedEntries: number;
  predictedEntries: number;
}

export function noFigures(): Figures {
  return {
    moduleCalls: 0,
    functionCalls: 0,
    notFound: 0,
    arguments: 0,
    unknown: 0,
    errors: 0,
    predicted: 0,
    failedEntries: 0,
    predictedEntries: 0,
  };
}

/** Evaluates a program and compares the result with what the judge saw. */
export function compareProgram(program: ProgramText, truth: Truth): Comparison {
  const files = Object.entries(program.files).map(([path, text]) => ({ path, text }));
  const comparer = new Comparer(memoryWorkspace(files));
  try {
    for (const row of truth.rows) comparer.row(row);
    for (const scope of truth.scopes) comparer.scope(scope);
    if (
      truth.ends.every((end) => end === null) &&
      !/\boutside\.|\btry:|suppress|\bfor\b|\bwhile\b/.test(files.map((one) => one.text).join(''))
    )
      comparer.nothingElse('main.py', truth);
  } catch (error) {
    comparer.disagree('crash', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { disagreements: comparer.disagreements, figures: comparer.figures };
}

/** What is compared of one way to run a call: the call itself, or a normalizer or activation that it runs. */
interface Stated {
  readonly arguments: readonly EffectiveArgument[];
  readonly error?: { readonly type: string; readonly message: string };
  readonly context: CallContext;
}

class Comparer {
  readonly disagreements: Disagreement[] = [];
  readonly figures = noFigures();

  constructor(readonly workspace: MemoryWorkspace) {}

  disagree(kind: Disagreement['kind'], text: string): void {
    this.disagreements.push({ kind, text });
  }

  row(row: TruthRow): void {
    const inModule = row.contexts.filter(isModuleLevel);
    const inFunction = row.contexts.filter((context) => !isModuleLevel(context));
    const place = `${row.path}:${row.line}:${row.col ?? '?'} ${row.op}${row.via === undefined ? '' : ` via ${row.via}`}`;
    const stated = this.#stated(row);
    this.figures.moduleCalls += inModule.length;
    this.figures.functionCalls += inFunction.length;
    for (const context of inModule) {
      if (stated.length === 0 && this.#mayRun(row)) this.figures.notFound++;
      else if (stated.length === 0) this.disagree('missing', `${place}: not found`);
      else this.#match(place, stated, context, true);
    }
    for (const context of inFunction) {
      if (stated.length === 0) this.figures.notFound++;
      else this.#match(place, stated, context, false);
    }
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
    const compared = stated.map((one) => ({ one, problems: this.#problems(one, recorded, complete) }));
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

  #problems(stated: Stated, recorded: TruthContext, complete: boolean): readonly Disagreement[] {
    const problems: Disagreement[] = [];
    const { error } = stated;
    const uncertain = stated.context.uncertainties.length > 0 || stated.arguments.some((one) => !isCertain(one));
    // A caller's scope may bring in a mistake that Python finds first.
    const anyMessage = (!complete && stated.context.open) || stated.context.uncertainties.length > 0;
    const sameError =
      recorded.error?.type === error?.type &&
      (anyMessage ||
        (recorded.error !== undefined && error !== undefined && sameMessage(recorded.error.message, error.message)));
    if (error && !sameError) {
      problems.push({
        kind: 'error',
        text: `fails with ${error.type}: ${error.message}, recorded ${recorded.error ? `${recorded.error.type}: ${recorded.error.message}` : 'none'}`,
      });
    } else if (!error && recorded.error && complete && !uncertain) {
      problems.push({
        kind: 'error',
        text: `does not fail, recorded ${recorded.error.type}: ${recorded.error.message}`,
      });
    }
    const { args } = recorded;
    if (!args || error) return problems;
    for (const argument of stated.arguments) {
      const truth = args[argument.name] ?? args[`*${argument.name}`];
      if (truth)
        problems.push(...this.#argument(argument, truth, complete && stated.context.uncertainties.length === 0));
      else problems.push({ kind: 'notStated', text: `${argument.name}: not recorded` });
    }
    for (const name of Object.keys(args)) {
      const plain = name.replace(/^\*/, '');
      if (complete && !uncertain && !stated.arguments.some((argument) => argument.name === plain))
        problems.push({ kind: 'notStated', text: `${name}: not stated` });
    }
    return problems;
  }

  #argument(argument: EffectiveArgument, truth: TruthArgument, complete: boolean): readonly Disagreement[] {
    const problems: Disagreement[] = [];
    const { name, origin } = argument;
    const from = origin.kind === 'argScope' ? 'scope' : origin.kind;
    const certain = argument.certainty === 'certain';
    const value = toNormalForm(argument.value);
    if (certain && truth.from !== from && !isOpen(argument))
      problems.push({ kind: 'origin', text: `${name}: from ${from}, recorded ${truth.from}` });
    if (value !== undefined && (certain || truth.from === 'default') && !sameNormalForm(value, truth.value, name)) {
      problems.push({
        kind: 'value',
        text: `${name}: ${JSON.stringify(value)}, recorded ${JSON.stringify(truth.value)}`,
      });
    }
    if (argument.value.kind === 'choice') {
      const options = argument.value.options.map(toNormalForm);
      if (!options.some((option) => option === undefined || sameNormalForm(option, truth.value, name)))
        problems.push({
          kind: 'value',
          text: `${name}: none of ${JSON.stringify(options)}, recorded ${JSON.stringify(truth.value)}`,
        });
    }
    if (isCertain(argument) && origin.kind === 'argScope' && truth.from === 'scope' && truth.scope) {
      const ours = {
        scope: this.#place(origin.scope),
        keyword: origin.keyword ? this.#place(origin.keyword) : undefined,
        reentered: origin.reentered ? this.#place(origin.reentered).replace(/:\d+$/, '') : undefined,
      };
      const theirs = originPlaces(truth.scope);
      for (const part of ['scope', 'keyword', 'reentered'] as const) {
        // Whether the `with` that set a value is still open may depend on the caller.
        if (part === 'reentered' && !complete) continue;
        if (!samePlace(ours[part], theirs[part]))
          problems.push({
            kind: 'origin',
            text: `${name}: ${part} ${ours[part] ?? 'none'}, recorded ${theirs[part] ?? 'none'}`,
          });
      }
    }
    return problems;
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
      if (
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

  /** In a program without anything unknown, calls of the module body that are listed have to have run. */
  nothingElse(path: string, truth: Truth): void {
    const source = this.#source(path);
    for (const call of this.#analysis(path).calls) {
      if (call.enclosingFunction !== undefined || call.contexts.some((one) => one.open)) continue;
      const ran = truth.rows.some((row) => row.path === path && startsAt(source, call, row));
      if (!ran) this.disagree('extra', `${this.#place(call.call)} ${call.op.name}: never ran`);
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

function isModuleLevel(context: TruthContext): boolean {
  return context.stack[context.stack.length - 1]?.function === '<module>';
}

function isCertain(argument: EffectiveArgument): boolean {
  return argument.certainty === 'certain' && argument.value.kind !== 'unknown' && argument.value.kind !== 'choice';
}

/** True when the value may be anything. */
function isOpen({ value }: EffectiveArgument): boolean {
  return value.kind === 'unknown' || (value.kind === 'choice' && value.options.some((one) => one.kind === 'unknown'));
}

function startsAt(source: SourceFile, call: OpCall, row: TruthRow): boolean {
  const start = source.lines.positionAt(call.call.span.start);
  if (start.line + 1 !== row.line) return false;
  if (row.col === undefined) return true;
  const end = source.lines.positionAt(call.call.span.end);
  return start.column + 1 === row.col && end.line + 1 === row.endLine && end.column + 1 === row.endCol;
}

function originPlaces(origin: TruthOrigin): Record<'scope' | 'keyword' | 'reentered', string | undefined> {
  const at = (line: number, column: number | undefined): string =>
    `${origin.path}:${line}${column === undefined ? '' : `:${column}`}`;
  return {
    scope: at(origin.line, origin.col),
    keyword: origin.kwLine === undefined ? undefined : at(origin.kwLine, origin.kwCol),
    reentered: origin.reentered && `${origin.reentered.path}:${origin.reentered.line}`,
  };
}

/** Equal, where one side may lack the column. */
function samePlace(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.replace(/:\d+$/, '') === b);
}

/**
 * Messages are those of Python 3.11. Before 3.10 a function is named without the class around it, and before 3.8 a partial
 * in an op list lacks another attribute first.
 */
function sameMessage(recorded: string, stated: string): boolean {
  if (recorded === "'functools.partial' object has no attribute '__module__'")
    return stated === "'functools.partial' object has no attribute '__name__'";
  return recorded === stated || stated.endsWith(`.${recorded}`);
}
