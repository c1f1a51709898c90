/**
 * The open sources that the evaluator is judged by: what of a package is looked at, and what it was recorded with.
 * The callers are ours and lie in test/oracle/drivers; of the packages nothing is in the repository.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../support/repository';
import { pythonFiles, type OpenSourceName } from '../../support/openSources';

/** `tf1`: TensorFlow 1.15 with its own contrib, on Python 3.7. `tf2`: TensorFlow 2 with tf_slim, on Python 3.11. */
export type RecordingEnvironment = 'tf1' | 'tf2';

export interface TruthSource {
  readonly name: OpenSourceName;
  readonly environment: RecordingEnvironment;
  /** Folders and files of the package that are analysed and recorded. */
  readonly code: readonly string[];
  /** For code that is recorded where TensorFlow is installed, not in the package: the same below site-packages. */
  readonly installed?: readonly string[];
  /** Files that are in the workspace, but whose own calls are not recorded. */
  readonly besides?: readonly string[];
  /** Packages whose `__init__` is not run: it would import what has no part in the networks. */
  readonly bare?: readonly string[];
  /** Modules that are replaced by empty ones for the recording. */
  readonly stubs?: readonly string[];
}

export const truthSources: readonly TruthSource[] = [
  { name: 'tf_slim', environment: 'tf2', code: ['tf_slim/nets'] },
  {
    name: 'contrib_slim',
    environment: 'tf1',
    code: ['tensorflow/contrib/slim/python/slim/nets'],
    installed: ['tensorflow_core/contrib/slim/python/slim/nets'],
    besides: ['tensorflow/contrib/slim/nets.py'],
  },
];

export interface WorkspaceFile {
  readonly path: string;
  readonly text: string;
}

/** The files of a source as a workspace has them. */
export async function codeFiles(source: TruthSource, folder: string): Promise<readonly WorkspaceFile[]> {
  const files: WorkspaceFile[] = [];
  for (const path of [...source.code, ...(source.besides ?? [])]) {
    const found = statSync(join(folder, path)).isFile()
      ? [path]
      : (await pythonFiles(join(folder, path))).map((file) => `${path}/${file}`);
    for (const file of found) files.push({ path: file, text: readFileSync(join(folder, file), 'utf8') });
  }
  return files;
}

export function driverFolder(source: TruthSource): string {
  return join(repositoryRoot, 'test', 'oracle', 'drivers', source.name);
}

/** Our callers of a source; they lie at the top of the workspace. */
export function driverFiles(source: TruthSource): readonly WorkspaceFile[] {
  const folder = driverFolder(source);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
