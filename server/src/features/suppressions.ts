/**
 * Obeys the directives of one file: says of each finding whether a comment hides it, and remembers which comment did.
 * Lives for one computation of the diagnostics. Where a directive holds is said in rules/support/directivePlaces.ts.
 */
import type { Span } from '../base/span';
import type { Rule } from '../rules/rule';
import type { DirectiveReport, DirectiveUse, NameUse } from '../rules/support/directiveReport';
import { placeDirectives, type PlacedDirective } from '../rules/support/directivePlaces';
import { readDirectives, type MalformedDirective, type WrittenName } from '../rules/support/directiveSyntax';
import type { SourceFile } from '../semantics/program';

/** See the file comment. */
export class Suppressions {
  readonly #source: SourceFile;
  readonly #rules: readonly Rule[];
  readonly #knownNames: readonly string[];
  /** The nearest first. */
  readonly #placed: readonly PlacedDirective[];
  readonly #malformed: readonly MalformedDirective[];
  /** What each directive hid: the rule, and the name in the brackets that said so. */
  readonly #hidden = new Map<PlacedDirective, { readonly rule: string; readonly by: WrittenName | undefined }[]>();

  /** @param rules all rules that exist, whether they run or not */
  constructor(source: SourceFile, rules: readonly Rule[]) {
    this.#source = source;
    this.#rules = rules;
    this.#knownNames = [...new Set([...rules.map(({ name }) => name), ...rules.map(({ family }) => family)])];
    const known = new Set(this.#knownNames);
    // Most files hold none; the others are few enough to be read at leisure.
    const comments = source.tree.comments.filter(({ text }) => /slimscope/i.test(text));
    const { directives, malformed } = readDirectives(comments, (name) => known.has(name));
    this.#placed = placeDirectives(source, directives);
    this.#malformed = malformed;
  }

  /** True when a comment hides a finding of this rule at this place. */
  hides(rule: Rule, finding: Span): boolean {
    for (const placed of this.#placed) {
      const { list } = placed.directive;
      // A comment that hides everything would hide that it hides nothing.
      if (list === undefined ? rule.family === 'directive' : !list.names.some(({ name }) => means(name, rule)))
        continue;
      if (!placed.covers(finding)) continue;
      const by = list?.names.find(({ name }) => means(name, rule));
      const hidden = this.#hidden.get(placed) ?? [];
      hidden.push({ rule: rule.name, by });
      this.#hidden.set(placed, hidden);
      return true;
    }
    return false;
  }

  /**
   * What the directives did to the findings that were asked about.
   * @param hasRun whether a rule was on and came to its end
   */
  report(hasRun: (rule: Rule) => boolean): DirectiveReport {
    const uses = this.#placed.map((placed) => this.#use(placed, hasRun));
    uses.sort((a, b) => a.directive.span.start - b.directive.span.start);
    return { uses, malformed: this.#malformed, knownNames: this.#knownNames };
  }

  #use(placed: PlacedDirective, hasRun: (rule: Rule) => boolean): DirectiveUse {
    const { directive, place } = placed;
    const hidden = this.#hidden.get(placed) ?? [];
    // What the damage hides cannot be found either.
    const isWhole = this.#source.tree.incomplete.length === 0;
    const isJudged = (rules: readonly Rule[]) =>
      isWhole && rules.every((rule) => rule.family !== 'directive' && hasRun(rule));
    const names = (directive.list?.names ?? []).map((written): NameUse => {
      const meant = this.#rules.filter((rule) => means(written.name, rule));
      if (meant.length === 0) return { ...written, status: 'unknown' };
      const status = hidden.some(({ by }) => by === written) ? 'used' : isJudged(meant) ? 'unused' : 'unjudged';
      return { ...written, status };
    });
    const others = this.#rules.filter((rule) => rule.family !== 'directive');
    const status = hidden.length > 0 ? 'used' : isJudged(others) ? 'unused' : 'unjudged';
    return { directive, place, hidden: [...new Set(hidden.map(({ rule }) => rule))].sort(), names, status };
  }
}

function means(name: string, rule: Rule): boolean {
  return name === rule.name || name === rule.family;
}
