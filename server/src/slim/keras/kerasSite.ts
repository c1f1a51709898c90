/**
 * The place of a call that becomes Keras: everything of a {@link Site}, and how code there reaches Keras.
 */
import type { RewriteRequest } from '../rewrite/request';
import type { Site } from '../rewrite/site';
import { makeSite } from '../rewrite/site';
import type { KerasNames } from './kerasNames';
import { findKerasNames } from './kerasNames';

export interface KerasSite extends Site {
  readonly names: KerasNames;
}

/** Gathers what is needed about a call; undefined when the call is not in the tree. */
export function makeKerasSite(request: RewriteRequest): KerasSite | undefined {
  const site = makeSite(request);
  if (!site) return undefined;
  const names = findKerasNames(request.source, site.scope, request.call.call.span.start, site.style);
  return { ...site, names };
}
