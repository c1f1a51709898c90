/**
 * The fifty traps of arg_scope and slim's layers: what Slimscope says about each, or that it says nothing. The golden
 * `says` lists the findings (but for the hint on the import), then what each call receives in each way in which it runs:
 * arguments as written, `<- line` behind those of a scope; `also` names defaults that are shown too.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CallContext, EffectiveArgument, OpCall } from '../../server/src/slim/model';
import { readMarkdownCases } from '../support/markdownCases';
import type { GoldenContext } from '../support/mdtest';
import { mdtest } from '../support/mdtest';
import { memoryWorkspace, type MemoryWorkspace } from '../support/memoryWorkspace';

const folder = new URL('./traps/', import.meta.url);

mdtest<MemoryWorkspace>({
  folder,
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings),
  goldens: { says },
});

test('each of the fifty has its case', () => {
  const { cases } = readMarkdownCases(readFileSync(new URL('traps.md', folder), 'utf8'));
  const numbers = cases.map(({ name }) => Number(/^(\d+)\. /.exec(name)?.[1]));
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  expect(cases.filter(({ blocks }) => !blocks.some(({ language }) => language === 'says'))).toEqual([]);
});

function says(workspace: MemoryWorkspace, { fixture, block }: GoldenContext): string {
  const path = fixture.files.at(-1)?.path ?? 'main.py';
  const uri = workspace.uri(path);
  const line = (offset: number): number => (workspace.snapshot.getFile(uri)?.lines.positionAt(offset).line ?? -1) + 1;
  const findings = workspace
    .diagnose(path)
    .filter(({ diagnostic }) => diagnostic.rule !== 'tf-slim-bridge')
    .map(({ diagnostic: { span, severity, rule, message } }) => {
      const [headline = ''] = message.split('\n');
      return `${line(span.start)} ${severity} ${rule}: ${headline}`;
    });
  const also = new Set((block.attributes['also'] ?? '').split(' '));
  const calls = workspace.snapshot.analysis(uri)?.calls ?? [];
  const received = calls.flatMap((call) =>
    call.contexts.map((one) => `${line(call.call.span.start)} ${callText(call, one, also, line)}`),
  );
  return [...(findings.length > 0 ? findings : ['nothing']), '', ...received].join('\n').trimEnd() + '\n';
}

function callText(
  call: OpCall,
  context: CallContext,
  also: ReadonlySet<string>,
  line: (offset: number) => number,
): string {
  const args = (list: readonly EffectiveArgument[]): string =>
    list.flatMap((one) => argumentText(one, also, line)).join(', ');
  const implicit = context.implicitCalls.map((one) => `, then ${one.op.name}(${args(one.arguments)})`).join('');
  const error = context.error ? ` -> ${context.error.type}: ${context.error.message}` : implicit;
  return `${call.op.name}(${args(call.op.signature.parameters.length > 0 ? context.arguments : [])})${error}`;
}

function argumentText(
  { name, text, value, origin, certainty }: EffectiveArgument,
  also: ReadonlySet<string>,
  line: (offset: number) => number,
): readonly string[] {
  if (name === 'inputs' && origin.kind === 'call') return [];
  const unknown = value.kind === 'unknown' && value.isTensor !== true ? ' (not known)' : '';
  if (origin.kind === 'call') return [`${name}=${text || valueText(value)}${unknown}`];
  if (origin.kind === 'argScope')
    return [`${name}=${text}${unknown} <- ${line((origin.keyword ?? origin.scope).span.start)}`];
  if (!also.has(name)) return [];
  return [`${name}=${text} by default${certainty === 'certain' ? '' : ' unless a caller sets it'}`];
}

/** What a library passes on has no text of its own. */
function valueText(value: EffectiveArgument['value']): string {
  if (value.kind === 'str') return `'${value.value}'`;
  return value.kind === 'external' ? value.paths.join(' or ') : value.kind;
}
