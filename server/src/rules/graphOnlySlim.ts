/**
 * Reports calls of `tf_slim` that need a graph in a program that stays in eager mode: `slim.learning.train` above all (E4,
 * E5). Only in scripts, for elsewhere another file may have switched, and only where nothing in the file speaks of graphs.
 */
import { usesOf } from '../semantics/qualifiedNames';
import type { SourceFile } from '../semantics/program';
import type * as ast from '../syntax/ast';
import { walk } from '../syntax/visit';
import type { Finding, Rule, RuleContext } from './rule';
import { environmentOf } from './support/tensorflowUses';

/** Functions of tf_slim 1.1.0 and what each raised under TensorFlow 2.21 in eager mode; in graph mode they run. */
const errors: readonly (readonly [RegExp, string])[] = [
  [/^tf_slim\.(?:training|learning)\.(?:train|create_train_op)$/, 'AssertionError'],
  [/^tf_slim\.evaluation\.evaluation_loop$/, 'RuntimeError'],
  [/^tf_slim\.metrics\.streaming_\w+$/, 'RuntimeError'],
  [/^tf_slim\.parallel_reader\.parallel_read$/, 'RuntimeError'],
  [/^tf_slim\.prefetch_queue\.prefetch_queue$/, 'RuntimeError'],
  [/^tf_slim\.losses\.get_total_loss$/, 'ValueError'],
];

export const graphOnlySlim: Rule = {
  name: 'graph-only-slim',
  summary: 'Call of `tf_slim` that needs a graph, in a script that stays in eager mode',
  family: 'tf1-api',
  severity: 'warning',
  since: '0.2.0',
  fix: 'none',
  *check(context) {
    if (!environmentOf(context.target.target) || !isEagerScript(context.source)) return;
    for (const { node, path } of calledNames(context)) {
      const [, error] = errors.find(([pattern]) => pattern.test(path)) ?? [];
      if (error !== undefined) yield toFinding(node, path, error);
    }
  },
};

/** A script starts the program, so that nothing has left eager mode before it; unless it says so itself. */
function isEagerScript({ text }: SourceFile): boolean {
  const speaksOfGraphs = /\b(?:disable_v2_behavior|disable_eager_execution|as_default|estimator|function|Session)\b/;
  return /^if\s+__name__\s*==/m.test(text) && !speaksOfGraphs.test(text);
}

function calledNames(context: RuleContext): readonly { readonly node: ast.Expression; readonly path: string }[] {
  const callees = new Set<ast.Node>();
  walk(context.source.tree.module, (node) => {
    if (node.kind === 'Call') callees.add(node.callee);
  });
  return usesOf(context.program, context.source).flatMap(({ node, targets, certain, conditional }) => {
    const [target, ...others] = targets;
    const isCallee = (node.kind === 'Name' || node.kind === 'Attribute') && callees.has(node);
    if (!target || others.length > 0 || !certain || conditional || !isCallee) return [];
    return [{ node, path: target.path }];
  });
}

function toFinding(node: ast.Expression, path: string, error: string): Finding {
  return {
    span: node.span,
    message:
      `\`${path}\` needs a graph, and TensorFlow 2 runs without one: \`${error}\`\n` +
      'Call `tf.compat.v1.disable_v2_behavior()` at the start of the program, or train with Keras',
  };
}
