/**
 * What a call of an initializer or regularizer factory makes: its kind and all its arguments, defaults filled in
 * (section 4 of the effective-arguments format). Both slim libraries, TensorFlow's core and the Keras regularizers.
 * It neither judges nor converts; an argument may still be unknown. Calls that Python would reject have no result.
 */
import type { StaticArgument, StaticValue } from '../../semantics/staticValue';
import { parseParameterTexts } from '../signatures/parameterTexts';
import type { SignatureParameter } from '../signatures/signature';
import { keywordAliases, objectFactories, type ObjectFactory } from './initializerTables';
import { resolveLibraryName } from './libraryNames';
import { defaultValue, floatText, toPythonText } from './pythonText';

/** An initializer or regularizer. */
export interface ObjectDescription {
  /** KIND of the effective-arguments format, for example `l2_regularizer`. */
  readonly kind: string;
  /** Every argument that describes the object, in the order of the format; `seed` only when it is not None. */
  readonly args: ReadonlyMap<string, StaticValue>;
  /**
   * Arguments left at a default that is another one under TensorFlow 2 when reached through plain `tensorflow`
   * (`tf.random_normal_initializer()`: 1.0 became 0.05). `args` has TensorFlow 1's.
   */
  readonly versionDependent: readonly string[];
}

/** A Python error that calling the factory raises. */
export interface FactoryError {
  readonly type: 'TypeError' | 'ValueError';
  readonly message: string;
  readonly argument: string;
}

/** Describes what calling `callee` (a dotted library path or a canonical `tf.` name) with `args` makes. */
export function describeResult(callee: string, args: readonly StaticArgument[]): ObjectDescription | undefined {
  const canonical = factoryNameOf(callee);
  const factory = canonical === undefined ? undefined : objectFactories.get(canonical);
  if (factory === undefined) return undefined;
  const parameters = parseParameterTexts(factory.parameters);
  const bound = bindArguments(parameters, renameKeywords(factory, args));
  if (bound === undefined || findError(factory, bound) !== undefined) return undefined;
  const described = new Map<string, StaticValue>();
  for (const name of factory.described) described.set(name, valueOf(name, bound, parameters));
  for (const [name, text] of Object.entries(factory.fixed ?? {})) described.set(name, defaultValue(text));
  const seed = bound.get('seed');
  if (seed !== undefined && seed.kind !== 'none') described.set('seed', seed);
  const changes = /^tensorflow\.(?:compat|python|_api)\./.test(callee) ? [] : (factory.changedInVersion2 ?? []);
  return { kind: factory.kind, args: described, versionDependent: changes.filter((name) => !bound.has(name)) };
}

/** The error that the factory raises for these arguments, if they are known well enough to say. */
export function describeResultError(callee: string, args: readonly StaticArgument[]): FactoryError | undefined {
  const canonical = factoryNameOf(callee);
  const factory = canonical === undefined ? undefined : objectFactories.get(canonical);
  if (factory === undefined) return undefined;
  const bound = bindArguments(parseParameterTexts(factory.parameters), renameKeywords(factory, args));
  return bound && findError(factory, bound);
}

/** Binds positional and keyword arguments; undefined when Python would raise a TypeError. */
export function bindArguments(
  parameters: readonly SignatureParameter[],
  args: readonly StaticArgument[],
): ReadonlyMap<string, StaticValue> | undefined {
  const bound = new Map<string, StaticValue>();
  let position = 0;
  for (const { name, value } of args) {
    const parameter =
      name === undefined ? parameters[position++] : parameters.find((candidate) => candidate.name === name);
    if (parameter === undefined || bound.has(parameter.name)) return undefined;
    bound.set(parameter.name, value);
  }
  const isComplete = parameters.every(({ name, default: text }) => text !== undefined || bound.has(name));
  return isComplete ? bound : undefined;
}

/** Name in the table of factories: `slim.X` for both slim libraries, else the canonical TensorFlow name. */
function factoryNameOf(callee: string): string | undefined {
  const path = callee.startsWith('tf.') ? `tensorflow.${callee.slice(3)}` : callee;
  const found = resolveLibraryName(path);
  if (found.kind === 'notScopable') return `slim.${found.functionName}`;
  if (found.kind !== 'other') return undefined;
  return found.canonical.replace(/^(?:tf_keras|keras)\./, 'tf.keras.').replace(/^tf\.keras\.src\./, 'tf.keras.');
}

function renameKeywords(factory: ObjectFactory, args: readonly StaticArgument[]): readonly StaticArgument[] {
  const aliases = keywordAliases.get(factory.kind);
  if (aliases === undefined) return args;
  return args.map((argument) => {
    const renamed = argument.name === undefined ? undefined : aliases.get(argument.name);
    return renamed === undefined ? argument : { name: renamed, value: argument.value };
  });
}

function valueOf(
  name: string,
  bound: ReadonlyMap<string, StaticValue>,
  parameters: readonly SignatureParameter[],
): StaticValue {
  const given = bound.get(name);
  if (given !== undefined) return given;
  const text = parameters.find((parameter) => parameter.name === name)?.default;
  return text === undefined ? { kind: 'none' } : defaultValue(text);
}

// -------------------------------------------------------------------------------------------- run-time errors

const modes: ReadonlySet<string> = new Set(['FAN_IN', 'FAN_OUT', 'FAN_AVG']);

/** What slim's factories check (D4, D5): an integer scale, a negative one, an unknown mode. */
function findError(factory: ObjectFactory, bound: ReadonlyMap<string, StaticValue>): FactoryError | undefined {
  switch (factory.kind) {
    case 'l1_regularizer':
    case 'l2_regularizer':
      return scaleError(bound.get('scale'), 'scale', factory.kind);
    case 'l1_l2_regularizer':
      return (
        scaleError(bound.get('scale_l1'), 'scale_l1', factory.kind) ??
        scaleError(bound.get('scale_l2'), 'scale_l2', factory.kind)
      );
    case 'variance_scaling_initializer': {
      const mode = bound.get('mode');
      if (!factory.described.includes('factor') || mode?.kind !== 'str' || modes.has(mode.value)) return undefined;
      const message = `Unknown mode ${mode.value} [FAN_IN, FAN_OUT, FAN_AVG]`;
      return { type: 'TypeError', message, argument: 'mode' };
    }
    default:
      return undefined;
  }
}

function scaleError(value: StaticValue | undefined, argument: string, kind: string): FactoryError | undefined {
  if (value?.kind === 'int' || value?.kind === 'bool') {
    const message = `${argument} cannot be an integer: ${toPythonText(value) ?? ''}`;
    return { type: 'ValueError', message, argument };
  }
  if (value?.kind !== 'float' || !(value.value < 0)) return undefined;
  // `%g`: the shortest form for the scales that people write. Only l2's text ends with a full stop.
  const number = floatText(value.value).replace(/\.0$/, '');
  const stop = kind === 'l1_regularizer' || argument === 'scale_l1' ? '' : '.';
  return { type: 'ValueError', message: `Setting a scale less than 0 on a regularizer: ${number}${stop}`, argument };
}
