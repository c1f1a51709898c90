/**
 * What is said about a migration, in words, and the smallest replacement that does it. Plain data and text.
 */
import type { MigrateResult } from '../../server/src/lsp/protocol';

/** One sentence for the question whether to apply it. */
export function migrationSummary({ converted, refused, removed, caveats }: MigrateResult): string {
  const all = converted.length + refused.length;
  const parts = [`${converted.length} of ${count(all, 'TF-Slim call')} ${all === 1 ? 'becomes' : 'become'} Keras`];
  if (removed > 0)
    parts.push(`${count(removed, 'scope or import', 'scopes and imports')} ${removed === 1 ? 'goes' : 'go'}`);
  if (caveats.length > 0) parts.push(`${count(caveats.length, 'note')} to read`);
  return `Slimscope: ${parts.join(', ')}.`;
}

/** The whole story as Markdown. */
export function migrationReport(name: string, { converted, refused, caveats }: MigrateResult): string {
  const sections = [`# Migration of ${name}`];
  if (caveats.length > 0) {
    const items = caveats.map(({ text, layers }) => `* ${text} (${count(layers, 'layer')})`);
    sections.push(`## To know\n\n${items.join('\n')}`);
  }
  if (refused.length > 0) {
    const items = refused.map(
      ({ line, callee, reasons }) => `* line ${line + 1}, \`${callee}\`: ${reasons.join('; ')}`,
    );
    sections.push(`## Stays as it is\n\n${items.join('\n')}`);
  }
  if (converted.length > 0) {
    const items = converted.map(({ line, callee, layer }) => `* line ${line + 1}: \`${callee}\` to \`${layer}\``);
    sections.push(`## Converted\n\n${items.join('\n')}`);
  }
  return `${sections.join('\n\n')}\n`;
}

/** What differs between two texts: everything between their common start and their common end. */
export function changedPart(
  before: string,
  after: string,
): { readonly start: number; readonly end: number; readonly text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}
