/**
 * `textDocument/codeAction` and its resolve. Nothing is remembered between the two: an action's data says document,
 * version, range and id, and resolving computes the actions again. An action for another version is refused.
 */
import {
  type CodeAction,
  type CodeActionContext,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver';
import { neverCancelled, type CancelToken } from '../../base/cancel';
import { codeActions } from '../../features/codeActions';
import type { CodeActionResult } from '../../features/model';
import { contentModified, describe, guard } from '../guard';
import { invalid, rangeOf, uriOf } from '../params';
import { fromRange, placesOf } from '../places';
import { prepareAnalysis, viewDocument, type DocumentView, type Session } from '../session';
import { toWorkspaceEdit, type DiagnosticData } from '../toLsp';

/** What an action carries from the list to its resolve. */
interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly range: Range;
  readonly id: string;
}

/** Registers both handlers, for clients that know code action literals. */
export function registerCodeAction(session: Session): void {
  if (!session.client.codeActions) return;
  session.connection.onCodeAction((params, token) => {
    const uri = uriOf(params);
    const range = rangeOf(params);
    return guard<CodeAction[]>(session, {
      method: 'textDocument/codeAction',
      uri,
      token,
      harmless: [],
      stale: contentModified,
      prepare: (cancel) => prepareAnalysis(session, uri, cancel),
      compute: (cancel) => listActions(session, { ...params, range }, cancel),
    });
  });
  session.connection.onCodeActionResolve((action, token) => {
    const data = dataOf(action);
    return guard<CodeAction>(session, {
      method: 'codeAction/resolve',
      uri: data.uri,
      token,
      harmless: action,
      stale: contentModified,
      prepare: (cancel) => prepareAnalysis(session, data.uri, cancel),
      compute: (cancel) => resolveAction(session, action, data, cancel),
    });
  });
}

/** What {@link toCodeAction} has put into the action. */
function dataOf(action: CodeAction): ActionData {
  const data = action.data as Partial<ActionData> | undefined;
  const { uri, version, id } = data ?? {};
  if (typeof uri !== 'string' || typeof version !== 'number' || typeof id !== 'string') {
    throw invalid('this action has nothing to resolve');
  }
  return { uri, version, id, range: rangeOf(data) };
}

function listActions(session: Session, params: CodeActionParams, cancel: CancelToken): CodeAction[] {
  const view = viewDocument(session, params.textDocument.uri);
  if (!view) return [];
  const { only, diagnostics = [] } = contextOf(params);
  const results = computeActions(session, view, { range: params.range, only, cancel });
  return results
    .filter((result) => session.client.disabledCodeActions || result.disabledReason === undefined)
    .map((result) => toCodeAction(session, view, { result, range: params.range, diagnostics }));
}

function resolveAction(session: Session, action: CodeAction, data: ActionData, cancel: CancelToken): CodeAction {
  const view = viewDocument(session, data.uri);
  if (!view || view.version !== data.version) throw contentModified();
  // A menu leaves out what it has twice: ask for the kind that was chosen.
  const only = action.kind === undefined ? undefined : [action.kind];
  const results = computeActions(session, view, { range: data.range, only, cancel });
  const result = results.find((one) => one.id === data.id);
  if (!result) throw contentModified();
  return { ...action, ...editOf(session, view, result) };
}

/** Clients leave out what they have nothing to say of. */
function contextOf(params: CodeActionParams): Partial<CodeActionContext> {
  return (params as Partial<CodeActionParams>).context ?? {};
}

function computeActions(
  session: Session,
  view: DocumentView,
  request: { readonly range: Range; readonly only: readonly string[] | undefined; readonly cancel?: CancelToken },
): readonly CodeActionResult[] {
  const range = fromRange(view, request.range);
  if (!range) return [];
  const baseline = session.baselines.entriesOf(view.snapshot, view.file);
  return codeActions(view.snapshot, view.file, range, {
    ...(baseline && { baseline }),
    cancel: request.cancel ?? neverCancelled,
    ...(request.only && { only: request.only }),
    onRuleFailure(rule, error) {
      session.logger.error(`internal error in rule ${rule} on ${view.uri} version ${view.version}: ${describe(error)}`);
      session.reportInternalError();
    },
  });
}

function toCodeAction(
  session: Session,
  view: DocumentView,
  one: { readonly result: CodeActionResult; readonly range: Range; readonly diagnostics: readonly Diagnostic[] },
): CodeAction {
  const { result, range } = one;
  const { client } = session;
  const isDisabled = result.disabledReason !== undefined;
  const data: ActionData = { uri: view.uri, version: view.version, range, id: result.id };
  const resolved = one.diagnostics.filter((diagnostic) => isResolvedBy(diagnostic, result));
  return {
    title: result.title,
    kind: result.kind,
    ...(resolved.length > 0 && { diagnostics: resolved }),
    ...(client.preferredCodeActions && result.isPreferred && { isPreferred: true }),
    ...(isDisabled && { disabled: { reason: result.disabledReason } }),
    ...(!isDisabled && (client.resolveCodeActionEdits ? { data } : editOf(session, view, result))),
  };
}

/** Clients hand back the diagnostics that they show, with our data in them where they keep it. */
function isResolvedBy(diagnostic: Diagnostic, result: CodeActionResult): boolean {
  const data = diagnostic.data as DiagnosticData | undefined;
  return diagnostic.source === 'slimscope' && data !== undefined && result.resolves.includes(data.key);
}

function editOf(session: Session, view: DocumentView, result: CodeActionResult): Pick<CodeAction, 'edit'> {
  const target = { client: session.client, places: placesOf(session, view.snapshot) };
  return { edit: toWorkspaceEdit(result, view.file, target) };
}
