/**
 * Reports arguments that a call gives by position while an `arg_scope` sets them too (A6): only keywords override a
 * scope, so that the call raises a TypeError. Points at the argument. Silent when some way to reach the call works.
 */
import type * as ast from '../syntax/ast';
import { findNodeAt } from './support/findNode';
import { failingCalls, placeText } from './support/callErrors';
import type { FailingCalls } from './support/callErrors';
import type { Finding, Fix, Rule, RuleContext } from './rule';

export const positionalCollision: Rule = {
  name: 'positional-collision',
  summary: 'Positional argument for a parameter that an `arg_scope` sets',
  family: 'arg-scope',
  severity: 'error',
  since: '0.1.0',
  fix: 'safe',
  check: (context) => failingCalls(context, 'collision').map((failing) => toFinding(context, failing)),
};

function toFinding(context: RuleContext, failing: FailingCalls): Finding {
  const { error, at } = failing;
  const call = failing.calls[0];
  const name = error.argument ?? '';
  const scope = error.other;
  const from = scope ? `the \`arg_scope\` at ${placeText(context, scope)}` : 'an `arg_scope`';
  return {
    span: at.span,
    message:
      `\`${name}\` is given by position and by ${from}: \`${error.type}: ${error.message}\`\n` +
      `Only a keyword overrides a scope. Write \`${name}=\` before the value`,
    related: scope ? [{ location: scope, message: `\`${name}\` is set here` }] : [],
    fixes: () => (call ? nameThePositional(context, failing) : []),
  };
}

/** Writes the keyword before the argument and before all positional ones after it, as Python demands. */
function nameThePositional(context: RuleContext, failing: FailingCalls): readonly Fix[] {
  const [call, ...others] = failing.calls;
  if (!call || others.length > 0 || call.via !== undefined) return [];
  const node = findNodeAt(context.source, call.call.span, 'Call');
  const names = failing.op.signature.parameters.map((parameter) => parameter.name);
  if (!node || node.args.some((argument) => argument.form === 'star')) return [];
  const positional = node.args.filter((argument) => argument.form === 'positional');
  const index = positional.findIndex((argument) => argument.span.start === failing.at.span.start);
  const renamed = index < 0 ? [] : positional.slice(index);
  if (renamed.length === 0 || positional.length > names.length) return [];
  const edits = renamed.flatMap((argument: ast.Argument, i) => {
    const name = names[index + i];
    return name === undefined
      ? []
      : [{ span: { start: argument.span.start, end: argument.span.start }, newText: `${name}=` }];
  });
  const [first] = names.slice(index);
  return [{ title: `Write \`${first ?? ''}\` as a keyword`, safety: 'safe', edits }];
}
