/**
 * The half-step: writes the arguments that a call inherits from arg_scopes into the call itself, and keeps slim. The
 * call then means the same with and without those scopes. Only text that is valid at the call is written.
 */
import type { TextEdit } from '../../base/textEdit';
import { sameValue } from '../../semantics/staticValue';
import type { EffectiveArgument, OpCall } from '../model';
import { refuse } from '../rewrite/notes';
import { commonReasons } from '../rewrite/reasons';
import type { Refused, RewriteRequest } from '../rewrite/request';
import type { Site } from '../rewrite/site';
import { makeSite } from '../rewrite/site';
import { explicitText } from './explicitText';
import { insertArguments } from './insertArguments';

export type Explicit =
  | {
      readonly kind: 'explicit';
      readonly edits: readonly TextEdit[];
      /** The parameters that are written out, in the order of the signature. */
      readonly names: readonly string[];
    }
  /** The call inherits nothing. */
  | { readonly kind: 'nothing' }
  | Refused;

/** Writes inherited arguments into a call; see the file comment. */
export function makeExplicit(request: RewriteRequest): Explicit {
  const { call } = request;
  if (!call.op.scopable || inheritedNames(call).length === 0) return { kind: 'nothing' };
  const reasons = commonReasons(request);
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const site = makeSite(request);
  if (!site) return { kind: 'refused', reasons: [{ reason: 'the call cannot be read' }] };
  const inherited = site.context.arguments.filter(isInherited);
  checkContexts(site);
  const texts = inherited.map((argument) => explicitText(site, argument));
  if (site.notes.reasons.length > 0) return { kind: 'refused', reasons: site.notes.reasons };
  const written = inherited.map((argument, index) => `${argument.name}=${texts[index] ?? ''}`);
  return {
    kind: 'explicit',
    edits: insertArguments(site.source, site.node, site.style, written),
    names: inherited.map(({ name }) => name),
  };
}

function isInherited(argument: EffectiveArgument): boolean {
  return argument.origin.kind === 'argScope';
}

/** Parameters that some arg_scope sets in some way in which the call runs. */
function inheritedNames(call: OpCall): string[] {
  return call.contexts.flatMap((context) => context.arguments.filter(isInherited).map(({ name }) => name));
}

/** An inherited argument must be the same in all ways in which the call runs, and in none of them a default. */
function checkContexts(site: Site): void {
  const [first, ...others] = site.call.contexts;
  if (!first) return;
  for (const name of new Set(inheritedNames(site.call))) {
    const mine = first.arguments.find((argument) => argument.name === name);
    const differs = others.some((other) => {
      const theirs = other.arguments.find((argument) => argument.name === name);
      return !mine || !theirs || !isSame(mine, theirs);
    });
    if (differs) refuse(site.notes, `\`${name}\` is not the same each time this call runs`);
  }
}

function isSame(a: EffectiveArgument, b: EffectiveArgument): boolean {
  if (!isInherited(a) || !isInherited(b)) return false;
  if (sameValue(a.value, b.value)) return true;
  const [x, y] = [a.expression, b.expression];
  return x !== undefined && x.file === y?.file && x.span.start === y.span.start;
}
