/**
 * The words of the `contrib-...` rules: the error that TensorFlow 2 raises, then what to do about this very name.
 * Where little is known little is said. Section E1 has the errors, E3 the limits of tf_slim.
 */
import { assertNever } from '../../base/assertNever';
import { isTensorflow1, type Target } from '../../project/target';
import type { ContribForm, PythonError } from '../../slim/contribError';
import { contribError } from '../../slim/contribError';
import type { Fate } from '../../slim/contribFate';
import { resolveLibraryName } from '../../slim/library/libraryNames';
import type { RuleContext } from '../rule';
import { placeText } from './callErrors';
import type { ContribTarget, ContribUse } from './contribUses';
import { isExact, isPlainRename } from './contribUses';

/** What must be known before `tf_slim` is taken, for the TensorFlow that a file is meant for (E3). */
export function tfSlimConditions(target: Target): string {
  const last = '`tf_slim` 1.1.0 (2020) is the last release';
  switch (target) {
    case '1.15':
      return `${last}; it runs under TensorFlow 1.15 too, so that the import can change first. Its layers fail under 2.13 to 2.15`;
    case '2.0-2.15':
      return `${last}; it runs up to TensorFlow 2.12, and its layers fail under 2.13 to 2.15`;
    case '2.16':
      return `${last}; under the newest TensorFlow its layers run, but \`batch_norm\` needs the package \`tf_keras\``;
    case '2.16-tf_keras':
      return `${last}; with \`tf_keras\` its layers run under the newest TensorFlow, \`batch_norm\` too`;
    default:
      return assertNever(target);
  }
}

/** First line: what fails and how. Second line: what to do. */
export function contribMessage(context: RuleContext, use: ContribUse): string {
  const names = use.targets.map((target) => `\`${target.name}\``).join(' or ');
  const error = useError(use);
  const where = use.origin ? ` at ${placeText(context, use.origin.location)}` : '';
  const caught = use.use.conditional && !use.origin ? 'Guarded, but nothing takes its place. ' : '';
  const { target } = context.target;
  const advice = caught + [...new Set(use.targets.map((one) => adviceFor(one, target)))].join('. ');
  const verb = use.targets.length > 1 ? 'do' : 'does';
  const fails = isTensorflow1(target) ? 'will break in TensorFlow 2' : `${verb} not exist in TensorFlow 2`;
  return `${names} ${fails}: \`${error.type}: ${error.message}\`${where}\n${advice}`;
}

/** The error that Python raises, at the use or at the place through which the name came. */
function useError(use: ContribUse): PythonError {
  const { owner, origin } = use;
  const path = origin?.path ?? use.targets[0].path;
  const form = origin?.form ?? use.use.form;
  return contribError({ kind: errorKind(form, path === `${owner}.contrib`), owner });
}

function errorKind(form: ContribUse['use']['form'] | 'assign', isContribItself: boolean): ContribForm['kind'] {
  switch (form) {
    case 'import':
    case 'starImport':
      return 'module';
    case 'fromImport':
      return isContribItself ? 'name' : 'module';
    case 'attribute':
    case 'name':
    case 'assign':
      return 'attribute';
  }
}

/** What is said about a name is shared by all its uses, and depends on the TensorFlow that a file is meant for. */
const advices = new WeakMap<ContribTarget, Map<Target, string>>();

/** What to do about one name. */
function adviceFor(target: ContribTarget, version: Target): string {
  let known = advices.get(target);
  if (!known) advices.set(target, (known = new Map<Target, string>()));
  let advice = known.get(version);
  if (advice === undefined) known.set(version, (advice = composeAdvice(target, version)));
  return advice;
}

function composeAdvice(target: ContribTarget, version: Target): string {
  const { fate, name, sameAs } = target;
  if (sameAs !== undefined) return `It is another name of \`${sameAs}\`: use that`;
  if (target.isMissingInTfSlim) return 'No replacement is known: `tf_slim` does not have it';
  if (!fate || fate.confidence === 'low') return noReplacement(name);
  const advice = [fateAdvice(fate, version), sameInTfSlim(target, version)].filter((part) => part !== '').join('. ');
  if (isExact(name, fate) || publicName(name) === fate.name) return advice;
  if (fate.matched === 'symbol') return `Of \`${fate.name}\`: ${lowerFirst(advice)}`;
  return `What became of this name is not known. Of \`${fate.name}\` as a whole: ${lowerFirst(advice)}`;
}

function noReplacement(name: string): string {
  if (name === 'tf.contrib') return 'Each of its sub-packages has a successor of its own, or none';
  return 'No replacement is known';
}

function fateAdvice(fate: Fate, version: Target): string {
  const successor = codeText(fate.replacement ?? '');
  const note = noteOf(fate);
  switch (fate.status) {
    case 'core':
    case 'compat-v1':
      return isPlainRename(fate)
        ? `Use ${successor}, the same under another name${note}`
        : `Its successor is ${successor}${note}`;
    case 'core-changed':
      return `Its successor is ${successor}; arguments or behaviour differ${note}`;
    case 'keras':
      return `Its successor is ${successor}, which is no plain rename${note}`;
    case 'compat-v1-legacy-keras':
      return `Its successor is ${successor}; ${legacyKerasConditions(version)}${note}`;
    case 'python':
      return `Plain Python does it: ${successor}${note}`;
    case 'tf_slim':
      return fate.matched === 'submodule'
        ? `Use ${successor.replace(' -> ', ', later ')} (\`pip install tf_slim==1.1.0\`)${note}. ${tfSlimConditions(version)}`
        : `Use ${successor} of the package \`tf_slim\` 1.1.0${note}`;
    case 'package':
      return `It moved to ${packageText(fate)}: ${successor}${note}`;
    case 'package-eol':
      return endOfLife(fate, successor, version);
    case 'removed':
      return successor === ''
        ? `No replacement is known${note}`
        : `It has no successor; the nearest is ${successor}${note}`;
  }
}

