/**
 * The scope map: a tree of the scopes and the layers in them, and beside it one line per keyword of an arg_scope, which
 * begins at its scope, has a dot at each layer that it reaches and a ring where something else is set. Pointing at or
 * focusing a scope, a keyword or a layer shows what belongs to it. The tree says the same in words.
 */
import type { LayersPlace, LayersResult, LayersScope } from '../../server/src/lsp/protocol';
import { el, filled, focusOne, svg } from './dom';
import type { PanelStrings } from './messages';

type ArgScope = Extract<LayersScope, { kind: 'argScope' }>;
type Keyword = ArgScope['keywords'][number];

/** A line of the map. */
interface Line {
  readonly node: LayersScope;
  readonly depth: number;
  /** Number of the last line inside. */
  end: number;
  /** Place among its siblings, for screen readers. */
  readonly position: readonly [at: number, of: number];
  readonly element: HTMLElement;
}

const HEIGHT = 22;
const LANE = 18;
/** Height of the text of a line that is lower itself. */
const LABEL = 13;
/** Number of colours in the style sheet. */
const COLORS = 6;

/** See the file comment. */
export class ScopeMap {
  readonly element = el('div', { class: 'map-frame' });
  readonly #strings: PanelStrings;
  readonly #open: (place: LayersPlace | undefined) => void;
  #lines: Line[] = [];
  #lanes = new Map<number, number>();
  #result: LayersResult | undefined;
  #isFit = false;
  readonly #picture = el('div', { class: 'map' });

  constructor(strings: PanelStrings, open: (place: LayersPlace | undefined) => void) {
    this.#strings = strings;
    this.#open = open;
    const fit = el('input', { type: 'checkbox', id: 'fit' });
    fit.addEventListener('change', () => {
      this.#isFit = fit.checked;
      this.#layOut();
    });
    const help = el('p', { class: 'help' }, strings.mapHelp);
    this.element.append(
      el('div', { class: 'map-head' }, help, el('label', { for: 'fit' }, fit, ` ${strings.fit}`)),
      this.#picture,
    );
  }

