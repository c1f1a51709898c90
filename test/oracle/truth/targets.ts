/**
 * The targets, and where a source does not reach them: exactly what is missing, and why. The targets are that every site
 * is found, every recorded context is right, nothing stated is wrong, and less than 2 % of the arguments are unknown.
 */
import type { OpenSourceName } from '../../support/openSourcePins';
import type { Disagreement } from './compareRecording';

/** Something that is not as recorded, and known not to be. */
export interface Exception {
  readonly kinds: readonly Disagreement['kind'][];
  /** The call site, or what its place starts with. */
  readonly at: string;
  /** What the recorded way starts with, for what lacks on the ways of one driver only. */
  readonly way?: string;
  readonly reason: string;
}

export interface Target {
  readonly exceptions?: readonly Exception[];
  /** Share of the arguments that may be unknown with callers, where it is more than 2 %. */
  readonly unknown?: number;
  /** The same without callers, where parameters that nobody passes have no value but an assumed one. */
  readonly unknownWithoutCallers?: number;
}

export const targets: Readonly<Partial<Record<OpenSourceName, Target>>> = {
  tf_slim: {
    unknownWithoutCallers: 0.033,
  },
  contrib_slim: {
    unknownWithoutCallers: 0.033,
  },
  mmdnn: {
    exceptions: [
      ...because('called through what a record in a parameter holds: only the callers say which op', {
        'mmdnn/conversion/examples/tensorflow/models/mobilenet/mobilenet.py:250:7 depth_multiplier': ['missing'],
        'mmdnn/conversion/examples/tensorflow/models/mobilenet/mobilenet.py:277:15 batch_norm via normalizer_fn': [
          'missing',
        ],
        'mmdnn/conversion/examples/tensorflow/models/mobilenet/mobilenet.py:277:15 conv2d': ['missing'],
        'mmdnn/conversion/examples/tensorflow/models/mobilenet/mobilenet.py:277:15 expanded_conv': ['missing'],
        'mmdnn/conversion/examples/tensorflow/models/mobilenet/mobilenet.py:385:35 softmax': ['missing'],
      }),
    ],
    unknownWithoutCallers: 0.138,
  },
  lucid: {
    unknownWithoutCallers: 0.069,
  },
  baselines: {
    unknownWithoutCallers: 0.076,
  },
  luminoth: {
    unknown: 0.058,
    unknownWithoutCallers: 0.113,
  },
  deeplabcut: {
    unknownWithoutCallers: 0.364,
  },
  magenta: {
    unknown: 0.028,
    unknownWithoutCallers: 0.046,
  },
  tensor2tensor: {
    exceptions: [
      ...because('every op is one of two, for TensorFlow 1 and 2: more ways through the file than are followed', {
        'tensor2tensor/models/research/glow_ops.py': ['context', 'missing'],
        'train_glow.py': ['missing'],
      }),
    ],
    unknown: 0.674,
    unknownWithoutCallers: 0.481,
  },
  tensornets: {
    unknown: 0.856,
    unknownWithoutCallers: 0.682,
  },
};

/** Share of the arguments that may be unknown where a source says nothing else. */
export const mayBeUnknown = 0.02;

/** Exceptions with the same reason: kinds by call site. */
function because(
  reason: string,
  places: Readonly<Record<string, Exception['kinds']>>,
  way?: string,
): readonly Exception[] {
  return Object.entries(places).map(([at, kinds]) => ({ at, kinds, reason, ...(way === undefined ? {} : { way }) }));
}

/** Whether a disagreement is one of the exceptions. */
export function isException(target: Target | undefined, { kind, at, text }: Disagreement): boolean {
  return (target?.exceptions ?? []).some(
    (one) =>
      one.kinds.includes(kind) && at.startsWith(one.at) && (one.way === undefined || text.startsWith(`[${one.way}`)),
  );
}

/** Exceptions that nothing needs any more. */
export function unusedExceptions(
  target: Target | undefined,
  disagreements: readonly Disagreement[],
): readonly Exception[] {
  return (target?.exceptions ?? []).filter(
    ({ kinds, at }) => !kinds.every((kind) => disagreements.some((one) => one.kind === kind && one.at.startsWith(at))),
  );
}
