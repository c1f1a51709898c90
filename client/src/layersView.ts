/**
 * The layers panel: one webview beside the editor that shows the layers of a network and the map of its scopes. The server
 * says what they are; here they are asked for again when the document changes, and shown by the page in client/webview.
 */
import { l10n, Range, Selection, TextEditorRevealType, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext, TextDocument, TextEditor, WebviewPanel } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { layersRequest, type LayersParams, type LayersPlace, type LayersResult } from '../../server/src/lsp/protocol';
import type { FromPage, PanelState, ToPage } from '../webview/messages';
import { layersHtml } from './layersHtml';
import { layersStrings } from './layersStrings';

/** Of the panel, for VS Code to bring it back after a reload. */
const viewType = 'slimscope.layers';

/** Typing is waited for: what is between two keys is of no interest. */
const EDIT_WAIT = 400;

/** What the command that opens the panel needs. */
export interface LayersView extends Disposable {
  show(place: { readonly document: TextDocument; readonly line?: number; readonly network?: string }): Promise<void>;
}

/** Makes the view; its panel exists once it is asked for, or comes back after a reload. */
export function createLayersView(context: ExtensionContext, client: BaseLanguageClient): LayersView {
  let panel: LayersPanel | undefined;
  const adopt = (webview: WebviewPanel, state: PanelState | undefined): LayersPanel => {
    panel?.dispose();
    panel = new LayersPanel(context, client, webview, state);
    const own = panel;
    webview.onDidDispose(() => {
      own.dispose();
      if (panel === own) panel = undefined;
    });
    return own;
  };
  const serializer = window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel(webview, kept: { readonly panel?: PanelState } | undefined) {
      adopt(webview, kept?.panel);
      return Promise.resolve();
    },
  });
  return {
    async show({ document, line, network }) {
      const uri = document.uri.toString();
      const state: PanelState = { uri, ...(network !== undefined && { network }) };
      const title = l10n.t('Layers');
      const make = () =>
        window.createWebviewPanel(viewType, title, { viewColumn: ViewColumn.Beside, preserveFocus: true });
      const one = panel ?? adopt(make(), undefined);
      one.reveal();
      await one.load(state, line);
    },
    dispose: () => [serializer, panel].forEach((one) => one?.dispose()),
  };
}

class LayersPanel implements Disposable {
  readonly #client: BaseLanguageClient;
  readonly #panel: WebviewPanel;
  readonly #listening: Disposable[] = [];
  #state: PanelState | undefined;
  /** The request that is under way: answers to earlier ones are thrown away. */
  #request = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isReady = false;
  #waiting: ToPage[] = [];

