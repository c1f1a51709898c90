/** The texts of the errors that TensorFlow 2 raises for tf.contrib (E1 of the semantics). */
import { expect, it } from 'vitest';
import { contribError, type ContribForm } from '../../../server/src/slim/contribError';

const cases: readonly (readonly [string, ContribForm, string])[] = [
  [
    'import tensorflow.contrib.slim as slim',
    { kind: 'module', owner: 'tensorflow' },
    "ModuleNotFoundError: No module named 'tensorflow.contrib'",
  ],
  [
    'from tensorflow import contrib',
    { kind: 'name', owner: 'tensorflow' },
    "ImportError: cannot import name 'contrib' from 'tensorflow'",
  ],
  [
    'tf.contrib.slim',
    { kind: 'attribute', owner: 'tensorflow' },
    "AttributeError: module 'tensorflow' has no attribute 'contrib'",
  ],
  [
    'from tensorflow.compat.v1 import contrib',
    { kind: 'name', owner: 'tensorflow.compat.v1' },
    "ImportError: cannot import name 'contrib' from 'tensorflow.compat.v1'",
  ],
  [
    'tf.compat.v1.contrib',
    { kind: 'attribute', owner: 'tensorflow.compat.v1' },
    "AttributeError: module 'tensorflow.compat.v1' has no attribute 'contrib'",
  ],
];

it.each(cases)('%s', (_, form, text) => {
  const error = contribError(form);
  expect(`${error.type}: ${error.message}`).toBe(text);
});
