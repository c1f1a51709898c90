/**
 * `slimscope explain` for people: one block per call, its arguments in the order of the signature, each with its
 * value and where it comes from. What all ways to the call have in common is told once; then each group of ways with what
 * it receives otherwise. Plain text without colours, so that it can be searched and compared.
 */
import { knownText } from './knownText';
import { groupExplained, type ExplainedGroup, type ExplainedPath } from './groupExplained';
import type { ExplainedArgument, ExplainedCall, ExplainedFile } from '../explain/format';

/** Call paths that are written out; the rest is counted. `--format json` has them all. */
const MOST_PATHS = 5;
/** Values that an argument takes in turn. */
const MOST_VALUES = 8;

/** The text for one file; empty when it holds no calls and no problems. */
export function explainText(file: ExplainedFile): string {
  const calls = file.calls.map((call) => callText(file.path, call));
  const problems = file.problems.map(({ reason, cell, line, column = 1 }) => {
    const place = line === undefined ? '' : `:${lineKey({ cell, line })}:${column}`;
    return `${file.path}${place} note: ${reason}\n`;
  });
  return [...calls, ...problems].join('\n');
}

function callText(path: string, call: ExplainedCall): string {
  const via = call.via === undefined ? '' : ` (through ${call.via})`;
  const unreached = call.unreached ? ['  not reached by any call that is followed; by itself it receives:'] : [];
  const lines = [`${path}:${lineKey(call)}:${call.column} ${call.op}${via}`, ...unreached];
  const grouped = groupExplained(call.contexts);
  const [only, ...others] = grouped.groups;
  if (only && others.length === 0) {
    lines.push(...pathLines(only.paths), ...errorLines(only), ...rows('  ', [...grouped.common, ...only.arguments]));
  } else {
    lines.push(...rows('  ', grouped.common));
    grouped.groups.forEach((group, i) => {
      const [head = '', ...more] = variantHead(group.paths);
      lines.push(`  variant ${i + 1}${head}`, ...more, ...errorLines(group, '  '), ...rows('    ', group.arguments));
      lines.push(...group.assuming.map((assumption) => `    assuming ${assumption}`));
    });
  }
  lines.push(...grouped.assuming.map((assumption) => `  assuming ${assumption}`));
  return lines.map((line) => `${line}\n`).join('');
}

/** `12`, or `cell 3:2` in a notebook. */
function lineKey({ cell, line }: { readonly cell?: number | undefined; readonly line: number }): string {
  return cell === undefined ? String(line) : `cell ${cell}:${line}`;
}

function errorLines({ errors }: ExplainedGroup, indent = ''): readonly string[] {
  return errors.map(({ type, message }) => `${indent}  fails: ${type}: ${message}`);
}

// --------------------------------------------------------------------------------------------------- paths

function pathText(path: ExplainedPath): string {
  if (path.length === 0) return 'elsewhere';
  return path
    .map((one) => `${one.path}:${lineKey(one)}${one.function === undefined ? '' : ` ${one.function}`}`)
    .join(' > ');
}

function pathLines(paths: readonly ExplainedPath[]): readonly string[] {
  const [first] = paths;
  if (!first || paths.every((path) => path.length === 0)) return [];
  if (paths.length === 1) return [`  called from ${pathText(first)}`];
  return [`  the same on all ${paths.length} call paths:`, ...listed(paths, '    ')];
}

function variantHead(paths: readonly ExplainedPath[]): readonly string[] {
  const [first] = paths;
  if (!first || paths.every((path) => path.length === 0)) return [''];
  if (paths.length === 1) return [`, called from ${pathText(first)}`];
  return [`, on ${paths.length} call paths:`, ...listed(paths, '      ')];
}

function listed(paths: readonly ExplainedPath[], indent: string): readonly string[] {
  const shown = paths.slice(0, MOST_PATHS).map((path) => indent + pathText(path));
  const more = paths.length - shown.length;
  return more > 0 ? [...shown, `${indent}and ${more} more`] : shown;
}

// ----------------------------------------------------------------------------------------------- arguments

function rows(indent: string, args: ExplainedGroup['arguments']): readonly string[] {
  const cells = args.map(([name, found]) => [name, inTurn(found.map(valueText)), originsText(found)]);
  const widths = [0, 1].map((column) => Math.min(40, Math.max(0, ...cells.map((row) => row[column]?.length ?? 0))));
  return cells.map(([name = '', value = '', origin = '']) =>
    `${indent}${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${origin}`.trimEnd(),
  );
}

/** `64, 128, 256 in turn`; `depth = 64, 128 in turn` */
function inTurn(values: readonly string[]): string {
  const [first = '', ...others] = new Set(values);
  if (others.length === 0) return first;
  const name = /^.*? = /.exec(first)?.[0] ?? '';
  const isShared = others.every((other) => other.startsWith(name));
  const shown = [first, ...others.map((other) => (isShared ? other.slice(name.length) : other))];
  const more = shown.length - MOST_VALUES;
  return `${shown.slice(0, MOST_VALUES).join(', ')}${more > 0 ? ` and ${more} more` : ''} in turn`;
}

function valueText({ text, value }: ExplainedArgument): string {
  const written = text.replace(/\s+/g, ' ');
  if ('unknown' in value) return written === '' ? '?' : written;
  const known = knownText(value.known);
  if (written === '') return known;
  const saysItself = known === 'a tensor' || sameText(written, known) || written.endsWith(`.${known}`);
  return saysItself ? written : `${written} = ${known}`;
}

/** `(3, 3)`, `[ 3, 3 ]` and `"a"` say the same as `[3, 3]` and `'a'`. */
function sameText(written: string, known: string): boolean {
  const plain = (text: string) =>
    text.replace(/[\s,]/g, '').replace(/[([]/g, '[').replace(/[)\]]/g, ']').replace(/"/g, "'");
  return plain(written) === plain(known);
}

/** The places where the values come from, each once, with where their scopes were entered again, and what is not known. */
function originsText(found: readonly ExplainedArgument[]): string {
  const again = new Map<string, Set<string>>();
  const reasons = new Set<string>();
  for (const { value, origin } of found) {
    const from = origin.kind === 'arg_scope' ? `arg_scope ${origin.path}:${lineKey(origin)}` : origin.kind;
    const places = again.get(from) ?? new Set<string>();
    again.set(from, places);
    if (origin.kind === 'arg_scope' && origin.reentered) {
      places.add(`${origin.reentered.path}:${lineKey(origin.reentered)}`);
    }
    if ('unknown' in value) reasons.add(value.unknown.replace(/\s+/g, ' '));
  }
  const origins = [...again].map(([from, places]) =>
    places.size > 0 ? `${from}, entered again at ${[...places].join(' and ')}` : from,
  );
  const unknown = reasons.size > 0 ? ` (not known: ${[...reasons].join('; ')})` : '';
  return `${origins.join(', ')}${unknown}`;
}
