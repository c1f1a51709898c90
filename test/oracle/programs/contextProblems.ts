/**
 * One stated way to run a call against one recorded run: values, origins down to the column of the keyword, the exception.
 * Unknown is never wrong; what is stated as certain has to hold.
 */
import type { Location } from '../../../server/src/base/span';
import { sameNormalForm, toNormalForm } from '../../../server/src/slim/library/normalForm';
import type { CallContext, EffectiveArgument } from '../../../server/src/slim/model';
import type { TruthArgument, TruthContext, TruthOrigin } from './truth';

export interface Disagreement {
  /** What is wrong, in a word: the minimiser keeps it. */
  readonly kind: 'crash' | 'missing' | 'path' | 'extra' | 'value' | 'origin' | 'error' | 'scopeError' | 'notStated';
  readonly text: string;
}

/** What is compared of one way to run a call: the call itself, or a normalizer or activation that it runs. */
export interface Stated {
  readonly arguments: readonly EffectiveArgument[];
  readonly error?: { readonly type: string; readonly message: string };
  readonly context: CallContext;
}

/** A place as `path:line:column`. */
export type PlaceOf = (location: Location) => string;

/** What is wrong about a stated way, against one recorded run; `complete` when its callers are known. */
export function problemsOf(
  stated: Stated,
  recorded: TruthContext,
  complete: boolean,
  placeOf: PlaceOf,
): readonly Disagreement[] {
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
      problems.push(
        ...argumentProblems(argument, truth, complete && stated.context.uncertainties.length === 0, placeOf),
      );
    else problems.push({ kind: 'notStated', text: `${argument.name}: not recorded` });
  }
  for (const name of Object.keys(args)) {
    const plain = name.replace(/^\*/, '');
    if (complete && !uncertain && !stated.arguments.some((argument) => argument.name === plain))
      problems.push({ kind: 'notStated', text: `${name}: not stated` });
  }
  return problems;
}

function argumentProblems(
  argument: EffectiveArgument,
  truth: TruthArgument,
  complete: boolean,
  placeOf: PlaceOf,
): readonly Disagreement[] {
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
      scope: placeOf(origin.scope),
      keyword: origin.keyword ? placeOf(origin.keyword) : undefined,
      reentered: origin.reentered ? placeOf(origin.reentered).replace(/:\d+$/, '') : undefined,
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

/** True when the value and its origin are beyond doubt. */
export function isCertain({ certainty, value }: EffectiveArgument): boolean {
  // A tensor is not known, and needs not be.
  return (
    certainty === 'certain' &&
    value.kind !== 'choice' &&
    (value.kind !== 'unknown' || toNormalForm(value) !== undefined)
  );
}

/** True when the value may be anything. */
function isOpen({ value }: EffectiveArgument): boolean {
  return value.kind === 'unknown' || (value.kind === 'choice' && value.options.some((one) => one.kind === 'unknown'));
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
export function sameMessage(recorded: string, stated: string): boolean {
  if (recorded === "'functools.partial' object has no attribute '__module__'")
    return stated === "'functools.partial' object has no attribute '__name__'";
  return recorded === stated || stated.endsWith(`.${recorded}`);
}
