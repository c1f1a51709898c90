/**
 * A function of slim that a network takes as a parameter: `prediction_fn=slim.softmax`. The default becomes Keras's
 * function of the same kind, and the calls in the network leave `scope` away, which only slim's function takes. Part of
 * the migration of a whole file, since the signature changes.
 */
import type { TextEdit } from '../../base/textEdit';
import { contains } from '../../base/span';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Conversion } from './conversion';
import { findKerasNames } from './kerasNames';
import type { RewriteRequest } from '../rewrite/request';
import { readFileStyle } from '../rewrite/fileStyle';
import { calleeName, pathTo } from '../rewrite/syntaxAt';

/** Keras's functions that take one tensor, as slim's do. */
const functions: Readonly<Record<string, string | undefined>> = { softmax: 'softmax' };

/** Converts the call of a parameter; undefined when it is no such call, or not all uses of the parameter are understood. */
export function convertFunctionParameter({ source, call, network }: RewriteRequest): Conversion | undefined {
  const name = functions[call.op.name];
  if (!network || name === undefined) return undefined;
  const path = pathTo(source.tree.module, call.call.span);
  const node = path.find(
    (one): one is ast.Call =>
      one.kind === 'Call' && one.span.start === call.call.span.start && one.span.end === call.call.span.end,
  );
  const owner = path.findLast((one): one is ast.FunctionDef => one.kind === 'FunctionDef');
  if (node?.callee.kind !== 'Name' || !owner) return undefined;
  const { callee } = node;
  const parameter = owner.parameters.find((one) => one.name.name === callee.name);
  const value = parameter?.default;
  if (!parameter || !value || !isOps(call.op.functionName, value) || isPassed(source.tree.module, owner, parameter))
    return undefined;
  const calls = callsOf(owner, parameter, value);
  const edits = calls?.map(withoutScope);
  if (!edits?.every((edit) => edit !== undefined)) return undefined;
  const { keras, importEdit } = findKerasNames(source, source.scopes.module, owner.span.start, readFileStyle(source));
  const newDefault: TextEdit = { span: value.span, newText: `${keras}.activations.${name}` };
  return {
    kind: 'converted',
    layer: name,
    edits: [...(importEdit ? [importEdit] : []), newDefault, ...edits.flat()],
    caveats: [
      `a function that a caller passes as \`${parameter.name.name}\` of \`${owner.name.name}\` is called without \`scope\``,
    ],
    scopes: new Map(),
  };
}

function isOps(functionName: string, value: ast.Expression): boolean {
  const name = value.kind === 'Attribute' ? value.attribute.name : value.kind === 'Name' ? value.name : undefined;
  return name === functionName;
}

/** True when a call in the file passes the parameter: what it passes may want the scope. */
function isPassed(module: ast.Module, owner: ast.FunctionDef, parameter: ast.Parameter): boolean {
  const at = owner.parameters.indexOf(parameter);
  let passed = false;
  walk(module, (node) => {
    if (node.kind !== 'Call' || calleeName(node) !== owner.name.name) return;
    passed ||= node.args.some(
      ({ form, name }, index) =>
        form === 'star' ||
        form === 'doubleStar' ||
        name?.name === parameter.name.name ||
        (form === 'positional' && index >= at),
    );
  });
  return passed;
}

/** The calls of a parameter, if it is only called, or asked whether it is there. */
function callsOf(
  owner: ast.FunctionDef,
  parameter: ast.Parameter,
  value: ast.Expression,
): readonly ast.Call[] | undefined {
  const calls: ast.Call[] = [];
  let isUnderstood = true;
  walk(owner, (node, parents) => {
    if (node.kind !== 'Name' || node.name !== parameter.name.name || contains(value.span, node.span)) return;
    const parent = parents[parents.length - 1];
    if (parent?.kind === 'Call' && parent.callee === node) calls.push(parent);
    else if (parent?.kind !== 'If' && parent?.kind !== 'Compare' && parent?.kind !== 'Conditional')
      isUnderstood = false;
  });
  return isUnderstood ? calls : undefined;
}

/** `prediction_fn(logits, scope='Predictions')` without its scope. */
function withoutScope({ args }: ast.Call): readonly TextEdit[] | undefined {
  const [input, scope, ...others] = args;
  if (input?.form !== 'positional' || others.length > 0) return undefined;
  if (!scope) return [];
  if (scope.form !== 'keyword' || scope.name?.name !== 'scope' || scope.value.kind !== 'String') return undefined;
  return [{ span: { start: input.span.end, end: scope.span.end }, newText: '' }];
}
