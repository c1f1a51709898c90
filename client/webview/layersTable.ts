/**
 * The table of the layers: sorted and filtered here, one row per layer, reached by arrow keys. A row opens its call, and
 * each argument the place that it comes from.
 */
import type { LayersPlace, LayersResult, LayersRow } from '../../server/src/lsp/protocol';
import { el, filled, focusOne, grouped } from './dom';
import type { PanelStrings } from './messages';

/** How the table is sorted and filtered. */
export interface TableState {
  readonly sort?: { readonly column: Column; readonly isDown: boolean };
  readonly filter: string;
}

export type Column = keyof PanelStrings['columns'];
const columns: readonly Column[] = ['index', 'name', 'op', 'arguments', 'output', 'parameters'];

interface TableActions {
  open(place: LayersPlace | undefined): void;
  sorted(sort: TableState['sort']): void;
}

/** See the file comment. */
export class LayersTable {
  readonly element = el('div', { class: 'table-frame' });
  readonly #strings: PanelStrings;
  readonly #actions: TableActions;
  #rows: readonly { readonly row: LayersRow; readonly element: HTMLTableRowElement }[] = [];

  constructor(strings: PanelStrings, actions: TableActions) {
    this.#strings = strings;
    this.#actions = actions;
  }

  /** Shows a result, keeping the focused row where it still exists. Answers how many rows are shown. */
  show({ layers }: LayersResult, state: TableState): number {
    const focused = this.#rows.find(({ element }) => element.contains(document.activeElement))?.row.index;
    const chosen = sortRows(
      layers.filter((row) => matches(row, state.filter)),
      state.sort,
    );
    const body = el('tbody');
    this.#rows = chosen.map((row) => ({ row, element: this.#row(row) }));
    body.append(...this.#rows.map(({ element }) => element));
    const table = el(
      'table',
      { 'aria-label': this.#strings.layers, 'aria-rowcount': layers.length + 1 },
      this.#head(state),
      body,
    );
    table.setAttribute('role', 'grid');
    table.addEventListener('keydown', (event) => this.#key(event));
    this.element.replaceChildren(table);
    const first = this.#rows.find(({ row }) => row.index === focused) ?? this.#rows[0];
    if (first) first.element.tabIndex = 0;
    if (focused !== undefined && first?.row.index === focused) first.element.focus({ preventScroll: true });
    return chosen.length;
  }

  /** Marks the layers whose call is in a line of the editor. */
  markLine(uri: string, line: number): void {
    let isSeen = false;
    for (const { row, element } of this.#rows) {
      const isHere = row.place?.uri === uri && row.place.range.start.line <= line && line <= row.place.range.end.line;
      element.classList.toggle('at-cursor', isHere);
      if (isHere) element.setAttribute('aria-current', 'true');
      else element.removeAttribute('aria-current');
      if (isHere && !isSeen && !this.element.contains(document.activeElement))
        element.scrollIntoView({ block: 'nearest' });
      isSeen ||= isHere;
    }
  }

  #head({ sort }: TableState): HTMLTableSectionElement {
    const cells = columns.map((column) => {
      const isSorted = sort?.column === column;
      const button = el('button', { type: 'button', class: 'sort' }, this.#strings.columns[column]);
      button.append(
        el('span', { class: 'direction', 'aria-hidden': 'true' }, isSorted ? (sort.isDown ? '▼' : '▲') : ''),
      );
      button.addEventListener('click', () => this.#actions.sorted(nextSort(column, sort)));
      const order = isSorted ? (sort.isDown ? 'descending' : 'ascending') : 'none';
      return el('th', { scope: 'col', class: `column-${column}`, 'aria-sort': order }, button);
    });
    return el('thead', {}, el('tr', {}, ...cells));
  }

  #row(row: LayersRow): HTMLTableRowElement {
    const element = el('tr', { tabindex: -1, 'aria-rowindex': row.index + 1, 'data-index': row.index });
    const problem = [row.error, row.condition].filter((one) => one !== undefined).join('; ');
    element.append(
      el('td', { class: 'column-index' }, String(row.index)),
      nameCell(row),
      el('td', { class: 'column-op' }, row.via === undefined ? row.op : `${row.op} · ${row.via}`),
      this.#arguments(row),
      known('column-output', row.output, row.outputReason),
      this.#parameters(row),
    );
    if (problem !== '') {
      element.classList.add(row.error === undefined ? 'uncertain' : 'failing');
      element.children[1]?.append(el('div', { class: 'note' }, problem));
    }
    element.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      focusOne(
        this.#rows.map((one) => one.element),
        element,
      );
      this.#actions.open(row.place);
    });
    return element;
  }

  #arguments(row: LayersRow): HTMLTableCellElement {
    const cell = el('td', { class: 'column-arguments' });
    for (const argument of row.arguments) {
      if (argument.isQuiet) continue;
      const name = argument.of === undefined ? argument.name : `${argument.of}.${argument.name}`;
      const chip = el(
        'button',
        { type: 'button', class: `chip from-${argument.from}`, tabindex: -1 },
        `${name}=${argument.text}`,
      );
      const notes = [
        ...(argument.from === 'scope' ? [this.#strings.fromScope] : []),
        ...(argument.hides.length > 0 ? [this.#strings.hides] : []),
      ];
      if (argument.hides.length > 0) chip.classList.add('hides');
      chip.title = [`${name}=${argument.text}`, ...notes].join('\n');
      chip.addEventListener('click', () => this.#actions.open(argument.place));
      cell.append(chip, ' ');
    }
    return cell;
  }

  #parameters({ parameters, isShared }: LayersRow): HTMLTableCellElement {
    const { trainable, nonTrainable, reason } = parameters;
    if (isShared) return el('td', { class: 'column-parameters' }, this.#strings.shared);
    if (trainable === null || nonTrainable === null) return known('column-parameters', '?', reason ?? '');
    return el('td', { class: 'column-parameters' }, grouped(trainable + nonTrainable));
  }

  #key(event: KeyboardEvent): void {
    const elements = this.#rows.map(({ element }) => element);
    const at = elements.findIndex((element) => element.contains(document.activeElement));
    const current = this.#rows[at];
    if (!current) return;
    const chips = [...current.element.querySelectorAll<HTMLElement>('button.chip')];
    const chip = chips.findIndex((one) => one === document.activeElement);
    switch (event.key) {
      case 'ArrowDown':
        return moveTo(event, elements, elements[Math.min(at + 1, elements.length - 1)]);
      case 'ArrowUp':
        return moveTo(event, elements, elements[Math.max(at - 1, 0)]);
      case 'PageDown':
        return moveTo(event, elements, elements[Math.min(at + 15, elements.length - 1)]);
      case 'PageUp':
        return moveTo(event, elements, elements[Math.max(at - 15, 0)]);
      case 'Home':
        return moveTo(event, elements, elements[0]);
      case 'End':
        return moveTo(event, elements, elements.at(-1));
      case 'ArrowRight':
        event.preventDefault();
        return chips[Math.min(chip + 1, chips.length - 1)]?.focus();
      case 'ArrowLeft':
        event.preventDefault();
        return (chip > 0 ? chips[chip - 1] : current.element)?.focus();
      case 'Enter':
        if (chip < 0) this.#actions.open(current.row.place);
        return;
      default:
        return;
    }
  }
}

function moveTo(event: KeyboardEvent, elements: readonly HTMLElement[], wanted: HTMLElement | undefined): void {
  event.preventDefault();
  focusOne(elements, wanted);
}

/** The last part of the path says most; the rest gives way first. */
function nameCell({ name }: LayersRow): HTMLTableCellElement {
  const at = name.lastIndexOf('/') + 1;
  const path = el('span', { class: 'path' }, el('bdi', {}, name.slice(0, at)));
  return el(
    'td',
    { class: 'column-name', title: name },
    el('span', { class: 'name' }, path, el('span', { class: 'last' }, name.slice(at))),
  );
}

function known(column: string, text: string, reason: string | undefined): HTMLTableCellElement {
  if (reason === undefined) return el('td', { class: column }, text);
  return el('td', { class: `${column} unknown`, title: reason, 'aria-label': filled('{0}: {1}', text, reason) }, text);
}

function nextSort(column: Column, sort: TableState['sort']): TableState['sort'] {
  if (sort?.column !== column) return { column, isDown: column === 'parameters' };
  const isSecond = sort.isDown === (column === 'parameters');
  return isSecond ? { column, isDown: !sort.isDown } : undefined;
}

function argumentsOf(row: LayersRow): string {
  return row.arguments
    .flatMap(({ of = '', name, text, isQuiet }) => (isQuiet ? [] : [`${of} ${name}=${text}`]))
    .join(' ');
}

function matches(row: LayersRow, filter: string): boolean {
  const text = `${row.name} ${row.op} ${row.via ?? ''} ${argumentsOf(row)} ${row.output}`.toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => text.includes(word)); // prettier-ignore
}

function sortRows(rows: readonly LayersRow[], sort: TableState['sort']): readonly LayersRow[] {
  if (!sort) return rows;
  const valueOf = (row: LayersRow): string | number => {
    switch (sort.column) {
      case 'index':
        return row.index;
      case 'parameters':
        return row.parameters.trainable === null ? -1 : row.parameters.trainable + (row.parameters.nonTrainable ?? 0);
      case 'arguments':
        return argumentsOf(row);
      default:
        return row[sort.column];
    }
  };
  const sign = sort.isDown ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    const order =
      typeof x === 'number' && typeof y === 'number'
        ? x - y
        : String(x).localeCompare(String(y), 'en', { numeric: true });
    return sign * order || a.index - b.index;
  });
}
