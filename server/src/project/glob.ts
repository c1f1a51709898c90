/**
 * Globs for `slimscope.exclude`: `*`, `?` and `**`, matched against paths with `/` relative to a workspace folder.
 * A glob without `/` matches a name at any depth, and a glob that names a folder covers what is below it,
 * as in .gitignore. No braces, no character classes, no negation.
 */

/** A test for paths that any of the globs matches. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  const expressions = globs.filter((glob) => glob.trim() !== '').map(toExpression);
  return (path) => expressions.some((expression) => expression.test(path));
}

function toExpression(glob: string): RegExp {
  const trimmed = glob.trim().replace(/^\.\//, '/').replace(/\/$/, '');
  const anchored = trimmed.includes('/') ? trimmed.replace(/^\//, '') : `**/${trimmed}`;
  let pattern = '';
  for (let i = 0; i < anchored.length; i++) {
    if (anchored.startsWith('**/', i)) {
      pattern += '(?:.*/)?';
      i += 2;
    } else if (anchored.startsWith('**', i)) {
      pattern += '.*';
      i += 1;
    } else if (anchored[i] === '*') pattern += '[^/]*';
    else if (anchored[i] === '?') pattern += '[^/]';
    else pattern += (anchored[i] ?? '').replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  }
  return new RegExp(`^${pattern}(?:/.*)?$`);
}
