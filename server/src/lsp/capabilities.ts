/**
 * What the client can do, resolved once from `initialize` into plain flags, and what we announce in return.
 * Handlers look at the flags and never at the raw capabilities, so that every degradation is visible here.
 */
import {
  CodeActionKind,
  MarkupKind,
  TextDocumentSyncKind,
  type DiagnosticTag,
  type InitializeParams,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { knownFeatures, staticCapabilities, type LanguageMethod } from './languageFeatures';
import { notebookSync } from './notebookSync';
import type { SlimscopeInitializationOptions } from './protocol';
import type { Refreshable } from './refresh';

/** See the file comment. */
export interface ClientFlags {
  readonly markdownHover: boolean;
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly diagnosticTags: ReadonlySet<DiagnosticTag>;
  readonly codeDescription: boolean;
  /** The client takes links with an origin as answers to these. */
  readonly definitionLinks: boolean;
  readonly typeDefinitionLinks: boolean;
  readonly codeActions: boolean;
  /** The client asks for the edit of an action when it is chosen. */
  readonly resolveCodeActionEdits: boolean;
  readonly disabledCodeActions: boolean;
  readonly preferredCodeActions: boolean;
  readonly versionedEdits: boolean;
  readonly changeAnnotations: boolean;
  readonly configuration: boolean;
  readonly watchConfiguration: boolean;
  readonly watchFiles: boolean;
  readonly workspaceFolders: boolean;
  readonly progress: boolean;
  readonly status: boolean;
  readonly leftToMigrate: boolean;
  readonly showLayers: boolean;
  /** The client tells of the cells of open notebooks. */
  readonly notebooks: boolean;
  /** What the client asks for when it needs it, by property: `tooltip`, `textEdits`. */
  readonly resolvedInlayHints: ReadonlySet<string>;
  /** The client nests symbols. */
  readonly symbolTrees: boolean;
  /** The client takes parameters as parts of the signature's text. */
  readonly parameterOffsets: boolean;
  /** The client has {@link showPlacesCommand}. */
  readonly showPlaces: boolean;
  /** Requests that the client takes for asking it to ask again. */
  readonly refreshes: ReadonlySet<Refreshable>;
  /** Language features that the client knows; `dynamic` ones the server may register and take back. */
  readonly languageFeatures: ReadonlyMap<LanguageMethod, 'static' | 'dynamic'>;
}

/** Reads the capabilities of the client; whatever it does not mention, it cannot do. */
export function readClientFlags(params: InitializeParams): ClientFlags {
  const { textDocument, workspace, window } = params.capabilities;
  const own = (params.initializationOptions ?? {}) as SlimscopeInitializationOptions;
  const codeAction = textDocument?.codeAction;
  const diagnostics = { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic };
  return {
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    pullDiagnostics: textDocument?.diagnostic !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    relatedInformation: diagnostics.relatedInformation ?? false,
    diagnosticTags: new Set(diagnostics.tagSupport?.valueSet),
    codeDescription: diagnostics.codeDescriptionSupport ?? false,
    definitionLinks: textDocument?.definition?.linkSupport ?? false,
    typeDefinitionLinks: textDocument?.typeDefinition?.linkSupport ?? false,
    codeActions: codeAction?.codeActionLiteralSupport !== undefined,
    resolveCodeActionEdits:
      (codeAction?.dataSupport ?? false) && (codeAction?.resolveSupport?.properties.includes('edit') ?? false),
    disabledCodeActions: codeAction?.disabledSupport ?? false,
    preferredCodeActions: codeAction?.isPreferredSupport ?? false,
    versionedEdits: workspace?.workspaceEdit?.documentChanges ?? false,
    changeAnnotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    configuration: workspace?.configuration ?? false,
    watchConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    progress: window?.workDoneProgress ?? false,
    status: own.status ?? false,
    leftToMigrate: own.leftToMigrate ?? false,
    showLayers: own.showLayers ?? false,
    notebooks: params.capabilities.notebookDocument !== undefined,
    resolvedInlayHints: new Set(textDocument?.inlayHint?.resolveSupport?.properties),
    symbolTrees: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    parameterOffsets:
      textDocument?.signatureHelp?.signatureInformation?.parameterInformation?.labelOffsetSupport ?? false,
    showPlaces: own.showPlaces ?? false,
    refreshes: new Set<Refreshable>([
      ...(workspace?.inlayHint?.refreshSupport ? (['inlayHint'] as const) : []),
      ...(workspace?.codeLens?.refreshSupport ? (['codeLens'] as const) : []),
    ]),
    languageFeatures: knownFeatures(params),
  };
}

/** What the server offers to a client with these flags. */
export function serverCapabilities(client: ClientFlags): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
    ...(client.notebooks && { notebookDocumentSync: notebookSync }),
    hoverProvider: true,
    definitionProvider: true,
    typeDefinitionProvider: true,
    referencesProvider: true,
    ...staticCapabilities(client),
    ...(client.codeActions && {
      codeActionProvider: {
        codeActionKinds: [
          CodeActionKind.QuickFix,
          `${CodeActionKind.SourceFixAll}.slimscope`,
          `${CodeActionKind.RefactorRewrite}.slimscope`,
          `${CodeActionKind.RefactorInline}.slimscope`,
        ],
        resolveProvider: client.resolveCodeActionEdits,
      },
    }),
    ...(client.pullDiagnostics && {
      diagnosticProvider: { identifier: 'slimscope', interFileDependencies: true, workspaceDiagnostics: false },
    }),
    ...(client.workspaceFolders && {
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    }),
  };
}
