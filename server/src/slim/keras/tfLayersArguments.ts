/**
 * Arguments of `tf.layers` as Keras arguments (D8). The classes behind both are the same, so that most carry over by
 * name; initializers, regularizers and formats have other defaults. Each function gives the text of one argument, or
 * undefined when Keras's own default says the same.
 */
import type { StaticValue } from '../../semantics/staticValue';
import { convertActivation } from './activations';
import { checkCallerInitializer } from './closedWorld';
import { isNone, paddingText, passOn, regularizerText } from './convolution';
import { convertInitializer } from './initializers';
import type { Initializer } from './initializers';
import type { KerasSite } from './kerasSite';
import { bindResult, visibleText } from '../rewrite/expressionText';
import { libraryName } from '../rewrite/libraryName';
import { addCaveat, refuse } from '../rewrite/notes';
import { findArgument, quoted } from '../rewrite/site';
import { checkScopeInitializer } from './surroundings';

/** `valid` is the default on both sides; only a plain convolution over time knows `causal`. */
export function layersPadding(site: KerasSite, { causal }: { readonly causal: boolean }): string | undefined {
  const argument = findArgument(site.context, 'padding');
  if (!argument || argument.origin.kind === 'default') return undefined;
  const lower = argument.value.kind === 'str' ? argument.value.value.toLowerCase() : undefined;
  if (lower === 'causal' && causal) return `padding=${quoted(site, lower)}`;
  return lower === 'valid' ? undefined : paddingText(site, argument);
}

/** The default is channels last, while Keras's follows its configuration; None follows it on both sides. */
export function layersDataFormat(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'data_format');
  if (!argument) return undefined;
  const { value } = argument;
  if (value.kind !== 'str') return passOn(site, 'data_format', 'data_format', isNone);
  const lower = value.value.toLowerCase();
  if (lower === 'channels_last') return undefined;
  if (lower === 'channels_first') return `data_format=${quoted(site, lower)}`;
  return refuse(
    site.notes,
    `\`data_format\` is \`${value.value}\`, which fails at run time (\`tf.layers\` says channels_first or channels_last)`,
    argument.expression,
  );
}

/** `activation=`; the identity is left out. */
export function layersActivation(site: KerasSite): string | undefined {
  const argument = findArgument(site.context, 'activation');
  const activation = argument && convertActivation(site, argument);
  return activation?.kind === 'text' ? `activation=${activation.text}` : undefined;
}

/**
 * An initializer that is left out when Keras has it by itself. None takes the initializer of a variable scope, else
 * Glorot uniform, also for a bias.
 */
export function layersInitializer(site: KerasSite, name: string, inKeras: Initializer['kind']): string | undefined {
  const argument = findArgument(site.context, name);
  if (!argument) return undefined;
  if (isNone(argument.value)) {
    checkScopeInitializer(site);
    checkCallerInitializer(site);
    return inKeras === 'glorotUniform' ? undefined : `${name}=${quoted(site, 'glorot_uniform')}`;
  }
  if (argument.origin.kind === 'default') return undefined;
  const converted = convertInitializer(site, argument);
  return converted && converted.kind !== inKeras ? `${name}=${converted.text}` : undefined;
}

/** The penalty of the outputs, which TensorFlow 1 divides by the size of the batch. */
export function layersActivityRegularizer(site: KerasSite): string | undefined {
  const text = regularizerText(site, 'activity_regularizer', 'activity_regularizer');
  if (text !== undefined) {
    addCaveat(site.notes, 'Keras 3 divides the penalty of the outputs by the batch size only in releases since 2026');
  }
  return text;
}

/** A constraint of Keras is the same object in the new layer; `compat.v1` is not where Keras is taken from. */
export function layersConstraint(site: KerasSite, name: string): string | undefined {
  const argument = findArgument(site.context, name);
  if (!argument || isNone(argument.value)) return undefined;
  const { value } = argument;
  if (value.kind === 'str') return `${name}=${quoted(site, value.value)}`;
  const callee = value.kind === 'externalResult' ? value.callee : value;
  const library = libraryName(callee);
  if (library?.family !== 'keras') return passOn(site, name, name, isNone);
  const isOldKeras = library.paths.some((path) => path.includes('compat.v1'));
  const visible = argument.expression && visibleText(site, argument.expression);
  if (visible && !isOldKeras) return `${name}=${visible}`;
  const text = value.kind === 'externalResult' ? rebuilt(site, library.name, value) : undefined;
  if (text !== undefined) return `${name}=${text}`;
  return refuse(
    site.notes,
    `\`${argument.text}\`, the \`${name}\`, is not visible here, or belongs to \`compat.v1\``,
    argument.expression,
  );
}

/** The same call by the name that Keras has here. */
function rebuilt(
  site: KerasSite,
  name: string,
  value: Extract<StaticValue, { kind: 'externalResult' }>,
): string | undefined {
  const positional = value.args.map((_, index) => `#${index}`);
  const bound = bindResult(site, value, positional);
  if (!bound) return undefined;
  const texts = [...bound].map(([parameter, { text }]) =>
    text === undefined ? undefined : parameter.startsWith('#') ? text : `${parameter}=${text}`,
  );
  return texts.includes(undefined) ? undefined : `${site.names.keras}.constraints.${name}(${texts.join(', ')})`;
}
