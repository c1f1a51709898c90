/** Stands for the `vscode` module in tests of the client's words: what is said is the English text. */

/** As VS Code does it without a bundle: `{0}` is the first argument, `{name}` that of the name. */
export const l10n = {
  t(message: string, ...args: readonly unknown[]): string {
    const [first] = args;
    const named = typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : undefined;
    return message.replace(/\{(\w+)\}/g, (_, key: string) => String(named?.[key] ?? args[Number(key)]));
  },
};
