/**
 * Reads Slimscope's own comments: `# slimscope: ignore[rule, rule] reason` and `ignore-file`. Says what is written and
 * what seems to be meant; where it holds is said elsewhere (directivePlaces.ts). What is neither is prose: silent.
 */
import type { Span } from '../../base/span';
import type { TextEdit } from '../../base/textEdit';
import type { Comment } from '../../syntax/ast';
import { closestName } from './closestName';

export type DirectiveVerb = 'ignore' | 'ignore-file';

/** A directive that is written as it must be; its names may be unknown. */
export interface Directive {
  readonly verb: DirectiveVerb;
  readonly comment: Comment;
  /** From `slimscope` to behind the verb or the bracket. */
  readonly span: Span;
  /** From its `#` to the end of its reason: what a removal takes out of the comment. */
  readonly segment: Span;
  /** What stands between the brackets; undefined for a directive that names nothing and so means every rule. */
  readonly list: { readonly span: Span; readonly names: readonly WrittenName[] } | undefined;
}

/** A name of a rule or a family, as written. */
export interface WrittenName {
  readonly name: string;
  readonly span: Span;
}

/** A comment that was meant as a directive; it hides nothing. */
export interface MalformedDirective {
  readonly comment: Comment;
  readonly span: Span;
  /** A clause in lower case: "the bracket is not closed". */
  readonly problem: string;
  /** The edit that makes a directive of it, where that is clear. */
  readonly correction?: TextEdit;
}

/** What the comments of a file hold. */
export interface WrittenDirectives {
  readonly directives: readonly Directive[];
  readonly malformed: readonly MalformedDirective[];
}

const verbs: readonly DirectiveVerb[] = ['ignore', 'ignore-file'];

