/**
 * Slimscope's own messages beside the Language Server Protocol: the only server file that the client may import.
 * Types and constants only. Every message is optional: other editors never ask for it and miss nothing.
 */

/** Initialization options that our own client sends; all optional. */
export interface SlimscopeInitializationOptions {
  /** True when the client shows {@link StatusParams}. */
  readonly status?: boolean;
  /** True when the client shows {@link LeftToMigrateParams}. */
  readonly leftToMigrate?: boolean;
  /** True when the client has {@link showPlacesCommand}. */
  readonly showPlaces?: boolean;
  /** True when the client has {@link showLayersCommand}. */
  readonly showLayers?: boolean;
  /** Settings under `slimscope`, for clients without `workspace/configuration`. */
  readonly settings?: unknown;
}

/**
 * Request from the client, with a document and a position: the arg_scope keywords that set what the call there inherits.
 * The answer is a list of locations, or null where there is no call that inherits anything.
 */
export const argumentOriginsRequest = 'slimscope/argumentOrigins';

/** Command of the client behind a code lens: shows places, given as URI, position and locations of the protocol. */
export const showPlacesCommand = 'slimscope.showPlaces';

/** Command of the client behind a code lens: shows the layers of a network, given as URI and a line of it, zero-based. */
export const showLayersCommand = 'slimscope.showLayers';

/** Notification from the server: what the language status item shows. Sent when something in it changes. */
export const statusNotification = 'slimscope/status';

export interface StatusParams {
  /** The TensorFlow that the open files are meant for, each once with its reason. Never empty. */
  readonly targets: readonly StatusTarget[];
  /** Open files with at least one TF-Slim call; nothing needs to be shown while it is 0. */
  readonly files: number;
  /** TF-Slim calls in them. */
  readonly slimCalls: number;
  /** Calls of which some argument is not known statically. */
  readonly unknownCalls: number;
  /** What the last evaluation of a document through its callers came to; absent before the first one. */
  readonly lastAnalysis?: {
    readonly uri: string;
    readonly milliseconds: number;
    readonly calls: number;
    /** Ways in which the calls run, through all callers. */
    readonly contexts: number;
  };
  /** What was not looked at to its end: a sentence, and the place where there is one. */
  readonly limits: readonly { readonly reason: string; readonly at?: StatusPlace }[];
  /** True while the workspace is being read. */
  readonly isBusy: boolean;
  /** Set when the workspace has more Python files than are read: that limit. */
  readonly fileLimit?: number;
  /** True after an internal error that the log describes. */
  readonly internalError: boolean;
}

export interface StatusTarget {
  /** `1.15`, `2.16`, ... */
  readonly target: string;
  /** Why: a clause, code in backticks. */
  readonly reason: string;
  /** The line that says it, when a file does. */
  readonly at?: StatusPlace;
}

/** Zero-based. */
export interface StatusPlace {
  readonly uri: string;
  readonly line: number;
}

/**
 * Notification from the server: what is left to migrate, in the files of which that has changed since the last one. At
 * first these are the open ones; {@link checkWorkspaceRequest} adds others.
 */
export const leftToMigrateNotification = 'slimscope/leftToMigrate';

export interface LeftToMigrateParams {
  /** Folders that were checked as a whole, and are kept up to date. */
  readonly checked: readonly string[];
  /** Files that use TensorFlow; without places when nothing is left in them. */
  readonly files: readonly { readonly uri: string; readonly places: readonly PlaceLeft[] }[];
  /** Files that are gone, are no longer looked at or do not use TensorFlow any more. */
  readonly removed: readonly string[];
}

/** One place where something has to change. Zero-based. */
export interface PlaceLeft {
  /** The rule that found it; absent for a call of TF-Slim. */
  readonly rule?: string;
  /** The code there, one line at most. */
  readonly code: string;
  /** What is to be said of it: one line, code in backticks. Absent for a call. */
  readonly message?: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** The document, where it is not the file itself: a cell of a notebook. */
  readonly uri?: string;
  readonly line: number;
  readonly character: number;
}

/**
 * Request from the client, with a document, a range and the name of a rule: the edit that hides what the rule finds there
 * by a comment, or null where there is nothing to hide or no room for a comment.
 */
export const suppressRequest = 'slimscope/suppress';

/**
 * Request from the client: look for problems in every Python file of the workspace, or of one folder, that is not open,
 * and publish them. They are kept up to date until {@link clearWorkspaceRequest}. Takes a work-done token and can be
 * cancelled; what was found until then stays.
 */
export const checkWorkspaceRequest = 'slimscope/checkWorkspace';

/** Parameters of {@link checkWorkspaceRequest}, beside the work-done token; all optional. */
export interface CheckWorkspaceParams {
  /** Only what lies in this folder. */
  readonly folder?: string;
}

/** Answer to {@link checkWorkspaceRequest}; open files are counted too. */
export interface CheckWorkspaceResult {
  readonly files: number;
  readonly filesWithProblems: number;
  readonly errors: number;
  readonly warnings: number;
  /** Infos and hints. */
  readonly others: number;
}

/** Request from the client: take back the problems of files that are not open. */
export const clearWorkspaceRequest = 'slimscope/clearWorkspace';

/**
 * Request from the client, with a document and perhaps a range: what the file would be with its slim calls (those in the
 * range) as Keras layers. Nothing is changed. The answer is null where there is no such document.
 */
export const migrateRequest = 'slimscope/migrate';

/** Parameters of {@link migrateRequest}, beside document and range; all optional. */
export interface MigrateParams {
  /** The function around the start of the range, instead of the range. */
  readonly function?: boolean;
  /** Scopes that callers are taken to enter, as in the setting `slimscope.assumeScopes`. */
  readonly assume?: readonly string[];
}

