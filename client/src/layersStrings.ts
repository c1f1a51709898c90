/** The words of the layers panel, in the user's language: its page has none of its own. */
import { l10n } from 'vscode';
import type { PanelStrings } from '../webview/messages';

/** Not evaluated at import: the language is known once the extension runs. */
export function layersStrings(): PanelStrings {
  return {
    layers: l10n.t('Layers'),
    scopeMap: l10n.t('Scope Map'),
    network: l10n.t('Network'),
    context: l10n.t('Built'),
    inputShape: l10n.t('Input shape'),
    filter: l10n.t('Filter'),
    exportAs: l10n.t('Export as'),
    wholeFile: l10n.t('The body of {0}'),
    nothing: l10n.t('No layers of TF-Slim are built here.'),
    shared: l10n.t('shared'),
    columns: {
      index: '#',
      name: l10n.t('Layer'),
      op: l10n.t('Op'),
      arguments: l10n.t('Arguments'),
      output: l10n.t('Output'),
      parameters: l10n.t('Parameters'),
    },
    totals: l10n.t('{0} layers, {1} parameters: {2} trainable, {3} not trainable'),
    totalsUnknown: l10n.t('{0} layers; the number of parameters is not known: {1}'),
    shown: l10n.t('{0} of {1} layers are shown'),
    others: l10n.t('{0}, and {1} more that build the same'),
    mapHelp: l10n.t(
      'Each line is a keyword of an arg_scope: a dot where a layer receives it, a ring where something else is set. Point at a scope, a keyword or a layer.',
    ),
    reaches: l10n.t('reaches {0} layers'),
    hiddenAt: l10n.t('replaced at {0} ({1})'),
    fit: l10n.t('Fit to height'),
    fromScope: l10n.t('From an arg_scope: go there'),
    hides: l10n.t('Replaces what an arg_scope sets'),
  };
}
