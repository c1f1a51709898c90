/**
 * The core of the suite in the browser's own extension host: the extension as a web extension, its server in a worker. The
 * workbench is that of the embedded VS Code; extension and tests come from a small web server, as they would from a gallery.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { format } from 'node:util';
import esbuild from 'esbuild';
import { cacheDir, root } from '../support/project.mjs';
import { openBrowser } from './browser.mjs';
import { startFresh } from './embedded.mjs';
import { prepareWorkspace } from './suite.mjs';

const timeout = 180_000;
const tests = join(cacheDir, 'e2e', 'web-suite', 'index.js');

/** Answers the totals. */
export async function runWeb({ kit, chromium }) {
  const [folder] = await Promise.all([prepareWorkspace('web-workspace'), bundleTests()]);
  const files = await serveFiles();
  const server = await startFresh(kit, 'web-data');
  const { browser, page } = await openBrowser(chromium, { viewport: { width: 1200, height: 800 }, bypassCSP: true });
  const totals = { passed: 0, failed: 0 };
  try {
    const code = await runInWebHost(page, { server, folder, files, take: (entry) => count(totals, entry) });
    if (code !== 0 && totals.failed === 0) {
      console.log(code === 124 ? '  ✗ the suite did not end in time' : `  ✗ the suite ended with exit code ${code}`);
      await page.screenshot({ path: join(cacheDir, 'e2e', 'failed web.png') });
      totals.failed = 1;
    }
  } finally {
    await browser.close();
    await server.stop();
    files.close();
  }
  return totals;
}

function count(totals, { title, state, duration, error }) {
  totals[state] += 1;
  console.log(`  ${state === 'passed' ? '✓' : '✗'} ${title} (${duration} ms)`);
  if (error) console.log(String(error).replace(/^/gm, '      '));
}

async function bundleTests() {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/web/index.ts'],
    outfile: tests,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    external: ['vscode'],
    alias: { 'node:assert/strict': join(root, 'test', 'e2e', 'web', 'assert.ts') },
    logLevel: 'warning',
  });
}

/** Tests run in the host of the extension that they lie in. */
const testsPath = '/ext/web-suite.js';

/** Serves the extension and the tests below /ext, to every origin. */
function serveFiles() {
  const types = { '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
  const web = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname));
    const file = path === testsPath ? tests : join(root, path.slice('/ext'.length));
    const headers = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
    if (!existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404, headers).end();
    response.writeHead(200, { ...headers, 'Content-Type': types[extname(file)] ?? 'text/plain' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    web.listen(0, '127.0.0.1', () => {
      const { port } = web.address();
      resolve({ authority: `127.0.0.1:${port}`, close: () => web.close() });
    });
  });
}

/** Runs in the page before the workbench: says where the extension and the tests are. */
function develop(options) {
  const { getAttribute } = Element.prototype;
  Element.prototype.getAttribute = function (name) {
    const value = getAttribute.call(this, name);
    if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || value === null) return value;
    return JSON.stringify({ ...JSON.parse(value), developmentOptions: options });
  };
}

async function runInWebHost(page, { server, folder, files, take }) {
  const at = (path) => ({ scheme: 'http', authority: files.authority, path });
  await page.addInitScript(develop, {
    enableSmokeTestDriver: true,
    extensions: [at('/ext')],
    extensionTestsPath: at(testsPath),
  });
  let finish;
  const ended = new Promise((resolve) => (finish = resolve));
  await page.exposeFunction('codeAutomationLog', (_type, args) => {
    const entry = /slimscope-test (\{.*\})/s.exec(format(...args))?.[1];
    if (entry) take(JSON.parse(entry));
    else if (process.env.DEBUG) console.log(format(...args));
  });
  await page.exposeFunction('codeAutomationExit', (code) => finish(code));
  const timer = setTimeout(() => finish(124), timeout);
  const address = `${server.origin}/?${new URLSearchParams({ folder })}`;
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  const code = await ended;
  clearTimeout(timer);
  return code;
}
