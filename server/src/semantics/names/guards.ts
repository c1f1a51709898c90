/**
 * Code that its author already made conditional on what is installed: `try` with `except ImportError`, and version
 * checks. A use counts as guarded only when the other branch provides a replacement: the same name, bound to something
 * of another library. Syntax and bindings only; nothing here knows which library is meant.
 */
import { contains } from '../../base/span';
import type { Span } from '../../base/span';
import type * as ast from '../../syntax/ast';
import type { Binding } from '../scopes';

/** One branch of such a construct, and where its alternative stands. */
export interface Guard {
  /** `handler`: runs when the `try` failed; what fails there is not caught. */
  readonly kind: 'try' | 'handler' | 'version';
  /** Statements that run instead. */
  readonly other: readonly Span[];
  /** The branch itself. */
  readonly branch: Span;
  readonly parent: Guard | undefined;
  /** True when nothing of this branch is needed after the other one: that leaves the function or the program. */
  readonly otherLeaves?: boolean;
}

/** The guards that a `try` puts on its parts; undefined for one that does not catch a missing module or attribute. */
export function tryGuards(
  node: ast.Try,
  parent: Guard | undefined,
): { readonly body: Guard; readonly handlers: readonly Guard[] } | undefined {
  const catching = node.handlers.filter(catchesMissing);
  if (catching.length === 0) return undefined;
  const body = node.body.map((statement) => statement.span);
  const handlers = catching.flatMap((handler) => handler.body.map((statement) => statement.span));
  return {
    body: { kind: 'try', other: handlers, branch: hull(body), parent },
    handlers: node.handlers.map((handler) => ({ kind: 'handler', other: body, branch: handler.span, parent })),
  };
}

/** The guards that a version check puts on its branches; undefined for any other `if`. */
export function versionGuards(
  node: ast.If,
  parent: Guard | undefined,
): { readonly body: Guard; readonly orelse: Guard } | undefined {
  if (!isVersionCheck(node.test)) return undefined;
  const body = node.body.map((statement) => statement.span);
  const orelse = node.orelse.map((statement) => statement.span);
  return {
    body: { kind: 'version', other: orelse, branch: hull(body), parent },
    orelse: { kind: 'version', other: body, branch: hull(orelse), parent },
  };
}

/**
 * The guards of a version check that leaves the block (`if tf.__version__ >= '2': return new(x)`, or an `assert`): what
 * follows runs instead of it. Undefined for every other statement; what only seems to be a version does not count here,
 * where all the rest of a function depends on it.
 */
export function leavingGuards(
  node: ast.Statement,
  rest: readonly ast.Statement[],
  parent: Guard | undefined,
): { readonly body: Guard; readonly rest: Guard } | undefined {
  const isLeaving = node.kind === 'If' && node.orelse.length === 0 && leaves(node.body.at(-1));
  if ((!isLeaving && node.kind !== 'Assert') || !isVersionCheck(node.test, isLibraryVersionName)) return undefined;
  const body = node.kind === 'If' ? node.body.map((statement) => statement.span) : [node.span];
  const after = rest.map((statement) => statement.span);
  return {
    body: { kind: 'version', other: after, branch: hull(body), parent },
    rest: { kind: 'version', other: body, branch: hull(after), parent, otherLeaves: true },
  };
}

function leaves(statement: ast.Statement | undefined): boolean {
  if (statement?.kind === 'Return' || statement?.kind === 'Raise') return true;
  if (statement?.kind !== 'ExpressionStatement' || statement.value.kind !== 'Call') return false;
  const { callee } = statement.value;
  const name = callee.kind === 'Attribute' ? callee.attribute.name : callee.kind === 'Name' ? callee.name : '';
  return name === 'exit' || name === '_exit';
}

/**
 * The bindings of a name that take effect where the guarded branch does not run. A version check without `else`
 * falls back on whatever the rest of the scope binds.
 */
export function alternativeBindings(guard: Guard, bindings: readonly Binding[]): readonly Binding[] {
  if (guard.kind === 'version' && guard.other.length === 0) {
    return bindings.filter((binding) => !contains(guard.branch, binding.span));
  }
  return bindings.filter((binding) => guard.other.some((span) => contains(span, binding.span)));
}

/** True when a failure inside is caught, or the code does not run where it would fail. */
export function isConditional(guard: Guard | undefined): boolean {
  for (let at = guard; at; at = at.parent) if (at.kind !== 'handler') return true;
  return false;
}

/** What still guards the body of a function that is defined inside: it runs later, when no `try` is active any more. */
export function guardInFunction(guard: Guard | undefined): Guard | undefined {
  if (!guard) return undefined;
  const parent = guardInFunction(guard.parent);
  return guard.kind === 'version' ? { ...guard, parent } : parent;
}

const missing = new Set(['ImportError', 'ModuleNotFoundError', 'AttributeError', 'Exception', 'BaseException']);

function catchesMissing(handler: ast.ExceptHandler): boolean {
  if (!handler.type) return true;
  const types = handler.type.kind === 'Tuple' ? handler.type.elements : [handler.type];
  return types.some((type) => {
    const name = type.kind === 'Name' ? type.name : type.kind === 'Attribute' ? type.attribute.name : '';
    return missing.has(name);
  });
}

/** `tf.__version__ < '2'`, `LooseVersion(tf.VERSION) ...`, `IS_TF_2`, `hasattr(tf, 'contrib')`; not `sys.version_info`. */
export function isVersionCheck(test: ast.Expression, isName: (name: string) => boolean = isVersionName): boolean {
  const inner = (part: ast.Expression): boolean => isVersionCheck(part, isName);
  switch (test.kind) {
    case 'Name':
      return isName(test.name);
    case 'Attribute':
      if (test.value.kind === 'Name' && test.value.name === 'sys') return false;
      return isName(test.attribute.name) || inner(test.value);
    case 'Call':
      if (test.callee.kind === 'Name' && test.callee.name === 'hasattr') return isModuleLike(test.args[0]?.value);
      if (isName === isVersionName && asksForVersion(test)) return true;
      return inner(test.callee) || test.args.some((argument) => inner(argument.value));
    case 'Subscript':
      return inner(test.value);
    case 'UnaryOp':
      return inner(test.operand);
    case 'BoolOp':
      return inner(test.left) || inner(test.right);
    case 'Compare':
      return test.operands.some(inner);
    default:
      return false;
  }
}

/** `hasattr(self, 'scope')` asks an object about itself, `hasattr(tf, 'contrib')` a library about its version. */
function isModuleLike(value: ast.Expression | undefined): boolean {
  if (value?.kind === 'Attribute') return isModuleLike(value.value);
  return value?.kind === 'Name' && value.name !== 'self' && value.name !== 'cls';
}

/** `later_than('1.14')`: whatever a project calls its own check, it is asked about a version. */
function asksForVersion({ callee, args }: ast.Call): boolean {
  const value = args.length === 1 ? args[0]?.value : undefined;
  return callee.kind === 'Name' && value?.kind === 'String' && /^[12](\.\d+){0,2}$/.test(value.value);
}

function isVersionName(name: string): boolean {
  return /version/i.test(name) || isLibraryVersionName(name);
}

/** Surely the version of a library, and not that of a model or a format. */
function isLibraryVersionName(name: string): boolean {
  return name === '__version__' || name === 'VERSION' || /(^|_)tf_?v?[12]($|_)/i.test(name);
}

function hull(spans: readonly Span[]): Span {
  return { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
}
