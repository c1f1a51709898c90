/**
 * What a library value means to a converter: slim's own functions, TensorFlow's, Keras's, by short name. TF 1 code
 * reaches one function by many paths, and an import may have alternatives; those count when they all mean the same.
 */
import { assertNever } from '../../base/assertNever';
import type { StaticValue } from '../../semantics/staticValue';
import { resolveLibraryName } from '../library/libraryNames';

/** `layer`: an op of slim or tf.layers. `slim`: another function of slim, such as an initializer. */
export type LibraryFamily = 'layer' | 'slim' | 'tensorflow' | 'keras';

export interface LibraryName {
  readonly family: LibraryFamily;
  /** Without its namespace: `relu`, `xavier_initializer`. */
  readonly name: string;
  /** Public name, for messages: `tf.nn.relu`. */
  readonly canonical: string;
  readonly paths: readonly string[];
}

/** The library function of a value, or undefined when it is none or its alternatives differ. */
export function libraryName(value: StaticValue): LibraryName | undefined {
  if (value.kind !== 'external') return undefined;
  const names = value.paths.map(nameOfPath);
  const [first] = names;
  if (!first || names.some((one) => one?.name !== first.name || one.family !== first.family)) return undefined;
  return { ...first, paths: value.paths };
}

/** True when the value comes from a path that exists, with another meaning, in TF 1 and in TF 2 (D5). */
export function isVersionDependent(library: LibraryName): boolean {
  return library.paths.some((path) => /^tensorflow\.(?:initializers\.)?\w+$/.test(path));
}

function nameOfPath(path: string): Omit<LibraryName, 'paths'> | undefined {
  const object = resolveLibraryName(path);
  switch (object.kind) {
    case 'op':
      return { family: 'layer', name: object.op.name, canonical: path };
    case 'opPartial':
      return { family: 'layer', name: object.name, canonical: path };
    case 'notScopable':
      return { family: 'slim', name: object.functionName, canonical: object.canonical };
    case 'other':
      return nameOfOther(object.canonical);
    case 'repeat':
    case 'stack':
    case 'scopeApi':
    case 'module':
    case 'missing':
      return undefined;
    default:
      return assertNever(object);
  }
}

function nameOfOther(canonical: string): Omit<LibraryName, 'paths'> | undefined {
  const name = canonical.slice(canonical.lastIndexOf('.') + 1);
  if (/^(?:(?:tf|tensorflow)\.(?:compat\.v\d\.)?keras|keras|tf_keras)\./.test(canonical)) {
    return { family: 'keras', name, canonical };
  }
  if (/^(?:tf|tensorflow)\./.test(canonical)) return { family: 'tensorflow', name, canonical };
  return undefined;
}
