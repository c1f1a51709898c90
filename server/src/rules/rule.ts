/**
 * What a rule is: metadata and a pure function from one analysed file to findings.
 * One rule = one file here + one fixture in test/rules + one page in docs/rules; a test keeps the three sets equal.
 * Rules fire only on what is known, never inside incomplete code.
 */
import type { Location, Span } from '../base/span';
import type { TextEdit } from '../base/textEdit';
import type { CancelToken } from '../base/cancel';
import type { Program, SourceFile } from '../semantics/program';
import type { Settings } from '../project/settings';
import type { ResolvedTarget } from '../project/target';
import type { FileAnalysis } from '../slim/model';
import type { DirectiveReport } from './support/directiveReport';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** `safe`: same behaviour, goes into fix-all. `suggestion`: right in most cases. `unsafe`: the meaning may change. */
export type FixSafety = 'safe' | 'suggestion' | 'unsafe';

/**
 * `removed`: TensorFlow 2 fails. `tf1-api`: graph-mode API that TensorFlow 2 has under `tf.compat.v1` or not at all.
 * `legacy-layers`: `tf.layers` and its kin. `silent-change`: runs, with another meaning. `arg-scope`: fails or surprises.
 * `mixing`: two libraries in one model. `bridge`: works, with conditions. `directive`: Slimscope's own comments.
 */
export type RuleFamily =
  'removed' | 'tf1-api' | 'legacy-layers' | 'silent-change' | 'arg-scope' | 'mixing' | 'bridge' | 'directive';

export interface Rule {
  /** Kebab-case, says the pattern found, readable after "allow". Also the diagnostic code and the page name. */
  readonly name: string;
  readonly summary: string;
  /** The promise that the rule keeps; see {@link RuleFamily}. */
  readonly family: RuleFamily;
  readonly severity: Severity;
  /** Version of Slimscope that brought it. */
  readonly since: string;
  /** The best safety that its fixes have; `none` when it offers none. */
  readonly fix: FixSafety | 'none';
  check(context: RuleContext): Iterable<Finding>;
}

export interface RuleContext {
  readonly program: Program;
  readonly source: SourceFile;
  /** Evaluated when first read: a rule that needs only names costs no evaluation. */
  readonly analysis: FileAnalysis;
  readonly settings: Settings;
  /** The TensorFlow that the file is meant to run under. */
  readonly target: ResolvedTarget;
  /** What Slimscope's own comments did. Only rules of family `directive` see it: they run after all others. */
  readonly directives: DirectiveReport;
  readonly cancel: CancelToken;
  /** Files of the workspace that import a file. Costs a look at all files: only for what is about to be reported. */
  importersOf(file: string): readonly SourceFile[];
}

export interface Finding {
  readonly span: Span;
  /** Sentence case, code in backticks, no final period in the first line; further lines say why and what to do. */
  readonly message: string;
  /** Overrides the rule's severity for this finding. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly location: Location; readonly message: string }[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** Computed only when asked for. */
  readonly fixes?: () => readonly Fix[];
}

export interface Fix {
  /** Says the effect: "Import `tf_slim` instead". */
  readonly title: string;
  readonly safety: FixSafety;
  /** Edits of the file of the finding. */
  readonly edits: readonly TextEdit[];
}
