/**
 * Prints the result of the evaluator for goldens: one line per call, one indented line per context that differs.
 */
import type { Location } from '../../../server/src/base/span';
import type { StaticValue } from '../../../server/src/semantics/staticValue';
import { toPythonText } from '../../../server/src/slim/library/pythonText';
import type { CallContext, CallerFrame, EffectiveArgument, FileAnalysis, Origin } from '../../../server/src/slim/model';
import type { MemoryWorkspace } from '../../support/memoryWorkspace';

/** The op calls of a file: `line callee: argument=value (origin), ...`. */
export function printCalls(workspace: MemoryWorkspace, path: string): string {
  return printAnalysis(workspace, path, analysisOf(workspace, path), () => []);
}

/**
 * The same with callers: below each context, `if` lists the undecided tests around it, and `from` the ways to it, the calls
 * from the entry point down, each with the function that it stands in.
 */
export function printContexts(workspace: MemoryWorkspace, path: string): string {
  return printAnalysis(workspace, path, analysisOf(workspace, path), (context) => {
    const ways = [context.callers, ...(context.alsoFrom ?? [])].filter((callers) => callers.length > 0);
    return [
      ...context.branches.map(({ text, holds }) => `    if ${holds ? '' : 'not '}\`${text}\``),
      ...ways.map((callers) => `    from ${printCallers(workspace, path, callers)}`),
    ];
  });
}

function printAnalysis(
  workspace: MemoryWorkspace,
  path: string,
  { calls, problems }: FileAnalysis,
  below: (context: CallContext) => readonly string[],
): string {
  const lines = calls.flatMap((call) => {
    const via = call.via ? ` via ${call.via}` : '';
    const unreached = call.isUnreached ? ' (unreached)' : '';
    const head = `${lineOf(workspace, path, call.call)} ${call.calleeText}${via}${unreached}`;
    return call.contexts.flatMap((context) => [...printContext(workspace, path, head, context), ...below(context)]);
  });
  return [...lines, ...problems.map((problem) => `problem: ${problem.reason}`)].join('\n');
}

function printCallers(workspace: MemoryWorkspace, path: string, callers: readonly CallerFrame[]): string {
  return callers
    .map(({ call, function: caller }) => `${lineOf(workspace, path, call)}${caller === undefined ? '' : ` ${caller}`}`)
    .join(' > ');
}

function printContext(workspace: MemoryWorkspace, path: string, head: string, context: CallContext): readonly string[] {
  const conditions = context.conditions.map((condition) => `${condition.holds ? '' : 'not '}\`${condition.text}\``);
  const given = context.arguments.filter(
    (argument) => argument.name !== 'inputs' && argument.origin.kind !== 'default',
  );
  const open = context.arguments.some((argument) => argument.certainty === 'unlessCallerSets');
  const unknowns = context.arguments.filter(
    (argument) => argument.origin.kind === 'default' && argument.value.kind === 'unknown',
  );
  const text = [...given.map((argument) => printArgument(workspace, path, argument)), ...printUnknowns(unknowns)].join(
    ', ',
  );
  return [
    `${head}${conditions.length > 0 ? ` [${conditions.join(' and ')}]` : ''}: ${text}${open ? '; open' : ''}`,
    ...context.implicitCalls.map((call) => {
      const inner = call.arguments.filter(
        (argument) => argument.name !== 'inputs' && argument.origin.kind !== 'default',
      );
      const inDoubt = call.arguments.filter(
        (argument) => argument.origin.kind === 'default' && argument.value.kind === 'unknown',
      );
      const error = call.error ? ` ${call.error.type}: ${call.error.message}` : '';
      const shown = [...inner.map((argument) => printArgument(workspace, path, argument)), ...printUnknowns(inDoubt)];
      return `    then ${call.op.name}(${shown.join(', ')})${error}`;
    }),
    ...(context.error ? [`    ${context.error.type}: ${context.error.message}`] : []),
    ...context.uncertainties.map((uncertainty) => `    uncertain: ${uncertainty.reason}`),
  ];
}

