/**
 * The analysis of a source against its recording, file by file.
 *
 * With the callers in the workspace every recorded context has to be one of ours, and on a recorded way to a call nothing
 * may be stated that never happened there. Without them, the analysis sees functions that anybody may call: what it states
 * as certain of the end of a recorded way has to hold there.
 */
import type { CallerFrame, OpCall } from '../../../server/src/slim/model';
import type { MemoryWorkspace } from '../../support/memoryWorkspace';
import { compareArguments, isKnown, place, type ArgumentComparison, type Stated } from './compareArguments';
import { noFigures, type FigureName, type Figures } from './figures';
import type { RecordedCall, RecordedContext, RecordedFrame, Recording } from './recording';

export interface Disagreement {
  readonly kind: 'missing' | 'context' | 'value' | 'origin' | 'absent' | 'error' | 'never';
  /** The call site: `path:line:column op via`. */
  readonly at: string;
  readonly text: string;
}

export interface SourceComparison {
  /** By path, in the order of the recording. */
  readonly files: ReadonlyMap<string, Figures>;
  readonly disagreements: readonly Disagreement[];
  /** What is left unknown, with the number of arguments, most first: `num_outputs of conv2d: reason`. */
  readonly unknown: readonly (readonly [what: string, count: number])[];
}

/** @param withCallers whether the drivers are in the workspace */
export function compareRecording(
  workspace: MemoryWorkspace,
  recording: Recording,
  withCallers: boolean,
): SourceComparison {
  const files = new Map<string, Record<FigureName, number>>();
  const disagreements: Disagreement[] = [];
  const unknown = new Map<string, number>();
  for (const row of recording.rows) {
    if (!workspace.snapshot.getFile(workspace.uri(row.path))) continue;
    const figures = files.get(row.path) ?? { ...noFigures };
    files.set(row.path, figures);
    new SiteComparer(workspace, row, withCallers, figures, disagreements, unknown).compare();
  }
  return { files, disagreements, unknown: [...unknown].sort((a, b) => b[1] - a[1]) };
}

class SiteComparer {
  constructor(
    readonly workspace: MemoryWorkspace,
    readonly row: RecordedCall,
    readonly withCallers: boolean,
    readonly figures: Record<FigureName, number>,
    readonly disagreements: Disagreement[],
    readonly unknown: Map<string, number>,
  ) {}

