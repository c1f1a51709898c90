/**
 * `npm run test:vscode`: one Mocha suite inside a real VS Code, and a walk through its user interface.
 *
 *   --host desktop|embedded   which VS Code; without it a desktop one when there is one, else the embedded one
 *   --vscode VERSION          a desktop one of this version (`stable`, `1.91.0`), downloaded
 */
import { parseArgs } from 'node:util';
import { ensureDependencies, main, UserError } from '../support/project.mjs';
import { findDesktop } from '../vscode/desktop.mjs';
import { ensureKit } from '../vscode/kit.mjs';

await main(async () => {
  const { values } = parseArgs({ options: { host: { type: 'string' }, vscode: { type: 'string' } } });
  if (![undefined, 'desktop', 'embedded'].includes(values.host)) {
    throw new UserError(`--host is desktop or embedded, not ${values.host}`);
  }
  await ensureDependencies();
  const host = values.vscode ? downloadedHost(values.vscode) : await chooseHost(values.host);
  const { build } = await import('../build.mjs');
  await build();
  const suite = await runSuite(host);
  const parts = [suite, ...(await runWebHost(host)), ...(await runUi(host))];
  const passed = parts.reduce((sum, part) => sum + part.passed, 0);
  const failed = parts.reduce((sum, part) => sum + part.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});

function downloadedHost(version) {
  console.log(`Host: desktop VS Code ${version}, downloaded by @vscode/test-electron`);
  return { kind: 'desktop', program: undefined, version };
}

/** Which VS Code runs the tests, with what it needs; says so, and why. */
async function chooseHost(wanted) {
  const { findChromium } = await import('./browser.mjs');
  const desktop = wanted === 'embedded' ? undefined : findDesktop();
  if (desktop?.program) {
    console.log(`Host: desktop VS Code, ${desktop.program}`);
    return { kind: 'desktop', program: desktop.program };
  }
  const chromium = findChromium();
  if (wanted !== 'desktop' && chromium && process.platform !== 'win32') {
    const kit = await ensureKit();
    console.log(`Host: embedded ${kit.description} in ${chromium}`);
    if (wanted === undefined) console.log('The desktop host is skipped: no desktop VS Code found.');
    return { kind: 'embedded', kit, chromium };
  }
  if (wanted === 'embedded') {
    throw new UserError('No Chromium found. Install chromium, or set CHROMIUM_PATH to a Chromium or Chrome program.');
  }
  console.log('Host: desktop VS Code, downloaded by @vscode/test-electron (none is installed)');
  return { kind: 'desktop', program: undefined };
}

async function runSuite(host) {
  const { bundleSuite, clearReport, prepareWorkspace, printReport, reportFile } = await import('./suite.mjs');
  const [testsPath, folder] = await Promise.all([bundleSuite(), prepareWorkspace('workspace')]);
  await clearReport();
  const options = { folder, testsPath, env: { SLIMSCOPE_E2E_REPORT: reportFile } };
  const code = await startSuite(host, options);
  console.log('\nSuite in the extension host');
  const totals = await printReport();
  if (code === 0 && totals.passed > 0) return totals;
  if (totals.failed > 0) return totals;
  console.log(code === 124 ? '  ✗ the suite did not end in time' : `  ✗ the suite ended with exit code ${code}`);
  return { ...totals, failed: 1 };
}

async function startSuite(host, options) {
  if (host.kind === 'desktop') {
    const { runDesktop } = await import('./desktop.mjs');
    return runDesktop(host, options);
  }
  const { runEmbedded } = await import('./embedded.mjs');
  return runEmbedded(host.kit, host.chromium, options);
}

/** The same extension as a web extension. */
async function runWebHost(host) {
  if (host.kind === 'desktop') return [];
  const { runWeb } = await import('./web.mjs');
  console.log('\nSuite in the extension host of the browser');
  return [await runWeb(host)];
}

/** The user interface can be driven in a browser only. */
async function runUi(host) {
  if (host.kind === 'desktop') {
    console.log(
      '\nUser interface and npm start: skipped, they are driven in the embedded VS Code only (--host embedded)',
    );
    return [];
  }
  const { runScenes } = await import('./ui.mjs');
  const { runStart } = await import('./start.mjs');
  console.log('\nUser interface');
  const scenes = await runScenes(host);
  console.log('\nMain job');
  return [scenes, await runStart(host)];
}