/** Defaults that are in doubt, together where the reason is the same. */
function printUnknowns(unknowns: readonly EffectiveArgument[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const argument of unknowns) {
    const reason = printValue(argument.value);
    names.set(reason, [...(names.get(reason) ?? []), argument.name]);
  }
  return [...names].map(([reason, list]) =>
    list.length > 3 ? `${list.length} others=${reason}` : list.map((name) => `${name}=${reason}`).join(', '),
  );
}

function printArgument(workspace: MemoryWorkspace, path: string, argument: EffectiveArgument): string {
  const hidden = argument.overridden.map(
    (one) => `${printValue(one.value)} ${printOrigin(workspace, path, one.origin)}`,
  );
  const assumed = argument.assumed ? ` assumed ${printValue(argument.assumed.value)}` : '';
  const hides = hidden.length > 0 ? ` hiding ${hidden.join(', ')}` : '';
  return `${argument.name}=${printValue(argument.value)}${assumed} ${printOrigin(workspace, path, argument.origin)}${hides}`;
}

function printOrigin(workspace: MemoryWorkspace, path: string, origin: Origin): string {
  if (origin.kind !== 'argScope') return origin.kind === 'call' ? `(${origin.form})` : `(${origin.kind})`;
  const again = origin.reentered ? ` re-entered ${lineOf(workspace, path, origin.reentered)}` : '';
  return `(scope ${lineOf(workspace, path, origin.keyword ?? origin.scope)}${origin.keyword ? '' : ' **'}${again})`;
}

function printValue(value: StaticValue): string {
  switch (value.kind) {
    case 'unknown':
      return `<${value.reason}>`;
    case 'choice':
      return value.options.map(printValue).join(' | ');
    case 'external':
      return value.paths.join(' or ');
    case 'externalResult':
      return `${printValue(value.callee)}(${value.args.map((one) => `${one.name === undefined ? '' : `${one.name}=`}${printValue(one.value)}`).join(', ')})`;
    case 'function':
      return `function ${value.qualifiedName}`;
    case 'list':
    case 'tuple':
      return `[${value.items.map(printValue).join(', ')}]`;
    case 'dict':
      return `{${value.entries.map(([key, item]) => `${printValue(key)}: ${printValue(item)}`).join(', ')}}`;
    default:
      return toPythonText(value) ?? value.kind;
  }
}

/** The arg_scopes of a file: `line form ops; keywords; what they hide or drop; error`. */
export function printScopes(workspace: MemoryWorkspace, path: string): string {
  return analysisOf(workspace, path)
    .scopes.map((scope) => {
      const ops = scope.ops.map((op) => (op.op ? op.text : `${op.text}?`)).join(', ');
      const parts = [
        `${lineOf(workspace, path, scope.call)} ${scope.form}${scope.entered ? '' : ' never entered'}: [${ops}]`,
        scope.keywords.map((keyword) => `${keyword.name}=${printValue(keyword.value)}`).join(', '),
        ...scope.overrides.map((one) => `hides ${one.op.name}.${one.keyword}=${printValue(one.outer.value)}`),
        ...scope.restored.map(
          (one) =>
            `brings ${one.op.name}(${one.arguments.map((argument) => `${argument.name}=${printValue(argument.value)}`).join(', ')})`,
        ),
        ...scope.dropped.map((one) => `drops ${one.op.name}.${one.keyword}=${printValue(one.outer.value)}`),
        ...(scope.error ? [`${scope.error.type}: ${scope.error.message}`] : []),
      ];
      return parts.filter((part) => part !== '').join('; ');
    })
    .join('\n');
}

function analysisOf(workspace: MemoryWorkspace, path: string): FileAnalysis {
  const analysis = workspace.snapshot.analysis(workspace.uri(path));
  if (!analysis) throw new Error(`${path} is not in the workspace`);
  return analysis;
}

function lineOf(workspace: MemoryWorkspace, path: string, location: Location): string {
  const source = workspace.snapshot.getFile(location.file);
  const line = (source?.lines.positionAt(location.span.start).line ?? 0) + 1;
  return location.file === workspace.uri(path) ? `${line}` : `${workspace.path(location.file)}:${line}`;
}
