/**
 * `slimscope explain` for people: one block per call, its arguments in the order of the signature, each with its
 * value and where it comes from. Plain text without colours, so that it can be searched and compared.
 */
import { knownText } from './knownText';
import type { ExplainedArgument, ExplainedCall, ExplainedContext, ExplainedFile } from '../explain/format';

/** The text for one file; empty when it holds no calls and no problems. */
export function explainText(file: ExplainedFile): string {
  const calls = file.calls.map((call) => callText(file.path, call));
  const problems = file.problems.map(({ reason, line, column }) => {
    const place = line === undefined ? '' : `:${line}:${column ?? 1}`;
    return `${file.path}${place} note: ${reason}\n`;
  });
  return [...calls, ...problems].join('\n');
}

function callText(path: string, call: ExplainedCall): string {
  const via = call.via === undefined ? '' : ` (through ${call.via})`;
  const head = `${path}:${call.line}:${call.column} ${call.op}${via}\n`;
  return head + call.contexts.map((context, i) => contextText(context, call.contexts.length > 1 ? i + 1 : 0)).join('');
}

function contextText(context: ExplainedContext, number: number): string {
  const lines: string[] = [];
  if (number > 0 || context.callers.length > 0) {
    const variant = number > 0 ? `  variant ${number}` : '  ';
    const from = [context.callers, ...(context.alsoFrom ?? [])].filter((callers) => callers.length > 0);
    const called = from.map((callers) => callers.map(({ path, line }) => `${path}:${line}`).join(' > ')).join(', ');
    lines.push(called === '' ? variant : `${variant}${number > 0 ? ', ' : ''}called from ${called}`);
  }
  if (context.error) lines.push(`  fails: ${context.error.type}: ${context.error.message}`);
  const rows = Object.entries(context.arguments).map(([name, argument]) => [
    name,
    valueText(argument),
    originText(argument),
  ]);
  const widths = [0, 1].map((column) => Math.min(40, Math.max(0, ...rows.map((row) => row[column]?.length ?? 0))));
  for (const [name = '', value = '', origin = ''] of rows) {
    lines.push(`  ${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${origin}`.trimEnd());
  }
  const assumed = new Set(Object.values(context.arguments).flatMap(assumptionsOf));
  for (const assumption of assumed) lines.push(`  assuming ${assumption}`);
  return lines.map((line) => `${line}\n`).join('');
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

function originText({ value, origin }: ExplainedArgument): string {
  const unknown = 'unknown' in value ? ` (not known: ${value.unknown})` : '';
  switch (origin.kind) {
    case 'call':
      return `call${unknown}`;
    case 'default':
      return `default${unknown}`;
    case 'arg_scope': {
      const again = origin.reentered ? `, entered again at ${origin.reentered.path}:${origin.reentered.line}` : '';
      return `arg_scope ${origin.path}:${origin.line}${again}${unknown}`;
    }
  }
}

function assumptionsOf({ value }: ExplainedArgument): readonly string[] {
  return 'known' in value ? (value.assuming ?? []) : [];
}
