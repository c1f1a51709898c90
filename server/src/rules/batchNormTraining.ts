/**
 * Reports `batch_norm`, called or as a normalizer, that runs in training mode whatever the function's own parameter
 * `is_training` says (D6): nothing passes the parameter on, and the default is True. Once per function, at the first
 * call. Silent where a caller's scope may set it, and where training mode is written.
 */
import type { Span } from '../base/span';
import { contains } from '../base/span';
import type { EffectiveArgument, Op, OpCall } from '../slim/model';
import { insertArguments } from '../slim/explicit/insertArguments';
import { readFileStyle } from '../slim/rewrite/fileStyle';
import { pathTo } from '../slim/rewrite/syntaxAt';
import type * as ast from '../syntax/ast';
import { callersMaySet } from './support/callersSet';
import { isDamaged } from './support/callErrors';
import { findNodeAt } from './support/findNode';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Fix, Rule, RuleContext } from './rule';

/** Parameters that say whether a network is trained. */
const TRAINING = /^(?:is_?)?(?:training|train)(?:_?(?:mode|phase))?$|^(?:phase_?train|train_?phase)$/i;

/** More related places than this are a list that nobody reads. */
const MAX_RELATED = 3;

export const batchNormTraining: Rule = {
  name: 'batch-norm-training',
  summary: '`batch_norm` that the `is_training` of its function does not reach',
  family: 'arg-scope',
  severity: 'warning',
  since: '0.2.0',
  fix: 'unsafe',
  *check(context) {
    const groups = new Map<ast.Parameter, Normalized[]>();
    for (const call of slimAnalysis(context).calls) {
      const made = inTrainingByDefault(call);
      if (!made || isDamaged(context, call.call)) continue;
      const parameter = trainingParameter(pathTo(context.source.tree.module, call.call.span), call.call.span);
      if (!parameter) continue;
      const group = groups.get(parameter.parameter);
      if (group) group.push({ ...made, call, ...parameter });
      else groups.set(parameter.parameter, [{ ...made, call, ...parameter }]);
    }
    for (const [first, ...others] of groups.values()) {
      if (!first || (first.isOpen && callersMaySet(context, first.op, 'is_training'))) continue;
      yield toFinding(context, first, others);
    }
  },
};

interface InTraining {
  readonly op: Op;
  readonly isOpen: boolean;
}

interface Owner {
  readonly parameter: ast.Parameter;
  readonly owner: ast.FunctionDef;
  readonly isInnermost: boolean;
}

type Normalized = InTraining & Owner & { readonly call: OpCall };

/** The `batch_norm` of a call, when nothing in any context sets its `is_training`. */
function inTrainingByDefault(call: OpCall): InTraining | undefined {
  const found = call.contexts.map((context) => {
    if (context.error || context.uncertainties.length > 0) return undefined;
    if (isBatchNorm(call.op)) return { op: call.op, argument: isTraining(context.arguments) };
    const implicit = context.implicitCalls.find(({ via, op }) => via === 'normalizer_fn' && isBatchNorm(op));
    return implicit && { op: implicit.op, argument: isTraining(implicit.arguments) };
  });
  const [first] = found;
  const isDefault = found.every((one) => one?.argument?.origin.kind === 'default' && isTrue(one.argument));
  if (!first || !isDefault) return undefined;
  return { op: first.op, isOpen: found.some((one) => one?.argument?.certainty === 'unlessCallerSets') };
}

function isTraining(args: readonly EffectiveArgument[]): EffectiveArgument | undefined {
  return args.find(({ name }) => name === 'is_training');
}

function isTrue({ value }: EffectiveArgument): boolean {
  return value.kind === 'bool' && value.value;
}

function isBatchNorm(op: Op): boolean {
  return op.name === 'batch_norm' && !op.libraries.includes('user') && !op.libraries.includes('tf.layers');
}

/** The parameter of the innermost function around a call that has one. */
function trainingParameter(path: readonly ast.Node[], span: Span): Owner | undefined {
  const functions = path.filter((node): node is ast.FunctionDef => node.kind === 'FunctionDef').reverse();
  for (const [i, owner] of functions.entries()) {
    if (owner.parameters.some(({ default: value }) => value && contains(value.span, span))) return undefined;
    const parameter = owner.parameters.find(({ form, name }) => form === 'plain' && TRAINING.test(name.name));
    if (parameter) return { parameter, owner, isInnermost: i === 0 };
  }
  return undefined;
}

function toFinding(context: RuleContext, first: Normalized, others: readonly Normalized[]): Finding {
  const { parameter, owner, call } = first;
  const name = parameter.name.name;
  const calls = others.length > 0 ? ` and ${others.length} more` : '';
  const file = context.source.file;
  return {
    span: call.callee.span,
    message:
      `\`batch_norm\`${calls} runs in training mode here, whatever \`${name}\` of \`${owner.name.name}\` says: ` +
      'nothing sets its `is_training`, and the default is True\n' +
      'Evaluation would use the statistics of its own batches. ' +
      `Write \`is_training=${name}\`` +
      (first.op === call.op ? '' : ` in \`normalizer_params\`, or in an \`arg_scope\` of \`batch_norm\``),
    related: [
      { location: { file, span: parameter.span }, message: `\`${name}\` is given here` },
      ...others.slice(0, MAX_RELATED).map((one) => ({ location: one.call.callee, message: 'this one too' })),
    ],
    fixes: () => passOn(context, first),
  };
}

/** Offered for a call of `batch_norm` itself, where the parameter can be seen. */
function passOn(context: RuleContext, { call, op, parameter, isInnermost }: Normalized): readonly Fix[] {
  const node = call.op === op && isInnermost && call.via === undefined ? findCall(context, call) : undefined;
  if (!node || node.args.some(({ form }) => form === 'star' || form === 'doubleStar')) return [];
  const written = `is_training=${parameter.name.name}`;
  const edits = insertArguments(context.source, node, readFileStyle(context.source), [written]);
  return [{ title: `Pass \`${written}\``, safety: 'unsafe', edits }];
}

function findCall(context: RuleContext, call: OpCall): ast.Call | undefined {
  return findNodeAt(context.source, call.call.span, 'Call');
}
