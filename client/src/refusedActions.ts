/**
 * Makes the reason of a refused code action visible. VS Code leaves disabled actions out of the quick-fix menu, and in
 * the refactoring menu it greys them without their reason. So the reason goes into the title, and a menu that a person
 * asked for has an entry that shows it whole. The light bulb, which nobody asked for, stays as it is.
 */
import { CodeAction, CodeActionTriggerKind, l10n, window, type Command } from 'vscode';
import type { CodeActionMiddleware } from 'vscode-languageclient';

/** Command of the entries; not in the palette, where it would have nothing to show. */
export const showRefusalCommand = 'slimscope.showRefusal';

/** The middleware of the language client. */
export const refusedActions: CodeActionMiddleware = {
  async provideCodeActions(document, range, context, token, next) {
    const actions = await next(document, range, context, token);
    const askedFor = context.triggerKind === CodeActionTriggerKind.Invoke && context.only === undefined;
    return actions?.map((action) => (isRefused(action) ? explain(action, askedFor) : action));
  },
  resolveCodeAction(action, token, next) {
    return action.command?.command === showRefusalCommand ? action : next(action, token);
  },
};

type RefusedAction = CodeAction & { readonly disabled: { readonly reason: string } };

function isRefused(action: CodeAction | Command): action is RefusedAction {
  return 'disabled' in action && action.disabled !== undefined;
}

function explain(action: RefusedAction, askedFor: boolean): CodeAction {
  const { reason } = action.disabled;
  const title = l10n.t('{0} (not possible: {1})', action.title, reason);
  const explained = action.kind === undefined ? new CodeAction(title) : new CodeAction(title, action.kind);
  if (askedFor) explained.command = { title, command: showRefusalCommand, arguments: [action.title, reason] };
  else explained.disabled = { reason };
  return explained;
}

/** Shows a reason that is too long for a menu. */
export function showRefusal(title: unknown, reason: unknown): void {
  void window.showInformationMessage(l10n.t('{0} is not possible here: {1}', String(title), String(reason)));
}
