/**
 * Applies the fixes of one file until none is left, as `slimscope check --fix` does: each round looks at the result of
 * the last. Whoever asks keeps the project; this only says which text comes next.
 * A round that would damage the file, or that comes back to a text that was there already, is taken back.
 */
import { neverCancelled } from '../../base/cancel';
import { editFile } from '../../project/fileEdits';
import type { Snapshot } from '../../project/snapshot';
import type { FixSafety } from '../../rules/rule';
import { diagnosticsWithFixes } from '../diagnostics';
import type { BaselineEntry } from '../model';
import { chooseFixes } from './chooseFixes';

/** Rounds per file. A fix that makes room for another needs two; nobody needs ten. */
const mostRounds = 10;

export interface FixRequest {
  readonly file: string;
  /** The file's text as it is stored; for a notebook its JSON. */
  readonly text: string;
  isAllowed(safety: FixSafety): boolean;
  /** Problems that are known and stay as they are. */
  readonly baseline?: readonly BaselineEntry[];
  /** Makes `text` the content of the file. */
  setText(text: string): Snapshot;
  onRuleFailure?(rule: string, error: unknown): void;
}

export interface FixResult {
  /** Equal to the text of the request when nothing was fixed. */
  readonly text: string;
  /** Names of the rules of the findings that were fixed, one for each. */
  readonly rules: readonly string[];
  /** Names of rules one of whose fixes would have damaged the file, and was taken back; empty when all is well. */
  readonly takenBack: readonly string[];
}

/** Fixes a file. Afterwards the content of the file is the text of the result. */
export function fixUntilStable(snapshot: Snapshot, request: FixRequest): FixResult {
  const rules: string[] = [];
  const seen = new Set([request.text]);
  let current = { text: request.text, snapshot };
  for (let round = 0; round < mostRounds; round++) {
    const edited = editOnce(current, request);
    if (!edited || seen.has(edited.text)) break;
    const next = request.setText(edited.text);
    if (isDamaged(next, request.file)) {
      request.setText(current.text);
      return { text: current.text, rules, takenBack: [...new Set(edited.rules)] };
    }
    seen.add(edited.text);
    rules.push(...edited.rules);
    current = { text: edited.text, snapshot: next };
  }
  return { text: current.text, rules, takenBack: [] };
}

interface Current {
  readonly text: string;
  readonly snapshot: Snapshot;
}

/** One round; undefined when there is nothing to do. */
function editOnce({ snapshot, text }: Current, request: FixRequest): Pick<FixResult, 'text' | 'rules'> | undefined {
  const { file, isAllowed, baseline, onRuleFailure } = request;
  const options = { cancel: neverCancelled, ...(baseline && { baseline }), ...(onRuleFailure && { onRuleFailure }) };
  const { edits, resolved } = chooseFixes(diagnosticsWithFixes(snapshot, file, options), isAllowed);
  const source = snapshot.getFile(file);
  const edited = source && edits.length > 0 ? editFile(source, text, edits) : undefined;
  return edited === undefined ? undefined : { text: edited, rules: resolved.map(({ diagnostic }) => diagnostic.rule) };
}

/** Only whole files have fixes, so that what is damaged now is so because of them. */
function isDamaged(snapshot: Snapshot, file: string): boolean {
  return (snapshot.getFile(file)?.tree.incomplete.length ?? 0) > 0;
}
