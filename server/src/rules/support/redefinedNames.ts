/**
 * Uses that a file itself has given another meaning to, in ways that the resolution of names does not follow:
 * `tf = tf.compat.v1`, `tf.logging = ...`, `getattr(tf, 'log', None)`. By text, and rather too often than too rarely: the
 * rules about TensorFlow's names are silent about them.
 */
import type { QualifiedUse } from '../../semantics/qualifiedNames';
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import type { RuleContext } from '../rule';

/** True when the use may well be something else than its names say. */
export function isRedefined(context: RuleContext, use: QualifiedUse): boolean {
  const { node } = use;
  // A default is taken where the name is missing.
  if (node.kind === 'Call' && node.args.length > 2) return true;
  const { source, program } = context;
  const here = redefinitionsOf(source);
  const root = rootName(node);
  if (root !== undefined && here.names.has(root)) return true;
  const text = source.text.slice(use.span.start, use.span.end);
  if (here.attributes.some((one) => text === one || text.startsWith(`${one}.`))) return true;
  // The name may come from a file of the workspace that has done so.
  return use.targets.some(({ steps }) =>
    steps.some(({ location }) => {
      const file = location.file === source.file ? undefined : program.getFile(location.file);
      return file !== undefined && redefinitionsOf(file).names.size > 0;
    }),
  );
}

interface Redefinitions {
  /** `tf` for `tf = tf.compat.v1`. */
  readonly names: ReadonlySet<string>;
  /** `tf.logging` for `tf.logging = x`. */
  readonly attributes: readonly string[];
}

const memo = new WeakMap<SourceFile, Redefinitions>();

function redefinitionsOf(source: SourceFile): Redefinitions {
  let found = memo.get(source);
  if (!found) {
    found = {
      names: new Set([...source.text.matchAll(/^[ \t]*(\w+)[ \t]*=[ \t]*\1\./gm)].flatMap((match) => match[1] ?? [])),
      attributes: [...source.text.matchAll(/^[ \t]*(\w+(?:\.\w+)+)[ \t]*=(?!=)/gm)].flatMap((match) => match[1] ?? []),
    };
    memo.set(source, found);
  }
  return found;
}

/** The leftmost name of a chain. */
function rootName(node: QualifiedUse['node']): string | undefined {
  if (node.kind !== 'Attribute' && node.kind !== 'Name') return undefined;
  let expression: ast.Expression = node;
  while (expression.kind === 'Attribute') expression = expression.value;
  return expression.kind === 'Name' ? expression.name : undefined;
}
