/**
 * The quick fixes that hide a finding by a comment: on its line, or for the whole file. A comment that is there is
 * extended, other tools' comments stay as they are. Not offered where no comment can stand, or where the file is damaged.
 */
import type { Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import { canEdit } from '../../project/fileEdits';
import { addName } from '../../rules/support/directiveEdits';
import { placeDirectives, type PlacedDirective } from '../../rules/support/directivePlaces';
import { readDirectives, type Directive } from '../../rules/support/directiveSyntax';
import type { SourceFile } from '../../semantics/program';
import type { Comment } from '../../syntax/ast';
import { logicalLineAt, logicalLines } from '../../syntax/logicalLines';
import { walk } from '../../syntax/visit';
import type { DiagnosticWithFixes } from '../diagnostics';
import type { CodeActionResult, FileDiagnostic } from '../model';

/**
 * Two actions for each rule and line of the findings, in their order: this line, this file.
 * @param here the findings that were asked about
 * @param all those of the file: a comment may hide more than was asked about
 */
export function suppressActions(
  source: SourceFile,
  here: readonly DiagnosticWithFixes[],
  all: readonly DiagnosticWithFixes[],
): readonly CodeActionResult[] {
  if (here.length === 0 || source.tree.incomplete.length > 0) return [];
  const { directives } = readDirectives(source.tree.comments, () => false);
  const placed = placeDirectives(source, directives);
  const actions = new Map<string, CodeActionResult>();
  const add = (suppression: Suppression | undefined, { rule, key }: FileDiagnostic, where: string) => {
    if (!suppression || !canEdit(source, [suppression.edit])) return;
    const title = `Suppress \`${rule}\` ${where}`;
    const id = `${title} ${suppression.edit.span.start}`;
    if (actions.has(id)) return;
    const hidden = all.filter(({ diagnostic }) => diagnostic.rule === rule && suppression.covers(diagnostic.span));
    const resolves = [...new Set([key, ...hidden.map(({ diagnostic }) => diagnostic.key)])];
    actions.set(id, { ...quickFix, id: `suppress:${id}`, title, edits: [suppression.edit], resolves });
  };
  for (const { diagnostic } of here) {
    add(forLine(source, placed, diagnostic), diagnostic, 'for this line');
    add(forFile(source, placed, diagnostic), diagnostic, 'in this file');
  }
  return [...actions.values()];
}

/** A comment changes nothing of what runs. That makes it safe, and still nothing that happens without being asked for. */
const quickFix = { kind: 'quickfix', isPreferred: false, safety: 'safe', caveats: [] } as const;

/** An edit, and what the directive covers then. */
interface Suppression {
  readonly edit: TextEdit;
  covers(finding: Span): boolean;
}

/** Extends a comment behind the code that reaches the finding, else writes one where the finding starts or ends. */
function forLine(
  source: SourceFile,
  placed: readonly PlacedDirective[],
  { rule, span }: FileDiagnostic,
): Suppression | undefined {
  const known = placed.find(({ place, directive, covers }) => place === 'line' && directive.list && covers(span));
  const extended = known && addName(known.directive, rule);
  if (extended) return { edit: extended, covers: (finding) => known.covers(finding) };
  const line = source.lines.positionAt(span.start).line;
  const { first, last } = logicalLineAt(logicalLines(source), line);
  const strings = linesInStrings(source);
  const free = [line, last, first].find((one) => !strings.has(one) && !isContinued(source, one));
  if (free === undefined) return undefined;
  const edit = appendComment(source, free, `# slimscope: ignore[${rule}]`);
  const [written] = placeDirectives(source, [directiveAt(source, free, edit)]);
  return { edit, covers: (finding) => written?.covers(finding) === true };
}

/** The directive that an edit writes at the end of a line, in the coordinates of the text before it. */
function directiveAt(source: SourceFile, line: number, { span, newText }: TextEdit): Directive {
  const there = commentOn(source, line);
  const comment = there ?? { span, text: newText };
  return { verb: 'ignore', comment, span, segment: span, list: { span, names: [] } };
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
  return !commentOn(source, line) && source.text.slice(start, end).endsWith('\\');
}

function commentOn(source: SourceFile, line: number): Comment | undefined {
  const { start, end } = lineSpan(source, line);
  return source.tree.comments.find(({ span }) => start <= span.start && span.start < end);
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

function forFile(
  source: SourceFile,
  placed: readonly PlacedDirective[],
  { rule }: FileDiagnostic,
): Suppression | undefined {
  const covers = () => true;
  const known = placed.find(({ place, directive }) => place === 'file' && directive.list);
  const extended = known && addName(known.directive, rule);
  if (extended) return { edit: extended, covers };
  const lineEnd = /\r\n|\n|\r/.exec(source.text)?.[0] ?? '\n';
  for (const at of topsOfFile(source)) {
    // A last line without its end may be all that precedes.
    const before = at > 1 && !/[\r\n]/.test(source.text.charAt(at - 1)) ? lineEnd : '';
    const edit = { span: { start: at, end: at }, newText: `${before}# slimscope: ignore-file[${rule}]${lineEnd}` };
    // Magics of a notebook's first cell stay above.
    if (canEdit(source, [edit])) return { edit, covers };
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
