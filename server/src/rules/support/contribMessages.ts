/**
 * The words of the `contrib-...` rules: the error that TensorFlow 2 raises, then what to do about this very name.
 * Where little is known little is said. Section E1 has the errors, E3 the limits of tf_slim.
 */
import type { ContribForm, PythonError } from '../../slim/contribError';
import { contribError } from '../../slim/contribError';
import type { Fate } from '../../slim/contribFate';
import { resolveLibraryName } from '../../slim/library/libraryNames';
import type { RuleContext } from '../rule';
import { placeText } from './callErrors';
import type { ContribTarget, ContribUse } from './contribUses';
import { isExact, isPlainRename } from './contribUses';

/** What must be known before `tf_slim` is taken (E3). */
export const tfSlimConditions =
  '`tf_slim` 1.1.0 (2020) is the last release; its layers fail under TensorFlow 2.13 to 2.15, and under the newest ' +
  'one `batch_norm` needs the package `tf_keras`';

/** First line: what fails and how. Second line: what to do. */
export function contribMessage(context: RuleContext, use: ContribUse): string {
  const names = use.targets.map((target) => `\`${target.name}\``).join(' or ');
  const error = useError(use);
  const where = use.origin ? ` at ${placeText(context, use.origin.location)}` : '';
  const caught = use.use.conditional && !use.origin ? 'Guarded, but nothing takes its place. ' : '';
  const advice = caught + [...new Set(use.targets.map(adviceFor))].join('. ');
  const verb = use.targets.length > 1 ? 'do' : 'does';
  return `${names} ${verb} not exist in TensorFlow 2: \`${error.type}: ${error.message}\`${where}\n${advice}`;
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

/** Targets are shared by all uses of a name, and so is what is said about them. */
const advices = new WeakMap<ContribTarget, string>();

/** What to do about one name. */
function adviceFor(target: ContribTarget): string {
  let advice = advices.get(target);
  if (advice === undefined) advices.set(target, (advice = composeAdvice(target)));
  return advice;
}

function composeAdvice(target: ContribTarget): string {
  const { fate, name, sameAs } = target;
  if (sameAs !== undefined) return `It is another name of \`${sameAs}\`: use that`;
  if (target.isMissingInTfSlim) return 'No replacement is known: `tf_slim` does not have it';
  if (!fate || fate.confidence === 'low') return noReplacement(name);
  const advice = [fateAdvice(fate), sameInTfSlim(target)].filter((part) => part !== '').join('. ');
  if (isExact(name, fate) || publicName(name) === fate.name) return advice;
  if (fate.matched === 'symbol') return `Of \`${fate.name}\`: ${lowerFirst(advice)}`;
  return `What became of this name is not known. Of \`${fate.name}\` as a whole: ${lowerFirst(advice)}`;
}

function noReplacement(name: string): string {
  if (name === 'tf.contrib') return 'Each of its sub-packages has a successor of its own, or none';
  return 'No replacement is known';
}

function fateAdvice(fate: Fate): string {
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
      return (
        `Its successor is ${successor}; what lies in \`tf.compat.v1\` needs TensorFlow 2.15 or older, or ` +
        `\`tf_keras\` with \`TF_USE_LEGACY_KERAS=1\`${note}`
      );
    case 'python':
      return `Plain Python does it: ${successor}${note}`;
    case 'tf_slim':
      return fate.matched === 'submodule'
        ? `Use ${successor.replace(' -> ', ', later ')} (\`pip install tf_slim==1.1.0\`)${note}. ${tfSlimConditions}`
        : `Use ${successor} of the package \`tf_slim\` 1.1.0${note}`;
    case 'package':
      return `It moved to ${packageText(fate)}: ${successor}${note}`;
    case 'package-eol':
      return endOfLife(fate, successor);
    case 'removed':
      return successor === ''
        ? `No replacement is known${note}`
        : `It has no successor; the nearest is ${successor}${note}`;
  }
}

/** Packages that are themselves at their end. */
function endOfLife(fate: Fate, successor: string): string {
  const note = noteOf(fate);
  const { replacement = '' } = fate;
  if (/^tfa\b/.test(replacement)) {
    return (
      `It moved to the package \`tensorflow-addons\`: ${successor}. End of life: 0.23 is its last release, ` +
      `for TensorFlow before 2.16${note}`
    );
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
function sameInTfSlim(target: ContribTarget): string {
  const name = tfSlimName(target);
  if (name === undefined || target.fate?.status === 'tf_slim') return '';
  const extra = name.endsWith('.batch_norm') ? ' (needs `tf_keras` under the newest TensorFlow)' : '';
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
