/** Hands and eyes for one window of the embedded VS Code: open a file, point at text, wait, take a picture. */
import { pageAddress } from '../vscode/server.mjs';
import { root } from '../support/project.mjs';

const patience = 20_000;

/** What makes a window calm enough for a picture: nothing blinks, nothing but the editor is there. */
export const pictureSettings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.activityBar.location': 'hidden',
  'workbench.tips.enabled': false,
  'window.menuBarVisibility': 'hidden',
  'breadcrumbs.enabled': false,
  'diffEditor.renderGutterMenu': false,
  'diffEditor.renderSideBySide': false,
  'workbench.colorCustomizations': {
    'diffEditor.insertedLineBackground': '#2ea04326',
    'diffEditor.insertedTextBackground': '#2ea04326',
    'diffEditor.removedLineBackground': '#f8514926',
    'diffEditor.removedTextBackground': '#f8514933',
  },
  'files.autoSave': 'off',
  'editor.fontFamily': "'JetBrains Mono', 'DejaVu Sans Mono', monospace",
  'editor.fontLigatures': false,
  'editor.folding': false,
  'editor.fontSize': 14,
  'editor.glyphMargin': false,
  'editor.lineNumbersMinChars': 3,
  'editor.lineHeight': 22,
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
  'editor.hover.above': false,
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.renderLineHighlight': 'none',
  'editor.scrollBeyondLastLine': false,
  'editor.stickyScroll.enabled': false,
  'editor.overviewRulerBorder': false,
  'editor.hideCursorInOverviewRuler': true,
  'editor.renderFinalNewline': 'off',
};

/** Opens the workspace with the extension under development, looking as in the pictures. */
export async function openWindow(page, server, folder) {
  await page.goto(pageAddress(server, { folder, developmentPath: root }), { waitUntil: 'domcontentloaded' });
  const window = await attachWindow(page);
  // The person's own font is what the desktop gives; headless machines have none that reads well.
  await page.addStyleTag({
    content: '.monaco-workbench { font-family: Inter, "DejaVu Sans", sans-serif !important; }',
  });
  // Where the folder lies is of no interest, and different on every machine.
  await page.addStyleTag({ content: '.peekview-title .dirname { display: none; }' });
  await page.keyboard.press('Control+b');
  return window;
}

/** Waits for the workbench of a page that was opened already. */
export async function attachWindow(page) {
  await page.locator('.monaco-workbench .part.editor').waitFor({ timeout: patience });
  return windowOn(page);
}

function windowOn(page) {
  const self = {
    page,
    openFile: (name) => openFile(page, name),
    isActive: (name) => page.locator('.tab.active', { hasText: name }).waitFor({ timeout: patience }),
    isCaretIn: (line) => page.locator('.statusbar-item', { hasText: `Ln ${line},` }).waitFor({ timeout: patience }),
    shows: (text) => page.evaluate(boxOfText, { line: text, text }).then((box) => box !== undefined),
    place: (line, text) => placeOf(page, line, text),
    lines: (from, to) => boxOfLines(page, from, to),
    widget: boxOfWidget,
    hover: (line, text) => hoverOver(page, line, text),
    click: (line, text) => clickOn(page, line, text),
    quickFixMenu: (line, text, title) => actionMenu(page, { line, text, title, keys: 'Control+.' }),
    refactorMenu: (line, text, title) => actionMenu(page, { line, text, title, keys: 'Control+Shift+r' }),
    peek: () => peekOf(page),
    references: (line, text) => referencesOf(page, line, text),
    command: (title, line, text) => runFromMenu(page, { title, line, text }),
    palette: (title) => runFromPalette(page, title),
    sideBar: (isShown) => showSideBar(page, isShown),
    closePanel: () => closePanel(page),
    squiggles: (kind) => page.locator(`.monaco-editor .squiggly-${kind}`),
    compareWithSaved: () => compareWithSaved(page),
    save: () => page.keyboard.press('Control+s'),
    until,
  };
  return self;
}