/** Parts of `tf.compat.v1` are made of Keras 2. */
function legacyKerasConditions(version: Target): string {
  const what = 'what lies in `tf.compat.v1`';
  switch (version) {
    case '1.15':
    case '2.0-2.15':
      return `${what} runs up to TensorFlow 2.15, and later needs \`tf_keras\` with \`TF_USE_LEGACY_KERAS=1\``;
    case '2.16':
      return `${what} needs TensorFlow 2.15 or older, or \`tf_keras\` with \`TF_USE_LEGACY_KERAS=1\``;
    case '2.16-tf_keras':
      return `${what} needs \`TF_USE_LEGACY_KERAS=1\` in the environment`;
    default:
      return assertNever(version);
  }
}

/** Packages that are themselves at their end. */
function endOfLife(fate: Fate, successor: string, version: Target): string {
  const note = noteOf(fate);
  const { replacement = '' } = fate;
  if (/^tfa\b/.test(replacement)) {
    return (
      `It moved to the package \`tensorflow-addons\`: ${successor}. End of life: 0.23 is its last release, ` +
      `for TensorFlow before 2.16${note}`
    );
  }
  const isTooNew = version === '2.16' || version === '2.16-tf_keras';
  if (/^tf\.estimator\b/.test(replacement) && !isTooNew) {
    return `It moved to ${successor}, which TensorFlow 2.16 removes${note}`;
  }
  if (/^tf\.estimator\b/.test(replacement)) {
    return `It moved to ${successor}. End of life: TensorFlow 2.16 removed \`tf.estimator\`${note}`;
  }
  return successor === '' ? `No replacement is known${note}` : `Its successor is ${successor}${note}`;
}

function packageText(fate: Fate): string {
  if (fate.package === undefined) return 'another package';
  return `the ${fate.package.includes('/') ? 'project' : 'package'} \`${fate.package}\``;
}

/** A second way for what exists in tf_slim unchanged, checked against the signatures of both. */
function sameInTfSlim(target: ContribTarget, version: Target): string {
  const name = tfSlimName(target);
  if (name === undefined || target.fate?.status === 'tf_slim') return '';
  const needsKeras = name.endsWith('.batch_norm') && version === '2.16';
  const extra = needsKeras ? ' (needs `tf_keras` under the newest TensorFlow)' : '';
  return `Or keep the call: \`${name}\` of the package \`tf_slim\` 1.1.0 is the same function${extra}`;
}

/** The same function in tf_slim; undefined when it is not certain to be the same one. */
function tfSlimName(target: ContribTarget): string | undefined {
  const name = target.fate?.tfSlim;
  if (name === undefined || target.fate?.matched !== 'symbol') return undefined;
  const before = resolveLibraryName(target.path, 'attribute');
  const after = resolveLibraryName(name, 'attribute');
  if (after.kind !== before.kind) return undefined;
  const same =
    (before.kind === 'op' && after.kind === 'op' && before.op === after.op) ||
    (before.kind === 'opPartial' && after.kind === 'opPartial' && before.name === after.name) ||
    (before.kind === 'scopeApi' && after.kind === 'scopeApi' && before.name === after.name) ||
    (before.kind === 'notScopable' && after.kind === 'notScopable' && before.functionName === after.functionName) ||
    before.kind === 'repeat' ||
    before.kind === 'stack';
  return same ? name : undefined;
}

/** The name that the table uses for an internal path, as far as it only drops the internal part. */
function publicName(name: string): string {
  return name.replace(/\.python\..+$/, '');
}

/** Parts of notes that speak to those who keep the table, or say what the sentence says anyway. */
const internalNote =
  /RFC|tf_upgrade_v2|see symbols|verified|migration guide|tf_slim HEAD|released tf_slim|^alias$|same function in tf_slim|TFA 0\.23|needs TF < 2\.16|tf\.estimator is absent|^moved to|^pip |carries arg_scope/;

/** A message is read in a small window: the first parts of a note that fit, the most important ones come first. */
const maxNote = 180;

function noteOf(fate: Fate): string {
  const all = (fate.note ?? '').split('; ').filter((part) => part !== '' && !internalNote.test(part));
  const parts = all.filter((_, i) => all.slice(0, i + 1).join('; ').length <= maxNote);
  return parts.length === 0 ? '' : `. Note: ${codeText(parts.join('; '))}`;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

const root = '(?:tf|tfa|tfp|tfio|tfmot|tfdf|tfgan|tfc|tfco|keras|sklearn|tensorboard|tensorflow|tf_slim|contrib|absl)';
const call = '\\((?:[^()]|\\([^()]*\\))*\\)';
const codeInText = new RegExp(
  `(?<![\\w.\`'"])(?:${root}(?:\\.[\\w*]+)+(?:${call}|\\['\\w+'\\]|\\.[\\w*]+)*|tf_slim|tf_keras|tfp|tfgan|tfco|tfio)(?![\\w\`])`,
  'g',
);

/** Puts what is code in a text of the table into backticks. */
export function codeText(text: string): string {
  return text
    .replace(/ \/ see symbols$/, '')
    .replace(codeInText, (name) => (name.endsWith('.') ? `\`${name.slice(0, -1)}\`.` : `\`${name}\``));
}
