/** `npm run package`: makes slimscope-VERSION.vsix in the root of the repository. */
import { isProgram, main, runTool } from './support/project.mjs';

/** Arguments of `vsce`. The bundles hold every dependency, so none is packed; links of the README stay as written. */
export function packageArguments(outFile) {
  const args = ['package', '--no-dependencies', '--no-rewrite-relative-links'];
  return outFile === undefined ? args : [...args, '--out', outFile];
}

if (isProgram(import.meta.url)) await main(() => runTool('@vscode/vsce/vsce', packageArguments()));
