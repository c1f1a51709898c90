/**
 * What the features answer: plain data that can be printed, compared, sent over LSP or written by the CLI.
 * Spans are offsets of the file that was asked about; no protocol type and no syntax node appears here.
 * Every feature is a pure function `(snapshot, file, offset or range, options)`; `undefined` or an empty list means
 * "nothing to say", never "cancelled" (that throws `Cancelled`) and never "failed".
 */
import type { CancelToken } from '../base/cancel';
import type { Location, Span } from '../base/span';
import type { TextEdit } from '../base/textEdit';
import type { FixSafety, Severity } from '../rules/rule';

// ------------------------------------------------------------------------------------------------ hover

/** What a hover needs from the adapter. */
export interface HoverOptions {
  readonly cancel: CancelToken;
  /** The address of a place, to be used as the target of a Markdown link: `[text](address)`. */
  link(location: Location): string;
}

/** `hover(snapshot, file, offset, options)` */
export interface HoverResult {
  /** What the hover speaks of; contains the offset that was asked about. */
  readonly span: Span;
  readonly markdown: string;
  /** The same in words, for clients that render no Markdown. */
  readonly plaintext: string;
}

// ------------------------------------------------------------------------------------------- navigation

/** What navigation needs from the adapter. */
export interface NavigationOptions {
  readonly cancel: CancelToken;
}

/** `callOrigins`, `argumentOrigins` and `hiddenDefinitions`, each `(snapshot, file, offset, options)` */
export interface NavigationResult {
  /** What the places belong to; contains the offset, or is the callee of the call around it. */
  readonly span: Span;
  /** Never empty. May lie in files that no client can open. */
  readonly targets: readonly Location[];
}

// ---------------------------------------------------------------------------------------- inlay hints

/** `inlayHints(snapshot, file, range, options)` */
export interface InlayHintsOptions {
  readonly cancel: CancelToken;
  /** See the setting `slimscope.inlayHints.arguments`. */
  readonly arguments: 'changed' | 'inherited';
  /** Characters of one hint. */
  readonly maxLength: number;
}

/** What a call inherits, shown behind it. */
export interface InlayHintResult {
  /** The whole call; the hint stands at its end. Names the hint among those of the file. */
  readonly call: Span;
  /** In the order of the signature; never empty. */
  readonly parts: readonly InlayHintPart[];
}

export interface InlayHintPart {
  readonly text: string;
  /** The keyword of the scope that sets it. May lie in a file that no client can open. */
  readonly origin?: Location;
}

/** The rest of a hint, computed when someone looks at it. */
export interface InlayHintDetails {
  readonly tooltip: HoverResult | undefined;
  /** Write the inherited arguments into the call; empty where that cannot be done. */
  readonly edits: readonly TextEdit[];
}

// ----------------------------------------------------------------------------------------- code lenses

/** What a lens stands above, and how it is found again; its title is computed when it is seen. */
export interface CodeLensPlace {
  readonly kind: 'network' | 'scope';
  /** The name of the function, or the call of `arg_scope`. */
  readonly span: Span;
}

export interface CodeLensDetails {
  readonly title: string;
  /** The calls that the title speaks of. */
  readonly places: readonly Location[];
}

// --------------------------------------------------------------------------------------------- symbols

/** A node of the outline. */
export interface OutlineSymbol {
  readonly kind: 'function' | 'class' | 'variableScope' | 'layer';
  readonly name: string;
  /** What the name leaves out: op and size of a layer. */
  readonly detail: string;
  /** The name, the `tf.variable_scope(...)` or the call of the op; never the body. */
  readonly span: Span;
  readonly children: readonly OutlineSymbol[];
}

// ------------------------------------------------------------------------------ completion, signatures

/** One entry of the list. */
export interface CompletionResult {
  readonly kind: 'keyword' | 'op';
  /** What is shown and inserted: `stride=`, `slim.conv2d`. */
  readonly label: string;
  /** In one line, what it is now. */
  readonly detail: string;
  readonly documentation: string;
  /** What is replaced: the word at the cursor. */
  readonly span: Span;
  /** The order of the list. */
  readonly rank: number;
}

export interface SignatureResult {
  /** `slim.conv2d(inputs, num_outputs, stride=2, ...)` */
  readonly label: string;
  readonly documentation: string;
  readonly parameters: readonly { readonly span: Span; readonly documentation: string }[];
  /** Index into `parameters`; undefined where the argument at the cursor fills none. */
  readonly active: number | undefined;
}

// ------------------------------------------------------------------------------------------ diagnostics

/** So many problems of a rule on lines with this text, in one file. */
export interface BaselineEntry {
  readonly rule: string;
  /** The line that the problem starts on, without its comment, blanks as one space; cut when very long. */
  readonly text: string;
  readonly count: number;
}

/** `diagnostics(snapshot, file, options)` */
export interface DiagnosticsOptions {
  readonly cancel: CancelToken;
  /** Problems of the file that are known and left out. */
  readonly baseline?: readonly BaselineEntry[];
  /** Told of a rule that threw; its findings for this file are dropped, those of the other rules stay. */
  onRuleFailure?(rule: string, error: unknown): void;
}

/** A finding of a rule, with the settings applied. Sorted by position, then by rule. */
export interface FileDiagnostic {
  /** Name of the rule: the diagnostic's code. */
  readonly rule: string;
  /** Names this finding among all findings of this version of the file; the same when computed again. */
  readonly key: string;
  readonly span: Span;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
}

export interface RelatedPlace {
  readonly location: Location;
  readonly message: string;
}

// ----------------------------------------------------------------------------------------- code actions

/** Kinds are hierarchical: a request for `refactor` takes `refactor.rewrite.slimscope.keras`. */
export type CodeActionKind =
  'quickfix' | 'source.fixAll.slimscope' | 'refactor.rewrite.slimscope.keras' | 'refactor.inline.slimscope';

/** `codeActions(snapshot, file, range, options)` */
export interface CodeActionsOptions {
  readonly cancel: CancelToken;
  /** Problems of the file that are known; there is no fix for them, as they are not shown. */
  readonly baseline?: readonly BaselineEntry[];
  /** Kinds wanted (prefixes); all when absent. */
  readonly only?: readonly string[];
  onRuleFailure?(rule: string, error: unknown): void;
}

/** One entry of the light bulb, in the order in which it is shown. */
export interface CodeActionResult {
  /** Names this action among those of the same file, version and range; the same when computed again. */
  readonly id: string;
  /** Says the effect: "Convert to `tf.keras.layers.Conv2D`". */
  readonly title: string;
  readonly kind: CodeActionKind;
  /** Edits of the file that was asked about; empty when disabled. */
  readonly edits: readonly TextEdit[];
  /** Why the action cannot be offered here; it is then shown greyed out. */
  readonly disabledReason?: string;
  readonly isPreferred: boolean;
  readonly safety: FixSafety;
  /** Keys of the diagnostics that it resolves. */
  readonly resolves: readonly string[];
  /** What stays different after the edit (moving variance, seeds); shown beside the change, never written into code. */
  readonly caveats: readonly string[];
}
