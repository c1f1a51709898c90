/**
 * Reports Keras layers beside slim layers in one function or class, where what training needs of them is lost (E5): their
 * regularization losses and the updates of their batch normalization are in no graph collection. A warning where the file
 * reads the collection; else an info, since whoever trains the network may. One finding per function or class and loss.
 */
import type { Location } from '../base/span';
import { contains } from '../base/span';
import type { OpCall } from '../slim/model';
import type * as ast from '../syntax/ast';
import { isDamaged, placeText } from './support/callErrors';
import { collectionReaders, type Collection } from './support/collectionReaders';
import { kerasLayers, type KerasLayer } from './support/kerasLayers';
import { modelsOf } from './support/models';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Rule, RuleContext } from './rule';

/** More related places than this are a list that nobody reads. */
const MAX_RELATED = 3;

export const kerasBesideSlim: Rule = {
  name: 'keras-beside-slim',
  summary: 'Keras layer beside slim layers, whose losses or updates are lost',
  family: 'mixing',
  severity: 'warning',
  since: '0.2.0',
  fix: 'none',
  *check(context) {
    const { calls } = slimAnalysis(context);
    const layers = calls.length > 0 ? kerasLayers(context) : [];
    if (layers.length === 0) return;
    const readers = collectionReaders(context);
    for (const model of modelsOf(context.source.tree.module)) {
      const slim = calls.filter(({ call }) => contains(model.span, call.span));
      const keras = layers.filter(
        ({ node }) => contains(model.span, node.span) && !isDamaged(context, at(context, node)),
      );
      if (slim.length === 0) continue;
      yield* findings(
        context,
        'REGULARIZATION_LOSSES',
        keras.filter(({ regularizer }) => regularizer),
        slim,
        readers,
      );
      yield* findings(
        context,
        'UPDATE_OPS',
        keras.filter(({ name }) => name === 'BatchNormalization'),
        slim,
        readers,
      );
    }
  },
};

function* findings(
  context: RuleContext,
  collection: Collection,
  layers: readonly KerasLayer[],
  slim: readonly OpCall[],
  readers: ReadonlyMap<Collection, ast.Call>,
): Generator<Finding> {
  const [first, ...others] = layers;
  const [beside] = slim;
  if (!first || !beside) return;
  const reader = readers.get(collection);
  const isUpdate = collection === 'UPDATE_OPS';
  const which = `\`${first.name}\`${others.length > 0 ? ` and ${others.length} more` : ''}`;
  const what = isUpdate
    ? `Nothing updates the moving averages of ${which}`
    : `The regularization losses of ${which} are lost`;
  const read = reader
    ? `\`${textOf(context, reader.callee)}\` at ${placeText(context, at(context, reader))} reads \`${collection}\`, where slim layers put theirs`
    : `slim layers beside it put theirs into \`${collection}\``;
  yield {
    span: first.node.span,
    ...(reader ? {} : { severity: 'info' as const }),
    message:
      `${what}: ${read}, and Keras layers do not\n` +
      (isUpdate
        ? 'Run the `updates` of the layer too, or keep'
        : 'Add the `losses` of the layer to the total loss, or keep') +
      ' this model in one library until all of it is converted',
    related: [
      { location: beside.callee, message: `\`${beside.op.name}\` of slim` },
      ...(reader ? [{ location: at(context, reader), message: `\`${collection}\` is read here` }] : []),
      ...others
        .slice(0, MAX_RELATED)
        .map(({ node, name }) => ({ location: at(context, node), message: `\`${name}\` of Keras` })),
    ],
  };
}

function at(context: RuleContext, node: ast.Node): Location {
  return { file: context.source.file, span: node.span };
}

function textOf(context: RuleContext, node: ast.Node): string {
  return context.source.text.slice(node.span.start, node.span.end);
}
