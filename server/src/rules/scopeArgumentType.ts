/**
 * Reports `arg_scope(...)` whose argument is neither a list of ops nor a saved scope, and a saved scope with keywords
 * (A3, A5): entering raises. Members of a list that are no ops belong to `unscopable-op`.
 */
import { pathsOf } from '../semantics/qualifiedNames';
import { lookup } from '../semantics/scopes';
import { resolveLibraryName } from '../slim/library/libraryNames';
import type { ScopeSite } from '../slim/model';
import type * as ast from '../syntax/ast';
import { isDamaged } from './support/callErrors';
import { findNodeAt } from './support/findNode';
import { scopeAt } from './support/scopeAt';
import { isOpListError } from './support/scopeErrors';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Fix, Rule, RuleContext } from './rule';

export const scopeArgumentType: Rule = {
  name: 'scope-argument-type',
  summary: '`arg_scope` of something that is neither a list of ops nor a saved scope',
  family: 'arg-scope',
  severity: 'error',
  since: '0.1.0',
  fix: 'safe',
  *check(context) {
    for (const site of slimAnalysis(context).scopes) {
      const finding = toFinding(context, site);
      if (finding) yield finding;
    }
  },
};

function toFinding(context: RuleContext, site: ScopeSite): Finding | undefined {
  const { error } = site;
  if (!error || isOpListError(site) || isDamaged(context, site.call)) return undefined;
  const call = findNodeAt(context.source, site.call.span, 'Call');
  const at = error.at.file === context.source.file ? error.at : site.callee;
  const advice = error.type === 'ValueError' ? withKeywords : call && adviceFor(context, call);
  return {
    span: at.span,
    message: `This \`arg_scope\` cannot be entered: \`${error.type}: ${error.message}\`\n${(advice ?? general).hint}`,
    fixes: () => (advice?.fix ? [advice.fix] : []),
  };
}

interface Advice {
  readonly hint: string;
  readonly fix?: Fix;
}

const general: Advice = { hint: 'It takes a list or tuple of ops with keywords, or a saved scope without' };

/** It looks like a merge and is none. */
const withKeywords: Advice = {
  hint: 'A saved scope takes no keywords. Set them in a second `arg_scope`, with a list of ops, inside this one',
};

/** What the author certainly meant, if that can be told. */
function adviceFor(context: RuleContext, call: ast.Call): Advice | undefined {
  const first = call.args.find(({ form, name }) => form === 'positional' || name?.name === 'list_ops_or_scope');
  if (!first) return undefined;
  const scope = scopeAt(context.source, first.span.start);
  const { start, end } = first.value.span;
  const paths = pathsOf(context.program, context.source, scope, first.value);
  if (paths.length > 0 && paths.every((path) => isScopable(path))) {
    return {
      hint: 'Even a single op has to stand in a list',
      fix: {
        title: 'Put the op into a list',
        safety: 'safe',
        edits: [
          { span: { start, end: start }, newText: '[' },
          { span: { start: end, end }, newText: ']' },
        ],
      },
    };
  }
  if (first.value.kind === 'String') return { hint: 'Ops are given as functions in a list, not by name' };
  const scopeFunction = findScopeFunction(scope, first.value);
  if (!scopeFunction) return undefined;
  const hint = 'The function has to be called: it returns the saved scope';
  if (call.args.length > 1 || needsArguments(scopeFunction)) return { hint };
  return {
    hint,
    fix: { title: 'Call the function', safety: 'suggestion', edits: [{ span: { start: end, end }, newText: '()' }] },
  };
}

function isScopable(path: string): boolean {
  const found = resolveLibraryName(path, 'attribute');
  return found.kind === 'op' && found.op.scopable;
}

/** The function of this file that an expression names, when it returns something. */
function findScopeFunction(scope: Parameters<typeof lookup>[0], value: ast.Expression): ast.FunctionDef | undefined {
  const found = value.kind === 'Name' ? lookup(scope, value.name) : undefined;
  const [binding, ...others] = found?.bindings ?? [];
  if (binding?.node.kind !== 'FunctionDef' || others.length > 0) return undefined;
  const { node } = binding;
  return node.decorators.length === 0 && node.body.some(returnsSomething) ? node : undefined;
}

function needsArguments({ parameters }: ast.FunctionDef): boolean {
  return parameters.some((one) => one.form === 'plain' && one.default === undefined);
}

function returnsSomething(statement: ast.Statement): boolean {
  if (statement.kind === 'Return') return statement.value !== undefined;
  if (statement.kind === 'With' || statement.kind === 'If') return statement.body.some(returnsSomething);
  return false;
}
