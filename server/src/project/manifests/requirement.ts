/**
 * One requirement of a package, as manifests write it, reduced to what decides the target: TensorFlow under any of its
 * distribution names, and tf_keras. Everything else that a project requires is no business of Slimscope.
 */
import type { Span } from '../../base/span';

export interface Requirement {
  readonly package: 'tensorflow' | 'tf_keras';
  /** As written, for people: `tensorflow-gpu==1.15.5`. */
  readonly text: string;
  /** The versions alone; empty when there is none. */
  readonly specifier: string;
  /** Where it stands in its file. */
  readonly span: Span;
}

const tensorflowNames =
  /^(?:tensorflow(?:-(?:gpu|cpu|cpu-aws|macos|intel|rocm|aarch64))?|tf-nightly(?:-(?:gpu|cpu))?|intel-tensorflow)$/;

/** Which package a distribution name stands for; undefined for all others. */
export function knownPackage(name: string): Requirement['package'] | undefined {
  const normal = name
    .trim()
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
  if (tensorflowNames.test(normal)) return 'tensorflow';
  return normal === 'tf-keras' || normal === 'tf-keras-nightly' ? 'tf_keras' : undefined;
}

/** A wheel's file name says the version: `.../tensorflow_gpu-1.4.0-cp36-...whl`. */
const wheel = /(?:^|[/=\s])((?:tensorflow|tf[-_]nightly)(?:[-_](?:gpu|cpu|macos))?)-(\d+(?:\.\d+)+)[^/\s]*\.whl/i;

/**
 * Reads a requirement of PEP 508, pip or conda: `tensorflow[and-cuda]>=1.4,<2 ; python_version < "3.8"`,
 * `tensorflow @ https://...`, `conda-forge::tensorflow=1.15`. Undefined for what does not concern the target.
 * @param start offset of `line` in its file
 */
export function readRequirement(line: string, start: number): Requirement | undefined {
  const withoutComment = line.replace(/(^|\s)#.*$/, '');
  const [text = ''] = withoutComment.split(/\s--|;|\\\s*$/);
  const shown = text.trim();
  const span = { start: start + text.indexOf(shown), end: start + text.indexOf(shown) + shown.length };
  const file = wheel.exec(shown);
  if (file?.[1] !== undefined && file[2] !== undefined) {
    const name = knownPackage(file[1]);
    return name && { package: name, text: `${file[1]} ${file[2]}`, specifier: `==${file[2]}`, span };
  }
  const match = /^(?:[\w.-]+::)?([A-Za-z][\w.-]*)\s*(?:\[[^\]]*\])?\s*(.*)$/.exec(shown);
  const name = knownPackage(match?.[1] ?? '');
  if (!match || !name) return undefined;
  const rest = (match[2] ?? '').trim();
  const specifier = rest.startsWith('@') ? '' : rest.replace(/^\((.*)\)$/, '$1');
  return { package: name, text: shown, specifier, span };
}
