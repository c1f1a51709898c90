/**
 * Which scopes callers of a file's functions might enter: calls of the scope factories that exist, those of the file and
 * of what it imports first. For a person to choose from.
 */
import type { CancelToken } from '../../base/cancel';
import type { Snapshot } from '../../project/snapshot';
import { otherNamesIn, scopeFactoriesOf } from './scopeFactories';

/** More than anybody chooses from. */
const most = 50;

/** As they are written: `vgg_arg_scope()`, `nets.resnet_utils.resnet_arg_scope()`. */
export function assumableScopes(snapshot: Snapshot, file: string, cancel: CancelToken): readonly string[] {
  const found: { readonly file: string; readonly module: string; readonly name: string }[] = [];
  for (const one of snapshot.files) {
    if (!(snapshot.getText(one) ?? '').includes('arg_scope')) continue;
    const source = snapshot.getFile(one);
    const analysis = source && snapshot.quickAnalysis(one, cancel);
    if (!source || !analysis || source.cells) continue;
    for (const fn of scopeFactoriesOf(source, analysis))
      found.push({ file: one, module: source.moduleName, name: fn.name.name });
  }
  const source = snapshot.getFile(file);
  const others = source ? otherNamesIn(source, new Set(found.map(({ name }) => name))) : [];
  const own = [...found.filter((one) => one.file === file).map(({ name }) => name), ...others];
  const elsewhere = found.filter((one) => one.file !== file).map(({ module, name }) => `${module}.${name}`);
  return [...new Set([...own, ...elsewhere])].slice(0, most).map((name) => `${name}()`);
}
