/**
 * Reports members of an op list that are not decorated with `@add_arg_scope` (A5): entering the scope raises. `slim.relu`
 * and its like are `functools.partial` objects of `fully_connected` and fail in their own way (A2).
 */
import type { Span } from '../base/span';
import { pathsOf } from '../semantics/qualifiedNames';
import { resolveLibraryName } from '../slim/library/libraryNames';
import type { ScopeSite } from '../slim/model';
import { isDamaged } from './support/callErrors';
import { findNodeAt } from './support/findNode';
import { scopeAt } from './support/scopeAt';
import { isOpListError } from './support/scopeErrors';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Fix, Rule, RuleContext } from './rule';

export const unscopableOp: Rule = {
  name: 'unscopable-op',
  summary: 'Something in the op list that an `arg_scope` cannot configure',
  family: 'arg-scope',
  severity: 'error',
  since: '0.1.0',
  fix: 'suggestion',
  *check(context) {
    for (const site of slimAnalysis(context).scopes) {
      const finding = toFinding(context, site);
      if (finding) yield finding;
    }
  },
};

function toFinding(context: RuleContext, site: ScopeSite): Finding | undefined {
  const { error } = site;
  if (!error || !site.entered || !isOpListError(site) || isDamaged(context, site.call)) return undefined;
  const member = site.ops.find((one) => one.at.span.start === error.at.span.start);
  const at = error.at.file === context.source.file ? error.at : site.callee;
  const fix = member ? partialFix(context, member.at.span) : undefined;
  const text = member?.text ?? context.source.text.slice(at.span.start, at.span.end);
  return {
    span: at.span,
    message:
      `\`${text}\` cannot be configured by an \`arg_scope\`: \`${error.type}: ${error.message}\`\n` +
      (member && partialOf(context, member.at.span)
        ? 'It is a `functools.partial` of a dense layer, not an activation. A scope of that layer reaches its calls'
        : 'Entering the scope fails. Only functions under `@add_arg_scope` may stand in the list'),
    fixes: () => (fix ? [fix] : []),
  };
}

/** `slim.relu` -> `slim.fully_connected`: calls of the partial take the scope of its target (B2). */
function partialFix(context: RuleContext, span: Span): Fix | undefined {
  const node = findNodeAt(context.source, span, 'Attribute');
  const target = node && partialOf(context, span);
  if (!target) return undefined;
  return {
    title: `List \`${target}\` instead`,
    safety: 'suggestion',
    edits: [{ span: node.attribute.span, newText: target }],
  };
}

/** The scopable layer that a member of the list is a partial of. */
function partialOf(context: RuleContext, span: Span): string | undefined {
  const node = findNodeAt(context.source, span, 'Attribute') ?? findNodeAt(context.source, span, 'Name');
  if (!node) return undefined;
  const [path, ...more] = pathsOf(context.program, context.source, scopeAt(context.source, span.start), node);
  const found = path !== undefined && more.length === 0 ? resolveLibraryName(path, 'attribute') : undefined;
  return found?.kind === 'opPartial' && found.op.scopable ? found.op.name : undefined;
}
