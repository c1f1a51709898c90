/**
 * What is said about a migration, in words, and the smallest replacement that does it. Plain data and text.
 */
import { l10n } from 'vscode';
import type { MigratedDocument, MigrateResult, MigrateWorkspaceResult } from '../../server/src/lsp/protocol';

/** One sentence for the question whether to apply it. */
export function migrationSummary({ converted, refused, removed, caveats }: MigrateResult): string {
  const all = converted.length + refused.length;
  const done = converted.length;
  const parts = [
    all === 1
      ? l10n.t('{0} of 1 TF-Slim call becomes Keras', done)
      : l10n.t('{0} of {1} TF-Slim calls become Keras', done, all),
  ];
  if (removed === 1) parts.push(l10n.t('1 scope or import goes'));
  if (removed > 1) parts.push(l10n.t('{0} scopes and imports go', removed));
  if (caveats.length === 1) parts.push(l10n.t('1 note to read'));
  if (caveats.length > 1) parts.push(l10n.t('{0} notes to read', caveats.length));
  return l10n.t('Slimscope: {0}.', parts.join(', '));
}

/** The whole story as Markdown. */
export function migrationReport(name: string, result: MigrateResult): string {
  return `${[`# ${l10n.t('Migration of {0}', name)}`, ...sectionsOf(result)].join('\n\n')}\n`;
}

/** The same for several files. */
export function workspaceReport({ files }: MigrateWorkspaceResult, pathOf: (uri: string) => string): string {
  const parts = files.map((one) =>
    [`# ${l10n.t('Migration of {0}', pathOf(one.uri))}`, ...sectionsOf(one)].join('\n\n'),
  );
  return `${parts.join('\n\n')}\n`;
}

/** One sentence for the question whether to apply it. */
export function workspaceSummary({ files }: MigrateWorkspaceResult): string {
  const done = files.reduce((sum, { converted }) => sum + converted.length, 0);
  const all = done + files.reduce((sum, { refused }) => sum + refused.length, 0);
  const changed = files.filter(({ oldText, newText }) => oldText !== newText).length;
  return l10n.t('Slimscope: {0} of {1} TF-Slim calls become Keras; {2} files change.', done, all, changed);
}

type Told = Omit<MigratedDocument, 'uri' | 'oldText'>;

function sectionsOf({ converted, refused, caveats, parameters, kept }: Told): readonly string[] {
  const sections: string[] = [];
  const list = (items: readonly string[]): string => items.map((item) => `* ${item}`).join('\n');
  if (caveats.length > 0) {
    const items = caveats.map(
      ({ text, layers }) => `* ${text} (${layers === 1 ? l10n.t('1 layer') : l10n.t('{0} layers', layers)})`,
    );
    sections.push(`## ${l10n.t('To know')}\n\n${items.join('\n')}`);
  }
  if (refused.length > 0) {
    const items = refused.map(
      ({ line, callee, reasons }) => `* ${l10n.t('line {0}, `{1}`: {2}', line + 1, callee, reasons.join('; '))}`,
    );
    sections.push(`## ${l10n.t('Stays as it is')}\n\n${items.join('\n')}`);
  }
  if (parameters.length > 0) sections.push(`## ${l10n.t('New parameters')}\n\n${list(parameters)}`);
  if (kept.length > 0) sections.push(`## ${l10n.t('Scopes that are still in use')}\n\n${list(kept)}`);
  if (converted.length > 0) {
    const items = converted.map(
      ({ line, callee, layer }) => `* ${l10n.t('line {0}: `{1}` to `{2}`', line + 1, callee, layer)}`,
    );
    sections.push(`## ${l10n.t('Converted')}\n\n${items.join('\n')}`);
  }
  return sections;
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
