/**
 * The evaluator against recorded truth: what every op call of tf_slim's own networks received under real TensorFlow.
 * Without the callers in the workspace the evaluator knows the lexical part: everything that it states must agree with
 * every recorded run, and every recorded call must be found. The figures are printed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { CallContext, EffectiveArgument, ImplicitCall, OpCall } from '../../server/src/slim/model';
import type { SourceFile } from '../../server/src/semantics/program';
import type { NormalForm } from '../../server/src/slim/library/normalFormType';
import { sameNormalForm, toNormalForm } from '../../server/src/slim/library/normalForm';
import { memoryWorkspace } from '../support/memoryWorkspace';
import { openSourceOrSkip } from '../support/openSources';

interface TruthArgument {
  readonly value: NormalForm;
  readonly from: 'call' | 'scope' | 'default';
  readonly scope?: {
    readonly path: string;
    readonly line: number;
    readonly kwLine?: number;
    readonly kwCol?: number;
  } | null;
}

/** What is compared: the arguments of a call or of a normalizer that the library calls. */
type Stated = Pick<CallContext, 'arguments'>;

interface TruthRow {
  readonly path: string;
  readonly line: number;
  readonly col: number;
  readonly endLine: number;
  readonly endCol: number;
  readonly op: string;
  readonly via?: string;
  readonly contexts: readonly { readonly driver: string; readonly args: Readonly<Record<string, TruthArgument>> }[];
}

/** Called through what a parameter holds (`block.unit_fn`): found only where the callers are followed. */
const THROUGH_PARAMETERS = [
  'tf_slim/nets/resnet_utils.py:215:19 bottleneck',
  'tf_slim/nets/resnet_utils.py:219:19 bottleneck',
];

const NETS = [
  'alexnet',
  'inception',
  'inception_v1',
  'inception_v2',
  'inception_v3',
  'overfeat',
  'resnet_utils',
  'resnet_v1',
  'resnet_v2',
  'vgg',
];

const folder = await openSourceOrSkip('tf_slim');

describe.skipIf(folder === undefined)('tf_slim 1.1.0', () => {
  if (folder === undefined) return;
  const files = NETS.map((net) => `tf_slim/nets/${net}.py`).map((path) => ({
    path,
    text: readFileSync(join(folder, path), 'utf8'),
  }));
  const workspace = memoryWorkspace(files);
  const truth = JSON.parse(
    gunzipSync(readFileSync(join(__dirname, 'truth/tf_slim-1.1.0-nets.json.gz'))).toString(),
  ) as { rows: TruthRow[] };
  const rows = truth.rows.filter((row) => files.some((file) => file.path === row.path));

  test('every recorded call is found, and nothing that is stated about it is wrong', () => {
    const missing: string[] = [];
    const wrong: string[] = [];
    let known = 0;
    let total = 0;
    for (const row of rows) {
      const source = workspace.snapshot.getFile(workspace.uri(row.path));
      const calls = workspace.snapshot.analysis(workspace.uri(row.path))?.calls ?? [];
      const place = `${row.path}:${row.line}:${row.col} ${row.op} ${row.via ?? ''}`.trimEnd();
      const [outer, inner] = row.via?.includes('normalizer_fn')
        ? [row.via.replace(/\/?normalizer_fn/, ''), 'normalizer_fn']
        : [row.via ?? '', ''];
      const found = calls.filter(
        (call) =>
          source &&
          startsAt(source, call, row) &&
          (call.via ?? '') === outer &&
          (inner !== '' || call.op.name === row.op),
      );
      if (!source || found.length === 0) {
        missing.push(place);
        continue;
      }
      const ours = found
        .flatMap((call) => call.contexts)
        .flatMap((context): readonly Stated[] => (inner === '' ? [context] : implicit(context)));
      for (const context of row.contexts) {
        const problems = ours.map((one) => disagreements(workspace.snapshot, one.arguments, context.args, row));
        if (problems.length > 0 && !problems.some((list) => list.length === 0)) {
          wrong.push(`${place} [${context.driver}] ${(problems[0] ?? []).join('; ')}`);
        }
      }
      for (const argument of ours[0]?.arguments ?? []) {
        total++;
        if (toNormalForm(argument.value) !== undefined && argument.certainty === 'certain') known++;
      }
    }
    console.log(
      `${rows.length} recorded rows, ${missing.length} not found, ${wrong.length} disagreements, ${known} of ${total} arguments certain`,
    );
    expect(missing).toEqual(THROUGH_PARAMETERS);
    expect(wrong).toEqual([]);
    expect(known / total).toBeGreaterThan(0.3);
  });
});

function startsAt(source: SourceFile, call: OpCall, row: TruthRow): boolean {
  const start = source.lines.positionAt(call.call.span.start);
  const end = source.lines.positionAt(call.call.span.end);
  return (
    start.line + 1 === row.line &&
    start.column + 1 === row.col &&
    end.line + 1 === row.endLine &&
    end.column + 1 === row.endCol
  );
}

function implicit(context: CallContext): readonly ImplicitCall[] {
  return context.implicitCalls.filter((call) => call.via === 'normalizer_fn');
}

/** Statements about the arguments that a recorded run contradicts. */
function disagreements(
  program: { getFile(file: string): SourceFile | undefined },
  ours: readonly EffectiveArgument[],
  recorded: Readonly<Record<string, TruthArgument>>,
  row: TruthRow,
): readonly string[] {
  const problems: string[] = [];
  for (const argument of ours) {
    const truth = recorded[argument.name];
    if (!truth) continue;
    const from = argument.origin.kind === 'argScope' ? 'scope' : argument.origin.kind;
    const certain = argument.certainty === 'certain';
    if (certain && truth.from !== from) problems.push(`${argument.name}: from ${from}, recorded ${truth.from}`);
    const value = toNormalForm(argument.value);
    const compared = value !== undefined && (certain || truth.from === 'default') && argument.name !== 'inputs';
    if (compared && !sameNormalForm(value, truth.value, argument.name)) {
      problems.push(`${argument.name}: ${JSON.stringify(value)}, recorded ${JSON.stringify(truth.value)}`);
    }
    if (argument.origin.kind === 'argScope' && truth.from === 'scope' && truth.scope) {
      const { file, span } = argument.origin.keyword ?? argument.origin.scope;
      const at = program.getFile(file);
      const position = at?.lines.positionAt(span.start);
      const line = truth.scope.kwLine ?? truth.scope.line;
      if (at?.path !== truth.scope.path || (position?.line ?? -2) + 1 !== line) {
        problems.push(
          `${argument.name}: set at ${at?.path ?? '?'}:${(position?.line ?? 0) + 1}, recorded ${truth.scope.path}:${line}`,
        );
      }
    }
  }
  for (const name of Object.keys(recorded)) {
    if (!ours.some((argument) => argument.name === name)) problems.push(`${name}: not stated`);
  }
  return row.contexts.length === 0 ? [] : problems;
}
