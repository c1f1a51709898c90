/**
 * The fixes of the `contrib-...` rules: the plain rename, where the successor is verified and means the same, and the
 * switch of an import to tf_slim, where everything that the file takes through it exists there.
 */
import type { TextEdit } from '../../base/textEdit';
import type { Step } from '../../semantics/names/meaning';
import { pathsOf } from '../../semantics/qualifiedNames';
import type { Scope } from '../../semantics/scopes';
import { resolveLibraryName } from '../../slim/library/libraryNames';
import type { LibraryObject } from '../../slim/library/libraryObject';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Fix, RuleContext } from '../rule';
import { tfSlimName } from './contribMessages';
import type { ContribUse } from './contribUses';
import { contribUses, isExact, isPlainRename } from './contribUses';
import { scopeAt } from './scopeAt';

/** The fixes for one use; empty when none is right. */
export function contribFixes(context: RuleContext, use: ContribUse): readonly Fix[] {
  if (context.source.tree.incomplete.length > 0 || use.targets.length > 1) return [];
  return [renameFix(context, use), switchFix(context, use)].filter((fix) => fix !== undefined);
}

// ------------------------------------------------------------------------------------------------ rename

/** `tf.contrib.framework.nest.x` -> `tf.nest.x`, for chains; an import would need another module that may not exist. */
function renameFix(context: RuleContext, use: ContribUse): Fix | undefined {
  const [{ fate, name }] = use.targets;
  const { node } = use.use;
  if (!fate?.replacement || !isExact(name, fate) || !isPlainRename(fate) || node.kind !== 'Attribute') return undefined;
  const root = tensorflowName(context, scopeAt(context.source, node.span.start));
  if (!root) return undefined;
  const rest = fate.replacement.slice('tf.'.length);
  const newText = root.isCompat ? `${root.name}.${rest.replace(/^compat\.v1\./, '')}` : `${root.name}.${rest}`;
  if (root.isCompat && !rest.startsWith('compat.v1.')) return undefined;
  return { title: `Replace by \`${newText}\``, safety: 'safe', edits: [{ span: node.span, newText }] };
}

/** A name that denotes TensorFlow, and nothing else, in a scope. */
function tensorflowName(
  context: RuleContext,
  scope: Scope,
): { readonly name: string; readonly isCompat: boolean } | undefined {
  for (const name of ['tf', 'tensorflow', 'tf1', 'tfv1']) {
    const expression: ast.Name = { kind: 'Name', span: { start: 0, end: 0 }, name };
    const [path, ...others] = pathsOf(context.program, context.source, scope, expression);
    if (others.length > 0) continue;
    if (path === 'tensorflow') return { name, isCompat: false };
    if (path === 'tensorflow.compat.v1') return { name, isCompat: true };
  }
  return undefined;
}

// -------------------------------------------------------------------------------------- switch to tf_slim

/** The import or assignment that brings slim in, bound to tf_slim instead. */
function switchFix(context: RuleContext, use: ContribUse): Fix | undefined {
  if (use.origin || !isSwitchable(context, use)) return undefined;
  const edits = switchEdits(context, use);
  return edits && { title: 'Import from `tf_slim` 1.1.0 instead', safety: 'suggestion', edits };
}

/**
 * True when everything that the file takes through this place is the same in tf_slim, and no arg_scope or op of contrib
 * stays behind: a scope of one library does nothing for, or refuses, the ops of the other (A2, trap 41).
 */
function isSwitchable(context: RuleContext, use: ContribUse): boolean {
  if (use.targets.some((target) => tfSlimPath(target.path, target) === undefined)) return false;
  for (const other of contribUses(context)) {
    if (other === use) continue;
    const comesFromHere = other.origin !== undefined && isThrough(context, other.origin, use);
    if (comesFromHere && other.targets.some((target) => tfSlimPath(target.path, target) === undefined)) return false;
    if (!comesFromHere && other.targets.some(({ path }) => isPartOfScoping(resolveLibraryName(path, 'attribute')))) {
      return false;
    }
  }
  return true;
}

