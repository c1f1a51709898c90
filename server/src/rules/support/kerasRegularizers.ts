/**
 * Calls of Keras's own L2 regularizer in a file, by what the names denote, with the factor where it is written as a number.
 */
import { usesOf } from '../../semantics/qualifiedNames';
import { pathTo } from '../../slim/rewrite/syntaxAt';
import type * as ast from '../../syntax/ast';
import type { RuleContext } from '../rule';

/** `l2(0.0005)` */
export interface KerasL2Call {
  readonly node: ast.Call;
  /** `l2` or `L2`, as written in Keras. */
  readonly name: string;
  readonly factor: ast.Expression;
  readonly value: number;
}

const L2 = /^(?:tensorflow(?:\.compat\.v[12])?\.keras|keras|tf_keras)\.regularizers\.(l2|L2)$/;

/** The calls in the order of the file; those whose factor is no number are left out. */
export function kerasL2Calls(context: RuleContext): readonly KerasL2Call[] {
  return usesOf(context.program, context.source).flatMap(({ targets, span, certain }) => {
    const names = new Set(targets.map(({ path }) => L2.exec(path)?.[1]));
    const [name] = names;
    if (!certain || name === undefined || names.size !== 1) return [];
    const node = pathTo(context.source.tree.module, span).findLast((one) => one.kind === 'Call');
    const isCallee =
      node?.kind === 'Call' && node.callee.span.start === span.start && node.callee.span.end === span.end;
    const [argument] = isCallee ? node.args : [];
    if (!isCallee || !argument || node.args.length !== 1 || argument.value.kind !== 'Number') return [];
    return [{ node, name, factor: argument.value, value: argument.value.value }];
  });
}
