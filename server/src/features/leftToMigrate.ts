/**
 * What is left to migrate in one file: the findings that say so, and the calls of TF-Slim that are still there. Counts
 * places, not hours. Looks at nothing that the diagnostics have not looked at; a finding that is switched off, hidden by a
 * comment or in the baseline is not left over, since somebody has decided about it.
 */
import type { CancelToken } from '../base/cancel';
import { contains, type Span } from '../base/span';
import type { Snapshot } from '../project/snapshot';
import { rules } from '../rules/registry';
import type { RuleFamily, Severity } from '../rules/rule';
import { importScan } from '../semantics/importScan';
import type { FileAnalysis } from '../slim/model';
import type { FileDiagnostic } from './model';

/** One place where something has to change. */
export interface PlaceLeft {
  /** The rule that found it; undefined for a call of TF-Slim. */
  readonly rule?: string;
  readonly span: Span;
  /** The code there, one line at most. */
  readonly code: string;
  /** What is to be said of it: one line, code in backticks. Absent for a call. */
  readonly message?: string;
  readonly severity: Severity;
}

/**
 * The families whose findings are work on the way to TensorFlow 2. The others speak of mistakes that are mistakes in
 * TensorFlow 1 as well (`arg-scope`), of comments, or of conditions under which the code works as it is.
 */
const families: ReadonlySet<RuleFamily> = new Set(['removed', 'tf1-api', 'legacy-layers', 'silent-change']);
const ruleNames = new Set(rules.filter(({ family }) => families.has(family)).map(({ name }) => name));

/** Modules that make a file one that uses TensorFlow, by their first name. */
const tensorflow = /^(tensorflow\w*|tf_slim|tf_keras)$/;

/**
 * The places of a file in their order; empty when nothing is left, undefined when the file has nothing to do with
 * TensorFlow. `found` are its diagnostics.
 */
export function leftToMigrate(
  snapshot: Snapshot,
  file: string,
  options: { readonly found: readonly FileDiagnostic[]; readonly cancel: CancelToken },
): readonly PlaceLeft[] | undefined {
  const text = snapshot.getText(file);
  if (text === undefined) return undefined;
  const findings = options.found.filter(({ rule }) => ruleNames.has(rule));
  const calls = slimCalls(snapshot.quickAnalysis(file, options.cancel)).filter(
    ({ span }) => !findings.some((finding) => contains(span, finding.span) || contains(finding.span, span)),
  );
  const places = [...findings.map((finding) => toPlace(text, finding)), ...calls].sort(
    (a, b) => a.span.start - b.span.start,
  );
  return places.length > 0 || usesTensorflow(text) ? places : undefined;
}

function usesTensorflow(text: string): boolean {
  return importScan(text).some(({ name, level }) => level === 0 && tensorflow.test(name));
}

function toPlace(text: string, { rule, span, message, severity }: FileDiagnostic): PlaceLeft {
  return { rule, span, code: firstLine(text.slice(span.start, span.end)), message: firstLine(message), severity };
}

function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0]?.trimEnd() ?? '';
}

/** Calls that the user wrote; what the library calls on their behalf goes with them. */
function slimCalls(analysis: FileAnalysis | undefined): readonly PlaceLeft[] {
  const seen = new Set<number>();
  return (analysis?.calls ?? []).flatMap(({ via, op, callee, calleeText }): readonly PlaceLeft[] => {
    // `tf.layers` has a rule of its own, and functions of the user are not the library's.
    if (!op.libraries.some((library) => library === 'contrib' || library === 'tf_slim')) return [];
    if (via === 'normalizer_fn' || via === 'activation_fn') return [];
    if (seen.has(callee.span.start)) return [];
    seen.add(callee.span.start);
    return [{ span: callee.span, code: firstLine(calleeText), severity: 'info' }];
  });
}
