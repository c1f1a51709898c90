/**
 * The layers with weights that a file makes by calls of Keras's classes, with their names and the variables that belong
 * to them. Reads what is written, as a conversion left it or as somebody wrote it; runs nothing.
 */
import type { Program, SourceFile } from '../../semantics/program';
import { pathsOf } from '../../semantics/qualifiedNames';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import { pathTo, scopeAlong } from '../rewrite/syntaxAt';
import { readNamePattern } from './namePattern';
import type { MappedLayer } from './weightsMap';
import { weightsOfClass, type Switch } from './weightsOfClass';

const layerPath = /^(?:tensorflow\.(?:compat\.v[12]\.)?)?(?:tf_)?keras\.layers\.(?:\w+\.)*(\w+)$/;
const aliasPath = /^tensorflow\.python\.keras\.layers\.(?:\w+\.)*(\w+)$/;

export interface MapRequest {
  readonly program: Program;
  readonly source: SourceFile;
  /** Scopes of TensorFlow 1 by the name of the layer or its pattern, where they are known. */
  readonly scopes: ReadonlyMap<string, string>;
  /** The place of an offset for people. */
  placeOf(offset: number): string;
}

/** The layers of a file, in the order of the text. */
export function mapLayers(request: MapRequest): readonly MappedLayer[] {
  const calls: ast.Call[] = [];
  walk(request.source.tree.module, (node) => {
    if (node.kind === 'Call' && mayBeClass(node.callee)) calls.push(node);
  });
  return calls
    .sort((a, b) => a.span.start - b.span.start)
    .flatMap((call) => {
      const layer = mapLayer(request, call);
      return layer ? [layer] : [];
    });
}

/** A cheap look at the name before the expensive one at its binding. */
function mayBeClass(callee: ast.Expression): boolean {
  const name = callee.kind === 'Attribute' ? callee.attribute.name : callee.kind === 'Name' ? callee.name : '';
  return weightsOfClass(name, () => 'default') !== undefined || callee.kind === 'Name';
}

function mapLayer(request: MapRequest, call: ast.Call): MappedLayer | undefined {
  const className = classOf(request, call);
  const weights = className === undefined ? undefined : weightsOfClass(className, (name) => readSwitch(call, name));
  if (className === undefined || !weights || weights.length === 0) return undefined;
  const given = argumentOf(call, 'name');
  const isNone = given === undefined || (given.kind === 'Constant' && given.value === 'None');
  const { name, pattern } = isNone ? { name: null, pattern: null } : readNamePattern(given);
  return {
    name,
    pattern,
    class: className,
    scope: request.scopes.get(name ?? pattern ?? '') ?? null,
    weights,
    at: request.placeOf(call.span.start),
  };
}

/** The class below `keras.layers` that a call makes an object of. */
function classOf({ program, source }: MapRequest, call: ast.Call): string | undefined {
  const scope = scopeAlong(source, pathTo(source.tree.module, call.span));
  const classes = pathsOf(program, source, scope, call.callee).map(
    (path) => (layerPath.exec(path) ?? aliasPath.exec(path))?.[1],
  );
  const [first] = classes;
  return first !== undefined && classes.every((one) => one === first) ? first : undefined;
}

function argumentOf(call: ast.Call, name: string): ast.Expression | undefined {
  return call.args.find((argument) => argument.form === 'keyword' && argument.name?.name === name)?.value;
}

/** Positional or unpacked arguments may hold a switch: the classes take it as one of their later parameters. */
function readSwitch(call: ast.Call, name: string): Switch {
  const value = argumentOf(call, name);
  if (value?.kind === 'Constant' && (value.value === 'True' || value.value === 'False')) return value.value === 'True';
  if (value) return 'unknown';
  const isHidden = call.args.some(({ form }) => form === 'star' || form === 'doubleStar');
  const positional = call.args.filter(({ form }) => form === 'positional').length;
  return isHidden || positional > 2 ? 'unknown' : 'default';
}
