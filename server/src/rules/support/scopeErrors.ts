/**
 * Tells the two ways apart in which entering an `arg_scope` fails (A5): the list is fine but a member is not, or the
 * argument is no list at all.
 */
import type { ScopeSite } from '../../slim/model';

/** True when a member of the op list is at fault. */
export function isOpListError(site: ScopeSite): boolean {
  const { error } = site;
  if (!error) return false;
  return site.ops.some((one) => one.at.file === error.at.file && one.at.span.start === error.at.span.start);
}
