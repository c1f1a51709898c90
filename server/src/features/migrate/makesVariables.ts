/**
 * Whether code may make variables of TensorFlow 1, which a `tf.variable_scope` around it would name or share. Functions
 * of the workspace are looked into; what cannot be followed may do anything.
 */
import { neverCancelled } from '../../base/cancel';
import { resolverOf } from '../../semantics/names/meaning';
import { meaningsOf } from '../../semantics/names/nameMeanings';
import { threadNames } from './threads/planThreads';
import type { Snapshot } from '../../project/snapshot';
import { lookup, type Scope } from '../../semantics/scopes';
import type { SourceFile } from '../../semantics/program';
import { pathsOf } from '../../semantics/qualifiedNames';
import type { FileAnalysis } from '../../slim/model';
import { pathTo, scopeAlong } from '../../slim/rewrite/syntaxAt';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';

export interface Search {
  readonly snapshot: Snapshot;
  readonly source: SourceFile;
  readonly analysis: FileAnalysis;
  /** True when functions are handed the names of their layers: all of these become Keras, or the plan is given up. */
  readonly hasThreads?: boolean;
  /** Functions that have been looked into. */
  readonly seen: Set<ast.Node>;
}

/** True when running the node may make such a variable. */
export function makesVariables(search: Search, root: ast.Node): boolean {
  let makes = false;
  walk(root, (node) => {
    if (makes || node.kind === 'FunctionDef' || node.kind === 'Lambda') return 'skip';
    if (node.kind === 'Call' && callMakes(search, node)) makes = true;
    return undefined;
  });
  return makes;
}

function callMakes(search: Search, call: ast.Call): boolean {
  const { source, analysis, snapshot } = search;
  const layer = analysis.calls.find(
    ({ op, call: at }) => op.libraries.every((library) => library !== 'user') && isSame(at.span, call.span),
  );
  if (layer) return !weightless.has(layer.op.name);
  const scope = scopeAlong(source, pathTo(source.tree.module, call.span));
  const { callee } = call;
  if (search.hasThreads === true && call.args.some(({ name }) => name?.name === threadNames.prefix)) return false;
  // `Layer(...)(inputs)`: the layer is a call of its own.
  if (callee.kind === 'Call') return false;
  const paths = pathsOf(snapshot, source, scope, callee);
  if (paths.length > 0) return paths.some(libraryMakes);
  if (callee.kind === 'Name') return nameMakes(search, scope, callee.name);
  if (callee.kind !== 'Attribute' || harmlessMethods.has(callee.attribute.name)) return false;
  return functionOfModule(search, scope, callee);
}

/** Layers that make none, converted or not. */
const weightless = new Set([
  ...['avg_pool2d', 'avg_pool3d', 'max_pool2d', 'max_pool3d', 'dropout', 'flatten', 'softmax', 'one_hot_encoding'],
]);

/** `resnet_utils.subsample(...)`: looked into in its own file. */
function functionOfModule(search: Search, scope: Scope, { value, attribute }: ast.Attribute): boolean {
  const { snapshot, source, seen } = search;
  const [module, ...others] = meaningsOf(resolverOf(snapshot), source, scope, value);
  if (module?.kind !== 'file' || others.length > 0) return true;
  const [made, ...more] = module.source.scopes.module.bindings.get(attribute.name) ?? [];
  if (made?.node.kind !== 'FunctionDef' || more.length > 0) return true;
  if (seen.has(made.node)) return false;
  seen.add(made.node);
  const analysis = snapshot.analysis(module.source.file, neverCancelled);
  if (!analysis) return true;
  return made.node.body.some((one) => makesVariables({ ...search, source: module.source, analysis }, one));
}

function isSame(a: { readonly start: number; readonly end: number }, b: typeof a): boolean {
  return a.start === b.start && a.end === b.end;
}

/** Functions of slim that only look at shapes, names and collections. */
const helpers =
  /\.utils\.(?:last_dimension|channel_dimension|two_element_tuple|collect_named_outputs|convert_collection_to_dict)$/;

/** Functions of TensorFlow that make variables, or run code that may; Keras names its own. */
function libraryMakes(path: string): boolean {
  if (/(?:^|\.)keras\./.test(path)) return false;
  if (/(?:^|\.)arg_scope$/.test(path) || helpers.test(path)) return false;
  if (!/^tensorflow\b/.test(path)) return /^tf_slim\b/.test(path);
  return /\bcontrib\b|\blayers\.|get_(?:local_)?variable|make_template|rnn|_cell\b|\bwhile_loop\b|\bcond\b|map_fn|embedding/i.test(
    path,
  );
}

function nameMakes(search: Search, scope: Scope, name: string): boolean {
  const found = lookup(scope, name);
  // Python's own functions.
  if (!found) return false;
  return found.bindings.some(({ node, kind }) => {
    if (search.seen.has(node)) return false;
    search.seen.add(node);
    if (kind === 'function' && node.kind === 'FunctionDef') {
      return node.decorators.length > 0 || node.body.some((statement) => makesVariables(search, statement));
    }
    if (kind === 'assign' && node.kind === 'Assign' && node.value.kind === 'Lambda') {
      return makesVariables(search, node.value.body);
    }
    if (kind === 'parameter' && node.kind === 'Parameter' && node.default) return isMaker(search, scope, node.default);
    return true;
  });
}

/** A function that a parameter has by default stands for those that callers pass. */
function isMaker({ snapshot, source }: Search, scope: Scope, value: ast.Expression): boolean {
  const paths = pathsOf(snapshot, source, scope, value);
  return paths.length === 0 || paths.some(libraryMakes);
}

/** Methods of Python's own objects and of tensors. */
const harmlessMethods = new Set([
  ...['append', 'extend', 'insert', 'pop', 'update', 'get', 'items', 'keys', 'values', 'copy', 'setdefault', 'index'],
  ...['format', 'join', 'split', 'strip', 'replace', 'startswith', 'endswith', 'lower', 'upper', 'count', 'sort'],
  ...['get_shape', 'as_list', 'set_shape', 'assert_has_rank', 'with_rank'],
]);
