/**
 * Writes planned parameters into the text: into the head of the function, behind the parameters that are there, and into
 * the calls that pass them. The program does the same afterwards: nothing reads the parameters yet.
 */
import type { TextEdit } from '../../../base/textEdit';
import type { Snapshot } from '../../../project/snapshot';
import type { SourceFile } from '../../../semantics/program';
import { insertArguments } from '../../../slim/explicit/insertArguments';
import { quoteLike, readFileStyle } from '../../../slim/rewrite/fileStyle';
import { pathTo } from '../../../slim/rewrite/syntaxAt';
import type * as ast from '../../../syntax/ast';
import type { HandedParameter } from './handedParameter';
import { functionAt } from './functionAt';

/** The edits per file; undefined when a place is not what it was. */
export function parameterEdits(
  snapshot: Snapshot,
  parameters: readonly HandedParameter[],
): ReadonlyMap<string, readonly TextEdit[]> | undefined {
  const edits = new Map<string, TextEdit[]>();
  const add = (file: string, more: readonly TextEdit[]): void => {
    edits.set(file, [...(edits.get(file) ?? []), ...more]);
  };
  const heads = new Map<string, readonly HandedParameter[]>();
  const calls = new Map<
    string,
    { readonly file: string; readonly span: ast.Node['span']; readonly written: string[] }
  >();
  for (const parameter of parameters) {
    const key = `${parameter.file} ${parameter.ordinal}`;
    heads.set(key, [...(heads.get(key) ?? []), parameter]);
    for (const { call, text } of parameter.calls) {
      const at = `${call.file} ${call.span.start} ${call.span.end}`;
      const known = calls.get(at) ?? { ...call, written: [] };
      calls.set(at, known);
      const written = `${parameter.name}=${inStyleOf(snapshot, call.file, text)}`;
      // One call may lead to several functions.
      if (!known.written.includes(written)) known.written.push(written);
    }
  }
  for (const all of heads.values()) {
    const [first] = all;
    const source = first && snapshot.getFile(first.file);
    const fn = source && functionAt(source, first.ordinal);
    if (!source || !fn) return undefined;
    const written = all.map(({ name, defaultText }) => `${name}=${inStyleOf(snapshot, source.file, defaultText)}`);
    add(source.file, [headEdit(source, fn, written)]);
  }
  for (const { file, span, written } of calls.values()) {
    const source = snapshot.getFile(file);
    const node = source && pathTo(source.tree.module, span).findLast((one) => one.kind === 'Call');
    if (!source || node?.kind !== 'Call') return undefined;
    add(file, insertArguments(source, node, readFileStyle(source), written));
  }
  return edits;
}

/** String literals as the file writes them. */
function inStyleOf(snapshot: Snapshot, file: string, text: string): string {
  const source = snapshot.getFile(file);
  const [, content] = /^'([^'"\\]*)'$/.exec(text) ?? [];
  return source && content !== undefined ? quoteLike(readFileStyle(source), content) : text;
}

/** Behind the last parameter that is no `**rest`; behind `*args` it is one that only a keyword gives. */
function headEdit(source: SourceFile, fn: ast.FunctionDef, written: readonly string[]): TextEdit {
  const { lines, text } = source;
  const before = fn.parameters.filter(({ form }) => form !== 'doubleStar').at(-1);
  const rest = fn.parameters.find(({ form }) => form === 'doubleStar');
  if (!before) {
    const at = rest?.span.start ?? text.indexOf('(', fn.name.span.end) + 1;
    return { span: { start: at, end: at }, newText: `${written.join(', ')}${rest ? ', ' : ''}` };
  }
  const at = before.span.end;
  const style = readFileStyle(source);
  const lineStart = lines.lineStart(lines.positionAt(at).line);
  const column = at - lineStart;
  const isLong = column + written.join(', ').length + 4 > style.width;
  const previous = fn.parameters[0]?.span.start ?? at;
  const isOnePerLine = fn.parameters.length > 1 && text.slice(lineStart, before.span.start).trim() === '';
  if (!isLong && !isOnePerLine) return { span: { start: at, end: at }, newText: `, ${written.join(', ')}` };
  const anchor = isOnePerLine ? before.span.start : previous;
  const indent = ' '.repeat(anchor - lines.lineStart(lines.positionAt(anchor).line));
  const newText = written.map((one) => `,${style.lineEnd}${indent}${one}`).join('');
  return { span: { start: at, end: at }, newText };
}
