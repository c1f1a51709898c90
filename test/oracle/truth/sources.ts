/**
 * The open sources that the evaluator is judged by: what of a package is looked at, and what it was recorded with.
 * The callers are ours and lie in test/oracle/drivers; of the packages nothing is in the repository.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../support/repository';
import type { OpenSourceName } from '../../support/openSourcePins';
import { pythonFiles } from '../../support/openSources';

/** `tf1`: TensorFlow 1.15 with its own contrib, on Python 3.7. `tf2`: TensorFlow 2 with tf_slim, on Python 3.11. */
export type RecordingEnvironment = 'tf1' | 'tf2';

export interface TruthSource {
  readonly name: OpenSourceName;
  readonly environment: RecordingEnvironment;
  /** Folder of the package that its imports start from; its top when absent. */
  readonly root?: string;
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
  { name: 'facenet', environment: 'tf1', root: 'facenet/src', code: ['models', 'generative/models'] },
  {
    name: 'mmdnn',
    environment: 'tf1',
    code: ['mmdnn/conversion/examples/tensorflow/models'],
  },
  {
    name: 'lucid',
    environment: 'tf1',
    code: ['lucid/optvis/param/cppn.py'],
    bare: ['lucid', 'lucid.optvis', 'lucid.optvis.param'],
  },
  {
    name: 'baselines',
    environment: 'tf1',
    code: ['baselines/deepq/models.py', 'baselines/deepq/experiments/atari/model.py'],
    bare: ['baselines', 'baselines.deepq', 'baselines.deepq.experiments', 'baselines.deepq.experiments.atari'],
  },
  {
    name: 'luminoth',
    environment: 'tf1',
    code: ['luminoth/models/base'],
    bare: ['luminoth', 'luminoth.models', 'luminoth.utils'],
    stubs: ['luminoth.utils.checkpoint_downloader'],
  },
  {
    name: 'deeplabcut',
    environment: 'tf2',
    code: [
      'deeplabcut/pose_estimation_tensorflow/backbones/mobilenet.py',
      'deeplabcut/pose_estimation_tensorflow/backbones/mobilenet_v2.py',
      ...['base', 'conv_blocks', 'factory', 'layers', 'mobilenet', 'multi', 'resnet', 'utils'].map(
        (name) => `deeplabcut/pose_estimation_tensorflow/nnets/${name}.py`,
      ),
    ],
    bare: [
      'deeplabcut',
      'deeplabcut.pose_estimation_tensorflow',
      'deeplabcut.pose_estimation_tensorflow.backbones',
      'deeplabcut.pose_estimation_tensorflow.nnets',
    ],
    stubs: [
      'deeplabcut.pose_estimation_tensorflow.backbones.efficientnet_builder',
      'deeplabcut.pose_estimation_tensorflow.core',
      'deeplabcut.pose_estimation_tensorflow.core.predict_multianimal',
      'deeplabcut.pose_estimation_tensorflow.datasets',
    ],
  },
  {
    name: 'magenta',
    environment: 'tf2',
    code: [
      'magenta/models/image_stylization/model.py',
      'magenta/models/image_stylization/ops.py',
      'magenta/models/image_stylization/vgg.py',
      'magenta/models/arbitrary_image_stylization/nza_model.py',
      'magenta/models/arbitrary_image_stylization/arbitrary_image_stylization_build_model.py',
      'magenta/models/nsynth/utils.py',
      'magenta/models/nsynth/baseline/models/ae_configs/nfft_1024.py',
    ],
    bare: [
      'magenta',
      'magenta.models',
      'magenta.models.image_stylization',
      'magenta.models.arbitrary_image_stylization',
      'magenta.models.nsynth',
    ],
    stubs: ['librosa', 'magenta.models.arbitrary_image_stylization.arbitrary_image_stylization_losses'],
  },
  {
    name: 'tensor2tensor',
    environment: 'tf1',
    code: ['tensor2tensor/models/research/glow_ops.py', 'tensor2tensor/utils/contrib.py'],
    bare: ['tensor2tensor', 'tensor2tensor.layers', 'tensor2tensor.models', 'tensor2tensor.models.research'],
  },
  {
    name: 'tensornets',
    environment: 'tf1',
    code: [
      ...['inceptions', 'layers', 'mobilenets', 'ops', 'resnets', 'utils', 'version_utils', 'vggs'].map(
        (name) => `tensornets/${name}.py`,
      ),
    ],
    bare: ['tensornets'],
  },
];

export interface WorkspaceFile {
  readonly path: string;
  readonly text: string;
}

/** The files of a source as a workspace has them. */
export async function codeFiles(source: TruthSource, folder: string): Promise<readonly WorkspaceFile[]> {
  const root = join(folder, source.root ?? '');
  const files: WorkspaceFile[] = [];
  for (const path of [...source.code, ...(source.besides ?? [])]) {
    const found = statSync(join(root, path)).isFile()
      ? [path]
      : (await pythonFiles(join(root, path))).map((file) => `${path}/${file}`);
    for (const file of found) files.push({ path: file, text: readFileSync(join(root, file), 'utf8') });
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
