/**
 * Reports Keras layers beside slim layers of the same kind in one function or class, where the Keras layer means another
 * number by what it leaves out: momentum and gamma of `BatchNormalization` (D6), strides and padding of pools (D8), and
 * `l2` without slim's factor of one half (D4). The slim layers of the model are the evidence of what was meant: where
 * they disagree, or there is none of the kind, nothing is said.
 */
import { contains } from '../base/span';
import type { StaticValue } from '../semantics/staticValue';
import type { OpCall } from '../slim/model';
import { floatText } from '../slim/library/pythonText';
import { insertArguments } from '../slim/explicit/insertArguments';
import { readFileStyle } from '../slim/rewrite/fileStyle';
import type * as ast from '../syntax/ast';
import { callersMaySet } from './support/callersSet';
import { isDamaged } from './support/callErrors';
import { kerasLayers, type KerasLayer } from './support/kerasLayers';
import { kerasL2Calls } from './support/kerasRegularizers';
import { modelsOf } from './support/models';
import { slimAnalysis } from './support/slimGate';
import { agreedValue, l2Scales } from './support/slimValues';
import type { Finding, Rule, RuleContext } from './rule';

export const kerasDefault: Rule = {
  name: 'keras-default',
  summary: 'Keras layer that leaves out what the slim layers beside it have otherwise',
  family: 'silent-change',
  severity: 'info',
  since: '0.2.0',
  fix: 'suggestion',
  *check(context) {
    const { calls } = slimAnalysis(context);
    const layers = calls.length > 0 ? kerasLayers(context) : [];
    if (layers.length === 0) return;
    for (const model of modelsOf(context.source.tree.module)) {
      const slim = calls.filter(({ call }) => contains(model.span, call.span));
      const keras = layers.filter(({ node }) => contains(model.span, node.span) && !isUncertain(context, node));
      if (slim.length === 0) continue;
      for (const layer of keras) {
        const differences = differencesOf(context, layer, slim);
        if (differences.length > 0) yield toFinding(context, layer, differences);
      }
      yield* halves(context, keras, slim);
    }
  },
};

/** An argument of a Keras layer and the argument of slim's op that means the same. */
interface Pair {
  readonly keras: string;
  /** Its position in the constructor, where it may be given without its name. */
  readonly position: number;
  readonly slim: string;
  /** Keras's value when it is left out; for `strides` it is the size of the pool. */
  readonly left: (layer: ast.Call) => StaticValue | undefined;
}

interface Kind {
  readonly op: RegExp;
  readonly pairs: readonly Pair[];
}

const norm: Kind = {
  op: /^batch_norm$/,
  pairs: [
    { keras: 'momentum', position: 1, slim: 'decay', left: () => ({ kind: 'float', value: 0.99 }) },
    { keras: 'epsilon', position: 2, slim: 'epsilon', left: () => ({ kind: 'float', value: 0.001 }) },
    { keras: 'center', position: 3, slim: 'center', left: () => ({ kind: 'bool', value: true }) },
    { keras: 'scale', position: 4, slim: 'scale', left: () => ({ kind: 'bool', value: true }) },
  ],
};

function pool(op: RegExp): Kind {
  return {
    op,
    pairs: [
      { keras: 'strides', position: 1, slim: 'stride', left: poolSize },
      { keras: 'padding', position: 2, slim: 'padding', left: () => ({ kind: 'str', value: 'valid' }) },
    ],
  };
}

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['BatchNormalization', norm],
  ...['MaxPool2D', 'MaxPooling2D'].map((name) => [name, pool(/^max_pool2d$/)] as const),
  ...['AvgPool2D', 'AveragePooling2D'].map((name) => [name, pool(/^avg_pool2d$/)] as const),
]);

interface Difference {
  /** `momentum=0.99` */
  readonly left: string;
  /** `decay=0.999`, as slim spells it, and a call that has it. */
  readonly slim: { readonly text: string; readonly call: OpCall };
  /** `momentum=0.999`, which makes the layer mean the same. */
  readonly written: string;
}

