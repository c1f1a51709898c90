/**
 * Reads literate Markdown fixtures: one `##` heading is one case, its fences are inputs and goldens.
 * Pure text to data and back; knows nothing of Python, rules or vitest. Line numbers are zero-based.
 */

/** One fenced block. */
export interface MdBlock {
  /** First word of the info string: `py`, `hover`, `diagnostics`. */
  readonly language: string;
  /** `key="value"` and `key=value` pairs of the info string; a bare word has the value `true`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Name given by a line `` `path.py`: `` above the fence. */
  readonly path?: string;
  /** The lines between the fences; ends with a line end unless empty. */
  readonly text: string;
  /** Line of the opening fence and of the closing fence. */
  readonly openLine: number;
  readonly closeLine: number;
}

export interface MdCase {
  /** Text of the `##` heading. */
  readonly name: string;
  /** Text of the `#` heading of the file. */
  readonly title: string;
  readonly line: number;
  readonly blocks: readonly MdBlock[];
}

export interface MdFile {
  readonly title: string;
  readonly cases: readonly MdCase[];
}

/** A golden whose text has to change. */
export interface MdReplacement {
  readonly block: MdBlock;
  readonly text: string;
}

/**
 * Splits a fixture into cases.
 * @throws Error for an unclosed fence, a fence outside a case, and two cases of one name.
 */
export function readMarkdownCases(markdown: string): MdFile {
  const lines = markdown.split(/\r?\n/);
  const cases: { name: string; line: number; blocks: MdBlock[] }[] = [];
  let title = '';
  let path: string | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const fence = /^(`{3,})\s*(.*)$/.exec(line);
    if (fence) {
      const block = readBlock(lines, i, fence[1] ?? '', fence[2] ?? '', path);
      const current = cases.at(-1);
      if (!current) throw new Error(`line ${i + 1}: a fence before the first ## heading`);
      current.blocks.push(block);
      i = block.closeLine;
      path = undefined;
      continue;
    }
    if (line.startsWith('## ')) {
      const name = line.slice(3).trim();
      if (cases.some((other) => other.name === name)) throw new Error(`line ${i + 1}: two cases named "${name}"`);
      cases.push({ name, line: i, blocks: [] });
    } else if (line.startsWith('# ')) title = line.slice(2).trim();
    const named = /^`([^`]+)`:\s*$/.exec(line);
    if (named) path = named[1];
    else if (line.trim() !== '') path = undefined;
  }
  return { title, cases: cases.map((one) => ({ ...one, title })) };
}

function readBlock(lines: readonly string[], open: number, ticks: string, info: string, path?: string): MdBlock {
  let close = open + 1;
  while (close < lines.length && !isClosing(lines[close] ?? '', ticks)) close++;
  if (close >= lines.length) throw new Error(`line ${open + 1}: the fence is never closed`);
  const [language = '', ...rest] = info.split(/\s+/);
  const text = lines.slice(open + 1, close).map((line) => line + '\n');
  return {
    language,
    attributes: readAttributes(info.slice(language.length), rest),
    ...(path === undefined ? {} : { path }),
    text: text.join(''),
    openLine: open,
    closeLine: close,
  };
}

function isClosing(line: string, ticks: string): boolean {
  const match = /^(`{3,})\s*$/.exec(line);
  return match !== null && (match[1] ?? '').length >= ticks.length;
}

function readAttributes(text: string, words: readonly string[]): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const match of text.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))/g)) {
    attributes[match[1] ?? ''] = match[2] ?? match[3] ?? '';
  }
  if (!text.includes('=')) for (const word of words) if (word !== '') attributes[word] = 'true';
  return attributes;
}

/** Rewrites goldens in place; the fence grows when the new text contains a fence itself. */
export function replaceGoldens(markdown: string, replacements: readonly MdReplacement[]): string {
  const eol = markdown.includes('\r\n') ? '\r\n' : '\n';
  const lines = markdown.split(/\r?\n/);
  const sorted = [...replacements].sort((a, b) => b.block.openLine - a.block.openLine);
  for (const { block, text } of sorted) {
    const longest = Math.max(2, ...[...text.matchAll(/^`{3,}/gm)].map((match) => match[0].length));
    const open = lines[block.openLine] ?? '';
    const ticks = '`'.repeat(Math.max(longest + 1, /^`+/.exec(open)?.[0].length ?? 3));
    const body = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    lines.splice(block.openLine, block.closeLine - block.openLine + 1, open.replace(/^`+/, ticks), ...body, ticks);
  }
  return lines.join(eol);
}
