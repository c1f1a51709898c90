/**
 * "Copy Debug Information": what a bug report needs, as text that can be pasted anywhere. Versions, counts and changed
 * settings; no line of code, and no path but relative ones: absolute paths in settings are replaced.
 */
import { env, l10n, UIKind, version, window, workspace, type ExtensionContext } from 'vscode';
import { State } from 'vscode-languageclient';
import type { StatusParams } from '../../server/src/lsp/protocol';
import type { CommandEnvironment } from './commands';
import type { LeftProgress } from './leftTree';

/** The command. */
export async function copyDebugInformation(environment: CommandEnvironment): Promise<void> {
  const { context, client, status, leftView } = environment;
  const { version: own } = context.extension.packageJSON as { readonly version: string };
  const text = debugInformation({
    own,
    editor: `${version} (${env.appName}, ${env.appHost}${env.uiKind === UIKind.Web ? ', web' : ''}, ${env.remoteName ?? 'local'})`,
    language: env.language,
    server: State[client.state].toLowerCase(),
    serverVersion: client.initializeResult?.serverInfo?.version,
    folders: workspace.workspaceFolders?.map(({ uri }) => uri.scheme) ?? [],
    isTrusted: workspace.isTrusted,
    status: status.current,
    left: leftView.progress,
    settings: changedSettings(context),
  });
  await env.clipboard.writeText(text);
  void window.showInformationMessage(l10n.t('Slimscope: debug information copied.'));
}

/** Everything that is said. */
export interface DebugFacts {
  readonly own: string;
  readonly editor: string;
  readonly language: string;
  readonly server: string;
  readonly serverVersion: string | undefined;
  /** Schemes of the workspace folders. */
  readonly folders: readonly string[];
  readonly isTrusted: boolean;
  readonly status: StatusParams | undefined;
  readonly left: LeftProgress;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The text. In English whatever the language of the editor is: it is read by those who mend the bug. */
export function debugInformation(facts: DebugFacts): string {
  const { status, left } = facts;
  const lines = [
    `Slimscope ${facts.own}, server ${facts.serverVersion ?? 'without version'}: ${facts.server}`,
    `VS Code ${facts.editor}, language ${facts.language}`,
    `Workspace: ${facts.folders.length} folders (${[...new Set(facts.folders)].join(', ') || 'none'}), ${facts.isTrusted ? 'trusted' : 'not trusted'}`,
    ...(status ? statusLines(status) : ['Status: none']),
    `Left to migrate: ${left.places} places, ${left.ready} of ${left.files} files ready`,
    `Settings: ${JSON.stringify(withoutPaths(facts.settings))}`,
  ];
  return `${lines.join('\n')}\n`;
}

function statusLines(status: StatusParams): readonly string[] {
  const { lastAnalysis } = status;
  return [
    `Target: ${status.targets.map(({ target, reason }) => `${target}, ${withoutPaths(reason)}`).join('; ')}`,
    `Open: ${status.files} files, ${status.slimCalls} slim calls, ${status.unknownCalls} not fully known`,
    `Last analysis: ${lastAnalysis ? `${lastAnalysis.milliseconds} ms, ${lastAnalysis.calls} calls, ${lastAnalysis.contexts} contexts` : 'none'}`,
    `Limits reached: ${status.limits.length}${status.fileLimit === undefined ? '' : `, more than ${status.fileLimit} files`}`,
    `State: ${status.isBusy ? 'reading the workspace' : 'ready'}${status.internalError ? ', after an internal error' : ''}`,
  ];
}

/** Replaces what starts like an absolute path, in keys too: it may hold the name of a person or of a customer. */
export function withoutPaths(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(
      /(?<![\w.*-])(?:file:\/\/|[A-Za-z]:[\\/]|[~/\\]|\$\{?(?:HOME|userHome)\b)[^\s'"`]*/g,
      '<absolute path>',
    );
  }
  if (Array.isArray(value)) return value.map(withoutPaths);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [String(withoutPaths(key)), withoutPaths(child)]),
  );
}

/** Settings that differ from their default. */
function changedSettings(context: ExtensionContext): Readonly<Record<string, unknown>> {
  const manifest = context.extension.packageJSON as {
    readonly contributes?: { readonly configuration?: { readonly properties?: Readonly<Record<string, unknown>> } };
  };
  const names = Object.keys(manifest.contributes?.configuration?.properties ?? {});
  const configuration = workspace.getConfiguration();
  return Object.fromEntries(
    names.flatMap((name) => {
      const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect(name) ?? {};
      const value = workspaceFolderValue ?? workspaceValue ?? globalValue;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
