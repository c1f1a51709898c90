/**
 * The report of `slimscope migrate` for people: per file what becomes Keras, what stays and why, and what to know.
 */
import type { MigratedFile, MigrationReport } from '../migrate';

/** @param isWritten whether the files were written */
export function migrateText({ files, problems }: MigrationReport, isWritten: boolean): string {
  const blocks = files.map(fileText);
  const notes = problems.map(({ path, reason }) => `${path} note: ${reason}\n`);
  return [...blocks, ...notes, summary(files, isWritten)].join('\n');
}

function fileText({ path, converted, refused, caveats, removed, kept, parameters }: MigratedFile): string {
  const counts = [
    `${converted.length} of ${count(converted.length + refused.length, 'call')} to Keras`,
    ...(removed > 0 ? [`${count(removed, 'scope or import', 'scopes and imports')} that nothing needs any more`] : []),
  ];
  const lines = [
    `${path}: ${counts.join(', ')}`,
    ...refused.map(
      ({ line, column, callee, reasons }) => `  ${path}:${line}:${column}: \`${callee}\` stays: ${reasons[0] ?? ''}`,
    ),
    ...parameters.map(
      ({ function: fn, name, calls }) =>
        `  \`${fn}\` gets the parameter \`${name}\`, which ${count(calls, 'call')} ${calls === 1 ? 'passes' : 'pass'}`,
    ),
    ...kept.map(({ line, column, what }) => `  ${path}:${line}:${column}: stays: ${what}`),
    ...caveats.map(({ text, layers }) => `  note (${count(layers, 'layer')}): ${text}`),
  ];
  return `${lines.join('\n')}\n`;
}

function summary(files: readonly MigratedFile[], isWritten: boolean): string {
  const converted = files.reduce((sum, file) => sum + file.converted.length, 0);
  const refused = files.reduce((sum, file) => sum + file.refused.length, 0);
  if (converted + refused === 0) return 'no TF-Slim calls\n';
  const written = isWritten || converted === 0 ? '' : '; nothing is written without `--write`';
  return `${converted} of ${count(converted + refused, 'call')} in ${count(files.length, 'file')} to Keras${written}\n`;
}

function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}
