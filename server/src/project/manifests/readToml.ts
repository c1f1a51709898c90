/**
 * TOML text to plain data, or what is wrong with it and where. The only file that knows the TOML parser (decision 0010).
 */
import { parse, TomlError } from 'smol-toml';

export type TomlTable = Readonly<Record<string, unknown>>;

export type TomlResult =
  | { readonly kind: 'table'; readonly table: TomlTable }
  /** `line` is one-based. */
  | { readonly kind: 'wrong'; readonly line: number; readonly problem: string };

/** Never throws. */
export function readToml(text: string): TomlResult {
  try {
    return { kind: 'table', table: parse(text) };
  } catch (error) {
    // Whatever a file does to the library, it is the file that is wrong.
    if (!(error instanceof TomlError)) return { kind: 'wrong', line: 1, problem: String(error) };
    const [first = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    return { kind: 'wrong', line: error.line, problem: first };
  }
}

/** True for tables, not for lists, dates and single values. */
export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The table that a path of keys leads to; an empty one where there is none. */
export function tableAt(table: TomlTable, ...path: readonly string[]): TomlTable {
  let at: unknown = table;
  for (const key of path) at = isTable(at) ? at[key] : undefined;
  return isTable(at) ? at : {};
}
