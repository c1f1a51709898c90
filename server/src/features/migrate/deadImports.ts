/**
 * Imports of TF-Slim that nobody uses any more once its calls have become Keras. Only what a migration makes unused:
 * names bound to slim or contrib, at the top level of the module, that neither this file nor one that imports it reads.
 */
import type { Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import type { Snapshot } from '../../project/snapshot';
import type { SourceFile } from '../../semantics/program';
import { pathsOf } from '../../semantics/qualifiedNames';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { Removal } from './removal';

const slimPath = /^(tf_slim|tensorflow\.contrib|tensorflow\.python)\b/;

/** Edits that take the statements away. */
export function deadImportEdits(snapshot: Snapshot, source: SourceFile): Removal {
  const edits: TextEdit[] = [];
  const removed: { readonly span: Span; readonly what: string }[] = [];
  for (const statement of source.tree.module.body) {
    const name = slimName(snapshot, source, statement);
    if (name === undefined || isUsed(source, name) || isUsedElsewhere(snapshot, source, name)) continue;
    const span = wholeLines(source, statement.span);
    if (!span) continue;
    edits.push({ span, newText: '' });
    removed.push({ span: statement.span, what: `\`${name}\`, which nothing uses any more` });
  }
  return { edits, removed };
}

/** The only name that a statement binds, if it binds it to slim or contrib. */
function slimName(snapshot: Snapshot, source: SourceFile, statement: ast.Statement): string | undefined {
  if (statement.kind === 'Import' && statement.names.length === 1) {
    const [alias] = statement.names;
    const path = alias ? dotted(alias.name) : '';
    return alias?.asName !== undefined && slimPath.test(path) ? alias.asName.name : bareName(alias, path);
  }
  if (statement.kind === 'ImportFrom' && statement.names.length === 1) {
    const [alias] = statement.names;
    const path = `${dotted(statement.module)}.${alias?.name.name ?? ''}`;
    return alias && statement.level === 0 && slimPath.test(path) ? (alias.asName ?? alias.name).name : undefined;
  }
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return undefined;
  const [target] = statement.targets;
  const { value } = statement;
  if (target?.kind !== 'Name' || (value.kind !== 'Attribute' && value.kind !== 'Name')) return undefined;
  const paths = pathsOf(snapshot, source, source.scopes.module, value);
  return paths.length > 0 && paths.every((path) => slimPath.test(path)) ? target.name : undefined;
}

function dotted({ parts }: ast.DottedName): string {
  return parts.map(({ name }) => name).join('.');
}

/** `import tf_slim` binds `tf_slim`; `import tensorflow.contrib.slim` binds `tensorflow`, which is another matter. */
function bareName(alias: ast.ImportAlias | undefined, path: string): string | undefined {
  return alias && path === 'tf_slim' ? path : undefined;
}

/** True when the name is read, bound a second time, exported by `__all__`, or spelled in a string that may be code. */
function isUsed(source: SourceFile, name: string): boolean {
  let count = 0;
  walk(source.tree.module, (node) => {
    if (node.kind === 'Name' && node.name === name) count++;
    if (node.kind === 'String' && node.value === name) count += 2;
  });
  const bindings = source.scopes.module.bindings.get(name) ?? [];
  const own = bindings.filter((binding) => binding.kind === 'assign').length;
  return bindings.length > 1 || count > own;
}

/** By the letters alone: a name that another file might read stays. */
function isUsedElsewhere(snapshot: Snapshot, source: SourceFile, name: string): boolean {
  const from = `from\\s+(?!tensorflow\\b|tf_slim\\b)\\S+\\s+import\\s+`;
  const mention = new RegExp(`(?<!contrib)\\.${name}\\b|${from}(?:[(\\w\\s,]*\\b${name}\\b|\\*)`);
  return snapshot.importersOf(source.file).some((importer) => mention.test(importer.text));
}

/** A statement with its lines, if it is alone on them. */
function wholeLines({ text, lines }: SourceFile, span: Span): Span | undefined {
  const start = lines.lineStart(lines.positionAt(span.start).line);
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(span.end));
  if (text.slice(start, span.start).trim() !== '' || !rest) return undefined;
  const end = span.end + rest[0].length;
  // A paragraph of its own goes with the blank line behind it; so does the first line of a file.
  const isAfterBlank = /(?:^|\n[ \t]*\r?\n|\r[ \t]*\r)$/.test(text.slice(0, start));
  const blank = isAfterBlank ? /^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(end)) : null;
  return { start, end: end + (blank?.[0].length ?? 0) };
}
