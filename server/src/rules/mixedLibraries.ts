/**
 * Reports an `arg_scope` of one library around calls of the other (A2): `tf.contrib` and `tf_slim` have scopes of their
 * own, so that the calls receive nothing, without any error. The same for a saved scope that is entered by the `arg_scope`
 * of the other library. Ops of the other library in an op list raise, and belong to `unscopable-op`.
 */
import type { ScopeSite } from '../slim/model';
import { isDamaged } from './support/callErrors';
import { isClosedScope } from './support/enteringWith';
import { libraryTitle, sameFunctionOfOtherLibrary } from './support/otherLibrary';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Rule, RuleContext } from './rule';

export const mixedLibraries: Rule = {
  name: 'mixed-libraries',
  summary: '`arg_scope` of one library around ops of the other',
  family: 'mixing',
  severity: 'error',
  since: '0.2.0',
  fix: 'none',
  *check(context) {
    for (const site of slimAnalysis(context).scopes) {
      if (site.error || !site.entered || isDamaged(context, site.call)) continue;
      const finding = toFinding(context, site);
      if (finding) yield finding;
    }
  },
};

function toFinding(context: RuleContext, site: ScopeSite): Finding | undefined {
  const { foreign } = site;
  if (foreign) {
    return {
      span: site.call.span,
      message:
        `This saved scope has no effect here: \`arg_scope\` of ${libraryTitle(foreign.made)} made it, and that of ` +
        `${libraryTitle(foreign.entered)} enters it\n` +
        'The two libraries do not share scopes. Import both from one library',
    };
  }
  const other = sameFunctionOfOtherLibrary(site);
  const ops = site.ops.flatMap(({ op }) => op ?? []);
  if (!other || !isClosedScope(context.source, site, ops)) return undefined;
  const { listed, called, call } = other;
  return {
    span: site.call.span,
    message:
      `This \`arg_scope\` is about \`${listed.name}\` of ${libraryTitle(listed.libraries[0])}, but the calls inside are ` +
      `those of ${libraryTitle(called.libraries[0])}: they receive nothing from it\n` +
      'The two libraries do not share scopes. Import both from one library',
    related: [{ location: call, message: `\`${called.name}\` of ${libraryTitle(called.libraries[0])}` }],
  };
}
