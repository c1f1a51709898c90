/**
 * Names of ops in a sentence of a message. A long list is cut: nobody reads it, and the finding has related places.
 * Says nothing about which library an op is of.
 */
import type { Op } from '../../slim/model';

/** More names than this are a list that nobody reads. */
const MOST = 4;

/** `` `conv2d`, `dropout` or `flatten` ``; the rest of a long list is counted. */
export function opNames(ops: readonly Op[], joint: 'and' | 'or'): string {
  const names = [...new Set(ops.map((op) => `\`${op.name}\``))];
  const shown = names.length > MOST ? [...names.slice(0, MOST - 1), `${names.length - MOST + 1} others`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} ${joint} ${last}` : last;
}
