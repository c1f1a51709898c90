/**
 * How code asks a tensor for its static shape: `net.get_shape().as_list()[1]`. A symbolic tensor of Keras 3 has only
 * `shape`, a tuple; TensorFlow 2's tensors have it too, and what it holds is plain numbers there as well.
 */
import type { TextEdit } from '../../../base/textEdit';
import type { Program, SourceFile } from '../../../semantics/program';
import { pathsOf } from '../../../semantics/qualifiedNames';
import type * as ast from '../../../syntax/ast';
import { pathTo, scopeAlong } from '../../rewrite/syntaxAt';
import type { LayerTensors } from './layerTensors';

/** The edit for one such expression, if it is one. */
export function shapeEdit(
  program: Program,
  source: SourceFile,
  tensors: LayerTensors,
  node: ast.Call | ast.Attribute,
): TextEdit | undefined {
  const text = (part: ast.Node) => source.text.slice(part.span.start, part.span.end);
  const parent = pathTo(source.tree.module, node.span).findLast((one) => contains(one, node));
  if (node.kind === 'Attribute') {
    // `shape[1].value`: the elements are numbers.
    if (node.attribute.name !== 'value' || node.value.kind !== 'Subscript') return undefined;
    return shapeOf(tensors, node.value.value) ? { span: node.span, newText: text(node.value) } : undefined;
  }
  const { callee } = node;
  if (callee.kind === 'Attribute' && callee.attribute.name === 'as_list') {
    const tensor = shapeOf(tensors, callee.value);
    if (!tensor) return undefined;
    const isIndexed = parent?.kind === 'Subscript' && parent.value === node;
    return { span: node.span, newText: isIndexed ? `${text(tensor)}.shape` : `list(${text(tensor)}.shape)` };
  }
  if (callee.kind === 'Attribute' && callee.attribute.name === 'get_shape') {
    const isRead = parent?.kind === 'Attribute' && ['as_list', 'ndims'].includes(parent.attribute.name);
    if (isRead || !tensors.isTensor(callee.value)) return undefined;
    const isMeasured = parent?.kind === 'Argument' && isLastDimension(program, source, node);
    return isMeasured ? undefined : { span: node.span, newText: `${text(callee.value)}.shape` };
  }
  if (!isLastDimensionCall(program, source, node)) return undefined;
  const tensor = node.args[0] && shapeOf(tensors, node.args[0].value);
  return tensor && { span: node.span, newText: `${text(tensor)}.shape[-1]` };
}

/** The tensor of `x.get_shape()` or `x.shape`. */
function shapeOf(tensors: LayerTensors, node: ast.Expression): ast.Expression | undefined {
  if (node.kind === 'Attribute' && node.attribute.name === 'shape') {
    return tensors.isTensor(node.value) ? node.value : undefined;
  }
  if (node.kind !== 'Call' || node.callee.kind !== 'Attribute' || node.callee.attribute.name !== 'get_shape') {
    return undefined;
  }
  return tensors.isTensor(node.callee.value) ? node.callee.value : undefined;
}

/** slim's own helper: the last dimension, which has to be known. */
function isLastDimensionCall(program: Program, source: SourceFile, call: ast.Call): boolean {
  const scope = scopeAlong(source, pathTo(source.tree.module, call.span));
  const paths = pathsOf(program, source, scope, call.callee);
  return (
    paths.length > 0 &&
    paths.every((path) => /\.layers\.utils\.last_dimension$|\.slim\.utils\.last_dimension$/.test(path))
  );
}

function isLastDimension(program: Program, source: SourceFile, shape: ast.Call): boolean {
  const around = pathTo(source.tree.module, shape.span).findLast((one) => one.kind === 'Call' && one !== shape);
  return around?.kind === 'Call' && isLastDimensionCall(program, source, around);
}

function contains(outer: ast.Node, inner: ast.Node): boolean {
  return outer !== inner && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}
