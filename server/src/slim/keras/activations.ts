/**
 * Activation functions: those that Keras knows by name, callables that are kept, and those that cannot be kept (D2).
 * `None` and the identity give no text. Nothing is assumed about a function that cannot be read.
 */
import type { Location } from '../../base/span';
import type { StaticValue } from '../../semantics/staticValue';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { EffectiveArgument } from '../model';
import { visibleText } from '../rewrite/expressionText';
import { libraryName } from '../rewrite/libraryName';
import type { LibraryName } from '../rewrite/libraryName';
import { addCaveat, refuse } from '../rewrite/notes';
import type { KerasSite } from './kerasSite';
import { quoted } from '../rewrite/site';
import { pathTo } from '../rewrite/syntaxAt';

/** TensorFlow functions whose Keras namesake computes the same with its defaults. */
const namedInKeras = new Set(['relu', 'elu', 'selu', 'sigmoid', 'tanh', 'softmax', 'softplus', 'softsign']);

/**
 * Element-wise TensorFlow functions without such a namesake, with their public place in TF 2: the string `relu6` is
 * missing in Keras 2, and `leaky_relu` has another slope in the layer of that name.
 */
const keptCallables = new Map([
  ['relu6', 'nn.relu6'],
  ['leaky_relu', 'nn.leaky_relu'],
  ['swish', 'nn.swish'],
  ['silu', 'nn.silu'],
  ['log_softmax', 'nn.log_softmax'],
  ['abs', 'abs'],
  ['exp', 'exp'],
  ['sin', 'sin'],
  ['cos', 'cos'],
  ['square', 'square'],
]);

const identities = new Set(['identity', 'linear']);

/** Names that show that a function makes variables or layers of its own, which a kept callable would make anew. */
const makesVariables =
  /^(?:get_variable|get_local_variable|variable_scope|Variable|model_variable|make_template|layers?|slim|contrib|tf_slim)$/;

/** Undefined: refused. `none`: no activation. */
export type Activation = { readonly kind: 'none' } | { readonly kind: 'text'; readonly text: string };

/** Converts an activation argument. */
export function convertActivation(site: KerasSite, argument: EffectiveArgument): Activation | undefined {
  const { value } = argument;
  if (value.kind === 'none') return { kind: 'none' };
  if (value.kind === 'str') return convertNamed(site, argument, value.value);
  const library = libraryName(value);
  if (library) return convertLibrary(site, argument, library);
  if (value.kind === 'function') return keepFunction(site, argument, value.definition);
  if (value.kind === 'partial') return keepPartial(site, argument, value.target);
  return refuse(
    site.notes,
    `it is not known which function \`${argument.name}\` is${reasonOf(value)}`,
    argument.expression,
  );
}

/** `: reason` of an unknown value, as the end of a sentence. */
export function reasonOf(value: StaticValue): string {
  if (value.kind === 'unknown') return `: ${value.reason}`;
  return value.kind === 'choice' ? ': it has several possible values' : '';
}

function convertNamed(site: KerasSite, argument: EffectiveArgument, name: string): Activation | undefined {
  // slim calls the activation (D1); only tf.layers looks names up.
  if (site.call.op.scopable) {
    return refuse(
      site.notes,
      `slim calls \`${argument.name}\`, and a string cannot be called (TypeError: 'str' object is not callable)`,
      argument.expression,
    );
  }
  if (name === 'linear') return { kind: 'none' };
  if (namedInKeras.has(name)) return { kind: 'text', text: quoted(site, name) };
  return refuse(site.notes, `activation \`${name}\` is not one that all versions of Keras know`, argument.expression);
}

function convertLibrary(site: KerasSite, argument: EffectiveArgument, library: LibraryName): Activation | undefined {
  const { name, family, canonical } = library;
  if (family === 'layer' || family === 'slim') {
    return refuse(
      site.notes,
      `\`${argument.text}\` is a layer of slim, not an activation: it makes variables of its own`,
      argument.expression,
    );
  }
  if (identities.has(name)) return { kind: 'none' };
  if (namedInKeras.has(name)) return { kind: 'text', text: quoted(site, name) };
  if (name === 'crelu') {
    return refuse(
      site.notes,
      '`crelu` doubles the channels, which a Keras activation must not do',
      argument.expression,
    );
  }
  const visible = argument.expression && visibleText(site, argument.expression);
  const kept = family === 'tensorflow' ? keptCallables.get(name) : undefined;
  if (!kept)
    return refuse(site.notes, `\`${canonical}\` is not known to be an activation function`, argument.expression);
  const text = visible ?? (site.names.functions && `${site.names.functions}.${kept}`);
  if (!text) return refuseInvisible(site, argument);
  return { kind: 'text', text };
}

function keepFunction(site: KerasSite, argument: EffectiveArgument, definition: Location): Activation | undefined {
  const text = argument.expression && visibleText(site, argument.expression);
  if (!text) return refuseInvisible(site, argument);
  const culprit = findVariableMaker(site, definition);
  if (culprit) {
    return refuse(
      site.notes,
      `\`${shorten(argument.text)}\` uses \`${culprit}\`: an activation with variables or layers of its own`,
      definition,
    );
  }
  addCaveat(site.notes, `\`${shorten(text)}\` stays a Python callable: \`model.save\` needs it as a custom object`);
  return { kind: 'text', text };
}

function keepPartial(site: KerasSite, argument: EffectiveArgument, target: StaticValue): Activation | undefined {
  const library = libraryName(target);
  const known = library?.family === 'tensorflow' && (keptCallables.has(library.name) || namedInKeras.has(library.name));
  if (!known) {
    return refuse(site.notes, `it is not known what \`${shorten(argument.text)}\` computes`, argument.expression);
  }
  const text = argument.expression && visibleText(site, argument.expression);
  if (!text) return refuseInvisible(site, argument);
  addCaveat(site.notes, `\`${shorten(text)}\` stays a Python callable: \`model.save\` needs it as a custom object`);
  return { kind: 'text', text };
}

function refuseInvisible(site: KerasSite, argument: EffectiveArgument): undefined {
  return refuse(
    site.notes,
    `\`${shorten(argument.text)}\`, the \`${argument.name}\`, is not visible here`,
    argument.expression,
  );
}

/** A name in the body of a function that hints at variables, or at a function that cannot be read. */
function findVariableMaker(site: KerasSite, definition: Location): string | undefined {
  const source = site.program.getFile(definition.file);
  if (!source) return definition.file;
  const path = pathTo(source.tree.module, definition.span);
  const node = [...path].reverse().find((one) => one.kind === 'FunctionDef' || one.kind === 'Lambda');
  if (!node) return undefined;
  let culprit: string | undefined;
  const visit = (part: ast.Node): void => {
    const name = part.kind === 'Name' ? part.name : part.kind === 'Attribute' ? part.attribute.name : undefined;
    if (name !== undefined && makesVariables.test(name)) culprit ??= name;
    if (
      part.kind === 'Call' &&
      part.callee.kind === 'Name' &&
      callsOwnCode(source.scopes.module.bindings, part.callee)
    ) {
      culprit ??= part.callee.name;
    }
  };
  walk(node, visit);
  return culprit;
}

/** True when a plain name is a function, class or import of the file: what it does is not looked into. */
function callsOwnCode(bindings: ReadonlyMap<string, unknown>, callee: ast.Name): boolean {
  return bindings.has(callee.name);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
