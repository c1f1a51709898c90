/**
 * The uses of `tf.contrib` in a file, each with what became of it: the common ground of the `contrib-...` rules.
 * Left out: uses that are guarded by a replacement, that may be something else, and look-alikes (names are resolved by
 * binding). Says nothing about wording (contribMessages.ts) and fixes (contribFixes.ts).
 */
import type { Step } from '../../semantics/names/meaning';
import { usesOf } from '../../semantics/qualifiedNames';
import type { QualifiedUse, UseTarget } from '../../semantics/qualifiedNames';
import type { ContribOwner } from '../../slim/contribError';
import type { Fate } from '../../slim/contribFate';
import { lookUpFate } from '../../slim/contribFate';
import { resolveLibraryName } from '../../slim/library/libraryNames';
import type { LibraryObject } from '../../slim/library/libraryObject';
import type { RuleContext } from '../rule';

/** The promises that the rules make; each is a rule name. */
export type ContribFamily = 'contrib-removed' | 'contrib-changed' | 'contrib-moved' | 'contrib-moved-package';

/** One thing that a use can denote. */
export interface ContribTarget {
  /** `tf.contrib.slim.conv2d`, whatever the spelling in the file. */
  readonly name: string;
  /** The same as Python resolves it: `tensorflow.contrib.slim.conv2d`. */
  readonly path: string;
  /** What is known of it; undefined for `tf.contrib` itself and for what never existed. */
  readonly fate: Fate | undefined;
  /** Set when it is only another way to reach something of TensorFlow: `slim.nn.relu` is `tf.nn.relu`. */
  readonly sameAs?: string;
  /** True for names of a package that tf_slim took over without them. */
  readonly isMissingInTfSlim: boolean;
  readonly family: ContribFamily;
}

export interface ContribUse {
  readonly use: QualifiedUse;
  /** Never empty; several when the name has several meanings, all of them in `tf.contrib`. */
  readonly targets: readonly [ContribTarget, ...ContribTarget[]];
  /** The module that lacks `contrib`: `tensorflow` or `tensorflow.compat.v1`. */
  readonly owner: ContribOwner;
  /** Where `tf.contrib` was reached first; undefined when that is this very use. */
  readonly origin: Step | undefined;
}

const contribPath = /^(tensorflow(?:\.compat\.v[12])?)\.contrib(?:\.|$)/;

const memo = new WeakMap<RuleContext, readonly ContribUse[]>();

/** The reported uses of a file, sorted, whatever TensorFlow it is meant for. */
export function contribUses(context: RuleContext): readonly ContribUse[] {
  let uses = memo.get(context);
  if (!uses) {
    uses = usesOf(context.program, context.source).flatMap(toContribUse);
    memo.set(context, uses);
  }
  return uses;
}

function toContribUse(use: QualifiedUse): readonly ContribUse[] {
  if (use.guarded || !use.certain) return [];
  const first = contribPath.exec(use.targets[0]?.path ?? '');
  const targets = use.targets.flatMap(toContribTarget);
  const [target, ...others] = targets;
  if (!first || !target || targets.length < use.targets.length) return [];
  const origin = use.targets[0]?.steps.find((step) => contribPath.test(step.path));
  const owner = first[1] === 'tensorflow' ? 'tensorflow' : 'tensorflow.compat.v1';
  return [{ use, targets: [target, ...others], owner, origin }];
}

function toContribTarget(target: UseTarget): readonly ContribTarget[] {
  if (!contribPath.test(target.path)) return [];
  const one = describe(target.path.replace(contribPath, 'tf.contrib.').replace(/\.$/, ''));
  // Any name may come from `import *`: only one that contrib really had is known to be a use of it.
  return target.viaStar && one.fate?.matched !== 'symbol' ? [] : [one];
}

/** What is known of a name depends on the name alone; a file asks for the same few again and again. */
const described = new Map<string, ContribTarget>();
const maxDescribed = 5_000;

function describe(name: string): ContribTarget {
  const known = described.get(name);
  if (known) return known;
  if (described.size >= maxDescribed) described.clear();
  const target = describeAnew(name);
  described.set(name, target);
  return target;
}

