/**
 * The language features that have an off switch: how each is announced. With clients that register dynamically a feature
 * that is switched off is taken back, so that nobody asks for it; with others it is announced once and answers nothing
 * while it is off. The handlers look at the settings in either case.
 */
import {
  RegistrationRequest,
  UnregistrationRequest,
  type InitializeParams,
  type Registration,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { Settings } from '../project/settings';
import { inBackground } from './background';
import type { ClientFlags } from './capabilities';
import type { Session } from './session';

/** The method that a client registers a feature by. */
export type LanguageMethod =
  | 'textDocument/inlayHint'
  | 'textDocument/codeLens'
  | 'textDocument/documentSymbol'
  | 'textDocument/documentHighlight'
  | 'textDocument/completion'
  | 'textDocument/signatureHelp';

interface LanguageFeature {
  readonly method: LanguageMethod;
  /** Its name in the client's capabilities for text documents. */
  readonly name: 'inlayHint' | 'codeLens' | 'documentSymbol' | 'documentHighlight' | 'completion' | 'signatureHelp';
  readonly provider: keyof ServerCapabilities;
  isOn(settings: Settings): boolean;
  options(client: ClientFlags): object;
}

const languageFeatures: readonly LanguageFeature[] = [
  {
    method: 'textDocument/inlayHint',
    name: 'inlayHint',
    provider: 'inlayHintProvider',
    isOn: (settings) => settings.inlayHintsEnabled,
    options: ({ resolvedInlayHints }) => ({ resolveProvider: resolvedInlayHints.size > 0 }),
  },
  {
    method: 'textDocument/codeLens',
    name: 'codeLens',
    provider: 'codeLensProvider',
    isOn: (settings) => settings.codeLensNetworks || settings.codeLensScopes,
    options: () => ({ resolveProvider: true }),
  },
  {
    method: 'textDocument/documentSymbol',
    name: 'documentSymbol',
    provider: 'documentSymbolProvider',
    isOn: (settings) => settings.outlineEnabled,
    options: () => ({ label: 'Slimscope' }),
  },
  {
    method: 'textDocument/documentHighlight',
    name: 'documentHighlight',
    provider: 'documentHighlightProvider',
    isOn: (settings) => settings.highlightsEnabled,
    options: () => ({}),
  },
  {
    method: 'textDocument/completion',
    name: 'completion',
    provider: 'completionProvider',
    isOn: (settings) => settings.completionEnabled,
    // No key opens the list by itself: it comes with the first letter, or when it is asked for.
    options: () => ({}),
  },
  {
    method: 'textDocument/signatureHelp',
    name: 'signatureHelp',
    provider: 'signatureHelpProvider',
    isOn: (settings) => settings.signatureHelpEnabled,
    options: () => ({ triggerCharacters: ['(', ','] }),
  },
];

/** The features that the client knows, and how it wants to be told of them. */
export function knownFeatures({ capabilities }: InitializeParams): ClientFlags['languageFeatures'] {
  return new Map(
    languageFeatures.flatMap(({ method, name }) => {
      const known = capabilities.textDocument?.[name];
      return known ? [[method, known.dynamicRegistration === true ? 'dynamic' : 'static'] as const] : [];
    }),
  );
}

/** What is announced at once: every feature that cannot be registered later. */
export function staticCapabilities(client: ClientFlags): ServerCapabilities {
  const announced = languageFeatures.filter(({ method }) => client.languageFeatures.get(method) === 'static');
  return Object.fromEntries(announced.map(({ provider, options }) => [provider, options(client)]));
}

/** Registers what is switched on, and follows the settings: call it again when they have changed. */
export function createRegistrations(session: Session, folders: () => readonly string[]): () => void {
  const registered = new Set<LanguageMethod>();
  const { client, connection, logger } = session;
  return () => {
    const { snapshot } = session.project;
    // A feature is wanted when some folder wants it; its handler looks at the file.
    const settings = ['', ...folders().map((folder) => `${folder}/`)].map((file) => snapshot.settings(file));
    for (const { method, isOn, options } of languageFeatures) {
      const isWanted = client.languageFeatures.get(method) === 'dynamic' && settings.some(isOn);
      if (isWanted === registered.has(method)) continue;
      if (isWanted) {
        registered.add(method);
        const registrations: Registration[] = [{ id: idOf(method), method, registerOptions: options(client) }];
        inBackground(
          logger,
          `registering ${method}`,
          connection.sendRequest(RegistrationRequest.type, { registrations }),
        );
      } else {
        registered.delete(method);
        const unregisterations = [{ id: idOf(method), method }];
        inBackground(
          logger,
          `taking back ${method}`,
          connection.sendRequest(UnregistrationRequest.type, { unregisterations }),
        );
      }
    }
  };
}

function idOf(method: LanguageMethod): string {
  return `slimscope ${method}`;
}