function differencesOf(
  context: RuleContext,
  { name, node }: KerasLayer,
  slim: readonly OpCall[],
): readonly Difference[] {
  const kind = kinds.get(name);
  if (!kind) return [];
  return kind.pairs.flatMap((pair) => {
    const isGiven = node.args.length > pair.position && node.args[pair.position]?.form === 'positional';
    if (isGiven || node.args.some((one) => one.name?.name === pair.keras)) return [];
    const left = pair.left(node);
    const agreed = agreedValue(slim, kind.op, pair.slim);
    if (!left || !agreed) return [];
    if (agreed.isOpen && callersMaySet(context, agreed.op, pair.slim)) return [];
    const [before, after] = [kerasText(left), kerasText(agreed.value)];
    if (before === after) return [];
    const text = agreed.value.kind === 'str' ? `'${agreed.value.value}'` : after;
    return [
      {
        left: `${pair.keras}=${before}`,
        slim: { text: `${pair.slim}=${text}`, call: agreed.call },
        written: `${pair.keras}=${after}`,
      },
    ];
  });
}

/** `pool_size` of a pool, which is its `strides` when those are left out; its own default is 2. */
function poolSize(layer: ast.Call): StaticValue | undefined {
  const first = layer.args[0]?.form === 'positional' ? layer.args[0] : undefined;
  const given = (layer.args.find((one) => one.name?.name === 'pool_size') ?? first)?.value;
  return given ? numbers(given) : { kind: 'int', value: 2 };
}

function numbers(node: ast.Expression): StaticValue | undefined {
  if (node.kind === 'Number' && node.type === 'int') return { kind: 'int', value: node.value };
  if (node.kind !== 'Tuple' && node.kind !== 'List') return undefined;
  const items = node.elements.map(numbers);
  return items.every((one) => one !== undefined) ? { kind: 'tuple', items } : undefined;
}

/** As Keras has it: `[2, 2]` and 2 are the same, and `'SAME'` is `'same'`. */
function kerasText(value: StaticValue): string {
  switch (value.kind) {
    case 'int':
      return String(value.value);
    case 'float':
      return floatText(value.value);
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'str':
      return `'${value.value.toLowerCase()}'`;
    case 'list':
    case 'tuple': {
      const items = value.items.map(kerasText);
      const [first] = items;
      return first !== undefined && items.every((one) => one === first) ? first : `(${items.join(', ')})`;
    }
    default:
      return value.kind;
  }
}

function toFinding(context: RuleContext, layer: KerasLayer, differences: readonly Difference[]): Finding {
  const written = differences.map((one) => one.written);
  const [first] = differences;
  return {
    span: layer.node.callee.span,
    message:
      `\`${layer.name}\` left with ${list(differences.map((one) => one.left))}, where the slim layers beside it have ` +
      `${list(differences.map((one) => one.slim.text))}\nWrite \`${written.join(', ')}\` if it is to mean the same`,
    related: first ? [{ location: first.slim.call.callee, message: `\`${first.slim.call.op.name}\` of slim` }] : [],
    fixes: () => [
      {
        title: `Add \`${written.join(', ')}\``,
        safety: 'suggestion',
        edits: insertArguments(context.source, layer.node, readFileStyle(context.source), written),
      },
    ],
  };
}

function list(texts: readonly string[]): string {
  return texts.map((one) => `\`${one}\``).join(', ');
}

/** `l2(s)` of Keras in layers of a model whose slim layers have `l2_regularizer(s)`. */
function* halves(context: RuleContext, keras: readonly KerasLayer[], slim: readonly OpCall[]): Generator<Finding> {
  const scales = l2Scales(slim);
  if (scales.size === 0) return;
  for (const { node, name, factor, value } of kerasL2Calls(context)) {
    const beside = scales.get(value);
    if (!beside || !keras.some((layer) => contains(layer.node.argsSpan, node.span))) continue;
    const text = context.source.text.slice(factor.span.start, factor.span.end);
    yield {
      span: node.span,
      message:
        `\`${name}(${text})\` of Keras is twice the penalty of \`l2_regularizer(${text})\`, which the slim layers beside it ` +
        `have: slim takes half of the sum of squares\nWrite \`0.5 * ${text}\` if it is to mean the same`,
      related: [{ location: beside.callee, message: `\`${beside.op.name}\` of slim` }],
      fixes: () => [
        {
          title: `Write \`0.5 * ${text}\``,
          safety: 'suggestion',
          edits: [{ span: factor.span, newText: `0.5 * ${text}` }],
        },
      ],
    };
  }
}

/** Code that is being typed, or arguments that only the running program knows. */
function isUncertain(context: RuleContext, node: ast.Call): boolean {
  return (
    node.args.some(({ form }) => form === 'star' || form === 'doubleStar') ||
    isDamaged(context, { file: context.source.file, span: node.span })
  );
}
