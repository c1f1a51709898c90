/**
 * Every feature on one document, whatever its text: no exception, nothing outside the document, answers that are the same
 * when asked again and in another order, and a project that was edited to a text answers as one that opened it.
 */
import { neverCancelled } from '../../server/src/base/cancel';
import type { Span } from '../../server/src/base/span';
import { codeActions } from '../../server/src/features/codeActions';
import { diagnosticsWithFixes, type DiagnosticWithFixes } from '../../server/src/features/diagnostics';
import { hover } from '../../server/src/features/hover';
import { argumentOrigins, callOrigins, hiddenDefinitions, scopeReferences } from '../../server/src/features/navigation';
import { Project } from '../../server/src/project/project';
import type { Snapshot } from '../../server/src/project/snapshot';
import { rules } from '../../server/src/rules/registry';
import { evaluator } from '../../server/src/slim/evaluator/evaluator';
import type { Random } from '../oracle/programs/generator/random';
import { parse } from '../support/parser';
import { Broken, step } from './problem';

export const file = 'file:///workspace/main.py';

/** Places that are asked per document and feature. */
const PLACES = 12;

/** A project with nothing in it. */
export function emptyProject(): Project {
  return new Project({ parse, evaluator, rules, readText: () => ({ kind: 'missing' }) });
}

/** The project after the file got this text. */
export function withText(project: Project, text: string): Snapshot {
  return project.apply({ folders: ['file:///workspace'], edited: [{ file, text }] });
}

/** Runs everything on a text. @throws Broken */
export function checkDocument(text: string, random: Random): void {
  const snapshot = step('open', () => withText(emptyProject(), text));
  const answers = step('diagnostics', () => diagnosticsOf(snapshot));
  for (const { diagnostic } of answers) {
    inside(text, diagnostic.span, `diagnostic ${diagnostic.rule}`);
    for (const { location } of diagnostic.related) {
      if (location.file === file) inside(text, location.span, `related place of ${diagnostic.rule}`);
    }
  }
  for (const offset of placesOf(text, random)) checkPlace(snapshot, text, offset);
  const again = step('diagnostics again', () => diagnosticsOf(snapshot));
  same('diagnostics are the same when asked again', shown(answers), shown(again));
}

/** Types from one text to the next; after each the project answers as a fresh one. @throws Broken */
export function checkEdits(texts: readonly string[]): void {
  const project = emptyProject();
  for (const text of texts) {
    const edited = step('edit', () => diagnosticsOf(withText(project, text)));
    const fresh = step('open', () => diagnosticsOf(withText(emptyProject(), text)));
    same('an edited file answers as a fresh one', shown(edited), shown(fresh));
  }
}

/** The findings; a rule that throws is a broken promise. */
export function diagnosticsOf(snapshot: Snapshot): readonly DiagnosticWithFixes[] {
  return diagnosticsWithFixes(snapshot, file, {
    cancel: neverCancelled,
    onRuleFailure: (rule, error) => step(`rule ${rule}`, () => rethrow(error)),
  });
}

function rethrow(error: unknown): never {
  throw error;
}

function checkPlace(snapshot: Snapshot, text: string, offset: number): void {
  const options = { cancel: neverCancelled, link: () => 'x:' };
  const found = step('hover', () => hover(snapshot, file, offset, options));
  if (found) {
    inside(text, found.span, 'hover');
    if (found.span.start > offset || found.span.end < offset)
      throw new Broken('hover contains its offset', `${offset}`);
  }
  for (const navigate of [callOrigins, argumentOrigins, hiddenDefinitions]) {
    const answer = step(navigate.name, () => navigate(snapshot, file, offset, { cancel: neverCancelled }));
    for (const target of answer?.targets ?? []) if (target.file === file) inside(text, target.span, navigate.name);
  }
  const asked = { cancel: neverCancelled, includeDeclaration: true };
  for (const target of step('references', () => scopeReferences(snapshot, file, offset, asked)) ?? []) {
    if (target.file === file) inside(text, target.span, 'reference');
  }
  const range = { start: offset, end: offset };
  const actions = step('codeActions', () => codeActions(snapshot, file, range, { cancel: neverCancelled }));
  for (const { title, edits } of actions) for (const { span } of edits) inside(text, span, `edit of "${title}"`);
}

/** Random places, and the beginnings of some calls. */
function placesOf(text: string, random: Random): readonly number[] {
  const anywhere = Array.from({ length: PLACES / 2 }, () => random.int(0, text.length));
  const calls = [...text.matchAll(/(?:\w|\.)+\(|\w+=/g)].map(({ index, 0: found }) => index + found.length - 1);
  return [0, text.length, ...anywhere, ...(calls.length > 0 ? random.some(calls, 1, PLACES) : [])];
}

function inside(text: string, { start, end }: Span, what: string): void {
  if (start < 0 || end < start || end > text.length || !Number.isInteger(start) || !Number.isInteger(end)) {
    throw new Broken(`${what} inside the document`, `${start}-${end} of ${text.length}`);
  }
  const splits = (at: number) => /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
  if (splits(start) || splits(end)) throw new Broken(`${what} between characters`, `${start}-${end}`);
}

function shown(found: readonly DiagnosticWithFixes[]): string {
  return found.map(({ diagnostic }) => JSON.stringify(diagnostic)).join('\n');
}

function same(promise: string, one: string, other: string): void {
  if (one !== other) throw new Broken(promise, `\n${one}\n--\n${other}`);
}