/** Through Quick Open, as a person would; again when something that is still loading takes the focus away. */
async function openFile(page, name) {
  // The list is sorted anew while files are still being found: what matters is which one is the first.
  const label = page.locator('.label-name', { hasText: new RegExp(`^${name}$`) });
  const first = page.locator('.quick-input-list .monaco-list-row[data-index="0"]', { has: label });
  const tab = page.locator('.tab.active', { hasText: name });
  for (let attempt = 0; attempt < 8; attempt++) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+p');
    const input = page.locator('.quick-input-widget input.input');
    if (!(await appears(input, 3_000))) continue;
    await input.fill(name, { timeout: 3_000 }).catch(() => undefined);
    if (!(await appears(first, 3_000))) continue;
    await page.keyboard.press('Enter');
    if (await appears(tab, 3_000)) break;
  }
  await tab.waitFor({ timeout: patience });
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: patience });
}

/** The box of `text` in the first line that holds `line`. Independent of how the line is cut into tokens. */
async function placeOf(page, line, text) {
  const found = await page.waitForFunction(boxOfText, { line, text }, { timeout: patience });
  return found.jsonValue();
}

/** Runs in the page. */
function boxOfText({ line, text }) {
  const plain = (node) => (node.textContent ?? '').replaceAll('\u00a0', ' ');
  const element = [...document.querySelectorAll('.monaco-editor .view-line')].find((row) => plain(row).includes(line));
  if (!element) return undefined;
  let start = plain(element).indexOf(line);
  start = plain(element).indexOf(text, start);
  if (start < 0) return undefined;
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(), at = 0; node; at += node.length, node = walker.nextNode()) {
    if (at <= start && start < at + node.length) range.setStart(node, start - at);
    const end = start + text.length;
    if (at < end && end <= at + node.length) range.setEnd(node, end - at);
  }
  const { x, y, width, height } = range.getBoundingClientRect();
  return width > 0 ? { x, y, width, height } : undefined;
}

/** Lines of code with their numbers, from the one that holds `from` to the one that holds `to`; none of their neighbours. */
async function boxOfLines(page, from, to) {
  const first = await placeOf(page, from, from);
  const last = await placeOf(page, to, to);
  const boxes = await page.evaluate(boxesOfCode, { top: first.y, bottom: last.y + last.height });
  return grown(union(boxes), 14, 5);
}

/** Runs in the page: the boxes of texts and line numbers between two heights. */
function boxesOfCode({ top, bottom }) {
  const code = '.monaco-editor .view-line > span, .monaco-editor .margin-view-overlays .line-numbers';
  const boxes = [...document.querySelectorAll(code)].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });
  return boxes.filter(({ y, width, height }) => width > 0 && y + height / 2 > top && y + height / 2 < bottom);
}

/** A hover or a menu with some air around it; a widget between lines of code has none above and below. */
async function boxOfWidget(locator, ends = 14) {
  return grown(await locator.boundingBox(), 14, ends);
}

function grown({ x, y, width, height }, sides, ends) {
  return { x: x - sides, y: y - ends, width: width + 2 * sides, height: height + 2 * ends };
}

/** Points at text and answers the hover that appears. */
async function hoverOver(page, line, text) {
  const { x, y } = center(await placeOf(page, line, text));
  const hover = page
    .locator('.monaco-hover:not(.hidden)', { has: page.locator('.rendered-markdown') })
    .filter({ hasNotText: 'Loading...' })
    .first();
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    await page.mouse.move(x, y + 60);
    await page.mouse.move(x, y, { steps: 3 });
    // A server that is still starting answers nothing, and the editor asks once per movement.
    if (await appears(hover, 2_000)) return hover;
  }
  throw new Error(`no hover at "${text}"`);
}

async function clickOn(page, line, text) {
  const { x, y } = center(await placeOf(page, line, text));
  await page.mouse.click(x, y);
}

/**
 * Opens a menu of code actions at some text and answers the menu and its entry that holds `title`.
 * The editor asks the server once per key, so an answer that came too early is asked for again.
 */
