/**
 * Colours for terminals, or none. What they say is always said in words, too.
 */
import type { Severity } from '../../rules/rule';

export interface Styles {
  bold(text: string): string;
  dim(text: string): string;
  severity(severity: Severity, text: string): string;
}

const codes: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 34, hint: 36 };

/** Styles that colour, or leave texts as they are. */
export function createStyles(useColors: boolean): Styles {
  const style = (code: number, text: string) => (useColors ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: (text) => style(1, text),
    dim: (text) => style(2, text),
    severity: (severity, text) => style(codes[severity], text),
  };
}
