/**
 * Python's messages about the number of arguments of a call (3.x wording). Whether they apply is decided in bindCall.ts.
 */
import type { Op } from '../model';

/** `f() takes from 1 to 2 positional arguments but 3 were given`. */
export function tooManyPositional(op: Op, limit: number, given: number): string {
  const required = op.signature.parameters.filter(
    (parameter) => parameter.kind === 'positionalOrKeyword' && parameter.default === undefined,
  ).length;
  const takes =
    required === limit
      ? `${limit} positional argument${limit === 1 ? '' : 's'}`
      : `from ${required} to ${limit} positional arguments`;
  return `${op.functionName}() takes ${takes} but ${given} ${given === 1 ? 'was' : 'were'} given`;
}

/** `f() missing 2 required positional arguments: 'a' and 'b'`. */
export function missingArguments(op: Op, names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted[quoted.length - 1] ?? '';
  const list =
    quoted.length === 1
      ? last
      : quoted.length === 2
        ? quoted.join(' and ')
        : `${quoted.slice(0, -1).join(', ')}, and ${last}`;
  const count = `${names.length} required positional argument${names.length === 1 ? '' : 's'}`;
  return `${op.functionName}() missing ${count}: ${list}`;
}