/** Answer to {@link migrateRequest}. Lines are zero-based, in the document as it is. */
export interface MigrateResult {
  /** Version of the document that the answer is about. */
  readonly version: number;
  readonly newText: string;
  readonly converted: readonly { readonly line: number; readonly callee: string; readonly layer: string }[];
  readonly refused: readonly { readonly line: number; readonly callee: string; readonly reasons: readonly string[] }[];
  /** What is different afterwards, or has to be true, with the number of layers that it is said of. */
  readonly caveats: readonly { readonly text: string; readonly layers: number }[];
  /** Number of scopes and imports that go because nothing needs them any more. */
  readonly removed: number;
  /** Parameters that functions got: "`is_training` of `base`, passed by 2 calls". */
  readonly parameters: readonly string[];
  /** Scopes that stay because somebody uses them, with who. */
  readonly kept: readonly string[];
  /** Calls of the scope factories that exist, where it matters which scope callers enter that are not seen. */
  readonly assumable: readonly string[];
}

/**
 * Request from the client: what the Python files of the workspace would be, migrated together. Nothing is changed. Takes a
 * work-done token and can be cancelled.
 */
export const migrateWorkspaceRequest = 'slimscope/migrateWorkspace';

/** Parameters of {@link migrateWorkspaceRequest}, beside the work-done token; all optional. */
export interface MigrateWorkspaceParams {
  /** Only these files. */
  readonly files?: readonly string[];
  /** Only what lies in this folder. */
  readonly folder?: string;
  readonly assume?: readonly string[];
}

/** Answer to {@link migrateWorkspaceRequest}: the files that change or hold calls of TF-Slim, sorted by path. */
export interface MigrateWorkspaceResult {
  readonly files: readonly MigratedDocument[];
}

export interface MigratedDocument extends Omit<MigrateResult, 'version'> {
  readonly uri: string;
  /** The text that the answer is about. */
  readonly oldText: string;
}

/**
 * Request from the client, with a document and perhaps a position: the layers of the network there, and the scopes around
 * them. Nothing is changed. The answer is null where there is no such document.
 */
export const layersRequest = 'slimscope/layers';

/** Parameters of {@link layersRequest}, beside the document; all optional. */
export interface LayersParams {
  readonly position?: { readonly line: number; readonly character: number };
  /** Qualified name of a function of the document; empty for its body. It goes before the position. */
  readonly network?: string;
  /** Index of a context of the network. */
  readonly context?: number;
  /** Shape of the network's input: `?x299x299x3`. */
  readonly inputShape?: string;
  /** Also give the layers as text. */
  readonly format?: 'csv' | 'json' | 'markdown';
}

/** A place in a document, zero-based. */
export interface LayersPlace {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** Answer to {@link layersRequest}. */
export interface LayersResult {
  /** Version of the document that the answer is about. */
  readonly version: number;
  readonly networks: readonly { readonly name: string; readonly place?: LayersPlace }[];
  /** Absent when the document builds no layers. */
  readonly network?: { readonly name: string; readonly place?: LayersPlace };
  readonly contexts: readonly { readonly label: string; readonly others: number }[];
  readonly context: number;
  readonly input?: {
    readonly parameter: string;
    readonly shape: string;
    readonly from: 'typed' | 'program' | 'unknown';
    readonly problem?: string;
  };
  readonly layers: readonly LayersRow[];
  readonly total: LayersParameters;
  readonly scopes: readonly LayersScope[];
  readonly problems: readonly string[];
  /** In the format that was asked for. */
  readonly text?: string;
}

/** Null where a number is not known; `reason` says why. */
export interface LayersParameters {
  readonly trainable: number | null;
  readonly nonTrainable: number | null;
  readonly reason?: string;
}

export interface LayersRow {
  readonly index: number;
  readonly name: string;
  readonly op: string;
  readonly via?: string;
  readonly arguments: readonly {
    readonly name: string;
    /** The op that gets it, where that is not the layer itself. */
    readonly of?: string;
    readonly text: string;
    readonly from: 'call' | 'scope';
    /** Set on what says nothing about the layer itself: names of collections. */
    readonly isQuiet?: true;
    readonly place?: LayersPlace;
    /** Number of the keyword that it comes from, and of those that it hides. */
    readonly keyword?: number;
    readonly hides: readonly number[];
  }[];
  readonly output: string;
  readonly outputReason?: string;
  readonly parameters: LayersParameters;
  readonly isShared: boolean;
  readonly condition?: string;
  readonly error?: string;
  readonly place?: LayersPlace;
}

/** A scope, or a layer by its index, in the map of the scopes. */
export type LayersScope =
  | {
      readonly kind: 'argScope';
      readonly label: string;
      readonly keywords: readonly {
        readonly id: number;
        readonly name: string;
        readonly text: string;
        readonly place?: LayersPlace;
        /** Indexes of layers. */
        readonly reaches: readonly number[];
        readonly hiddenAt: readonly number[];
      }[];
      readonly place?: LayersPlace;
      readonly children: readonly LayersScope[];
    }
  | { readonly kind: 'variables'; readonly name: string; readonly children: readonly LayersScope[] }
  | { readonly kind: 'layer'; readonly index: number };

/**
 * Requests from a server that has no disk of its own: what is in a folder, and the bytes of a file (as they are: they are
 * not sent as JSON). The answer is null for what is not there or not in the workspace.
 */
export const readDirectoryRequest = 'slimscope/readDirectory';
export const readFileRequest = 'slimscope/readFile';

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}