async function actionMenu(page, { line, text, title, keys }) {
  const menu = page.locator('.action-widget').first();
  const entry = menu.locator('.monaco-list-row', { hasText: title }).first();
  for (let attempt = 0; attempt < 8; attempt++) {
    await page.keyboard.press('Escape');
    await clickOn(page, line, text);
    await page.keyboard.press(keys);
    if (await appears(entry, 3_000)) return { menu, entry };
  }
  throw new Error(`no action "${title}" at "${text}"`);
}

function peekOf(page) {
  return page.locator('.peekview-widget').first();
}

/** Opens the peek of references at some text. A server that is still starting has none, so it is asked again. */
async function referencesOf(page, line, text) {
  for (let attempt = 0; attempt < 8; attempt++) {
    await page.keyboard.press('Escape');
    await clickOn(page, line, text);
    await page.keyboard.press('Shift+F12');
    if (await appears(peekOf(page), 3_000)) return peekOf(page);
  }
  throw new Error(`no references at "${text}"`);
}

/** Chooses an entry of the menu of the editor at some text. */
async function runFromMenu(page, { title, line, text }) {
  const menu = page.locator('.monaco-menu').first();
  const entry = menu.locator('.action-label', { hasText: title }).first();
  for (let attempt = 0; attempt < 8; attempt++) {
    await page.keyboard.press('Escape');
    const { x, y } = center(await placeOf(page, line, text));
    await page.mouse.click(x, y, { button: 'right' });
    if (!(await appears(entry, 3_000))) continue;
    // A menu that has just opened ignores the mouse, so that nobody chooses by accident.
    for (let click = 0; click < 8 && (await menu.isVisible()); click++) {
      await entry.click({ timeout: 3_000 }).catch(() => undefined);
      if (await disappears(menu, 500)) return;
    }
  }
  throw new Error(`no "${title}" in the menu at "${text}"`);
}

/** Runs a command by its title, as a person would who knows its name. */
async function runFromPalette(page, title) {
  const first = page.locator('.quick-input-list .monaco-list-row[data-index="0"]', { hasText: title });
  for (let attempt = 0; attempt < 8; attempt++) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input.input');
    if (!(await appears(input, 3_000))) continue;
    await input.fill(`>${title}`, { timeout: 3_000 }).catch(() => undefined);
    if (!(await appears(first, 3_000))) continue;
    await page.keyboard.press('Enter');
    return;
  }
  throw new Error(`no "${title}" in the command palette`);
}

async function showSideBar(page, isShown) {
  const bar = page.locator('.part.sidebar');
  if ((await bar.isVisible()) !== isShown) await page.keyboard.press('Control+b');
  await bar.waitFor({ state: isShown ? 'visible' : 'hidden', timeout: patience });
}

/** Closes the panel below the editors (problems, output), which some commands open: it is in the way of what follows. */
async function closePanel(page) {
  const panel = page.locator('.part.panel');
  if (await panel.isVisible()) await page.keyboard.press('Control+j');
  await panel.waitFor({ state: 'hidden', timeout: patience });
}

/** Shows what is not saved yet as a difference, and answers the locator of the view. */
async function compareWithSaved(page) {
  await page.keyboard.press('Control+k');
  await page.keyboard.press('d');
  const view = page.locator('.monaco-diff-editor');
  await view.locator('.line-insert').first().waitFor({ timeout: patience });
  return view;
}

/** Asks until the answer is yes. For what the page itself does not tell, like a file on disk. */
async function until(ask) {
  const deadline = Date.now() + patience;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error('not in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function appears(locator, timeout) {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

async function disappears(locator, timeout) {
  return locator.waitFor({ state: 'hidden', timeout }).then(
    () => true,
    () => false,
  );
}

function center({ x, y, width, height }) {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The smallest box around all. */
function union(boxes) {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The border of the editor at the left of the window. */
const windowEdge = 8;

/** A picture of the part of the window that holds all boxes. */
export async function takePicture(page, path, boxes) {
  const { width, height } = page.viewportSize();
  const box = union(boxes);
  const x = Math.max(windowEdge, box.x);
  const y = Math.max(0, box.y);
  const right = Math.min(width, box.x + box.width);
  const bottom = Math.min(height, box.y + box.height);
  await page.screenshot({ path, clip: { x, y, width: right - x, height: bottom - y }, animations: 'disabled' });
}
