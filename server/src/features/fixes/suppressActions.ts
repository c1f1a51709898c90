/**
 * The quick fixes that hide a finding by a comment: on its line, or for the whole file. A comment that is there is
 * extended, other tools' comments stay as they are. Not offered where no comment can stand, or where the file is damaged.
 */
import type { TextEdit } from '../../base/textEdit';
import { canEdit } from '../../project/fileEdits';
import { addName } from '../../rules/support/directiveEdits';
import { placeDirectives, type PlacedDirective } from '../../rules/support/directivePlaces';
import { readDirectives } from '../../rules/support/directiveSyntax';
import type { SourceFile } from '../../semantics/program';
import { logicalLineAt, logicalLines } from '../../syntax/logicalLines';
import { walk } from '../../syntax/visit';
import type { DiagnosticWithFixes } from '../diagnostics';
import type { CodeActionResult, FileDiagnostic } from '../model';

/** Two actions for each rule and line of the findings, in their order: this line, this file. */
export function suppressActions(
  source: SourceFile,
  findings: readonly DiagnosticWithFixes[],
): readonly CodeActionResult[] {
  if (findings.length === 0 || source.tree.incomplete.length > 0) return [];
  const { directives } = readDirectives(source.tree.comments, () => false);
  const placed = placeDirectives(source, directives);
  const actions = new Map<string, CodeActionResult>();
  for (const { diagnostic } of findings) {
    add(actions, source, {
      diagnostic,
      scope: 'line',
      title: `Suppress \`${diagnostic.rule}\` for this line`,
      edit: lineEdit(source, placed, diagnostic),
    });
    add(actions, source, {
      diagnostic,
      scope: 'file',
      title: `Suppress \`${diagnostic.rule}\` in this file`,
      edit: fileEdit(source, placed, diagnostic.rule),
    });
  }
  return [...actions.values()];
}

interface Suppression {
  readonly diagnostic: FileDiagnostic;
  readonly scope: 'line' | 'file';
  readonly title: string;
  readonly edit: TextEdit | undefined;
}

function add(actions: Map<string, CodeActionResult>, source: SourceFile, one: Suppression): void {
  const { diagnostic, scope, title, edit } = one;
  if (!edit || !canEdit(source, [edit])) return;
  const same = `${title} ${edit.span.start}`;
  const known = actions.get(same);
  actions.set(
    same,
    known
      ? { ...known, resolves: [...known.resolves, diagnostic.key] }
      : {
          id: `suppress:${scope}:${diagnostic.key}`,
          title,
          kind: 'quickfix',
          edits: [edit],
          isPreferred: false,
          safety: 'safe',
          resolves: [diagnostic.key],
          caveats: [],
        },
  );
}

/** Extends a comment behind the code that reaches the finding, else writes one where the finding starts or ends. */
function lineEdit(
  source: SourceFile,
  placed: readonly PlacedDirective[],
  { rule, span }: FileDiagnostic,
): TextEdit | undefined {
  const known = placed.find(({ place, directive, covers }) => place === 'line' && directive.list && covers(span));
  const extended = known && addName(known.directive, rule);
  if (extended) return extended;
  const line = source.lines.positionAt(span.start).line;
  const { first, last } = logicalLineAt(logicalLines(source), line);
  const strings = linesInStrings(source);
  const free = [line, last, first].find((one) => !strings.has(one) && !isContinued(source, one));
  return free === undefined ? undefined : appendComment(source, free, `# slimscope: ignore[${rule}]`);
}

/** Lines whose end lies inside a string. */
function linesInStrings(source: SourceFile): ReadonlySet<number> {
  const inside = new Set<number>();
  walk(source.tree.module, (node) => {
    if (node.kind !== 'String' && node.kind !== 'FormattedString') return;
    const last = source.lines.positionAt(Math.max(node.span.start, node.span.end - 1)).line;
    for (let line = source.lines.positionAt(node.span.start).line; line < last; line++) inside.add(line);
  });
  return inside;
}

/** A comment behind a backslash would end the statement. */
function isContinued(source: SourceFile, line: number): boolean {
  const { start, end } = lineSpan(source, line);
  const hasComment = source.tree.comments.some(({ span }) => start <= span.start && span.start < end);
  return !hasComment && source.text.slice(start, end).endsWith('\\');
}

function appendComment(source: SourceFile, line: number, comment: string): TextEdit {
  const { start, end } = lineSpan(source, line);
  const code = source.text.slice(start, end).trimEnd();
  return { span: { start: start + code.length, end }, newText: `${code === '' ? '' : '  '}${comment}` };
}

/** A line without its line end. */
function lineSpan(source: SourceFile, line: number): { readonly start: number; readonly end: number } {
  const start = source.lines.lineStart(line);
  const whole = source.text.slice(start, source.lines.lineStart(line + 1));
  return { start, end: start + whole.replace(/[\r\n]+$/, '').length };
}

function fileEdit(source: SourceFile, placed: readonly PlacedDirective[], rule: string): TextEdit | undefined {
  const known = placed.find(({ place, directive }) => place === 'file' && directive.list);
  const extended = known && addName(known.directive, rule);
  if (extended) return extended;
  const lineEnd = /\r\n|\n|\r/.exec(source.text)?.[0] ?? '\n';
  for (const at of topsOfFile(source)) {
    // A last line without its end may be all that precedes.
    const before = at > 1 && !/[\r\n]/.test(source.text.charAt(at - 1)) ? lineEnd : '';
    const edit = { span: { start: at, end: at }, newText: `${before}# slimscope: ignore-file[${rule}]${lineEnd}` };
    // Magics of a notebook's first cell stay above.
    if (canEdit(source, [edit])) return edit;
  }
  return undefined;
}

/**
 * The starts of lines above all statements, below what must come first: a byte order mark, `#!`, the declaration of the
 * encoding.
 */
function* topsOfFile(source: SourceFile): Generator<number> {
  const bom = source.text.startsWith('\uFEFF') ? 1 : 0;
  const end = source.tree.module.body[0]?.span.start ?? source.text.length;
  let isHead = true;
  for (let line = 0; line < source.lines.lineCount; line++) {
    const at = lineSpan(source, line);
    const text = source.text.slice(Math.max(bom, at.start), at.end);
    isHead &&= (line === 0 && text.startsWith('#!')) || (line < 2 && /^[ \t\f]*#.*?coding[:=]/.test(text));
    if (!isHead && at.start <= end) yield Math.max(bom, at.start);
  }
  if (isHead) yield source.text.length;
}
