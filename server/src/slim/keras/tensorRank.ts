/**
 * How many dimensions the inputs of a call have, as far as the layer that made them says it: a 2-D convolution gives
 * four, a dropout keeps what it gets. Looks at one assignment that certainly ran last; anything else is not known.
 */
import { contains } from '../../base/span';
import type { Span } from '../../base/span';
import { lookup } from '../../semantics/scopes';
import type * as ast from '../../syntax/ast';
import { pathTo, scopeAlong } from '../rewrite/syntaxAt';
import { findArgument } from '../rewrite/site';
import type { KerasSite } from './kerasSite';

/** Ranks of what layers give, by the name of the op or class; `same` for layers that keep the rank. */
const ranks: ReadonlyMap<string, number | 'same'> = new Map<string, number | 'same'>([
  ...['conv1d', 'separable_conv1d', 'Conv1D'].map((name) => [name, 3] as const),
  ...['conv2d', 'conv2d_transpose', 'separable_conv2d', 'max_pool2d', 'avg_pool2d'].map((name) => [name, 4] as const),
  ...['max_pooling2d', 'average_pooling2d', 'Conv2D', 'Conv2DTranspose'].map((name) => [name, 4] as const),
  ...['SeparableConv2D', 'DepthwiseConv2D', 'MaxPooling2D', 'AveragePooling2D'].map((name) => [name, 4] as const),
  ...['conv3d', 'max_pool3d', 'avg_pool3d', 'Conv3D', 'MaxPooling3D'].map((name) => [name, 5] as const),
  ...['AveragePooling3D'].map((name) => [name, 5] as const),
  ...['flatten', 'Flatten'].map((name) => [name, 2] as const),
  ...['fully_connected', 'dense', 'Dense', 'dropout', 'Dropout', 'Activation'].map((name) => [name, 'same'] as const),
  ...['batch_norm', 'batch_normalization', 'BatchNormalization'].map((name) => [name, 'same'] as const),
  ...['layer_norm', 'instance_norm', 'group_norm', 'bias_add'].map((name) => [name, 'same'] as const),
  ...['LayerNormalization', 'GroupNormalization'].map((name) => [name, 'same'] as const),
]);

/** The rank of the call's inputs, or undefined when it is not known. */
export function inputsRank(site: KerasSite): number | undefined {
  const expression = findArgument(site.context, 'inputs')?.expression;
  if (!expression || expression.file !== site.source.file || !contains(site.node.span, expression.span))
    return undefined;
  return rankAt(site, expression.span);
}

function rankAt(site: KerasSite, span: Span): number | undefined {
  const path = pathTo(site.source.tree.module, span);
  const node = path.findLast((one) => one.span.start === span.start && one.span.end === span.end);
  if (node?.kind === 'Call') return rankOfCall(site, node);
  if (node?.kind !== 'Name') return undefined;
  const made = lastAssigned(site, path, node);
  return made?.kind === 'Call' ? rankOfCall(site, made) : undefined;
}

function rankOfCall(site: KerasSite, call: ast.Call): number | undefined {
  const rank = ranks.get(nameOfLayer(site, call) ?? '');
  if (rank !== 'same') return rank;
  const inputs =
    call.args.find(({ name }) => name?.name === 'inputs') ?? call.args.find(({ form }) => form === 'positional');
  return inputs && rankAt(site, inputs.value.span);
}

/** The op of a call of slim or tf.layers, or the class of `tf.keras.layers.Class(...)(inputs)`. */
function nameOfLayer(site: KerasSite, call: ast.Call): string | undefined {
  const { callee } = call;
  if (callee.kind === 'Call') {
    const text = site.source.text.slice(callee.callee.span.start, callee.callee.span.end);
    const prefix = `${site.names.keras}.layers.`;
    return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
  }
  const found = site.analysis.calls.find(
    (one) => one.call.span.start === call.span.start && one.call.span.end === call.span.end && one.via === undefined,
  );
  return found && !found.op.libraries.includes('user') ? found.op.name : undefined;
}

/** What the variable was assigned last, if exactly that assignment must have run before this place. */
function lastAssigned(site: KerasSite, path: readonly ast.Node[], use: ast.Name): ast.Expression | undefined {
  const resolved = lookup(scopeAlong(site.source, path), use.name);
  if (!resolved || (resolved.scope.kind !== 'function' && resolved.scope.kind !== 'module')) return undefined;
  const around = innermostFunction(path);
  const places = resolved.bindings.map(({ span }) => pathTo(site.source.tree.module, span));
  if (places.some((place) => innermostFunction(place) !== around)) return undefined;
  const assignments = places.map((place) => place.findLastIndex((node) => node.kind === 'Assign'));
  const earlier = places
    .map((place, index) => ({ place, at: assignments[index] ?? -1 }))
    .filter(({ place, at }) => startOf(place) < use.span.start && !isOwn(place[at], use));
  const last = earlier.reduce<(typeof earlier)[number] | undefined>(
    (best, one) => (best && startOf(best.place) > startOf(one.place) ? best : one),
    undefined,
  );
  const statement = last?.place[last.at];
  const block = last?.place[last.at - 1];
  if (statement?.kind !== 'Assign' || !block || !isPlain(statement, use.name)) return undefined;
  if (!dominates(block, statement, path)) return undefined;
  // A loop around both is fine, since the assignment runs in each round; a loop around the use alone may bind it anew.
  const loops = path.slice(path.indexOf(block) + 1).filter((node) => node.kind === 'For' || node.kind === 'While');
  const isBoundInLoop = loops.some((loop) => places.some((place) => place.includes(loop)));
  return isBoundInLoop ? undefined : statement.value;
}

function startOf(place: readonly ast.Node[]): number {
  return place[place.length - 1]?.span.start ?? 0;
}

/** `net = norm(net)`: the variable that is read is not the one that this statement binds. */
function isOwn(statement: ast.Node | undefined, use: ast.Name): boolean {
  return statement !== undefined && contains(statement.span, use.span);
}

function isPlain(statement: ast.Assign, name: string): boolean {
  const [target] = statement.targets;
  return statement.targets.length === 1 && target?.kind === 'Name' && target.name === name;
}

/** True when the statement runs whenever the place is reached: it stands in a block around it, in the same branch. */
function dominates(block: ast.Node, statement: ast.Statement, path: readonly ast.Node[]): boolean {
  const index = path.indexOf(block);
  const inside = path[index + 1];
  if (index < 0) return false;
  if (block.kind === 'If') {
    return [block.body, block.orelse].some(
      (branch) => branch.includes(statement) && branch.some((one) => one === inside),
    );
  }
  return block.kind === 'Module' || block.kind === 'FunctionDef' || block.kind === 'With' || block.kind === 'For';
}

function innermostFunction(path: readonly ast.Node[]): ast.Node | undefined {
  return path.findLast((node) => node.kind === 'FunctionDef' || node.kind === 'Lambda' || node.kind === 'ClassDef');
}
