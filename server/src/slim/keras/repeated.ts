/**
 * `slim.repeat` and `slim.stack` (A8) as the calls that they make, one per layer, each with its own effective arguments
 * and the scope that slim gives it. Only where the number of layers and the layer stand in the call: what is counted
 * elsewhere may be another number each time. Writes nothing; that is emit.ts's part.
 */
import type { Span } from '../../base/span';
import { lookup } from '../../semantics/scopes';
import type { Scope } from '../../semantics/scopes';
import type * as ast from '../../syntax/ast';
import type { CallContext, EffectiveArgument, OpCall } from '../model';
import type { Refused, RewriteRequest } from '../rewrite/request';
import { calleeName, pathTo, scopeAlong } from '../rewrite/syntaxAt';

/** Above this a loop reads better, and that is for a person to write. */
const mostLayers = 32;

/** Ops that do not become a layer: nothing stands between their calls. */
const unchained = new Set(['one_hot_encoding']);

/** The calls that a call makes. */
export interface Layers {
  readonly kind: 'layers';
  readonly requests: readonly RewriteRequest[];
  readonly caveats: readonly string[];
}

/** One request per layer that the call makes: just the request itself for a call that is no `repeat` and no `stack`. */
export function layerRequests(request: RewriteRequest): Layers | Refused {
  const { source, call } = request;
  const { via } = call;
  if ((via !== 'repeat' && via !== 'stack') || source.tree.incomplete.length > 0) {
    return { kind: 'layers', requests: [request], caveats: [] };
  }
  if (unchained.has(call.op.name)) return refused(`\`slim.${via}\` of \`${call.op.name}\` is not converted`);
  const written = readWritten(request, via);
  if (typeof written === 'string') return refused(`${written}: write the layers out or in a loop first`);
  const { count, scope } = written;
  const numbers = call.contexts.map(numberOf);
  const isOpen = numbers.includes(undefined);
  if (isOpen && via === 'stack') return refused('the scope of `slim.stack` is not known: write the layers out first');
  // Without a known scope the repetitions are told apart by nothing, and receive the same.
  const indices = Array.from({ length: count }, (_, i) => i + 1);
  const groups = indices.map((i) => call.contexts.filter((_, at) => numbers[at] === i || numbers[at] === undefined));
  const isComplete = numbers.every((number) => number === undefined || (number >= 1 && number <= count));
  if (!isComplete || groups.some((group) => group.length === 0) || hasOtherOps(request)) {
    return refused(`not all layers that \`slim.${via}\` makes are known: write them out or in a loop first`);
  }
  const { via: _, ...direct } = call;
  const requests = groups.map((contexts, at) => ({
    ...request,
    writtenOnce: written.inputs,
    call: {
      ...direct,
      contexts: contexts.map((context) => contextOf(request, written.inputs, { context, scope, number: at + 1 })),
    },
  }));
  return { kind: 'layers', requests, caveats: via === 'stack' ? elementCaveats(request, written.elements) : [] };
}

/** An element that is not known may as well be a list, which slim would unpack. */
function elementCaveats({ source, call }: RewriteRequest, elements: readonly Span[]): readonly string[] {
  return elements.flatMap((span) => {
    const values = call.contexts.flatMap((context) =>
      context.arguments.filter(
        ({ expression }) =>
          expression?.file === source.file && expression.span.start === span.start && expression.span.end === span.end,
      ),
    );
    if (values.every(({ value }) => value.kind !== 'unknown' && value.kind !== 'choice')) return [];
    return [`\`${source.text.slice(span.start, span.end)}\` must be a single value, not a list of arguments`];
  });
}

/** The scopes of the layers that a call makes, below the variable scopes around it; a plain call makes one. */
export function layerScopes(call: OpCall): readonly string[] {
  if (call.via !== 'repeat' && call.via !== 'stack') {
    const scope = call.contexts[0] && scopeOf(call.contexts[0]);
    return scope?.value.kind === 'str' ? [scope.value.value] : [];
  }
  return call.contexts.flatMap((context) => {
    const text = numberedScope(context);
    return text === undefined ? [] : [`${withoutNumber(text)}/${text}`];
  });
}

/** What is written in a `repeat` or `stack`. */
interface Written {
  readonly inputs: Span;
  readonly count: number;
  /** What a `stack` is given per layer. */
  readonly elements: readonly Span[];
  readonly scope: ast.Expression | undefined;
}