  compare(): void {
    const { row, figures } = this;
    const stated = this.#stated();
    figures.sites++;
    figures.contexts += row.contexts.length;
    if (stated.length > 0 || this.#mayRun()) figures.found++;
    else this.#disagree('missing', `not found, ${row.contexts.length} contexts recorded`);
    for (const recorded of row.contexts) this.#context(recorded, stated);
    if (this.withCallers) for (const one of stated) this.#happened(one);
  }

  /** A recorded context: one of ours has to be it. */
  #context(recorded: RecordedContext, stated: readonly Stated[]): void {
    const { figures } = this;
    const onTheWay = stated.filter((one) =>
      this.withCallers ? !one.context.open : endsLike(this.workspace, one, recorded),
    );
    const candidates = this.withCallers || onTheWay.length > 0 ? onTheWay : stated;
    const compared = candidates.map((one) => ({ one, ...this.#compare(one, recorded) }));
    const best = compared.sort(byFit)[0];
    const count = Object.keys(recorded.args).length;
    const isOtherWay = onTheWay.length === 0 && best !== undefined && best.problems.length > 0;
    if (!this.withCallers && (isOtherWay || (!best && this.#mayRun()))) {
      figures.undecided++;
      return;
    }
    figures.arguments += count;
    if (!best) {
      figures.unknown += count;
      if (stated.length > 0) this.#disagree('context', `[${way(recorded.stack)}] only contexts with unknown callers`);
      return;
    }
    figures.unknown += best.unknown.length;
    for (const { name, reason } of best.unknown) {
      const what = `${name} of ${this.row.op}: ${reason}`;
      this.unknown.set(what, (this.unknown.get(what) ?? 0) + 1);
    }
    figures.assumed += best.assumed;
    const onThisWay = compared.filter(({ one }) => sharesWay(this.workspace, one, recorded));
    if (best.problems.length === 0) figures.right++;
    else if (this.withCallers && onThisWay.length === 0)
      this.#disagree('context', `[${way(recorded.stack)}] no context of ours has this way to the call`);
    else if (this.withCallers && onThisWay.every(({ one }) => this.#isRecorded(one)))
      this.#disagree('context', `[${way(recorded.stack)}] ${text(onThisWay[0]?.problems)}: this context is lacking`);
    else this.#report(recorded, (onThisWay[0] ?? best).problems);
  }

  /** A context of ours on a way that was recorded: it has to be what happened there at least once. */
  #happened(stated: Stated): void {
    const recorded = this.#onTheWayOf(stated);
    const { open, conditions, branches } = stated.context;
    // A context under a condition does not say that it happens.
    if (open || conditions.length > 0 || branches.length > 0 || recorded.length === 0) return;
    const compared = recorded.map((context) => this.#compare(stated, context)).sort(byFit);
    const [best] = compared;
    if (!best || best.problems.length === 0) return;
    this.figures.never++;
    this.#disagree('never', `stated, but never so: ${text(best.problems)}`);
  }

  /** Whether a context of ours is what was recorded on its way at least once. */
  #isRecorded(stated: Stated): boolean {
    return this.#onTheWayOf(stated).some((context) => this.#compare(stated, context).problems.length === 0);
  }

  #onTheWayOf(stated: Stated): readonly RecordedContext[] {
    return this.row.contexts.filter((context) => sharesWay(this.workspace, stated, context));
  }

  #compare(stated: Stated, recorded: RecordedContext): ArgumentComparison {
    return compareArguments(this.workspace.snapshot, stated, recorded, this.withCallers && !stated.context.open);
  }

  #report(recorded: RecordedContext, problems: ArgumentComparison['problems']): void {
    const [first] = problems;
    if (!first) return;
    this.figures.wrongValues += problems.filter(({ kind }) => kind === 'value').length;
    this.figures.wrongOrigins += problems.filter(({ kind }) => kind === 'origin').length;
    this.#disagree(first.kind, `[${way(recorded.stack)}] ${text(problems)}`);
  }

  #disagree(kind: Disagreement['kind'], text: string): void {
    const { path, line, col, op, via } = this.row;
    this.disagreements.push({ kind, at: `${path}:${line}:${col} ${op}${via ? ` via ${via}` : ''}`, text });
  }

  /** The calls of ours at this place, made in the recorded manner. */
  #stated(): readonly Stated[] {
    const [outer, inner] = this.#manner();
    return this.#calls(outer)
      .filter((call) => inner !== undefined || call.op.name === this.row.op)
      .flatMap((call) => call.contexts)
      .flatMap((context): readonly Stated[] =>
        inner === undefined
          ? [{ arguments: context.arguments, context }]
          : context.implicitCalls
              .filter((implicit) => implicit.via === inner && implicit.op.name === this.row.op)
              .map((implicit) => ({ arguments: implicit.arguments, context })),
      );
  }

  /** True for a normalizer or activation that is not stated, because only the callers say which one it is. */
  #mayRun(): boolean {
    const [outer, inner] = this.#manner();
    if (inner === undefined) return false;
    return this.#calls(outer).some((call) =>
      call.contexts.some((context) =>
        context.arguments.some((argument) => argument.name === inner && !isKnown(argument)),
      ),
    );
  }

  /** `repeat/normalizer_fn` is the normalizer of a call through `repeat`. */
  #manner(): readonly [outer: string, inner: string | undefined] {
    const via = this.row.via ?? '';
    const inner = /(?:^|\/)(normalizer_fn|activation_fn)$/.exec(via);
    return inner ? [via.slice(0, inner.index), inner[1]] : [via, undefined];
  }

  #calls(via: string): readonly OpCall[] {
    const { workspace, row } = this;
    const source = workspace.snapshot.getFile(workspace.uri(row.path));
    const calls = workspace.snapshot.analysis(workspace.uri(row.path))?.calls ?? [];
    return calls.filter((call) => {
      const start = source?.lines.positionAt(call.call.span.start);
      const end = source?.lines.positionAt(call.call.span.end);
      return (
        start?.line === row.line - 1 &&
        start.column === row.col - 1 &&
        end?.line === row.endLine - 1 &&
        end.column === row.endCol - 1 &&
        (call.via ?? '') === via
      );
    });
  }
}

function text(problems: ArgumentComparison['problems'] | undefined): string {
  return (problems ?? []).map((one) => one.text).join('; ');
}

function byFit(a: ArgumentComparison, b: ArgumentComparison): number {
  return a.problems.length - b.problems.length || a.unknown.length - b.unknown.length;
}

/** Whether a context of ours has a recorded way to the call. */
function sharesWay(workspace: MemoryWorkspace, { context }: Stated, recorded: RecordedContext): boolean {
  const ours = [context.callers, ...(context.alsoFrom ?? [])].map((frames) => callerPath(workspace, frames));
  return [recorded.stack, ...(recorded.otherStacks ?? [])].some((stack) => ours.includes(recordedPath(stack)));
}

/** Without the callers: whether a context of ours is the end of a recorded way to the call. */
function endsLike(workspace: MemoryWorkspace, { context }: Stated, recorded: RecordedContext): boolean {
  const ours = [context.callers, ...(context.alsoFrom ?? [])].map((frames) => callerPath(workspace, frames));
  return [recorded.stack, ...(recorded.otherStacks ?? [])]
    .map(recordedPath)
    .some((way) => ours.some((end) => ` ${way}`.endsWith(end === '' ? '' : ` ${end}`)));
}

function callerPath(workspace: MemoryWorkspace, frames: readonly CallerFrame[]): string {
  return frames.map((frame) => place(workspace.snapshot, frame.call)).join(' ');
}

function recordedPath(stack: readonly RecordedFrame[]): string {
  return stack
    .slice(0, -1)
    .map(({ path, line, col }) => `${path}:${line}:${col ?? '?'}`)
    .join(' ');
}

function way(stack: readonly RecordedFrame[]): string {
  return stack.map(({ path, line }) => `${path.split('/').at(-1) ?? path}:${line}`).join(' > ');
}
