/**
 * What the rules about Slimscope's own comments get to see: every directive with what it hid. Plain data; made after all
 * other rules have run (features/suppressions.ts).
 */
import type { Directive, MalformedDirective, WrittenName } from './directiveSyntax';
import type { DirectivePlace } from './directivePlaces';

/** The directives of one file. */
export interface DirectiveReport {
  /** In the order of the file. */
  readonly uses: readonly DirectiveUse[];
  readonly malformed: readonly MalformedDirective[];
  /** Rules and families: what a directive may name. */
  readonly knownNames: readonly string[];
}

/** One directive. */
export interface DirectiveUse {
  readonly directive: Directive;
  readonly place: DirectivePlace;
  /** The rules of which it hid a finding, sorted. */
  readonly hidden: readonly string[];
  /** As written; empty when it names nothing. */
  readonly names: readonly NameUse[];
  /** Whether a directive that names nothing hides something, and whether that can be told. */
  readonly status: 'used' | 'unused' | 'unjudged';
}

/**
 * `unjudged`: rules that are off or failed, and the rules about directives; in damaged files all of them. `unknown`:
 * there is no such rule.
 */
export interface NameUse extends WrittenName {
  readonly status: 'used' | 'unused' | 'unjudged' | 'unknown';
}

/** What holds where no directive was looked at. */
export const noDirectives: DirectiveReport = { uses: [], malformed: [], knownNames: [] };