function isThrough(context: RuleContext, origin: Step, use: ContribUse): boolean {
  const { file, span } = origin.location;
  return file === context.source.file && span.start <= use.use.span.start && use.use.span.end <= span.end;
}

function isPartOfScoping(found: LibraryObject): boolean {
  return (found.kind === 'op' && found.op.scopable) || found.kind === 'opPartial' || found.kind === 'scopeApi';
}

/** Modules of contrib that tf_slim has under another name, and the functions of the table. */
function tfSlimPath(path: string, target: ContribUse['targets'][0]): string | undefined {
  const slim = /^tensorflow\.contrib\.slim(?:\.python\.slim)?(\..+)?$/.exec(path);
  if (slim) {
    const candidate = 'tf_slim' + (slim[1] ?? '');
    const found = resolveLibraryName(candidate, 'any');
    return found.kind === 'missing' || found.kind === 'other' ? undefined : candidate;
  }
  return tfSlimName(target);
}

/** `import tensorflow.contrib.slim as s`, `from tensorflow.contrib import slim`, `s = tf.contrib.slim`. */
function switchEdits(context: RuleContext, use: ContribUse): readonly TextEdit[] | undefined {
  const [target] = use.targets;
  const path = tfSlimPath(target.path, target);
  const statement = statementOf(context, use);
  if (!path || !statement) return undefined;
  switch (statement.kind) {
    case 'Import': {
      const [alias, ...others] = statement.names;
      if (!alias?.asName || others.length > 0) return undefined;
      return [{ span: alias.name.span, newText: path }];
    }
    case 'Assign': {
      const [bound, ...others] = statement.targets;
      if (bound?.kind !== 'Name' || others.length > 0 || statement.value !== use.use.node) return undefined;
      return [{ span: statement.span, newText: importText(path, bound.name) }];
    }
    case 'ImportFrom':
      return importFromEdits(context, statement, use, path);
    default:
      return undefined;
  }
}

/** All names of one `from` statement move together, or only the one when the others stay in contrib. */
function importFromEdits(
  context: RuleContext,
  statement: ast.ImportFrom,
  use: ContribUse,
  path: string,
): readonly TextEdit[] | undefined {
  const alias = statement.names.find((one) => one === use.use.node);
  if (!alias) return undefined;
  const lines = [importText(path, (alias.asName ?? alias.name).name)];
  const others = statement.names.filter((one) => one !== alias);
  if (others.length > 0) {
    const module = statement.module.parts.map((part) => part.name).join('.');
    const names = others.map(({ name, asName }) => (asName ? `${name.name} as ${asName.name}` : name.name));
    lines.unshift(`from ${module} import ${names.join(', ')}`);
  }
  const { text, lines: index } = context.source;
  const lineStart = index.lineStart(index.positionAt(statement.span.start).line);
  const indent = text.slice(lineStart, statement.span.start);
  if (lines.length > 1 && indent.trim() !== '') return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return [{ span: statement.span, newText: lines.join(eol + indent) }];
}

function importText(path: string, name: string): string {
  const dot = path.lastIndexOf('.');
  if (dot < 0) return path === name ? `import ${path}` : `import ${path} as ${name}`;
  const last = path.slice(dot + 1);
  return `from ${path.slice(0, dot)} import ${last === name ? last : `${last} as ${name}`}`;
}

/** The simple statement that a use belongs to. */
function statementOf(context: RuleContext, use: ContribUse): ast.Statement | undefined {
  const { start, end } = use.use.span;
  let found: ast.Statement | undefined;
  walk(context.source.tree.module, (node) => {
    if (found || ((node.span.start > start || node.span.end < end) && !mayHoldMore(node))) return 'skip';
    if (node.kind === 'Import' || node.kind === 'ImportFrom' || node.kind === 'Assign') {
      if (node.span.start <= start && end <= node.span.end) found = node;
      return 'skip';
    }
    return undefined;
  });
  return found;
}

/** Decorators lie before the span of what they decorate. */
function mayHoldMore(node: ast.Node): boolean {
  return node.kind === 'FunctionDef' || node.kind === 'ClassDef';
}
