/** Makes elements. Text is always set as text: nothing that comes from a program is ever read as HTML. */

type Child = Node | string;

/** An element with attributes and children; attributes that are undefined are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAll(element, attributes);
  element.append(...children);
  return element;
}

/** The same for SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
  ...children: readonly Node[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAll(element, attributes);
  element.append(...children);
  return element;
}

function setAll(element: Element, attributes: Readonly<Record<string, string | number | undefined>>): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(name, String(value));
}

/** `{0}` and `{1}` of a text replaced. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_, i: string) => String(values[Number(i)] ?? ''));
}

/** `27,143,152`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** Moves the focus among elements of which only one can be reached by Tab. */
export function focusOne(all: readonly HTMLElement[], wanted: HTMLElement | undefined): void {
  if (!wanted) return;
  for (const one of all) one.tabIndex = one === wanted ? 0 : -1;
  wanted.focus();
}