/** Reads the call; a text says why its layers cannot be counted. */
function readWritten({ source, call }: RewriteRequest, via: 'repeat' | 'stack'): Written | string {
  const path = pathTo(source.tree.module, call.call.span);
  const node = path.find(
    (one): one is ast.Call =>
      one.kind === 'Call' && one.span.start === call.call.span.start && one.span.end === call.call.span.end,
  );
  const scope = scopeAlong(source, path);
  if (!node || calleeName(node) !== via || !isImported(scope, node.callee)) {
    return `\`slim.${via}\` is not called by name here`;
  }
  if (node.args.some(({ form }) => form === 'star' || form === 'doubleStar')) {
    return `the arguments of \`slim.${via}\` are unpacked`;
  }
  const names = via === 'repeat' ? ['inputs', 'repetitions', 'layer'] : ['inputs', 'layer', 'stack_args'];
  const inputs = argumentOf(node, names, 'inputs');
  const layer = argumentOf(node, names, 'layer');
  if (!inputs || !layer) return `\`slim.${via}\` lacks an argument`;
  if (!isImported(scope, layer)) return `the layer that \`slim.${via}\` calls is not written here by its name`;
  const elements = elementsOf(argumentOf(node, names, 'stack_args'));
  const count = via === 'repeat' ? countOf(argumentOf(node, names, 'repetitions')) : elements?.length;
  if (count === undefined) {
    return via === 'repeat'
      ? 'the number of repetitions of `slim.repeat` is not a literal'
      : 'the list of layers of `slim.stack` is not a literal';
  }
  if (count > mostLayers) return `\`slim.${via}\` makes more than ${mostLayers} layers`;
  const given = node.args.find(({ name }) => name?.name === 'scope')?.value;
  return { inputs: inputs.span, count, elements: elements?.map(({ span }) => span) ?? [], scope: given };
}

function argumentOf(node: ast.Call, names: readonly string[], name: string): ast.Expression | undefined {
  const positional = node.args.filter(({ form }) => form === 'positional')[names.indexOf(name)];
  return (positional ?? node.args.find((argument) => argument.name?.name === name))?.value;
}

function countOf(node: ast.Expression | undefined): number | undefined {
  return node?.kind === 'Number' && node.type === 'int' && Number.isSafeInteger(node.value) ? node.value : undefined;
}

function elementsOf(node: ast.Expression | undefined): readonly ast.Expression[] | undefined {
  if (node?.kind !== 'List' && node?.kind !== 'Tuple') return undefined;
  return node.elements.some(({ kind }) => kind === 'Starred') ? undefined : node.elements;
}

/** True for a name, or an attribute of one, that only imports bind. */
function isImported(scope: Scope, expression: ast.Expression): boolean {
  if (expression.kind === 'Attribute') return isImported(scope, expression.value);
  if (expression.kind !== 'Name') return false;
  const bindings = lookup(scope, expression.name)?.bindings ?? [];
  return bindings.length > 0 && bindings.every(({ kind }) => kind === 'import' || kind === 'importFrom');
}

/** True when the same `repeat` calls different ops on different ways. */
function hasOtherOps({ analysis, call }: RewriteRequest): boolean {
  return analysis.calls.some(
    (other) =>
      other !== call &&
      other.via === call.via &&
      other.call.span.start === call.call.span.start &&
      other.call.span.end === call.call.span.end,
  );
}

interface Repetition {
  readonly context: CallContext;
  readonly scope: ast.Expression | undefined;
  readonly number: number;
}

/** The context of one layer, as if it were called by itself on the inputs, with the whole scope. */
function contextOf(request: RewriteRequest, inputs: Span, repetition: Repetition): CallContext {
  const { context } = repetition;
  const own = scopeOf(context);
  const args = context.arguments.map((argument, at) => {
    if (argument === own) return scopeArgument(request, argument, repetition);
    return at === 0 ? writtenArgument(request, argument, inputs) : argument;
  });
  return { ...context, arguments: args };
}

function writtenArgument({ source }: RewriteRequest, argument: EffectiveArgument, span: Span): EffectiveArgument {
  const at = { file: source.file, span };
  const text = source.text.slice(span.start, span.end);
  return { ...argument, text, expression: at, origin: { kind: 'call', form: 'positional', at } };
}

/** `conv1/conv1_2`; without a scope slim counts by itself (`Repeat_3`), and so does Keras. */
function scopeArgument(
  request: RewriteRequest,
  argument: EffectiveArgument,
  repetition: Repetition,
): EffectiveArgument {
  const { context, scope, number } = repetition;
  if (!scope || (scope.kind === 'Constant' && scope.value === 'None')) return { ...argument, value: { kind: 'none' } };
  const written = writtenArgument(request, argument, scope.span);
  const text = numberedScope(context);
  const given = scope.kind === 'String' ? scope.value : text && withoutNumber(text);
  // A scope that is None somewhere is replaced by the name of the function.
  const isKnown = given !== undefined && (scope.kind === 'String' || given !== request.call.op.functionName);
  return isKnown
    ? { ...written, value: { kind: 'str', value: `${given}/${given}_${number}` } }
    : { ...written, value: { kind: 'unknown', reason: `\`${written.text}\` is not known` } };
}

function scopeOf(context: CallContext): EffectiveArgument | undefined {
  return context.arguments.find(({ name }) => name === 'scope' || name === 'name');
}

function numberedScope(context: CallContext): string | undefined {
  const value = scopeOf(context)?.value;
  return value?.kind === 'str' ? value.value : undefined;
}

function numberOf(context: CallContext): number | undefined {
  const digits = /_(\d+)$/.exec(numberedScope(context) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function withoutNumber(scope: string): string {
  return scope.replace(/_\d+$/, '');
}

function refused(reason: string): Refused {
  return { kind: 'refused', reasons: [{ reason }] };
}
