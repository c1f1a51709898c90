/**
 * The editor's settings into the project: asked for where the client can be asked (per workspace folder), else taken
 * from what it sends. An invalid value is logged once and its default holds; there is no pop-up.
 */
import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import { readSettings, type Settings } from '../project/settings';
import { rules } from '../rules/registry';
import { inBackground } from './background';
import type { SlimscopeInitializationOptions } from './protocol';
import type { Session } from './session';

export interface SettingsSync {
  /** Fetches the settings and applies them. True when some changed. */
  refresh(): Promise<boolean>;
}

/** Starts following the client's settings. `onChanged` runs after each later change. */
export function startSettingsSync(
  session: Session,
  options: { readonly initial: unknown; folders(): readonly string[]; onChanged(): Promise<void> },
): SettingsSync {
  let sent = (options.initial as SlimscopeInitializationOptions | undefined)?.settings;
  let applied = '';
  const warned = new Set<string>();

  const read = (raw: unknown): Settings => {
    const { settings, warnings } = readSettings(raw, rules);
    for (const warning of warnings) {
      if (!warned.has(warning)) session.logger.warn(warning);
      warned.add(warning);
    }
    return settings;
  };

  const refresh = async () => {
    const folders = options.folders();
    const raw = session.client.configuration ? await ask(session, folders) : [sent];
    const all = read(raw[0]);
    const perFolder = new Map(folders.map((folder, i) => [folder, i + 1 < raw.length ? read(raw[i + 1]) : all]));
    // Clients like to announce the same settings several times.
    const text = JSON.stringify([all, ...perFolder]);
    if (text === applied) return false;
    applied = text;
    session.logger.setLevel(all.logLevel);
    session.project.apply({ settings: { all, folders: perFolder } });
    return true;
  };

  session.connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    // Clients that cannot be asked send everything, with or without the section's name around it.
    if (!session.client.configuration) sent = sectionOf(settings);
    const taken = refresh().then((hasChanged) => (hasChanged ? options.onChanged() : undefined));
    inBackground(session.logger, 'taking up settings', taken);
  });
  return { refresh };
}

/** Asks the client to tell when settings change. */
export function watchSettings(session: Session): void {
  if (!session.client.watchConfiguration) return;
  const { connection, logger } = session;
  const registered = connection.client.register(DidChangeConfigurationNotification.type, { section: 'slimscope' });
  inBackground(logger, 'watching settings', registered);
}

async function ask(session: Session, folders: readonly string[]): Promise<unknown[]> {
  const section = 'slimscope';
  const answers: unknown = await session.connection.workspace.getConfiguration([
    { section },
    ...folders.map((folder) => ({ section, scopeUri: session.ids.toUri(folder) })),
  ]);
  return Array.isArray(answers) ? answers : [];
}

function sectionOf(settings: unknown): unknown {
  const isWrapped = typeof settings === 'object' && settings !== null && 'slimscope' in settings;
  return isWrapped ? settings.slimscope : settings;
}