/** Quotes before the `#` are those of a text that speaks of directives. */
const opening = /(?<!["'`])#[ \t]*(slimscope)([ \t]*:[ \t]*|[ \t]+)([A-Za-z][\w-]*)/gi;

/** Verbs of other tools for the same wish. */
const wishes: ReadonlySet<string> = new Set([
  'allow', 'disable', 'disable-file', 'disable-line', 'disable-next-line', 'noqa', 'nolint', 'off', 'silence', 'skip',
  'skip-file', 'suppress',
]); // prettier-ignore

/** Reads all comments of a file. `isName` knows the rules and families. */
export function readDirectives(comments: readonly Comment[], isName: (name: string) => boolean): WrittenDirectives {
  const directives: Directive[] = [];
  const malformed: MalformedDirective[] = [];
  for (const comment of comments) {
    for (const match of comment.text.matchAll(opening)) {
      const read = readOne({ comment, match, isName });
      if (read && 'problem' in read) malformed.push(read);
      else if (read) directives.push(read);
    }
  }
  return { directives, malformed };
}

interface Candidate {
  readonly comment: Comment;
  readonly match: RegExpExecArray;
  readonly isName: (name: string) => boolean;
}

function readOne(candidate: Candidate): Directive | MalformedDirective | undefined {
  const { match } = candidate;
  const [, tool = '', separator = '', written = ''] = match;
  const verb = verbs.find((one) => one === written);
  if (verb && tool === 'slimscope' && separator.startsWith(':')) return readArguments(candidate, verb);
  return readHead(candidate, { tool, separator, written });
}

/** A head that is not quite right: only what can hardly be prose is taken for a directive. */
function readHead(
  { comment, match }: Candidate,
  head: { readonly tool: string; readonly separator: string; readonly written: string },
): MalformedDirective | undefined {
  const { tool, separator, written } = head;
  const rest = comment.text.slice(match.index + match[0].length);
  const low = written.toLowerCase().replaceAll('_', '-');
  const verb = verbs.find((one) => one === low);
  const hasColon = separator.includes(':');
  if (!hasColon && !(verb && /^[ \t]*(?:\[|$)/.test(rest))) return undefined;
  const close = verb ?? closestName(low, verbs) ?? (low.startsWith('ignore-') ? 'ignore' : undefined);
  if (!verb && (tool !== 'slimscope' || !(close ?? (wishes.has(low) || undefined)))) return undefined;
  const meant = close ?? (low.includes('file') ? 'ignore-file' : 'ignore');
  const span = spanIn(comment, match.index + match[0].indexOf(tool), match.index + match[0].length);
  return {
    comment,
    span,
    problem: verb
      ? `it is spelled \`slimscope: ${verb}\``
      : `there is no \`${written}\`, only \`ignore\` and \`ignore-file\``,
    // A bare verb of another tool may well have other arguments behind it.
    ...(/^[ \t]*(?:\[|$)/.test(rest) && { correction: { span, newText: `slimscope: ${meant}` } }),
  };
}

function readArguments({ comment, match, isName }: Candidate, verb: DirectiveVerb): Directive | MalformedDirective {
  const { text } = comment;
  const start = match.index + match[0].indexOf('slimscope');
  const verbEnd = match.index + match[0].length;
  const whole = (end: number) => ({ comment, span: spanIn(comment, start, end) });
  const bracket = /^[ \t]*\[/.exec(text.slice(verbEnd));
  if (!bracket) {
    const other = /^[ \t]*[:=({<][ \t]*/.exec(text.slice(verbEnd));
    if (other) return withoutBracket({ comment, match, isName }, { verb, start, listStart: verbEnd + other[0].length });
    return { verb, ...whole(verbEnd), segment: segmentOf(comment, match.index, verbEnd), list: undefined };
  }
  const listStart = verbEnd + bracket[0].length;
  const listEnd = listStart + (/^[^[\]#]*/.exec(text.slice(listStart))?.[0].length ?? 0);
  if (text.charAt(listEnd) !== ']') return withoutBracket({ comment, match, isName }, { verb, start, listStart });
  const names = readNames(comment, listStart, listEnd);
  if (names.length === 0) return { ...whole(listEnd + 1), problem: 'it names no rule between the brackets' };
  return {
    verb,
    ...whole(listEnd + 1),
    segment: segmentOf(comment, match.index, listEnd + 1),
    list: { span: spanIn(comment, listStart, listEnd), names },
  };
}

/** `ignore[rule`, `ignore(rule)`, `ignore: rule`: corrected where nothing but names of rules stands there. */
function withoutBracket(
  { comment, isName }: Candidate,
  at: { readonly verb: DirectiveVerb; readonly start: number; readonly listStart: number },
): MalformedDirective {
  const { verb, start, listStart } = at;
  const list = /^([a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*)(?:[ \t]*[)}>])?(?=\s|$)/.exec(comment.text.slice(listStart));
  const names = (list?.[1] ?? '').split(',').map((name) => name.trim());
  const isClear = names.every(isName);
  const end = listStart + (isClear ? (list?.[0].length ?? 0) : 0);
  const span = spanIn(comment, start, end);
  return {
    comment,
    span,
    problem: 'names of rules stand between `[` and `]`',
    ...(isClear && { correction: { span, newText: `slimscope: ${verb}[${names.join(', ')}]` } }),
  };
}

function readNames(comment: Comment, start: number, end: number): readonly WrittenName[] {
  return [...comment.text.slice(start, end).matchAll(/[^,]+/g)].flatMap((match) => {
    const name = match[0].trim();
    const from = start + match.index + match[0].indexOf(name);
    return name === '' ? [] : [{ name, span: spanIn(comment, from, from + name.length) }];
  });
}

/** Up to the next comment in the comment (`# noqa`), without the blanks before it. */
function segmentOf(comment: Comment, start: number, after: number): Span {
  const next = /\s#(?=[\sA-Za-z])/.exec(comment.text.slice(after));
  const end = next ? after + next.index : comment.text.length;
  return spanIn(comment, start, comment.text.slice(0, end).trimEnd().length);
}

function spanIn(comment: Comment, start: number, end: number): Span {
  return { start: comment.span.start + start, end: comment.span.start + end };
}
