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

/** What must be known before `tf_slim` is taken (E3). */
export const tfSlimConditions =
  '`tf_slim` 1.1.0 (2020) is the last release; its layers fail under TensorFlow 2.13 to 2.15, and under the newest ' +
  'one `batch_norm` needs the package `tf_keras`';

/** First line: what fails and how. Second line: what to do. */
export function contribMessage(context: RuleContext, use: ContribUse): string {
  const names = use.targets.map((target) => `\`${target.name}\``).join(' or ');
  const error = useError(use);
  const where = use.origin ? ` at ${placeText(context, use.origin.location)}` : '';
  const advice = [...new Set(use.targets.map(adviceFor))].join('. ');
  return `${names} does not exist in TensorFlow 2: \`${error.type}: ${error.message}\`${where}\n${advice}`;
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

/** What to do about one name. */
function adviceFor(target: ContribTarget): string {
  const { fate, name } = target;
  if (!fate || fate.confidence === 'low') return noReplacement(fate, name);
  if (fate.matched === 'submodule' && fate.name !== publicName(name)) {
    return `What became of this name is not known. Of \`${fate.name}\` as a whole: ${lowerFirst(wholeAdvice(fate))}`;
  }
  return [wholeAdvice(fate), sameInTfSlim(target)].filter((part) => part !== '').join('. ');
}

function noReplacement(fate: Fate | undefined, name: string): string {
  if (name === 'tf.contrib') return 'Each of its sub-packages has a successor of its own, or none';
  return fate?.matched === 'symbol' ? `No replacement is known${noteOf(fate)}` : 'No replacement is known';
}

function wholeAdvice(fate: Fate): string {
  const successor = codeText(fate.replacement ?? '');
  switch (fate.status) {
    case 'core':
    case 'compat-v1':
      return fate.autofix === 'safe'
        ? `Use ${successor}, the same under another name${noteOf(fate)}`
        : `Its successor is ${successor}${noteOf(fate)}`;
    case 'core-changed':
      return `Its successor is ${successor}; arguments or behaviour differ${noteOf(fate)}`;
    case 'keras':
      return `Its successor is ${successor}, which is no plain rename${noteOf(fate)}`;
    case 'compat-v1-legacy-keras':
      return (
        `${successor} has it up to TensorFlow 2.15; from 2.16 on that needs \`tf_keras\` and ` +
        `\`TF_USE_LEGACY_KERAS=1\`${noteOf(fate)}`
      );
    case 'python':
      return `Plain Python does it: ${successor}${noteOf(fate)}`;
    case 'tf_slim':
      return `Use ${successor} (\`pip install tf_slim==1.1.0\`)${noteOf(fate)}. ${tfSlimConditions}`;
    case 'package':
      return `It moved to ${packageText(fate)}: ${successor}${noteOf(fate)}`;
    case 'package-eol':
      return endOfLife(fate, successor);
    case 'removed':
      return successor === ''
        ? `No replacement is known${noteOf(fate)}`
        : `It has no successor; the nearest is ${successor}${noteOf(fate)}`;
  }
}

/** Packages that are themselves at their end (peers: "the target package is end of life"). */
function endOfLife(fate: Fate, successor: string): string {
  if (/^tfa\b|tensorflow-addons/.test(fate.replacement ?? '')) {
    return (
      `It moved to the package \`tensorflow-addons\`: ${successor}. End of life: 0.23 is its last release, ` +
      `for TensorFlow before 2.16${noteOf(fate)}`
    );
  }
  if (/^tf\.estimator\b/.test(fate.replacement ?? '')) {
    return `It moved to ${successor}. End of life: TensorFlow 2.16 removed \`tf.estimator\`${noteOf(fate)}`;
  }
  return `It moved to ${packageText(fate)}: ${successor}. That package is at its end of life${noteOf(fate)}`;
}

function packageText(fate: Fate): string {
  return fate.package === undefined ? 'another package' : `the package \`${fate.package}\``;
}

/** A second way for what exists in tf_slim unchanged, checked against the signatures of both. */
function sameInTfSlim(target: ContribTarget): string {
  const name = tfSlimName(target);
  if (name === undefined || target.fate?.status === 'tf_slim') return '';
  const extra = name.endsWith('.batch_norm') ? ' (needs `tf_keras` under the newest TensorFlow)' : '';
  return `Or keep the call: \`${name}\` of the package \`tf_slim\` 1.1.0 is the same function${extra}`;
}

/** The same function in tf_slim; undefined when it is not certain to be the same one. */
export function tfSlimName(target: ContribTarget): string | undefined {
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
  return name.replace(/\.python\..*$/, '');
}

function noteOf(fate: Fate): string {
  return fate.note === undefined || fate.note === '' ? '' : `. Note: ${codeText(fate.note)}`;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Puts dotted names and `tf_slim` into backticks. */
export function codeText(text: string): string {
  return text.replace(
    /(?<![\w.`'"])(?:(?:tf|tfa|tfp|tfio|tfmot|tfdf|tfgan|tfc|tfco|keras|sklearn|tensorboard|tensorflow|tf_slim|tf_keras|contrib|absl|np)(?:\.[\w*]+)+(?:\([^()]*\))?|tf_slim|tf_keras|TF_USE_LEGACY_KERAS(?:=1)?)(?![\w`])/g,
    (name) => {
      const dot = /\.$/.test(name) ? '.' : '';
      return `\`${dot ? name.slice(0, -1) : name}\`${dot}`;
    },
  );
}
