/**
 * Requirements of TensorFlow in files that have one per line: those of pip, `environment.yml` of conda and `setup.cfg`.
 */
import { readRequirement, type Requirement } from './requirement';

/** Requirements of a file for `pip install -r` or `-c`; files that it includes are not followed. */
export function pipRequirements(text: string): readonly Requirement[] {
  return linesOf(text).flatMap(({ line, start }) => readRequirement(line, start) ?? []);
}

/** Requirements of a conda environment, those under `pip:` included. */
export function condaRequirements(text: string): readonly Requirement[] {
  return linesOf(text).flatMap(({ line, start }) => {
    const item = /^(\s*-\s+)(["']?)(.*?)\2\s*(?:#.*)?$/.exec(line);
    if (item?.[3] === undefined) return [];
    return readRequirement(item[3], start + (item[1]?.length ?? 0) + (item[2]?.length ?? 0)) ?? [];
  });
}

/** Requirements of `[options]` and `[options.extras_require]` of a `setup.cfg`. */
export function setupCfgRequirements(text: string): readonly Requirement[] {
  const found: (Requirement | undefined)[] = [];
  let section = '';
  let isList = false;
  for (const { line, start } of linesOf(text)) {
    const header = /^\[(.+)\]\s*$/.exec(line);
    const option = /^([\w.-]+)\s*[:=]\s*/.exec(line);
    if (header) section = header[1]?.trim() ?? '';
    if (option) isList = (section === 'options' && option[1] === 'install_requires') || isExtras(section);
    if (!isList || header) continue;
    const skipped = option ? option[0].length : (/^\s*/.exec(line)?.[0].length ?? 0);
    found.push(readRequirement(line.slice(skipped), start + skipped));
  }
  return found.flatMap((one) => one ?? []);
}

function isExtras(section: string): boolean {
  return section === 'options.extras_require';
}

function linesOf(text: string): readonly { readonly line: string; readonly start: number }[] {
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = { line: raw.replace(/\r$/, ''), start };
    start += raw.length + 1;
    return line;
  });
}
