/**
 * The one reason that a disabled action shows: the first, with its place when that is not the call itself.
 */
import { lineKey, lineText } from '../../semantics/lineText';
import { contains } from '../../base/span';
import type { Reason, RewriteRequest } from '../../slim/rewrite/request';

/** For example "`reuse=reuse` shares variables, which in Keras needs one layer object (line 12)". */
export function describeReason(request: RewriteRequest, reasons: readonly Reason[]): string {
  const [first] = reasons;
  if (!first) return 'not possible here';
  const { reason, at } = first;
  const isHere = at?.file === request.source.file && contains(request.call.call.span, at.span);
  const source = at && request.program.getFile(at.file);
  if (!at || !source || isHere) return reason;
  return source === request.source
    ? `${reason} (${lineText(source, at.span.start)})`
    : `${reason} (${source.path}:${lineKey(source, at.span.start)})`;
}
