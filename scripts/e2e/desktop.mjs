/** Runs the suite in a desktop VS Code through @vscode/test-electron. */
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { cacheDir, root } from '../support/project.mjs';

/**
 * Answers the exit code of the suite. Without a program the test runner downloads VS Code from its update service: the
 * `version` (`stable`, `insiders`, `1.91.0`), or the newest.
 */
export async function runDesktop({ program, version }, { folder, testsPath, env }) {
  const launchArgs = [folder, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'];
  launchArgs.push(`--user-data-dir=${join(cacheDir, 'e2e', 'desktop-data')}`);
  launchArgs.push(`--extensions-dir=${join(cacheDir, 'e2e', 'desktop-extensions')}`);
  if (process.getuid?.() === 0) launchArgs.push('--no-sandbox');
  try {
    return await runTests({
      ...(program === undefined ? {} : { vscodeExecutablePath: program }),
      ...(version === undefined ? {} : { version }),
      cachePath: join(cacheDir, 'vscode-desktop'),
      extensionDevelopmentPath: root,
      extensionTestsPath: testsPath,
      extensionTestsEnv: env,
      launchArgs,
    });
  } catch (error) {
    console.error(`The desktop VS Code ended with an error: ${error.message ?? error}`);
    return 1;
  }
}