function describeAnew(name: string): ContribTarget {
  const path = name.replace(/^tf\./, 'tensorflow.');
  const found = resolveLibraryName(path, 'attribute');
  const fate = fateOf(name, found);
  const sameAs = sameAsOf(name, found);
  const isTfSlim = fate?.matched === 'submodule' && fate.status === 'tf_slim';
  const isMissing = isTfSlim && found.kind !== 'missing' && isMissingInTfSlim(path);
  return {
    name,
    path,
    fate,
    ...(sameAs === undefined ? {} : { sameAs }),
    isMissingInTfSlim: isMissing,
    family: sameAs !== undefined ? 'contrib-changed' : isMissing ? 'contrib-removed' : familyOf(name, fate),
  };
}

/** The public name in TensorFlow of what contrib only passes on; `slim.nn` is the module `tf.nn` in real code. */
function sameAsOf(name: string, found: LibraryObject): string | undefined {
  if (found.kind !== 'other') return undefined;
  const nn = /^tf\.contrib\.slim\.(nn\..+)$/.exec(name);
  if (nn) return `tf.${nn[1] ?? ''}`;
  return /^tf\.(?!contrib\b)/.test(found.canonical) ? found.canonical : undefined;
}

/** The entry of the name, or of another name of the same object (`slim.layers.conv2d` is `slim.conv2d`, B3). */
function fateOf(name: string, found: LibraryObject): Fate | undefined {
  const fate = lookUpFate(name);
  if (fate?.matched === 'symbol') return fate;
  const other = otherName(found);
  const better = other === undefined ? undefined : lookUpFate(other);
  return better?.matched === 'symbol' ? better : fate;
}

function otherName(found: LibraryObject): string | undefined {
  switch (found.kind) {
    case 'op':
      return `tf.contrib.slim.${found.op.name}`;
    case 'opPartial':
    case 'scopeApi':
      return `tf.contrib.slim.${found.name}`;
    case 'repeat':
    case 'stack':
      return `tf.contrib.slim.${found.kind}`;
    case 'notScopable':
      return found.canonical;
    default:
      return undefined;
  }
}

/** contrib-only functions (feature columns, encoders) that must not be sent to tf_slim (B2, B3). */
function isMissingInTfSlim(path: string): boolean {
  const [, part, ...rest] = path.replace(/^tensorflow\./, '').split('.');
  if (rest.length === 0) return false;
  const name = part === 'slim' ? rest.join('.').replace(/^python\.slim\b\.?/, '') : (rest.at(-1) ?? '');
  // `contrib.framework.python.ops.variables`, the module, is `tf_slim.ops.variables`.
  const isInOps = rest[0] === 'python' && rest[1] === 'ops';
  if (isInOps && resolveLibraryName(`tf_slim.ops.${name}`, 'import').kind !== 'missing') return false;
  return resolveLibraryName(name === '' ? 'tf_slim' : `tf_slim.${name}`, 'any').kind === 'missing';
}

/** True when the entry speaks of this very name, internal paths aside, and not of something that contains it. */
export function isExact(name: string, fate: Fate): boolean {
  return fate.matched === 'symbol' && name.split('.').at(-1) === fate.name.split('.').at(-1);
}

/** Which promise holds for a fate. Where nothing certain is known, none is made. */
function familyOf(name: string, fate: Fate | undefined): ContribFamily {
  if (!fate || fate.confidence === 'low') return 'contrib-removed';
  switch (fate.status) {
    case 'core':
    case 'compat-v1':
      return isExact(name, fate) && isPlainRename(fate) ? 'contrib-moved' : 'contrib-changed';
    case 'core-changed':
    case 'keras':
    case 'compat-v1-legacy-keras':
    case 'python':
      return 'contrib-changed';
    case 'tf_slim':
    case 'package':
      return 'contrib-moved-package';
    case 'package-eol':
      // Some of these point back into TensorFlow, where the dead package has no successor of its own.
      if (fate.replacement === undefined) return 'contrib-removed';
      return /^(tfa|tf\.estimator)\b/.test(fate.replacement) ? 'contrib-moved-package' : 'contrib-changed';
    case 'removed':
      return 'contrib-removed';
  }
}

/** True when the successor is one name that was seen to exist in today's TensorFlow and means the same. */
export function isPlainRename(fate: Fate): boolean {
  const { replacement } = fate;
  // `tf.contrib.framework.nest` became `tf.nest`, but only in part.
  if (fate.note?.startsWith('only ')) return false;
  if (fate.autofix !== 'safe' || (fate.status !== 'core' && fate.status !== 'compat-v1')) return false;
  if (replacement === undefined || !/^tf(\.\w+)+$/.test(replacement)) return false;
  return fate.verified.get(replacement)?.includes('keras3') ?? false;
}
