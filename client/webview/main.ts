/**
 * The page of the layers panel: controls, totals, the table and the scope map. It computes nothing about networks; it
 * shows what it is sent, keeps its own state over reloads, and tells the extension what the user chooses.
 */
import type { LayersPlace, LayersResult } from '../../server/src/lsp/protocol';
import { el, filled, grouped } from './dom';
import { LayersTable, type TableState } from './layersTable';
import type { FromPage, PanelState, PanelStrings, ToPage } from './messages';
import { ScopeMap } from './scopeMap';

interface Kept {
  readonly panel?: PanelState;
  readonly table?: TableState;
  readonly tab?: Tab;
  readonly scroll?: number;
}

type Tab = 'layers' | 'map';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const code = acquireVsCodeApi();
let kept: Kept = code.getState() ?? {};

function keep(change: Kept): void {
  kept = { ...kept, ...change };
  code.setState(kept);
}

/** Typing into the filter is not answered by the extension: small waits only. */
const FILTER_WAIT = 80;

class Page {
  readonly #strings: PanelStrings;
  readonly #table: LayersTable;
  readonly #map: ScopeMap;
  readonly #network: HTMLSelectElement;
  readonly #context: HTMLSelectElement;
  readonly #shape = el('input', {
    type: 'text',
    id: 'shape',
    spellcheck: 'false',
    size: 16,
    'aria-describedby': 'shape-note',
  });
  readonly #shapeNote = el('span', { id: 'shape-note', class: 'note', role: 'status' });
  readonly #filter = el('input', { type: 'search', id: 'filter', spellcheck: 'false', size: 14 });
  readonly #total = el('p', { class: 'total', role: 'status' });
  readonly #notes = el('ul', { class: 'notes' });
  readonly #tabs: Readonly<Record<Tab, HTMLButtonElement>>;
  readonly #panels: Readonly<Record<Tab, HTMLElement>>;
  #result: LayersResult | null = null;
  #cursor: { readonly uri: string; readonly line: number } | undefined;
  #isChosen = false;

  constructor(strings: PanelStrings) {
    this.#strings = strings;
    const open = (place: LayersPlace | undefined): void => {
      if (place) code.postMessage({ type: 'open', place });
    };
    this.#table = new LayersTable(strings, {
      open,
      sorted: (sort) => {
        keep({ table: { ...this.#tableState, ...(sort ? { sort } : { sort: undefined }) } as TableState });
        this.#showTable();
      },
    });
    this.#map = new ScopeMap(strings, open);
    this.#network = el('select', { id: 'network' });
    this.#context = el('select', { id: 'context' });
    this.#tabs = { layers: this.#tab('layers', strings.layers), map: this.#tab('map', strings.scopeMap) };
    this.#panels = { layers: panelOf('layers', this.#table.element), map: panelOf('map', this.#map.element) };
    document.body.replaceChildren(
      this.#toolbar(),
      this.#tabList(),
      this.#total,
      this.#notes,
      this.#panels.layers,
      this.#panels.map,
    );
    this.#filter.value = this.#tableState.filter;
    this.#listen();
    this.#select(kept.tab ?? 'layers');
  }

  get #tableState(): TableState {
    return kept.table ?? { filter: '' };
  }

  // ---------------------------------------------------------------------------------------------- controls

  #toolbar(): HTMLElement {
    const { network, context, inputShape, filter, exportAs } = this.#strings;
    const field = (label: string, control: HTMLElement, ...more: readonly Node[]): HTMLElement =>
      el('div', { class: 'field' }, el('label', { for: control.id }, label), control, ...more);
    const formats = (
      [
        ['csv', 'CSV'],
        ['json', 'JSON'],
        ['markdown', 'Markdown'],
      ] as const
    ).map(([format, title]) => {
      const button = el('button', { type: 'button', class: 'action' }, title);
      button.addEventListener('click', () => code.postMessage({ type: 'export', format }));
      return button;
    });
    const exports = el('div', { class: 'field exports', role: 'group', 'aria-label': exportAs }, el('span', { class: 'label' }, exportAs), el('span', { class: 'buttons' }, ...formats)); // prettier-ignore
    return el(
      'header',
      { class: 'toolbar' },
      field(network, this.#network),
      field(context, this.#context),
      field(inputShape, this.#shape, this.#shapeNote),
      field(filter, this.#filter),
      exports,
    );
  }

  #tabList(): HTMLElement {
    const list = el('div', { class: 'tabs', role: 'tablist' }, this.#tabs.layers, this.#tabs.map);
    list.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      event.preventDefault();
      const other = (kept.tab ?? 'layers') === 'layers' ? 'map' : 'layers';
      this.#select(other);
      this.#tabs[other].focus();
    });
    return list;
  }

  #tab(tab: Tab, title: string): HTMLButtonElement {
    const button = el(
      'button',
      { type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-controls': `panel-${tab}` },
      title,
    );
    button.addEventListener('click', () => this.#select(tab));
    return button;
  }

  #select(tab: Tab): void {
    keep({ tab });
    for (const one of ['layers', 'map'] as const) {
      this.#tabs[one].setAttribute('aria-selected', String(one === tab));
      this.#tabs[one].tabIndex = one === tab ? 0 : -1;
      this.#panels[one].hidden = one !== tab;
    }
    if (this.#result && tab === 'map') this.#map.show(this.#result);
    this.#mark();
  }

  #listen(): void {
    const choose = (): void => {
      const index = this.#context.selectedIndex;
      this.#isChosen = true;
      code.postMessage({
        type: 'choose',
        network: this.#network.value,
        context: Math.max(index, 0),
        inputShape: this.#shape.value,
      });
    };
    this.#network.addEventListener('change', () => {
      this.#context.selectedIndex = 0;
      this.#shape.value = '';
      choose();
    });
    this.#context.addEventListener('change', choose);
    this.#shape.addEventListener('change', choose);
    let timer: number | undefined;
    this.#filter.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        keep({ table: { ...this.#tableState, filter: this.#filter.value } });
        this.#showTable();
      }, FILTER_WAIT);
    });
    this.#panels.layers.addEventListener('scroll', () => keep({ scroll: this.#panels.layers.scrollTop }));
    window.addEventListener('resize', () => {
      if (this.#result && kept.tab === 'map') this.#map.show(this.#result);
    });
  }

  // ---------------------------------------------------------------------------------------------- results

  take(message: ToPage): void {
    switch (message.type) {
      case 'busy':
        document.body.setAttribute('aria-busy', 'true');
        return;
      case 'failed':
        document.body.removeAttribute('aria-busy');
        this.#total.textContent = message.message;
        return;
      case 'cursor':
        this.#cursor = { uri: message.uri, line: message.line };
        return this.#mark();
      case 'result':
        return this.#take(message);
      default:
        return;
    }
  }

  #take({ state, file, result }: Extract<ToPage, { type: 'result' }>): void {
    document.body.removeAttribute('aria-busy');
    const isSame = kept.panel?.uri === state.uri && kept.panel.network === state.network;
    const scroll = isSame || !this.#isChosen ? (kept.scroll ?? 0) : 0;
    keep({ panel: state });
    this.#result = result;
    this.#showControls(state, file, result);
    this.#showTotal(result);
    this.#showTable();
    if (result && kept.tab === 'map') this.#map.show(result);
    this.#panels.layers.scrollTop = scroll;
    this.#mark();
  }

  #showControls(state: PanelState, file: string, result: LayersResult | null): void {
    const { wholeFile, others } = this.#strings;
    const names = result?.networks.map(({ name }) => name) ?? [];
    options(this.#network, names.map((name) => [name, name === '' ? filled(wholeFile, file) : name]), result?.network?.name); // prettier-ignore
    const contexts =
      result?.contexts.map((one) => (one.others > 0 ? filled(others, one.label, one.others) : one.label)) ?? [];
    options(this.#context, contexts.map((label, i) => [String(i), label]), String(result?.context ?? 0)); // prettier-ignore
    this.#context.disabled = contexts.length < 2;
    this.#network.disabled = names.length < 2;
    const input = result?.input;
    const isBody = result?.network !== undefined && input === undefined;
    this.#shape.disabled = isBody || !result?.network;
    if (document.activeElement !== this.#shape) this.#shape.value = state.inputShape ?? '';
    this.#shape.placeholder = input && input.shape !== '' ? input.shape : '?x224x224x3';
    this.#shape.title = input?.parameter ?? '';
    this.#shapeNote.textContent = input?.problem ?? '';
    this.#shape.setAttribute('aria-invalid', String(input?.from !== 'typed' && (state.inputShape ?? '') !== ''));
  }

  #showTotal(result: LayersResult | null): void {
    const { totals, totalsUnknown, nothing } = this.#strings;
    const notes = result?.problems ?? [];
    this.#notes.replaceChildren(...notes.map((note) => el('li', {}, note)));
    this.#notes.hidden = notes.length === 0;
    if (!result?.network || result.layers.length === 0) {
      this.#total.textContent = nothing;
      return;
    }
    const { trainable, nonTrainable, reason } = result.total;
    const count = result.layers.length;
    this.#total.textContent =
      trainable === null || nonTrainable === null
        ? filled(totalsUnknown, count, reason ?? '')
        : filled(totals, count, grouped(trainable + nonTrainable), grouped(trainable), grouped(nonTrainable));
  }

  #showTable(): void {
    if (!this.#result) {
      this.#table.element.replaceChildren();
      return;
    }
    const shown = this.#table.show(this.#result, this.#tableState);
    const all = this.#result.layers.length;
    this.#filter.title = shown < all ? filled(this.#strings.shown, shown, all) : '';
    this.#mark();
  }

  #mark(): void {
    if (!this.#cursor) return;
    const { uri, line } = this.#cursor;
    if (kept.tab === 'map') this.#map.markLine(uri, line);
    else this.#table.markLine(uri, line);
  }
}

function panelOf(tab: Tab, content: HTMLElement): HTMLElement {
  return el('main', { role: 'tabpanel', id: `panel-${tab}`, class: 'panel', 'aria-labelledby': `tab-${tab}` }, content);
}

function options(
  select: HTMLSelectElement,
  choices: readonly (readonly [string, string])[],
  chosen: string | undefined,
): void {
  select.replaceChildren(...choices.map(([value, label]) => el('option', { value }, label)));
  if (chosen !== undefined) select.value = chosen;
}

let page: Page | undefined;
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'strings') page ??= new Page(data.strings);
  else page?.take(data);
});
code.postMessage({ type: 'ready' });
