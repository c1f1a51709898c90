/** Drives the embedded VS Code in headless Chromium: finds the browser, opens a page, runs a suite inside. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { UserError } from '../support/project.mjs';
import { findOnPath } from '../vscode/desktop.mjs';
import { pageAddress } from '../vscode/server.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macPrograms = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** `CHROMIUM_PATH`, else a Chromium or Chrome on the PATH or in its usual place; undefined when there is none. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (!existsSync(env.CHROMIUM_PATH)) throw new UserError(`CHROMIUM_PATH names no file: ${env.CHROMIUM_PATH}`);
    return env.CHROMIUM_PATH;
  }
  for (const name of names) {
    const found = findOnPath(name, env);
    if (found) return found;
  }
  return process.platform === 'darwin' ? macPrograms.find((path) => existsSync(path)) : undefined;
}

/** Starts the browser and a page of the given size. */
export async function openBrowser(executablePath, { viewport, deviceScaleFactor = 1, bypassCSP = false }) {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  args.push('--disable-background-networking', '--disable-component-update', '--disable-sync');
  const browser = await chromium.launch({ executablePath, args });
  const context = await browser.newContext({ viewport, deviceScaleFactor, bypassCSP });
  return { browser, page: await context.newPage() };
}

/**
 * Runs a test module inside the extension host and answers its exit code: 0 passed, 1 failed, 124 out of time.
 * VS Code calls the two functions when it runs tests in a browser; they have to be there before the page.
 */
export async function runInExtensionHost(page, server, { folder, developmentPath, testsPath, timeout }) {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  await page.exposeFunction('codeAutomationLog', () => undefined); // the suite writes a report of its own
  await page.exposeFunction('codeAutomationExit', (code) => resolve(code));
  const timer = setTimeout(() => resolve(124), timeout);
  try {
    await page.goto(pageAddress(server, { folder, developmentPath, testsPath }), { waitUntil: 'domcontentloaded' });
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
