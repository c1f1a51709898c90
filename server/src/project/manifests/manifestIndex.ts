/**
 * All manifests of a workspace by the folders that they speak for. Answers for a file come from the nearest folder
 * upward, to the workspace folder, that has something to say; each folder is looked at once. Never changes: when a
 * manifest changes another index is made.
 */
import { displayPath, isWithin, parentOf, relativePath } from '../paths';
import type { ResolvedTarget } from '../target';
import { folderTarget, type FolderTarget, type Said } from './folderTarget';
import type { Manifest } from './manifest';
import { folderOfManifest, manifestRank } from './manifestFiles';
import type { ProjectConfiguration } from './projectConfiguration';

/** See the file comment. */
export class ManifestIndex {
  readonly #manifests: ReadonlyMap<string, Manifest>;
  readonly #folders: readonly string[];
  readonly #byFolder = new Map<string, Manifest[]>();
  readonly #targets = new Map<string, { readonly found: ResolvedTarget | undefined }>();
  readonly #folderTargets = new Map<string, FolderTarget>();
  #configurations: readonly ProjectConfiguration[] | undefined;

  constructor(manifests: ReadonlyMap<string, Manifest>, folders: readonly string[]) {
    this.#manifests = manifests;
    this.#folders = folders;
    for (const manifest of manifests.values()) {
      const folder = folderOfManifest(manifest.file);
      const others = this.#byFolder.get(folder);
      if (others) others.push(manifest);
      else this.#byFolder.set(folder, [manifest]);
    }
    for (const list of this.#byFolder.values()) list.sort(compareManifests);
  }

  get(file: string): Manifest | undefined {
    return this.#manifests.get(file);
  }

  /** Every `[tool.slimscope]`, in no particular order. */
  get configurations(): readonly ProjectConfiguration[] {
    return (this.#configurations ??= [...this.#manifests.values()].flatMap((one) => one.configuration ?? []));
  }

  /** The nearest `[tool.slimscope]` of a file. */
  configurationOf(file: string): ProjectConfiguration | undefined {
    if (this.configurations.length === 0) return undefined;
    for (const folder of this.#upward(file)) {
      const found = this.configurations.find((one) => one.folder === folder);
      if (found) return found;
    }
    return undefined;
  }

  /** The target of a file, as far as manifests say it. */
  targetOf(file: string): ResolvedTarget | undefined {
    const folder = parentOf(file);
    let known = this.#targets.get(folder);
    if (!known) this.#targets.set(folder, (known = { found: this.#resolve(file) }));
    return known.found;
  }

  #resolve(file: string): ResolvedTarget | undefined {
    let open: Said | undefined;
    let tfKeras: Said | undefined;
    for (const folder of this.#upward(file)) {
      const said = this.#folderTarget(folder);
      tfKeras ??= said.tfKeras;
      if (said.pin) return this.#toTarget(said.pin, tfKeras);
      open ??= said.open;
    }
    return open || tfKeras ? this.#toTarget(open, tfKeras) : undefined;
  }

  #folderTarget(folder: string): FolderTarget {
    let said = this.#folderTargets.get(folder);
    if (!said) this.#folderTargets.set(folder, (said = folderTarget(this.#byFolder.get(folder) ?? [])));
    return said;
  }

  #toTarget(tensorflow: Said | undefined, tfKeras: Said | undefined): ResolvedTarget | undefined {
    const first = tensorflow ?? tfKeras;
    if (!first) return undefined;
    const isLegacy = tfKeras !== undefined && first.target === '2.16';
    // The line that is shown behind the reason is that of the last part.
    const parts = [...(isLegacy && first !== tfKeras ? [this.#cite(tfKeras)] : []), this.#cite(first)];
    return {
      target: isLegacy ? '2.16-tf_keras' : first.target,
      reason: parts.join(', and '),
      location: { file: first.manifest.file, span: first.requirement.span },
    };
  }

  /** "`tensorflow==1.15.5` in requirements.txt" */
  #cite({ requirement, manifest, isPin }: Said): string {
    const isOpen = requirement.package === 'tensorflow' && !isPin;
    const text = isOpen ? `the newest that \`${requirement.text}\` admits,` : `\`${requirement.text}\``;
    return `${text} in ${this.pathOf(manifest.file)}`;
  }

  /** The path of a file for people. */
  pathOf(file: string): string {
    const folder = this.workspaceFolderOf(file);
    return (folder !== undefined && relativePath(folder, file)) || displayPath(file);
  }

  /** The innermost workspace folder around a file. */
  workspaceFolderOf(file: string): string | undefined {
    const around = this.#folders.filter((folder) => isWithin(folder, file));
    return around.sort((a, b) => b.length - a.length)[0];
  }

  /** The folders from a file up to its workspace folder, or to the top when it has none. */
  *#upward(file: string): Iterable<string> {
    const last = this.workspaceFolderOf(file);
    for (let folder = parentOf(file), below = ''; folder !== below; folder = parentOf(folder)) {
      yield folder;
      if (folder === last) return;
      below = folder;
    }
  }
}

function compareManifests(a: Manifest, b: Manifest): number {
  return manifestRank(a.file) - manifestRank(b.file) || (a.file < b.file ? -1 : 1);
}
