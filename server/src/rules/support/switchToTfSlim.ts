/**
 * The fix "Import from `tf_slim` instead": imports and assignments that bring contrib in bring tf_slim in. Offered only
 * when everything that the file takes through them exists there, and when no part of the scoping stays behind in
 * contrib: scopes of one library refuse the ops of the other, or silently do nothing for them (A2, trap 41).
 */
import type { TextEdit } from '../../base/textEdit';
import { resolveLibraryName } from '../../slim/library/libraryNames';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Fix, RuleContext } from '../rule';
import type { ContribTarget, ContribUse } from './contribUses';
import { contribUses } from './contribUses';

/** The fix for a place that brings contrib in; undefined when it is not certain to be right. */
export function switchToTfSlim(context: RuleContext, use: ContribUse): Fix | undefined {
  if (use.origin) return undefined;
  const all = contribUses(context);
  const group = isScoping(context, all, use) ? scopingPlaces(context, all) : [use];
  if (!group?.every((one) => isCarriedOver(context, all, one))) return undefined;
  const statements = new Map<ast.Statement, ContribUse[]>();
  for (const one of group) {
    const statement = statementOf(context, one);
    if (!statement) return undefined;
    statements.set(statement, [...(statements.get(statement) ?? []), one]);
  }
  const edits: TextEdit[] = [];
  for (const [statement, uses] of statements) {
    const edit = editFor(context, statement, uses);
    if (!edit) return undefined;
    edits.push(edit);
  }
  const places = group.length > 1 ? ` (${group.length} places)` : '';
  return { title: `Import from \`tf_slim\` 1.1.0 instead${places}`, safety: 'suggestion', edits };
}

// ------------------------------------------------------------------------------------- what moves together

/** Every place that brings an op or a part of the scope API in; undefined when one of them lies in another file. */
function scopingPlaces(context: RuleContext, all: readonly ContribUse[]): readonly ContribUse[] | undefined {
  const isElsewhere = (one: ContribUse): boolean =>
    one.origin !== undefined && one.origin.location.file !== context.source.file;
  if (all.some((one) => isElsewhere(one) && one.targets.some(isPartOfScoping))) return undefined;
  return all.filter((one) => !one.origin && isScoping(context, all, one));
}

/** True when the place itself, or something taken through it, is an op or a part of the scope API. */
function isScoping(context: RuleContext, all: readonly ContribUse[], use: ContribUse): boolean {
  return [use, ...takenThrough(context, all, use)].some((one) => one.targets.some(isPartOfScoping));
}

/** Networks of one library call its ops: a scope of the other would not reach them. */
const networks = /^tensorflow\.contrib\.slim(?:\.python\.slim)?\.nets\b/;

function isPartOfScoping({ path }: ContribTarget): boolean {
  if (networks.test(path)) return true;
  const found = resolveLibraryName(path, 'attribute');
  return (found.kind === 'op' && found.op.scopable) || found.kind === 'opPartial' || found.kind === 'scopeApi';
}

function takenThrough(context: RuleContext, all: readonly ContribUse[], use: ContribUse): readonly ContribUse[] {
  const { start, end } = use.use.span;
  return all.filter(({ origin }) => {
    if (origin?.location.file !== context.source.file) return false;
    return origin.location.span.start <= start && end <= origin.location.span.end;
  });
}

/** True when the twin in tf_slim has everything that is taken through the place, and it is the same there. */
function isCarriedOver(context: RuleContext, all: readonly ContribUse[], use: ContribUse): boolean {
  const [{ path }, ...others] = use.targets;
  const twin = twinOf(path);
  if (twin === undefined || others.length > 0) return false;
  return takenThrough(context, all, use).every(
    ({ targets: [target, ...more] }) =>
      more.length === 0 && target.path.startsWith(path) && isSame(target.path, twin + target.path.slice(path.length)),
  );
}

/** Modules of contrib and what has their contents in tf_slim. `tf_slim` itself has the names of contrib.layers (B3). */
const twins: readonly (readonly [RegExp, string])[] = [
  [/^tensorflow\.contrib\.slim(?:\.python\.slim)?(?=\.|$)/, 'tf_slim'],
  [/^tensorflow\.contrib\.layers\.python\.layers\.(?=\w+$)/, 'tf_slim.layers.'],
  [/^tensorflow\.contrib\.(?:layers(?:\.python\.layers)?|framework(?:\.python\.ops)?)(?=\.\w+$|$)/, 'tf_slim'],
];