  /** Shows a result. */
  show(result: LayersResult): void {
    this.#result = result;
    this.#lines = [];
    this.#lanes = new Map();
    this.#add(result.scopes, 0);
    const tree = el('div', { role: 'tree', class: 'tree', 'aria-label': this.#strings.scopeMap });
    tree.append(...this.#lines.map(({ element }) => element));
    tree.addEventListener('keydown', (event) => this.#key(event));
    const [first] = this.#lines;
    if (first) first.element.tabIndex = 0;
    this.#picture.replaceChildren(tree);
    this.#layOut();
  }

  /** Marks the layers whose call is in a line of the editor. */
  markLine(uri: string, line: number): void {
    for (const { node, element } of this.#lines) {
      const place = node.kind === 'layer' ? this.#layer(node.index)?.place : undefined;
      const isHere = place?.uri === uri && place.range.start.line <= line && line <= place.range.end.line;
      element.classList.toggle('at-cursor', isHere);
    }
  }

  #layer(index: number): LayersResult['layers'][number] | undefined {
    return this.#result?.layers[index - 1];
  }

  #add(nodes: readonly LayersScope[], depth: number): void {
    nodes.forEach((node, i) => {
      const line: Line = { node, depth, end: 0, position: [i + 1, nodes.length], element: this.#item(node, depth) };
      line.element.setAttribute('aria-posinset', String(i + 1));
      line.element.setAttribute('aria-setsize', String(nodes.length));
      this.#lines.push(line);
      if (node.kind === 'argScope')
        for (const { id } of node.keywords) if (!this.#lanes.has(id)) this.#lanes.set(id, this.#lanes.size);
      if (node.kind !== 'layer') this.#add(node.children, depth + 1);
      line.end = this.#lines.length - 1;
    });
  }

  #item(node: LayersScope, depth: number): HTMLElement {
    const item = el('div', { role: 'treeitem', class: `item ${node.kind}`, tabindex: -1, 'aria-level': depth + 1 });
    if (node.kind !== 'layer') item.setAttribute('aria-expanded', 'true');
    const [text, ...more] = this.#words(node);
    item.append(el('span', { class: 'text' }, text ?? ''));
    item.setAttribute('aria-label', [text, ...more].join('. '));
    item.title = [text, ...more].join('\n');
    item.style.setProperty('--depth', String(depth));
    item.addEventListener('click', () => {
      focusOne(
        this.#lines.map(({ element }) => element),
        item,
      );
      this.#open(this.#placeOf(node));
    });
    item.addEventListener('mouseenter', () => this.#highlight(node));
    item.addEventListener('mouseleave', () => this.#highlight(undefined));
    item.addEventListener('focus', () => this.#highlight(node));
    item.addEventListener('blur', () => this.#highlight(undefined));
    return item;
  }

  /** What stands in the line, then what is said of it besides. */
  #words(node: LayersScope): readonly string[] {
    switch (node.kind) {
      case 'variables':
        return [`${node.name}/`];
      case 'layer': {
        const layer = this.#layer(node.index);
        const name = layer?.name.slice(layer.name.lastIndexOf('/') + 1) ?? '';
        const args = layer?.arguments.filter(({ isQuiet }) => !isQuiet) ?? [];
        return [`${node.index} ${layer?.op ?? ''} ${name}`, args.map((one) => `${one.name}=${one.text}`).join(', ')];
      }
      case 'argScope': {
        const keywords = node.keywords.map(({ name, text }) => `${name}=${text}`).join(', ');
        return [`arg_scope ${node.label}: ${keywords}`, ...node.keywords.map((one) => this.#flow(one))];
      }
    }
  }

  #flow({ name, text, reaches, hiddenAt }: Keyword): string {
    const hidden =
      hiddenAt.length > 0 ? `, ${filled(this.#strings.hiddenAt, hiddenAt.length, hiddenAt.join(', '))}` : '';
    return `${name}=${text}: ${filled(this.#strings.reaches, reaches.length)}${hidden}`;
  }

  #placeOf(node: LayersScope): LayersPlace | undefined {
    return node.kind === 'layer' ? this.#layer(node.index)?.place : node.kind === 'argScope' ? node.place : undefined;
  }

  // ---------------------------------------------------------------------------------------------- the picture

  #layOut(): void {
    const room = Math.max(200, window.innerHeight - this.#picture.getBoundingClientRect().top - 160);
    const height = this.#isFit ? Math.max(2, Math.min(HEIGHT, room / Math.max(1, this.#lines.length))) : HEIGHT;
    this.#picture.style.setProperty('--line', `${height}px`);
    this.#picture.classList.toggle('fit', height < 10);
    this.#label(height);
    this.#picture.querySelectorAll('.lanes').forEach((one) => one.remove());
    const lanes = el('div', { class: 'lanes', 'aria-hidden': 'true' }, this.#heads(), this.#drawing(height));
    this.#picture.prepend(lanes);
  }

  /** Where lines are too low for their text, those of scopes are shown as far as there is room. */
  #label(height: number): void {
    let next = 0;
    this.#lines.forEach(({ node, element }, i) => {
      const hasRoom = node.kind !== 'layer' && i * height >= next;
      element.classList.toggle('labelled', hasRoom);
      if (hasRoom) next = i * height + LABEL;
    });
  }

  #heads(): HTMLElement {
    const keywords = new Map<number, Keyword>();
    for (const { node } of this.#lines)
      if (node.kind === 'argScope')
        for (const one of node.keywords) if (!keywords.has(one.id)) keywords.set(one.id, one);
    const heads = el('div', { class: 'lane-heads' });
    heads.style.width = `${this.#lanes.size * LANE + 90}px`;
    for (const [id, lane] of this.#lanes) {
      const one = keywords.get(id);
      if (!one) continue;
      const head = el(
        'span',
        { class: `lane-head color-${lane % COLORS}`, 'data-keyword': id, title: `${one.name}=${one.text}` },
        `${one.name}=${one.text}`,
      );
      head.style.left = `${lane * LANE + LANE / 2}px`;
      head.addEventListener('mouseenter', () => this.#highlightKeyword(id));
      head.addEventListener('mouseleave', () => this.#highlight(undefined));
      head.addEventListener('click', () => this.#open(one.place));
      heads.append(head);
    }
    return heads;
  }

  #drawing(height: number): SVGSVGElement {
    const width = this.#lanes.size * LANE;
    const drawing = svg('svg', { class: 'lane-picture', width, height: height * this.#lines.length });
    const lineOf = new Map(
      this.#lines.flatMap(({ node }, i) => (node.kind === 'layer' ? [[node.index, i] as const] : [])),
    );
    this.#lines.forEach(({ node, end }, i) => {
      if (node.kind !== 'argScope') return;
      for (const keyword of node.keywords) drawing.append(this.#lane(keyword, { from: i, to: end, height, lineOf }));
    });
    return drawing;
  }

  #lane(
    { id, reaches, hiddenAt }: Keyword,
    { from, to, height, lineOf }: { from: number; to: number; height: number; lineOf: ReadonlyMap<number, number> },
  ): SVGGElement {
    const lane = this.#lanes.get(id) ?? 0;
    const x = lane * LANE + LANE / 2;
    const middle = (line: number): number => (line + 0.5) * height;
    const size = Math.max(1.2, Math.min(4.5, height / 3));
    const group = svg('g', { class: `lane color-${lane % COLORS}`, 'data-keyword': id });
    group.append(svg('path', { d: `M${x} ${middle(from)}V${middle(to)}`, class: 'track' }));
    group.append(
      svg('rect', { x: x - size, y: middle(from) - size, width: 2 * size, height: 2 * size, class: 'start' }),
    );
    for (const index of hiddenAt) {
      const line = lineOf.get(index);
      if (line !== undefined) group.append(svg('circle', { cx: x, cy: middle(line), r: size, class: 'hidden' }));
    }
    for (const index of reaches) {
      const line = lineOf.get(index);
      if (line !== undefined) group.append(svg('circle', { cx: x, cy: middle(line), r: size, class: 'reached' }));
    }
    return group;
  }

  // ---------------------------------------------------------------------------------------------- highlighting

  #highlight(node: LayersScope | undefined): void {
    if (!node || node.kind === 'variables') return this.#mark(undefined, undefined);
    if (node.kind === 'argScope') {
      return this.#mark(
        new Set(node.keywords.map(({ id }) => id)),
        new Set(node.keywords.flatMap(({ reaches }) => reaches)),
      );
    }
    const args = this.#layer(node.index)?.arguments ?? [];
    this.#mark(
      new Set(args.flatMap(({ keyword, hides }) => [...hides, ...(keyword === undefined ? [] : [keyword])])),
      new Set([node.index]),
    );
  }

  #highlightKeyword(id: number): void {
    const reached = this.#lines.flatMap(({ node }) =>
      node.kind === 'argScope' ? node.keywords.flatMap((one) => (one.id === id ? one.reaches : [])) : [],
    );
    this.#mark(new Set([id]), new Set(reached));
  }

  /** Lights up keywords and layers, and dims the others; nothing is dimmed when nothing is asked for. */
  #mark(keywords: ReadonlySet<number> | undefined, layers: ReadonlySet<number> | undefined): void {
    this.#picture.classList.toggle('choosing', keywords !== undefined);
    for (const one of this.#picture.querySelectorAll<HTMLElement>('[data-keyword]'))
      one.classList.toggle('chosen', keywords?.has(Number(one.dataset['keyword'])) ?? false);
    for (const { node, element } of this.#lines) {
      const isChosen =
        node.kind === 'layer'
          ? layers?.has(node.index)
          : node.kind === 'argScope' && node.keywords.some(({ id }) => keywords?.has(id));
      element.classList.toggle('chosen', isChosen ?? false);
    }
  }

  #key(event: KeyboardEvent): void {
    const elements = this.#lines.map(({ element }) => element);
    const at = elements.findIndex((element) => element === document.activeElement);
    const line = this.#lines[at];
    if (!line) return;
    const outer = this.#lines.slice(0, at).findLast(({ depth }) => depth < line.depth);
    const targets: Readonly<Record<string, HTMLElement | undefined>> = {
      ArrowDown: elements[Math.min(at + 1, elements.length - 1)],
      ArrowUp: elements[Math.max(at - 1, 0)],
      Home: elements[0],
      End: elements.at(-1),
      ArrowLeft: outer?.element,
      ArrowRight: line.end > at ? elements[at + 1] : undefined,
    };
    if (event.key === 'Enter') this.#open(this.#placeOf(line.node));
    const target = targets[event.key];
    if (!target) return;
    event.preventDefault();
    focusOne(elements, target);
    target.scrollIntoView({ block: 'nearest' });
  }
}
