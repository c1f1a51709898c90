/**
 * The words of the `tf1-...` rules: what fails and how, then what to do about this very name. The errors are the ones
 * that were seen in TensorFlow 2.15 and 2.21; where their text depends on the version, only the type is named.
 */
import { assertNever } from '../../base/assertNever';
import { lookUpTensorflowName } from '../../slim/tensorflowFate';
import type { RuleContext } from '../rule';
import { placeText } from './callErrors';
import { isGraphName, isPlainName, nativeReplacement } from './tensorflowAdvice';
import type { TensorflowUse } from './tensorflowUses';
import { environmentOf, kerasClassOf, tensorflowPath } from './tensorflowUses';

/** First line: what fails and how. Second line: what to do. */
export function tensorflowMessage(context: RuleContext, one: TensorflowUse): string {
  const where = one.origin ? ` at ${placeText(context, one.origin.location)}` : '';
  const caught = one.use.conditional && !one.origin ? 'Guarded, but nothing takes its place. ' : '';
  return `${headline(context, one)}${where}\n${caught}${advice(context, one)}`;
}

/** The name as people write it: `tf.losses.log_loss`, `tf.compat.v1.layers.dense`. */
export function shownName({ owner, below }: Pick<TensorflowUse, 'owner' | 'below'>): string {
  return `${owner === 'tensorflow' ? 'tf' : 'tf.compat.v1'}.${below}`;
}

function headline(context: RuleContext, one: TensorflowUse): string {
  const name = `\`${shownName(one)}\``;
  const { found, owner } = one;
  if (owner === 'tensorflow.compat.v1' && found.fate === 'needsKeras2') {
    return `${name} raises \`AttributeError\` with Keras 3, the Keras of TensorFlow 2.16 and newer`;
  }
  if (one.kerasLayer) {
    return `${name} does not exist: \`${one.use.form === 'fromImport' ? 'ImportError' : 'AttributeError'}\``;
  }
  const since = found.fates[0] === 'same' ? 'TensorFlow 2.16 and newer' : 'TensorFlow 2';
  return `${name} does not exist in ${since}: \`${errorText(context, one)}\``;
}

/** The error that Python raises, at the use or at the place through which the name came. */
function errorText(context: RuleContext, one: TensorflowUse): string {
  const form = one.origin?.form ?? one.use.form;
  if (one.use.targets[0]?.viaStar) return `NameError: name '${one.below.split('.')[0] ?? ''}' is not defined`;
  const path = (one.origin && tensorflowPath(one.origin.path)) ?? one;
  const missing = firstMissing(context, path.below);
  const isTop = !missing.includes('.');
  switch (form) {
    case 'import':
    case 'starImport':
      return isTop ? `ModuleNotFoundError: No module named '${path.owner}.${missing}'` : 'ModuleNotFoundError';
    case 'fromImport':
      if (!isTop) return 'ImportError';
      return missing === path.below
        ? `ImportError: cannot import name '${missing}' from '${path.owner}'`
        : `ModuleNotFoundError: No module named '${path.owner}.${missing}'`;
    case 'attribute':
    case 'name':
    case 'assign':
      return isTop ? `AttributeError: module '${path.owner}' has no attribute '${missing}'` : 'AttributeError';
    default:
      return assertNever(form);
  }
}

/** The shortest part of a dotted name that `tf` does not have. */
function firstMissing(context: RuleContext, below: string): string {
  const environment = environmentOf(context.target.target) ?? '2.16';
  const parts = below.split('.');
  for (let length = 1; length < parts.length; length++) {
    const part = parts.slice(0, length).join('.');
    const found = lookUpTensorflowName(part, environment);
    if (found?.name === part && found.fate !== 'same') return part;
  }
  return below;
}

// ----------------------------------------------------------------------------------------------- advice

function advice(context: RuleContext, one: TensorflowUse): string {
  const { family, found } = one;
  if (found.fate === 'renamed' && found.renamed !== undefined) {
    return `Use \`tf.${found.renamed}\`: the very same object under the name that TensorFlow 2 has for it`;
  }
  switch (family) {
    case 'tf1-renamed':
    case 'tf1-compat':
      return compatAdvice(context, found.name, found.graphOnly);
    case 'tf1-removed':
      return removedAdvice(one);
    case 'tf1-layers':
      return layersAdvice(context, one);
    default:
      return assertNever(family);
  }
}

function compatAdvice(context: RuleContext, name: string, graphOnly: boolean): string {
  const compat = `tf.compat.v1.${name}`;
  const native = nativeReplacement(name);
  const other = native === undefined ? '' : `. TensorFlow 2's own way is ${native}`;
  if (!graphOnly && isPlainName(name)) return `Use \`${compat}\`, the same as before${other}`;
  if (!graphOnly && !isGraphName(name)) return `Use \`${compat}\`, in graph mode the same as before${other}`;
  if (switchesToGraphMode(context)) return `Use \`${compat}\`; the file switches to graph mode already${other}`;
  const limit = graphOnly
    ? 'which raises `RuntimeError` in eager mode: call'
    : 'which is made for graphs: for what the code did before, call';
  return `Use \`${compat}\`, ${limit} \`tf.compat.v1.disable_v2_behavior()\` at the start of the program${other}`;
}

/** True when the file itself leaves eager mode somewhere. */
function switchesToGraphMode({ source }: RuleContext): boolean {
  return /\bdisable_(?:v2_behavior|eager_execution)\s*\(/.test(source.text);
}

function removedAdvice({ found: { name }, owner }: TensorflowUse): string {
  const native = nativeReplacement(name);
  if (/^estimator\b/.test(name)) {
    return 'End of life: TensorFlow 2.16 removed `tf.estimator`; its models have to be rewritten with Keras';
  }
  const other = owner === 'tensorflow' ? '`tf.compat.v1`' : '`tf`';
  return `${other} does not have it either${native === undefined ? '. No replacement is known' : `. Use ${native}`}`;
}

function layersAdvice(context: RuleContext, { found, owner, kerasLayer, below }: TensorflowUse): string {
  if (kerasLayer) {
    return `Keras has layer classes: \`tf.keras.layers.${kerasLayer}(...)(inputs)\``;
  }
  const keras = kerasClassOf(below);
  const later = keras === undefined ? '' : `, or the layer \`tf.keras.layers.${keras}\`${trainingNote(keras)}`;
  const isKeras3 = environmentOf(context.target.target) === '2.16';
  if (isKeras3) {
    const package2 = 'install `tf_keras` and set `TF_USE_LEGACY_KERAS=1` before TensorFlow is imported';
    const name = owner === 'tensorflow' ? `, and take \`tf.compat.v1.${found.name}\`` : '';
    return `Keep it: ${package2}${name}${later.replace(', or', '; or use')}`;
  }
  return `Use \`tf.compat.v1.${found.name}\`, in graph mode (\`tf.compat.v1.disable_v2_behavior()\`)${later}`;
}

/** B4: the functions of `tf.layers` are not training unless told to. */
function trainingNote(keras: string): string {
  return keras === 'Dropout' || keras === 'BatchNormalization' ? ' (with `training=` at its call)' : '';
}
