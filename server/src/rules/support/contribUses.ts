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

/** The reported uses of a file, sorted; none when the project stays on TensorFlow 1. */
export function contribUses(context: RuleContext): readonly ContribUse[] {
  let uses = memo.get(context);
  if (!uses) {
    const isOff = context.settings.targetTensorflow === '1.x';
    uses = isOff ? [] : usesOf(context.program, context.source).flatMap(toContribUse);
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
  const name = target.path.replace(contribPath, 'tf.contrib.').replace(/\.$/, '');
  const path = name.replace(/^tf\./, 'tensorflow.');
  const fate = lookUpFate(name);
  // Any name may come from `import *`: only one that contrib really had is known to be a use of it.
  if (target.viaStar && fate?.matched !== 'symbol' && !isKnownToLibrary(path)) return [];
  return [{ name, path, fate, family: familyOf(fate) }];
}

function isKnownToLibrary(path: string): boolean {
  const found = resolveLibraryName(path, 'attribute');
  return (
    found.kind === 'op' ||
    found.kind === 'opPartial' ||
    found.kind === 'scopeApi' ||
    found.kind === 'repeat' ||
    found.kind === 'stack'
  );
}

/** Which promise holds for a fate. Where nothing certain is known, none is made. */
function familyOf(fate: Fate | undefined): ContribFamily {
  if (!fate || fate.confidence === 'low') return 'contrib-removed';
  switch (fate.status) {
    case 'core':
    case 'compat-v1':
      return isPlainRename(fate) ? 'contrib-moved' : 'contrib-changed';
    case 'core-changed':
    case 'keras':
    case 'compat-v1-legacy-keras':
    case 'python':
      return 'contrib-changed';
    case 'tf_slim':
    case 'package':
    case 'package-eol':
      return 'contrib-moved-package';
    case 'removed':
      return 'contrib-removed';
  }
}

/** True when the successor is one name that was seen to exist in today's TensorFlow and means the same. */
export function isPlainRename(fate: Fate): boolean {
  const { replacement } = fate;
  if (fate.autofix !== 'safe' || (fate.status !== 'core' && fate.status !== 'compat-v1')) return false;
  if (replacement === undefined || !/^tf(\.\w+)+$/.test(replacement)) return false;
  return fate.verified.get(replacement)?.includes('keras3') ?? false;
}
