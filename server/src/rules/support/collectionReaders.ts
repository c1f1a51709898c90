/**
 * Calls that read the graph collections of regularization losses and of updates, directly or inside the library.
 */
import { calleeName } from '../../slim/rewrite/syntaxAt';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { RuleContext } from '../rule';

/** The collections that training reads (E5). */
export type Collection = 'REGULARIZATION_LOSSES' | 'UPDATE_OPS';

/** What reads a collection inside the library. */
const READERS: ReadonlyMap<string, Collection> = new Map([
  ['get_regularization_losses', 'REGULARIZATION_LOSSES'],
  ['get_regularization_loss', 'REGULARIZATION_LOSSES'],
  ['get_total_loss', 'REGULARIZATION_LOSSES'],
  ['create_train_op', 'UPDATE_OPS'],
]);

/** The first call in the file that reads each collection. */
export function collectionReaders(context: RuleContext): ReadonlyMap<Collection, ast.Call> {
  const found = new Map<Collection, ast.Call>();
  walk(context.source.tree.module, (node) => {
    const collection = node.kind === 'Call' ? collectionRead(node) : undefined;
    if (node.kind === 'Call' && collection && !found.has(collection)) found.set(collection, node);
  });
  return found;
}

function collectionRead(call: ast.Call): Collection | undefined {
  const name = calleeName(call);
  if (name !== 'get_collection' && name !== 'get_collection_ref') return READERS.get(name ?? '');
  const key = call.args[0]?.value;
  const text = key?.kind === 'Attribute' ? key.attribute.name : key?.kind === 'String' ? key.value.toUpperCase() : '';
  return text === 'REGULARIZATION_LOSSES' || text === 'UPDATE_OPS' ? text : undefined;
}
