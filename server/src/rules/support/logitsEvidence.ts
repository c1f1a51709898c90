/**
 * What shows that a layer makes logits: its result goes into a softmax, a cross entropy or an argmax of TensorFlow,
 * straight or through a variable and what only reshapes it; or its name says so and no other layer takes it.
 * Looks at the function that holds the call alone, in the order of its lines.
 */
import type { Location } from '../../base/span';
import { contains } from '../../base/span';
import { pathsOf } from '../../semantics/qualifiedNames';
import type { OpCall } from '../../slim/model';
import { calleeName, pathTo } from '../../slim/rewrite/syntaxAt';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { RuleContext } from '../rule';
import { scopeAt } from './scopeAt';

/** Why a layer makes logits, in words, and where that shows. */
export interface LogitsEvidence {
  readonly text: string;
  readonly at?: Location;
}

const SINK = /^(?:log_)?softmax$|softmax_cross_entropy|^(?:arg_?max|in_top_k|sparse_softmax)$/;
/** Passes its first argument on, in another shape. */
const SHAPES = /^(?:squeeze|reshape|flatten|identity|expand_dims|transpose|cast|to_float|check_numerics)$/;
const NAMED = /(?:^|[_/])logits?$/i;

/** The evidence for a call; undefined when there is none. */
export function logitsEvidence(context: RuleContext, call: OpCall): LogitsEvidence | undefined {
  const path = pathTo(context.source.tree.module, call.call.span);
  const index = path.findLastIndex((node) => node.kind === 'Call' && node.span.start === call.call.span.start);
  const node = path[index];
  if (node?.kind !== 'Call') return undefined;
  const use = outermostUse(context, path, index);
  if (use.sink) return use.sink;
  const variable = assignedTo(path, use.index);
  const body = path.findLast((one, i) => i < index && (one.kind === 'FunctionDef' || one.kind === 'Module'));
  if (!variable || !body) return undefined;
  const uses = usesBelow(body, variable);
  for (const found of uses) {
    const sink = outermostUse(context, pathTo(context.source.tree.module, found.span), undefined).sink;
    if (sink) return sink;
  }
  const name = scopeName(node) ?? variable.name;
  const isNamed = NAMED.test(name);
  return isNamed && !uses.some((one) => isTaken(context, one)) ? { text: `it is named \`${name}\`` } : undefined;
}

interface Use {
  readonly sink?: LogitsEvidence;
  /** Of the outermost expression that still is the layer's result. */
  readonly index: number;
}

/** Follows a value outwards through calls that only reshape it. */
function outermostUse(context: RuleContext, path: readonly ast.Node[], from: number | undefined): Use {
  let index = from ?? path.length - 1;
  for (;;) {
    const argument = path[index - 1];
    const outer = path[index - 2];
    if (
      argument?.kind !== 'Argument' ||
      outer?.kind !== 'Call' ||
      /^(?:labels?|\w*labels)$/.test(argument.name?.name ?? '')
    ) {
      return { index };
    }
    const name = libraryFunction(context, outer);
    if (name !== undefined && SINK.test(name)) {
      return {
        index,
        sink: { text: `\`${name}\` takes it`, at: { file: context.source.file, span: outer.callee.span } },
      };
    }
    if (name === undefined || !SHAPES.test(name) || outer.args[0] !== argument) return { index };
    index -= 2;
  }
}

/** The last name of what is called, when that is of TensorFlow or slim. */
function libraryFunction(context: RuleContext, call: ast.Call): string | undefined {
  const scope = scopeAt(context.source, call.span.start);
  const paths = pathsOf(context.program, context.source, scope, call.callee);
  return paths.length > 0 && paths.every((path) => /^(?:tensorflow|tf_slim)\b/.test(path))
    ? calleeName(call)
    : undefined;
}

function assignedTo(path: readonly ast.Node[], index: number): ast.Name | undefined {
  const statement = path[index - 1];
  if (statement?.kind !== 'Assign' || statement.value !== path[index]) return undefined;
  const [target, ...others] = statement.targets;
  return target?.kind === 'Name' && others.length === 0 ? target : undefined;
}

/** Where a variable is read between its assignment and the next one, by the order of the lines. */
function usesBelow(body: ast.Node, variable: ast.Name): readonly ast.Name[] {
  const uses: ast.Name[] = [];
  let end = Number.MAX_SAFE_INTEGER;
  walk(body, (node) => {
    if (node.kind !== 'Assign' || node.span.start <= variable.span.start) return;
    const isAgain = node.targets.some((target) => target.kind === 'Name' && target.name === variable.name);
    if (isAgain) end = Math.min(end, node.span.end);
  });
  walk(body, (node) => {
    const { start } = node.span;
    if (node.kind === 'Name' && node.name === variable.name && start > variable.span.start && start < end)
      uses.push(node);
  });
  return uses.filter((use) => !contains(variable.span, use.span));
}

/** The literal name that a call gives its layer. */
function scopeName(call: ast.Call): string | undefined {
  const value = call.args.find(({ name }) => name?.name === 'scope')?.value;
  return value?.kind === 'String' ? value.value : undefined;
}

/** True when the value goes into another layer, or into a function that is not known. */
function isTaken(context: RuleContext, use: ast.Name): boolean {
  const path = pathTo(context.source.tree.module, use.span);
  const call = path.at(-3);
  const isArgument = path.at(-2)?.kind === 'Argument' && call?.kind === 'Call';
  return isArgument && !SHAPES.test(libraryFunction(context, call) ?? '');
}
