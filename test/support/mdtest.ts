/**
 * Literate fixtures: `mdtest` turns every `##` heading of the Markdown files of a folder into a test.
 *
 * In a case
 * - ```` ```py ```` is an input file, called `main.py` or as the line `` `nets/vgg.py`: `` above the fence says;
 *   `$0` in it marks a cursor and is cut out;
 * - any other fence with such a line above is a file on disk beside them: `requirements.txt`, `pyproject.toml`;
 * - ```` ```toml ```` without one holds settings, one `name = value` per line;
 * - every other fence is a golden: the handler of its language computes the text that belongs there.
 *   `UPDATE=1 npx vitest run test/...` rewrites goldens in place (refused when `CI` is set): read the diff.
 * - prose explains; ```` ```text ```` and ```` ```console ```` fences are prose.
 *
 * A fence without handler, and a case in which nothing is asserted, fail. Usage, for a folder of hover fixtures:
 *
 * ```ts
 * mdtest({
 *   folder: new URL('./hover/', import.meta.url),
 *   setup: (fixture) => makeWorkspace(fixture.files, fixture.settings),          // once per case, for all its goldens
 *   goldens: { hover: (workspace, { fixture }) => renderHover(workspace, fixture.cursor()) },
 * });
 * ```
 *
 * `goldens` handlers get the block's attributes (```` ```fix title="..." ````). `check` runs after the goldens, for
 * assertions that are written as comments in the Python blocks (see diagnosticFixtures.ts and markers.ts).
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readMarkdownCases, replaceGoldens } from './markdownCases';
import type { MdBlock, MdCase, MdReplacement } from './markdownCases';
import { readCursors } from './markers';

/** An input file of a case, without cursor markers. */
export interface FixtureFile {
  readonly path: string;
  readonly text: string;
  readonly cursors: readonly number[];
}

export interface FixtureCursor {
  readonly path: string;
  readonly offset: number;
}

/** One case as handlers see it. */
export interface Fixture {
  readonly name: string;
  /** Text of the file's `#` heading. */
  readonly title: string;
  /** Name of the Markdown file without folder and extension. */
  readonly file: string;
  readonly files: readonly FixtureFile[];
  /** Files that are no Python, as they are on disk. */
  readonly others: readonly { readonly path: string; readonly text: string }[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly goldens: readonly MdBlock[];
  /**
   * The only cursor of the case.
   * @throws Error when there is none or more than one.
   */
  cursor(): FixtureCursor;
  cursors(): readonly FixtureCursor[];
}

export interface GoldenContext {
  readonly fixture: Fixture;
  readonly block: MdBlock;
}

/** Computes the text of a golden. */
export type GoldenHandler<Workspace> = (workspace: Workspace, context: GoldenContext) => string | Promise<string>;

export interface MdTestOptions<Workspace> {
  /** The folder with the `.md` files (not its subfolders). */
  readonly folder: URL;
  /** Only these file names; all `.md` files when absent. */
  readonly only?: readonly string[];
  setup(fixture: Fixture): Workspace | Promise<Workspace>;
  readonly goldens?: Readonly<Record<string, GoldenHandler<Workspace>>>;
  /** True when it asserted something; a case without golden and with a false answer fails. */
  check?(workspace: Workspace, fixture: Fixture): boolean | void | Promise<boolean | void>;
}

const prose = new Set(['text', 'console', 'sh']);

/** Registers one vitest test per case. See the file comment. */
export function mdtest<Workspace>(options: MdTestOptions<Workspace>): void {
  const update = isUpdating();
  const folder = fileURLToPath(options.folder);
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const chosen = options.only ? names.filter((name) => options.only?.includes(name)) : names;
  if (chosen.length === 0) throw new Error(`no fixture in ${folder}`);
  for (const name of chosen.sort()) {
    const path = join(folder, name);
    const markdown = readFileSync(path, 'utf8');
    const parsed = readMarkdownCases(markdown);
    const replacements: MdReplacement[] = [];
    describe(`${basename(name, '.md')}: ${parsed.title}`, () => {
      for (const one of parsed.cases) {
        test(one.name, async () =>
          runCase(options, makeFixture(one, basename(name, '.md'), options), { update, replacements }),
        );
      }
      afterAll(() => {
        if (replacements.length > 0) writeFileSync(path, replaceGoldens(markdown, replacements));
      });
    });
  }
}

function isUpdating(): boolean {
  const update = process.env['UPDATE'] === '1';
  if (update && process.env['CI']) throw new Error('UPDATE=1 is refused while CI is set');
  return update;
}

async function runCase<Workspace>(
  options: MdTestOptions<Workspace>,
  fixture: Fixture,
  run: { readonly update: boolean; readonly replacements: MdReplacement[] },
): Promise<void> {
  const workspace = await options.setup(fixture);
  let asserted = fixture.goldens.length > 0;
  for (const block of fixture.goldens) {
    const handler = options.goldens?.[block.language];
    if (!handler) throw new Error(`line ${block.openLine + 1}: nothing computes a \`${block.language}\` block here`);
    const text = await handler(workspace, { fixture, block });
    const actual = text === '' || text.endsWith('\n') ? text : text + '\n';
    if (actual === block.text) continue;
    if (run.update) run.replacements.push({ block, text: actual });
    else expect(actual, `line ${block.openLine + 1}, \`${block.language}\``).toBe(block.text);
  }
  if (options.check && (await options.check(workspace, fixture)) !== false) asserted = true;
  if (!asserted) throw new Error('the case asserts nothing');
}

/** Turns a case into a fixture: inputs, settings and goldens told apart. */
function makeFixture<Workspace>(one: MdCase, file: string, options: MdTestOptions<Workspace>): Fixture {
  const files: FixtureFile[] = [];
  const others: { readonly path: string; readonly text: string }[] = [];
  const goldens: MdBlock[] = [];
  let settings: Record<string, unknown> = {};
  for (const block of one.blocks) {
    if (block.language === 'py') {
      const path = block.path ?? 'main.py';
      if (files.some((other) => other.path === path)) {
        throw new Error(`line ${block.openLine + 1}: two files called ${path}; name them with a line \`path.py\`:`);
      }
      files.push({ path, ...readCursors(block.text) });
    } else if (block.path !== undefined && !options.goldens?.[block.language]) {
      others.push({ path: block.path, text: block.text });
    } else if (block.language === 'toml') settings = { ...settings, ...readSettingsBlock(block.text) };
    else if (options.goldens?.[block.language] || !prose.has(block.language)) goldens.push(block);
  }
  const cursors = files.flatMap(({ path, cursors }) => cursors.map((offset) => ({ path, offset })));
  return {
    name: one.name,
    title: one.title,
    file,
    files,
    others,
    settings,
    goldens,
    cursors: () => cursors,
    cursor: () => {
      const [only] = cursors;
      if (!only || cursors.length > 1) throw new Error(`the case has ${cursors.length} cursors ($0), not one`);
      return only;
    },
  };
}

/** `name = value` lines; values are those of JSON. */
function readSettingsBlock(text: string): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const match = /^\s*"?([\w.-]+)"?\s*=\s*(.+)$/.exec(line);
    if (!match) throw new Error(`not a setting: ${line}`);
    settings[match[1] ?? ''] = JSON.parse(match[2] ?? '') as unknown;
  }
  return settings;
}
