/**
 * The calls of a file whose function exists in TensorFlow 2 under the same name, but takes other parameters than in
 * TensorFlow 1.15: the common ground of the rules about arguments. Only what the file takes from `tf` itself, for
 * `tf.compat.v1` has the old functions; and nothing that is guarded.
 */
import { usesOf } from '../../semantics/qualifiedNames';
import type { ChangedSignature } from '../../slim/tensorflowFate';
import { changedSignature, lookUpTensorflowName } from '../../slim/tensorflowFate';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { RuleContext } from '../rule';
import { isRedefined } from './redefinedNames';
import { environmentOf, tensorflowPath } from './tensorflowUses';

export interface ChangedCall {
  /** `nn.dropout` */
  readonly name: string;
  readonly call: ast.Call;
  readonly signature: ChangedSignature;
  /** The arguments that are certainly positional: those before any `*args`. */
  readonly positional: readonly ast.Argument[];
  readonly keywords: ReadonlyMap<string, ast.Argument>;
  /** True with `*args` or `**kwargs`: more may be given than is seen. */
  readonly isOpen: boolean;
}

const memo = new WeakMap<RuleContext, readonly ChangedCall[]>();

/** The calls, in source order. */
export function changedCalls(context: RuleContext): readonly ChangedCall[] {
  let calls = memo.get(context);
  if (!calls) memo.set(context, (calls = findCalls(context)));
  return calls;
}

function findCalls(context: RuleContext): readonly ChangedCall[] {
  const callees = changedNames(context);
  const calls: ChangedCall[] = [];
  if (callees.size === 0) return calls;
  walk(context.source.tree.module, (node) => {
    const one = node.kind === 'Call' ? callees.get(node.callee) : undefined;
    if (node.kind === 'Call' && one) calls.push(readCall(node, one.name, one.signature));
  });
  return calls.sort((a, b) => a.call.span.start - b.call.span.start);
}

function changedNames(
  context: RuleContext,
): ReadonlyMap<ast.Node, { readonly name: string; readonly signature: ChangedSignature }> {
  const found = new Map<ast.Node, { readonly name: string; readonly signature: ChangedSignature }>();
  const environment = environmentOf(context.target.target);
  if (!environment) return found;
  for (const use of usesOf(context.program, context.source)) {
    const { node, targets, certain, guarded, conditional } = use;
    const [target, ...others] = targets;
    if (!target || others.length > 0 || !certain || guarded || conditional || target.viaStar) continue;
    const path = tensorflowPath(target.path);
    if (path?.owner !== 'tensorflow') continue;
    const known = lookUpTensorflowName(path.below, environment);
    const signature = known?.fate === 'same' ? changedSignature(path.below, environment) : undefined;
    if (signature && !isRedefined(context, use)) found.set(node, { name: path.below, signature });
  }
  return found;
}

function readCall(call: ast.Call, name: string, signature: ChangedSignature): ChangedCall {
  const firstStar = call.args.findIndex(({ form }) => form === 'star');
  const before = firstStar < 0 ? call.args : call.args.slice(0, firstStar);
  const keywords = new Map<string, ast.Argument>();
  for (const argument of call.args) if (argument.name) keywords.set(argument.name.name, argument);
  return {
    name,
    call,
    signature,
    positional: before.filter(({ form }) => form === 'positional'),
    keywords,
    isOpen: call.args.some(({ form }) => form === 'star' || form === 'doubleStar'),
  };
}

/** The name that TensorFlow 2 has for a parameter of 1.15; undefined when it has none. */
export function newParameterName({ after, aliases }: ChangedSignature, old: string): string | undefined {
  if (after.some(({ name }) => name === old)) return old;
  const alias = aliases.get(old);
  return alias !== undefined && after.some(({ name }) => name === alias) ? alias : undefined;
}