  constructor(
    context: ExtensionContext,
    client: BaseLanguageClient,
    panel: WebviewPanel,
    state: PanelState | undefined,
  ) {
    this.#client = client;
    this.#panel = panel;
    this.#state = state;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(context.extensionUri, 'dist')] };
    this.#listening.push(
      webview.onDidReceiveMessage((message: FromPage) => void this.#receive(message)),
      workspace.onDidChangeTextDocument(({ document }) => this.#changed(document)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#moved(textEditor)),
      window.onDidChangeActiveTextEditor((editor) => editor && this.#moved(editor)),
    );
    webview.html = layersHtml(webview, context.extensionUri);
  }

  reveal(): void {
    if (!this.#panel.visible) this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const one of this.#listening.splice(0)) one.dispose();
    this.#panel.dispose();
  }

  /** Asks for a network and shows it. @param line of the cursor, which chooses the network where none is named */
  async load(state: PanelState, line?: number): Promise<void> {
    this.#state = state;
    const request = ++this.#request;
    this.#post({ type: 'busy' });
    const result = await this.#ask(state, line === undefined ? {} : { position: { line, character: 0 } });
    if (request !== this.#request || result === undefined) return;
    const uri = Uri.parse(state.uri);
    const name = result?.network?.name;
    // What the cursor chose stays chosen, also when the cursor moves.
    this.#state = { ...state, ...(name !== undefined && { network: name }) };
    const file = workspace.asRelativePath(uri);
    this.#panel.title = name === undefined || name === '' ? l10n.t('Layers') : l10n.t('Layers of {0}', name);
    this.#post({ type: 'result', state: this.#state, file, result });
    const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === state.uri);
    if (editor) this.#moved(editor);
  }

  /** Undefined when there is no answer, which the page is told. */
  async #ask(state: PanelState, more: LayersParams): Promise<LayersResult | null | undefined> {
    const uri = Uri.parse(state.uri);
    const params = {
      textDocument: { uri: this.#client.code2ProtocolConverter.asUri(uri) },
      ...(state.network !== undefined && { network: state.network }),
      ...(state.context !== undefined && { context: state.context }),
      ...(state.inputShape !== undefined && { inputShape: state.inputShape }),
      ...more,
    };
    try {
      const result = await this.#client.sendRequest<LayersResult | null>(layersRequest, params);
      // A function that was renamed: what is there now is shown instead.
      const isGone = result && !result.network && state.network !== undefined && result.networks.length > 0;
      return isGone ? await this.#ask({ uri: state.uri }, {}) : result;
    } catch (error) {
      // The document has changed meanwhile: then the next request is on its way.
      if (workspace.textDocuments.some((one) => one.uri.toString() === state.uri && one.isDirty)) return undefined;
      this.#post({ type: 'failed', message: l10n.t('The server did not answer: {0}', String(error)) });
      return undefined;
    }
  }

  #post(message: ToPage): void {
    if (this.#isReady) void this.#panel.webview.postMessage(message);
    else this.#waiting.push(message);
  }

  async #receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#ready();
      case 'choose': {
        const { network, context, inputShape } = message;
        const uri = this.#state?.uri;
        if (uri === undefined) return;
        await this.load({ uri, ...(network !== undefined && { network }), ...(context !== undefined && { context }), ...(inputShape !== undefined && { inputShape }) }); // prettier-ignore
        return;
      }
      case 'open':
        return openPlace(this.#client, message.place);
      case 'export':
        return this.#export(message.format);
    }
  }

  /** The page starts anew when the panel was hidden, too. */
  async #ready(): Promise<void> {
    this.#isReady = true;
    void this.#panel.webview.postMessage({ type: 'strings', strings: layersStrings() } satisfies ToPage);
    const waiting = this.#waiting.splice(0);
    for (const message of waiting) this.#post(message);
    if (this.#state && !waiting.some(({ type }) => type === 'result')) await this.load(this.#state);
  }

  async #export(format: 'csv' | 'json' | 'markdown'): Promise<void> {
    const result = this.#state && (await this.#ask(this.#state, { format }));
    if (result?.text === undefined) return;
    const language = format === 'csv' ? 'plaintext' : format;
    const document = await workspace.openTextDocument({ content: result.text, language });
    await window.showTextDocument(document, { viewColumn: ViewColumn.One });
  }

  #changed(document: TextDocument): void {
    if (document.languageId !== 'python' || !this.#state) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#state && this.#panel.visible) void this.load(this.#state);
    }, EDIT_WAIT);
  }

  #moved({ document, selection }: TextEditor): void {
    if (document.languageId !== 'python') return;
    this.#post({
      type: 'cursor',
      uri: this.#client.code2ProtocolConverter.asUri(document.uri),
      line: selection.active.line,
    });
  }
}

/** Shows a place in the editor that has it, else in the first column. */
async function openPlace(client: BaseLanguageClient, { uri, range }: LayersPlace): Promise<void> {
  const place = client.protocol2CodeConverter.asUri(uri);
  const { start, end } = range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === place.toString());
  const column = shown?.viewColumn ?? ViewColumn.One;
  const editor = await window.showTextDocument(place, { viewColumn: column, preserveFocus: false });
  editor.selection = new Selection(selection.start, selection.start);
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Opens the panel for the editor that is active, or for a document with the name of a network, or a line of it. */
export async function showLayers(view: LayersView, ...args: readonly unknown[]): Promise<void> {
  const [uri, network] = args;
  const editor = window.activeTextEditor;
  if (!(uri instanceof Uri) && typeof uri !== 'string') {
    if (editor?.document.languageId === 'python')
      await view.show({ document: editor.document, line: editor.selection.active.line });
    return;
  }
  const document = await workspace.openTextDocument(typeof uri === 'string' ? Uri.parse(uri) : uri);
  if (typeof network === 'string') return view.show({ document, network });
  const cursor = editor?.document === document ? editor.selection.active.line : undefined;
  const line = typeof network === 'number' ? network : cursor;
  return view.show({ document, ...(line !== undefined && { line }) });
}
