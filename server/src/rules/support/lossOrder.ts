/**
 * Labels and predictions of a loss in the wrong order: slim and contrib take predictions first, `tf.losses` and Keras
 * labels first (B5), so that a loss that only changed its library computes something else. Reported when the names of
 * both arguments say so; names that do not are no evidence.
 */
import { usesOf } from '../../semantics/qualifiedNames';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Finding, RuleContext } from '../rule';

type Order = readonly [first: string, second: string];

/** Functions of `tf.losses` and their first two parameters. */
const coreOrders: ReadonlyMap<string, Order> = new Map([
  ['absolute_difference', ['labels', 'predictions']],
  ['hinge_loss', ['labels', 'logits']],
  ['huber_loss', ['labels', 'predictions']],
  ['log_loss', ['labels', 'predictions']],
  ['mean_pairwise_squared_error', ['labels', 'predictions']],
  ['mean_squared_error', ['labels', 'predictions']],
  ['sigmoid_cross_entropy', ['multi_class_labels', 'logits']],
  ['softmax_cross_entropy', ['onehot_labels', 'logits']],
  ['sparse_softmax_cross_entropy', ['labels', 'logits']],
]);

/** Functions of `slim.losses` and their first two parameters. */
const slimOrders: ReadonlyMap<string, Order> = new Map([
  ['absolute_difference', ['predictions', 'labels']],
  ['hinge_loss', ['logits', 'labels']],
  ['log_loss', ['predictions', 'labels']],
  ['mean_pairwise_squared_error', ['predictions', 'labels']],
  ['mean_squared_error', ['predictions', 'labels']],
  ['sigmoid_cross_entropy', ['logits', 'multi_class_labels']],
  ['softmax_cross_entropy', ['logits', 'onehot_labels']],
  ['sparse_softmax_cross_entropy', ['logits', 'labels']],
]);

const coreLoss = /^tensorflow\.(?:compat\.v1\.)?losses\.(\w+)$/;
const slimLoss = /^(?:tf_slim\.losses|tensorflow\.contrib\.(?:losses|slim\.losses))\.(?:loss_ops\.)?(\w+)$/;

const isLabels = /^(?:\w*_)?(?:labels?|targets?|y_true|ground_truth)$/i;
const isPredictions = /^(?:\w*_)?(?:logits?|predictions?|preds?|y_pred)$/i;

/** One finding per call. */
export function* lossOrderFindings(context: RuleContext): Iterable<Finding> {
  const callees = lossCallees(context);
  if (callees.size === 0) return;
  const findings: Finding[] = [];
  walk(context.source.tree.module, (node) => {
    const loss = node.kind === 'Call' ? callees.get(node.callee) : undefined;
    if (node.kind !== 'Call' || !loss) return;
    const [first, second] = node.args;
    if (first?.form !== 'positional' || second?.form !== 'positional') return;
    if (isSwapped(loss.order, first.value, second.value)) findings.push(toFinding(loss, first, second));
  });
  yield* findings;
}

interface Loss {
  readonly shown: string;
  readonly order: Order;
}

function lossCallees(context: RuleContext): ReadonlyMap<ast.Node, Loss> {
  const found = new Map<ast.Node, Loss>();
  for (const { node, targets, certain } of usesOf(context.program, context.source)) {
    const [target, ...others] = targets;
    if (!target || others.length > 0 || !certain) continue;
    const order =
      coreOrders.get(coreLoss.exec(target.path)?.[1] ?? '') ?? slimOrders.get(slimLoss.exec(target.path)?.[1] ?? '');
    if (order) found.set(node, { shown: target.path.replace(/^tensorflow\./, 'tf.'), order });
  }
  return found;
}

function isSwapped([first]: Order, a: ast.Expression, b: ast.Expression): boolean {
  const [one, two] = [lastName(a), lastName(b)];
  if (one === undefined || two === undefined) return false;
  const labelsFirst = isLabels.test(first);
  return labelsFirst ? isPredictions.test(one) && isLabels.test(two) : isLabels.test(one) && isPredictions.test(two);
}

function lastName(expression: ast.Expression): string | undefined {
  if (expression.kind === 'Name') return expression.name;
  return expression.kind === 'Attribute' ? expression.attribute.name : undefined;
}

function toFinding({ shown, order: [a, b] }: Loss, first: ast.Argument, second: ast.Argument): Finding {
  return {
    span: { start: first.span.start, end: second.span.end },
    message:
      `\`${shown}\` takes \`${a}\` first and \`${b}\` second, and the names here say the opposite\n` +
      'Slim takes predictions first, `tf.losses` labels. Name both arguments',
    fixes: () => [
      {
        title: `Name the arguments: \`${b}=\` and \`${a}=\``,
        safety: 'suggestion',
        edits: [
          { span: { start: first.span.start, end: first.span.start }, newText: `${b}=` },
          { span: { start: second.span.start, end: second.span.start }, newText: `${a}=` },
        ],
      },
    ],
  };
}
