/**
 * Default texts of library signatures as abstract objects, for what the evaluator has to look into.
 */
import type { StaticValue } from '../../semantics/staticValue';
import type { PyObject } from '../../semantics/interpreter/objects';
import { pyUnknown } from '../../semantics/interpreter/objects';
import { defaultValue } from '../library/pythonText';

/** The object of a Python text from a signature table. */
export function defaultObjectOf(text: string): PyObject {
  return objectOf(defaultValue(text));
}

/** A frozen value as an abstract object; what has no simple form is unknown. */
export function objectOf(value: StaticValue): PyObject {
  switch (value.kind) {
    case 'none':
    case 'bool':
    case 'int':
    case 'float':
    case 'str':
      return value;
    case 'external':
      return { kind: 'external', paths: value.paths, via: 'attribute' };
    case 'externalResult':
      return {
        kind: 'externalResult',
        callee: { kind: 'external', paths: value.callee.paths, via: 'attribute' },
        args: value.args.map((argument) => ({
          ...(argument.name === undefined ? {} : { name: argument.name }),
          value: objectOf(argument.value),
        })),
        call: value.call,
      };
    default:
      return pyUnknown('a default of the library');
  }
}
