/**
 * How converted code reaches Keras: through a name that is bound to TensorFlow 2's API at the call, or through an
 * import that is added. `tensorflow.compat.v1` is never used for it: its `keras` does not exist under Keras 3 (E2).
 */
import type { TextEdit } from '../../base/textEdit';
import type { SourceFile } from '../../semantics/program';
import type { Scope } from '../../semantics/scopes';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { FileStyle } from '../rewrite/fileStyle';
import { visibleModules } from '../rewrite/visibleModules';

export interface KerasNames {
  /** Text before `.layers`: `tf.keras` or `keras`. */
  readonly keras: string;
  /** The name bound to the `tensorflow` module itself, when there is one. */
  readonly tensorflow: string | undefined;
  /** A name under which functions such as `nn.relu6` are reached; that of `compat.v1` will do, and an import that is added. */
  readonly functions: string | undefined;
  /** The import to add. */
  readonly importEdit: TextEdit | undefined;
}

/** Finds or makes the way to Keras for code at `offset` in `scope`. */
export function findKerasNames(source: SourceFile, scope: Scope, offset: number, style: FileStyle): KerasNames {
  const modules = visibleModules(source, scope, offset);
  const tensorflow = pickName(modules, ['tensorflow', 'tensorflow.compat.v2'], 'tf');
  if (tensorflow) return { keras: `${tensorflow}.keras`, tensorflow, functions: tensorflow, importEdit: undefined };
  const functions = pickName(modules, ['tensorflow.compat.v1'], 'tf');
  const keras = pickName(modules, ['tensorflow.keras', 'tensorflow.compat.v2.keras'], 'keras');
  if (keras) return { keras, tensorflow: undefined, functions, importEdit: undefined };
  const used = namesIn(source);
  if (!used.has('tf')) {
    const importEdit = makeImportEdit(source, 'import tensorflow as tf', offset, style);
    return { keras: 'tf.keras', tensorflow: 'tf', functions: 'tf', importEdit };
  }
  const name = ['keras', 'tf_keras', 'tensorflow_keras'].find((candidate) => !used.has(candidate)) ?? 'keras_2x';
  const line = `from tensorflow import keras${name === 'keras' ? '' : ` as ${name}`}`;
  return { keras: name, tensorflow: undefined, functions, importEdit: makeImportEdit(source, line, offset, style) };
}

function pickName(
  modules: ReadonlyMap<string, string>,
  paths: readonly string[],
  preferred: string,
): string | undefined {
  const names = [...modules].filter(([, path]) => paths.includes(path)).map(([name]) => name);
  return names.includes(preferred) ? preferred : names[0];
}

/** Every name that the file binds or reads anywhere. */
function namesIn(source: SourceFile): Set<string> {
  const names = new Set<string>();
  const addScope = (scope: Scope): void => {
    for (const name of scope.bindings.keys()) names.add(name);
    for (const name of [...scope.globals, ...scope.nonlocals]) names.add(name);
    scope.children.forEach(addScope);
  };
  addScope(source.scopes.module);
  walk(source.tree.module, (node) => {
    if (node.kind === 'Name') names.add(node.name);
  });
  return names;
}

/** Puts an import line behind the imports at the top of the file that run before `offset`. */
function makeImportEdit(source: SourceFile, line: string, offset: number, style: FileStyle): TextEdit {
  const after = lastTopImport(source.tree.module, offset);
  if (!after) {
    const { at, needsGap } = startOfCode(source);
    const hasGap = at === source.text.length || /^[ \t]*(?:\r\n|\r|\n)/.test(source.text.slice(at));
    const newText = (needsGap ? style.lineEnd : '') + line + style.lineEnd + (hasGap ? '' : style.lineEnd);
    return { span: { start: at, end: at }, newText };
  }
  const at = lineEndAfter(source.text, after.span.end);
  return { span: { start: at, end: at }, newText: style.lineEnd + line };
}

/** The last import among the statements before the first definition; a `try` or `if` around imports counts whole. */
function lastTopImport(module: ast.Module, offset: number): ast.Statement | undefined {
  let last: ast.Statement | undefined;
  for (const statement of module.body) {
    if (statement.span.end > offset || statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') break;
    if (statement.kind === 'Import' || statement.kind === 'ImportFrom') last = statement;
    else if ((statement.kind === 'Try' || statement.kind === 'If') && holdsImport(statement)) last = statement;
  }
  return last;
}

function holdsImport(statement: ast.Try | ast.If): boolean {
  return statement.body.some((inner) => inner.kind === 'Import' || inner.kind === 'ImportFrom');
}

/** Behind the docstring and a blank line, or behind the comments at the top (`#!`, encoding, licence). */
function startOfCode(source: SourceFile): { readonly at: number; readonly needsGap: boolean } {
  const { text, tree } = source;
  const [first] = tree.module.body;
  if (first?.kind !== 'ExpressionStatement' || first.value.kind !== 'String') {
    const header = /^\uFEFF?(?:[ \t]*#[^\r\n]*(?:\r\n|\r|\n))*/.exec(text)?.[0] ?? '';
    return { at: header.length, needsGap: false };
  }
  const end = lineEndAfter(text, first.span.end);
  const breaks = /^(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))?/.exec(text.slice(end))?.[0] ?? '';
  const hasBlankLine = breaks.replace(/\r\n/g, '\n').replace(/[ \t]/g, '').length > 1;
  return { at: end + breaks.length, needsGap: !hasBlankLine };
}

/** The end of the line on which `offset` lies, before its line break. */
function lineEndAfter(text: string, offset: number): number {
  const rest = /[\r\n]/.exec(text.slice(offset));
  return rest ? offset + rest.index : text.length;
}
