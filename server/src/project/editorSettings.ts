/**
 * The settings of the language features that an editor shows beside problems and hovers: inlay hints and their kin. A part
 * of the one table (settings.ts); they are the user's own, so that neither `[tool.slimscope]` nor the command line has
 * them.
 */

/** See the file comment; the keys are properties of `Settings`. */
export interface EditorSettings {
  readonly inlayHintsEnabled: boolean;
  /** `changed`: without inherited values that are the op's default anyway, and without what only collects things. */
  readonly inlayHintsArguments: 'changed' | 'inherited';
  /** Characters of one hint. */
  readonly inlayHintsMaxLength: number;
  readonly codeLensNetworks: boolean;
  readonly codeLensScopes: boolean;
  readonly outlineEnabled: boolean;
  readonly highlightsEnabled: boolean;
  readonly completionEnabled: boolean;
  readonly signatureHelpEnabled: boolean;
}

/** The part of `SettingDefinition` that these settings need. */
export interface EditorSettingDefinition {
  readonly name: string;
  readonly property: keyof EditorSettings;
  readonly type:
    | { readonly kind: 'boolean' }
    | { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number }
    | { readonly kind: 'choice'; readonly values: readonly (readonly [value: string, meaning: string])[] };
  readonly default: unknown;
  readonly scope: 'window';
  readonly markdown: string;
}

/** In the order in which the settings editor shows them. */
export const editorSettings: readonly EditorSettingDefinition[] = [
  toggle(
    'inlayHints.enabled',
    'inlayHintsEnabled',
    'Show behind a TF-Slim call the arguments that it inherits from scopes: `stride=2 · VALID · batch_norm`.',
  ),
  {
    name: 'inlayHints.arguments',
    property: 'inlayHintsArguments',
    type: {
      kind: 'choice',
      values: [
        ['changed', 'Inherited values that change what the call does'],
        ['inherited', 'Every inherited value, also one that is the default of the op'],
      ],
    },
    default: 'changed',
    scope: 'window',
    markdown: 'Which inherited arguments inlay hints show.',
  },
  {
    name: 'inlayHints.maxLength',
    property: 'inlayHintsMaxLength',
    type: { kind: 'integer', minimum: 10, maximum: 200 },
    default: 40,
    scope: 'window',
    markdown:
      'Number of characters of an inlay hint; what does not fit is `…`, and the tooltip has it all. VS Code has a limit of ' +
      'its own, `#editor.inlayHints.maximumLength#`.',
  },
  toggle(
    'codeLens.networks',
    'codeLensNetworks',
    'Show above a function with TF-Slim calls how many there are, and how many calls lead to it.',
  ),
  toggle(
    'codeLens.scopes',
    'codeLensScopes',
    'Show above an `arg_scope` which calls it reaches, and how many set something else.',
    false,
  ),
  toggle(
    'outline.enabled',
    'outlineEnabled',
    'Add to the outline of a file its networks, by variable scopes and layers.',
  ),
  toggle(
    'highlights.enabled',
    'highlightsEnabled',
    'With the cursor on a keyword of an `arg_scope`, or on its `with`, highlight the calls that take from it.',
  ),
  toggle('completion.enabled', 'completionEnabled', 'Complete the keywords of an `arg_scope` and the ops in its list.'),
  toggle(
    'signatureHelp.enabled',
    'signatureHelpEnabled',
    'In a TF-Slim call below a scope, show the signature with the values that the scope sets.',
  ),
];

function toggle(
  name: string,
  property: keyof EditorSettings,
  markdown: string,
  byDefault = true,
): EditorSettingDefinition {
  return { name, property, type: { kind: 'boolean' }, default: byDefault, scope: 'window', markdown };
}
