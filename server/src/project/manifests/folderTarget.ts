/**
 * What the manifests of one folder say about the TensorFlow that its code runs under.
 */
import type { Target } from '../target';
import type { Manifest } from './manifest';
import { manifestRank } from './manifestFiles';
import type { Requirement } from './requirement';
import { admittedGeneration } from './versionRange';

/** A requirement and what it means. */
export interface Said {
  readonly manifest: Manifest;
  readonly requirement: Requirement;
  readonly target: Target;
  /** See `AdmittedGeneration.isPin`. */
  readonly isPin: boolean;
}

export interface FolderTarget {
  /** What decides. */
  readonly pin?: Said;
  /** A requirement that admits the newest TensorFlow and older ones. */
  readonly open?: Said;
  /** tf_keras as it is for TensorFlow 2.16 and newer. */
  readonly tfKeras?: Said;
}

const requirementsTxt = 2;
const otherRequirements = 3;

/** The first manifest that decides is heard (`manifestRank`); of several requirements of one rank, the newest counts. */
export function folderTarget(manifests: readonly Manifest[]): FolderTarget {
  const said = manifests.flatMap((manifest) =>
    manifest.requirements.flatMap((requirement): Said[] => {
      const admitted = admittedGeneration(requirement.specifier);
      return admitted ? [{ manifest, requirement, ...admitted }] : [];
    }),
  );
  const tfKeras = said.find((one) => one.requirement.package === 'tf_keras' && one.target === '2.16');
  const found = pinned(said.filter((one) => one.requirement.package === 'tensorflow'));
  return { ...found, ...(tfKeras && { tfKeras }) };
}

function pinned(said: readonly Said[]): Pick<FolderTarget, 'pin' | 'open'> {
  const rankOf = (one: Said): number => manifestRank(one.manifest.file);
  const ranks = [...new Set(said.map(rankOf))].sort((a, b) => a - b);
  let open: Said | undefined;
  for (const rank of ranks) {
    // `requirements-tf1.txt` is for those who want something else than `requirements.txt`.
    if (rank === otherRequirements && ranks.includes(requirementsTxt)) continue;
    const newest = said.filter((one) => rankOf(one) === rank).reduce((a, b) => (isNewer(b, a) ? b : a));
    if (newest.isPin) return { pin: newest };
    open ??= newest;
  }
  return open ? { open } : {};
}

const order: readonly Target[] = ['1.15', '2.0-2.15', '2.16'];

function isNewer(a: Said, b: Said): boolean {
  return order.indexOf(a.target) > order.indexOf(b.target);
}
