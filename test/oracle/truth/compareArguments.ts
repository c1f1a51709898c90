/**
 * One stated set of arguments against one recorded one. Whatever is stated as certain has to be so; what is left open is
 * counted, never wrong.
 */
import type { SourceFile } from '../../../server/src/semantics/program';
import type { StaticValue } from '../../../server/src/semantics/staticValue';
import type { CallContext, EffectiveArgument, ScopeOrigin } from '../../../server/src/slim/model';
import { sameNormalForm, toNormalForm } from '../../../server/src/slim/library/normalForm';
import type { Location } from '../../../server/src/base/span';
import type { RecordedArgument, RecordedContext, RecordedOrigin } from './recording';

/** A way in which a call can run, as the analysis states it: the call itself, or a normalizer that it runs. */
export interface Stated {
  readonly arguments: readonly EffectiveArgument[];
  /** The context that this is a part of. */
  readonly context: CallContext;
}

export interface Problem {
  /** `absent`: an argument that one of the two does not have. */
  readonly kind: 'value' | 'origin' | 'absent' | 'error';
  readonly text: string;
}

export interface ArgumentComparison {
  readonly problems: readonly Problem[];
  readonly arguments: number;
  /** Without a value, certain or assumed; by name, with the reason. */
  readonly unknown: readonly Open[];
  /** With a value that rests on a named assumption: on a parameter's default, on no further scope of the callers. */
  readonly assumed: number;
}

export interface Open {
  readonly name: string;
  readonly reason: string;
}

export interface SourceFiles {
  getFile(file: string): SourceFile | undefined;
}

/** @param closed false when callers that are not known may have set more */
export function compareArguments(
  files: SourceFiles,
  stated: Stated,
  recorded: RecordedContext,
  closed: boolean,
): ArgumentComparison {
  const problems: Problem[] = [];
  const unknown: Open[] = [];
  let assumed = 0;
  const { error } = stated.context;
  if (error) problems.push({ kind: 'error', text: `fails with ${error.type}: ${error.message}` });
  const byName = new Map(stated.arguments.map((argument) => [argument.name, argument]));
  for (const [name, truth] of Object.entries(recorded.args)) {
    const argument = byName.get(name.replace(/^\*/, ''));
    if (!argument) {
      unknown.push({ name, reason: 'not stated' });
      // Extra keywords of a caller's scope are not known before the caller is.
      if (closed) problems.push({ kind: 'absent', text: `${name}: not stated` });
      continue;
    }
    if (!isKnown(argument)) {
      if (isAssumed(argument)) assumed++;
      else unknown.push({ name, reason: reasonOf(argument.value) });
    }
    problems.push(...compareArgument(files, argument, truth, closed && stated.context.uncertainties.length === 0));
  }
  for (const argument of stated.arguments) {
    const isRecorded = argument.name in recorded.args || `*${argument.name}` in recorded.args;
    // What `*args` and `**kwargs` collect is recorded only when there is something.
    if (!isRecorded && isKnown(argument) && argument.origin.kind !== 'default')
      problems.push({ kind: 'absent', text: `${argument.name}: stated, not recorded` });
  }
  return { problems, arguments: Object.keys(recorded.args).length, unknown, assumed };
}

/** True for a value that is stated without any condition. */
export function isKnown(argument: EffectiveArgument): boolean {
  return argument.certainty === 'certain' && toNormalForm(argument.value) !== undefined;
}

function isAssumed({ value, assumed }: EffectiveArgument): boolean {
  return toNormalForm(value) !== undefined || (assumed !== undefined && toNormalForm(assumed.value) !== undefined);
}

function reasonOf(value: StaticValue): string {
  if (value.kind === 'unknown') return value.reason.replace(/\s+/g, ' ');
  if (value.kind === 'externalResult') return `what \`${value.callee.paths[0] ?? ''}\` gives`;
  return value.kind === 'choice' ? 'one of several' : `a ${value.kind} that is not fully known`;
}

function compareArgument(
  files: SourceFiles,
  argument: EffectiveArgument,
  truth: RecordedArgument,
  closed: boolean,
): readonly Problem[] {
  const { name, origin } = argument;
  const problems: Problem[] = [];
  const from = origin.kind === 'argScope' ? 'scope' : origin.kind;
  const certain = argument.certainty === 'certain';
  const show = (text: unknown): string => JSON.stringify(text);
  if (certain && from !== truth.from && !mayBeAnything(argument.value)) {
    const scope = truth.scope ? ` at ${truth.scope.path}:${truth.scope.kwLine ?? truth.scope.line}` : '';
    problems.push({ kind: 'origin', text: `${name}: from ${from}, recorded ${truth.from}${scope}` });
  }
  const value = toNormalForm(argument.value);
  if (value !== undefined && (certain || truth.from === 'default') && !sameNormalForm(value, truth.value, name))
    problems.push({ kind: 'value', text: `${name}: ${show(value)}, recorded ${show(truth.value)}` });
  if (argument.value.kind === 'choice' && certain) {
    const options = argument.value.options.map(toNormalForm);
    if (!options.some((option) => option === undefined || sameNormalForm(option, truth.value, name)))
      problems.push({ kind: 'value', text: `${name}: none of ${show(options)}, recorded ${show(truth.value)}` });
  }
  if (certain && origin.kind === 'argScope' && truth.scope && truth.from === 'scope' && !mayBeAnything(argument.value))
    problems.push(...compareOrigin(files, name, origin, truth.scope, closed));
  return problems;
}

/** A value of which nothing is stated: it has no place either. */
function mayBeAnything(value: StaticValue): boolean {
  return (
    (value.kind === 'unknown' && value.isTensor !== true) ||
    (value.kind === 'choice' && value.options.some((option) => option.kind === 'unknown'))
  );
}

function compareOrigin(
  files: SourceFiles,
  name: string,
  ours: ScopeOrigin,
  recorded: RecordedOrigin,
  closed: boolean,
): readonly Problem[] {
  const at = (line: number | undefined, column: number | undefined): string | undefined =>
    line === undefined ? undefined : `${recorded.path}:${line}:${column ?? '?'}`;
  const parts: (readonly [string, string | undefined, string | undefined])[] = [
    ['set by', place(files, ours.scope), at(recorded.line, recorded.col)],
    ['keyword', place(files, ours.keyword), at(recorded.kwLine, recorded.kwCol)],
  ];
  // Whether the `with` that set a value is still open may depend on the caller.
  if (closed) {
    const { reentered } = recorded;
    const back = place(files, ours.reentered)?.replace(/:\d+$/, '');
    parts.push(['brought back by', back, reentered && `${reentered.path}:${reentered.line}`]);
  }
  return parts
    .filter(([, a, b]) => a !== b)
    .map(([part, a, b]) => ({
      kind: 'origin',
      text: `${name}: ${part} ${a ?? 'nothing'}, recorded ${b ?? 'nothing'}`,
    }));
}

/** `path:line:column` of a location, 1-based. */
export function place(files: SourceFiles, location: Location | undefined): string | undefined {
  const source = location && files.getFile(location.file);
  if (!source) return undefined;
  const { line, column } = source.lines.positionAt(location.span.start);
  return `${source.path}:${line + 1}:${column + 1}`;
}
