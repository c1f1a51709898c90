/**
 * Scopes of one library around ops of the other: each has a registry and a stack of its own (A2).
 */
import type { Library, Op, ScopeSite } from '../../slim/model';
import type { Location } from '../../base/span';

/** An op of a scope's list, and a call of the function of that name in the other library. */
export interface OtherLibraryCall {
  readonly listed: Op;
  readonly called: Op;
  readonly call: Location;
}

/** The first such call inside a scope that reaches no call of its own library; undefined when there is none. */
export function sameFunctionOfOtherLibrary(site: ScopeSite): OtherLibraryCall | undefined {
  const listed = site.ops.flatMap(({ op }) => op ?? []);
  const called = site.extent?.called ?? [];
  const isReached = called.some(({ op }) => listed.some((one) => isSame(one, op) && shareLibrary(one, op)));
  if (isReached) return undefined;
  for (const { op, call } of called) {
    const namesake = listed.find((one) => isSame(one, op) && !shareLibrary(one, op));
    if (namesake && isSlim(namesake.libraries) && isSlim(op.libraries)) return { listed: namesake, called: op, call };
  }
  return undefined;
}

function isSame(a: Op, b: Op): boolean {
  return a.functionName === b.functionName;
}

function shareLibrary(a: Op, b: Op): boolean {
  return a.libraries.some((library) => b.libraries.includes(library));
}

/** Whatever is imported from either library is of neither alone. */
function isSlim([only, ...others]: readonly Library[]): boolean {
  return others.length === 0 && (only === 'contrib' || only === 'tf_slim');
}

/** A library as code names it. */
export function libraryTitle(library: Library | undefined): string {
  return library === 'contrib' ? '`tf.contrib`' : '`tf_slim`';
}
