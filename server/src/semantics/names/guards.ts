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
export function isVersionCheck(test: ast.Expression): boolean {
  switch (test.kind) {
    case 'Name':
      return isVersionName(test.name);
    case 'Attribute':
      if (test.value.kind === 'Name' && test.value.name === 'sys') return false;
      return isVersionName(test.attribute.name) || isVersionCheck(test.value);
    case 'Call':
      if (test.callee.kind === 'Name' && test.callee.name === 'hasattr') return true;
      return isVersionCheck(test.callee) || test.args.some((argument) => isVersionCheck(argument.value));
    case 'Subscript':
      return isVersionCheck(test.value);
    case 'UnaryOp':
      return isVersionCheck(test.operand);
    case 'BoolOp':
      return isVersionCheck(test.left) || isVersionCheck(test.right);
    case 'Compare':
      return test.operands.some(isVersionCheck);
    default:
      return false;
  }
}

function isVersionName(name: string): boolean {
  return /version/i.test(name) || /(^|_)tf_?v?[12]($|_)/i.test(name);
}

function hull(spans: readonly Span[]): Span {
  return { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
}
