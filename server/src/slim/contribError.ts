/**
 * The errors that TensorFlow 2 raises where a program reaches for tf.contrib (E1), word for word.
 * The path that Python adds to an ImportError (`(/usr/.../tensorflow/__init__.py)`) is left out: nobody can know it.
 */

/** The module that contrib is looked for in. compat.v1 does not have it either, in no version (E1). */
export type ContribOwner = 'tensorflow' | 'tensorflow.compat.v1';

export type ContribForm =
  /** `import tensorflow.contrib.slim as slim`, `from tensorflow.contrib import slim`. */
  | { readonly kind: 'module'; readonly owner: ContribOwner }
  /** `from tensorflow import contrib`. */
  | { readonly kind: 'name'; readonly owner: ContribOwner }
  /** `tf.contrib`. */
  | { readonly kind: 'attribute'; readonly owner: ContribOwner };

export interface PythonError {
  readonly type: 'ModuleNotFoundError' | 'ImportError' | 'AttributeError';
  readonly message: string;
}

/** The error of one form of use. */
export function contribError(form: ContribForm): PythonError {
  switch (form.kind) {
    case 'module':
      return { type: 'ModuleNotFoundError', message: `No module named '${form.owner}.contrib'` };
    case 'name':
      return { type: 'ImportError', message: `cannot import name 'contrib' from '${form.owner}'` };
    case 'attribute':
      return { type: 'AttributeError', message: `module '${form.owner}' has no attribute 'contrib'` };
  }
}
