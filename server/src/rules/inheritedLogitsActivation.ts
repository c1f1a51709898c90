/**
 * Reports a layer that makes logits but gets a ReLU, or a normalizer, that nobody wrote there: from an `arg_scope` or from
 * slim's default, which is ReLU (D1). A layer makes logits when its result goes into a softmax, a cross entropy or an
 * argmax, or when it is named so and no other layer takes it. Silent where the argument is written at the call.
 */
import { libraryName } from '../slim/rewrite/libraryName';
import type { EffectiveArgument, OpCall, ScopeKeyword } from '../slim/model';
import { insertArguments } from '../slim/explicit/insertArguments';
import { readFileStyle } from '../slim/rewrite/fileStyle';
import { callersMaySet } from './support/callersSet';
import { isDamaged, placeText } from './support/callErrors';
import { findNodeAt } from './support/findNode';
import { logitsEvidence } from './support/logitsEvidence';
import { slimAnalysis } from './support/slimGate';
import type { Finding, Fix, Rule, RuleContext } from './rule';

const LAYERS = /^(?:conv[123]d|convolution|conv2d_transpose|separable_conv2d|fully_connected)$/;

/** Activations that cut off what a softmax needs. */
const ONE_SIDED = new Set(['relu', 'relu6', 'crelu', 'softplus']);

export const inheritedLogitsActivation: Rule = {
  name: 'inherited-logits-activation',
  summary: 'Logits through a ReLU or a normalizer that the layer inherits',
  family: 'arg-scope',
  severity: 'warning',
  since: '0.2.0',
  fix: 'unsafe',
  *check(context) {
    for (const call of slimAnalysis(context).calls) {
      const finding = toFinding(context, call);
      if (finding) yield finding;
    }
  },
};

function toFinding(context: RuleContext, call: OpCall): Finding | undefined {
  if (!LAYERS.test(call.op.name) || call.op.libraries.some((one) => one === 'user' || one === 'tf.layers')) {
    return undefined;
  }
  if (call.via !== undefined || isDamaged(context, call.call)) return undefined;
  const activation = inherited(context, call, 'activation_fn', isOneSided);
  const normalizer = inherited(context, call, 'normalizer_fn', (one) => libraryName(one.value) !== undefined);
  if (!activation && !normalizer) return undefined;
  const evidence = logitsEvidence(context, call);
  if (!evidence) return undefined;
  const found = [activation, normalizer].filter((one) => one !== undefined);
  const what = found.map((one) => `\`${one.name}=${one.text}\` ${sourceText(context, one)}`).join(', and ');
  const why = activation
    ? 'A ReLU makes all negative logits 0, where their gradient is lost'
    : 'A normalizer takes the mean and the scale of each logit out, batch by batch';
  const written = found.map((one) => `${one.name}=None`);
  return {
    span: call.callee.span,
    message: `This layer makes logits (${evidence.text}) and gets ${what}\n${why}. Write \`${written.join(', ')}\``,
    related: [
      ...found.flatMap((one) =>
        one.origin.kind === 'argScope' && context.program.getFile(one.origin.scope.file)
          ? [{ location: one.origin.keyword ?? one.origin.scope, message: `\`${one.name}\` is set here` }]
          : [],
      ),
      ...(evidence.at ? [{ location: evidence.at, message: 'its result is used here' }] : []),
    ],
    fixes: () => writeNone(context, call, written),
  };
}

/** The argument, when the layer has it in every way in which it runs without anybody having written it there. */
function inherited(
  context: RuleContext,
  call: OpCall,
  name: string,
  matters: (argument: EffectiveArgument) => boolean,
): EffectiveArgument | undefined {
  const found = call.contexts.map((one) =>
    one.error || one.uncertainties.length > 0 ? undefined : one.arguments.find((argument) => argument.name === name),
  );
  const isInherited = found.every(
    (one) => one && (one.origin.kind === 'default' || one.origin.kind === 'argScope') && matters(one),
  );
  const [first] = found;
  if (!first || !isInherited) return undefined;
  const isOpen = found.some((one) => one?.certainty === 'unlessCallerSets');
  return isOpen && callersMaySet(context, call.op, name, isOneSidedKeyword) ? undefined : first;
}

function isOneSided({ value }: EffectiveArgument): boolean {
  return ONE_SIDED.has(libraryName(value)?.name ?? '');
}

function isOneSidedKeyword({ value }: ScopeKeyword): boolean {
  return ONE_SIDED.has(libraryName(value)?.name ?? '');
}

function sourceText(context: RuleContext, { origin }: EffectiveArgument): string {
  return origin.kind === 'argScope' ? `from the \`arg_scope\` at ${placeText(context, origin.scope)}` : 'by default';
}

function writeNone(context: RuleContext, call: OpCall, written: readonly string[]): readonly Fix[] {
  const node = findNodeAt(context.source, call.call.span, 'Call');
  if (!node || node.args.some(({ form }) => form === 'star' || form === 'doubleStar')) return [];
  const edits = insertArguments(context.source, node, readFileStyle(context.source), written);
  return [{ title: `Write \`${written.join(', ')}\``, safety: 'unsafe', edits }];
}