/** The same module or function in tf_slim; undefined when there is none that is certainly the same. */
function twinOf(path: string): string | undefined {
  for (const [pattern, replacement] of twins) {
    const twin = pattern.test(path) ? path.replace(pattern, replacement) : undefined;
    if (twin !== undefined && isSame(path, twin)) return twin;
  }
  return undefined;
}

/** Compares by what the names stand for in both libraries, never by spelling alone. */
function isSame(contrib: string, tfSlim: string): boolean {
  const before = resolveLibraryName(contrib, 'any');
  const after = resolveLibraryName(tfSlim, 'any');
  if (before.kind === 'module') return after.kind === 'module';
  if (before.kind === 'op') return after.kind === 'op' && before.op === after.op;
  if (before.kind === 'opPartial' || before.kind === 'scopeApi') {
    return after.kind === before.kind && before.name === after.name;
  }
  if (before.kind === 'notScopable') return after.kind === 'notScopable' && before.functionName === after.functionName;
  return (before.kind === 'repeat' || before.kind === 'stack') && before.kind === after.kind;
}

// ------------------------------------------------------------------------------------------------- edits

/** `import tensorflow.contrib.slim as s`, `from tensorflow.contrib import slim`, `s = tf.contrib.slim`. */
function editFor(context: RuleContext, statement: ast.Statement, uses: readonly ContribUse[]): TextEdit | undefined {
  const [use] = uses;
  const path = use && twinOf(use.targets[0].path);
  if (!use || path === undefined) return undefined;
  switch (statement.kind) {
    case 'Import': {
      const [alias, ...others] = statement.names;
      return alias?.asName && others.length === 0 ? { span: alias.name.span, newText: path } : undefined;
    }
    case 'Assign': {
      const [bound, ...others] = statement.targets;
      if (bound?.kind !== 'Name' || others.length > 0 || statement.value !== use.use.node) return undefined;
      return { span: statement.span, newText: importText(path, bound.name) };
    }
    case 'ImportFrom':
      return importFromEdit(context, statement, uses);
    default:
      return undefined;
  }
}

/** One line for each name that moves, and one for those that stay in contrib. */
function importFromEdit(
  context: RuleContext,
  statement: ast.ImportFrom,
  uses: readonly ContribUse[],
): TextEdit | undefined {
  const lines: string[] = [];
  const staying: string[] = [];
  for (const alias of statement.names) {
    const use = uses.find((one) => one.use.node === alias);
    const path = use && twinOf(use.targets[0].path);
    if (path !== undefined) lines.push(importText(path, (alias.asName ?? alias.name).name));
    else staying.push(alias.asName ? `${alias.name.name} as ${alias.asName.name}` : alias.name.name);
  }
  if (lines.length < uses.length) return undefined;
  if (staying.length > 0) {
    lines.unshift(`from ${statement.module.parts.map((part) => part.name).join('.')} import ${staying.join(', ')}`);
  }
  const { text, lines: index } = context.source;
  const indent = text.slice(index.lineStart(index.positionAt(statement.span.start).line), statement.span.start);
  if (lines.length > 1 && indent.trim() !== '') return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { span: statement.span, newText: lines.join(eol + indent) };
}

function importText(path: string, name: string): string {
  const dot = path.lastIndexOf('.');
  if (dot < 0) return path === name ? `import ${path}` : `import ${path} as ${name}`;
  const last = path.slice(dot + 1);
  return `from ${path.slice(0, dot)} import ${last === name ? last : `${last} as ${name}`}`;
}

/** The import or assignment that a use belongs to. */
function statementOf(context: RuleContext, use: ContribUse): ast.Statement | undefined {
  const { start, end } = use.use.span;
  let found: ast.Statement | undefined;
  walk(context.source.tree.module, (node) => {
    // Decorators lie before the span of what they decorate.
    const mayHoldMore = node.kind === 'FunctionDef' || node.kind === 'ClassDef';
    if (found || ((node.span.start > start || node.span.end < end) && !mayHoldMore)) return 'skip';
    if (node.kind !== 'Import' && node.kind !== 'ImportFrom' && node.kind !== 'Assign') return undefined;
    if (node.span.start <= start && end <= node.span.end) found = node;
    return 'skip';
  });
  return found;
}
