/**
 * The layers view: a network of a file as it is built, one row per layer in order, with shapes, parameters and the scopes
 * around it. Nothing is executed. What is not known says why.
 */
import type { CancelToken } from '../../base/cancel';
import type { Location } from '../../base/span';
import type { Snapshot } from '../../project/snapshot';
import { lineText } from '../../semantics/lineText';
import type { AnalysisProblem } from '../../slim/model';
import type { NetworkRun } from '../../slim/shapes/networkTrace';
import { parseShape, shapeText } from '../../slim/shapes/shape';
import { KeywordIds } from './keywordIds';
import { layerRows } from './layerRows';
import type { LayersRequest, LayersView, NetworkContext, NetworkInput } from './layersModel';
import { chooseNetwork, networksOf } from './networks';
import { scopeTree } from './scopeTree';

/** More contexts than anybody chooses from. */
const MAX_CONTEXTS = 64;
const MAX_PROBLEMS = 5;

const nothing: Pick<LayersView, 'contexts' | 'context' | 'layers' | 'total' | 'scopes' | 'problems'> = {
  contexts: [],
  context: 0,
  layers: [],
  total: { trainable: 0, nonTrainable: 0 },
  scopes: [],
  problems: [],
};

/** What the view shows; undefined when there is no such file. */
export function layersOf(snapshot: Snapshot, request: LayersRequest, cancel?: CancelToken): LayersView | undefined {
  const source = snapshot.getFile(request.file);
  if (!source) return undefined;
  const networks = networksOf(snapshot, source);
  const network = chooseNetwork(networks, request);
  const names = networks.map(({ name, at }) => ({ name, at }));
  if (!network) return { networks: names, ...nothing };
  const typed = request.inputShape?.trim() ?? '';
  const inputShape = typed === '' ? undefined : parseShape(typed);
  const target = { file: request.file, start: network.node?.span.start, ...(inputShape && { inputShape }) };
  const { runs, problems } = snapshot.network(target, cancel);
  const distinct = distinctRuns(runs.slice(0, MAX_CONTEXTS));
  const index = Math.min(Math.max(request.context ?? 0, 0), Math.max(distinct.length - 1, 0));
  const { name, at } = network;
  const shown = { networks: names, network: { name, at } };
  const run = distinct[index]?.run;
  if (!run) return { ...shown, ...nothing, problems: problemTexts(snapshot, problems) };
  const ids = new KeywordIds();
  const { rows, total } = layerRows(run, ids);
  const input = inputOf(run, typed, inputShape !== undefined);
  return {
    ...shown,
    contexts: distinct.map((one) => contextOf(snapshot, one, name === '')),
    context: index,
    ...(input && { input }),
    layers: rows,
    total,
    scopes: scopeTree(snapshot, run, rows, ids),
    problems: [...problemTexts(snapshot, problems), ...cutNote(runs.length)],
  };
}

function cutNote(count: number): readonly string[] {
  return count > MAX_CONTEXTS
    ? [`the first ${MAX_CONTEXTS} of ${count} ways in which the network is built are shown`]
    : [];
}

interface DistinctRun {
  readonly run: NetworkRun;
  others: number;
}

/** Runs that build the same are one. */
function distinctRuns(runs: readonly NetworkRun[]): readonly DistinctRun[] {
  const found = new Map<string, DistinctRun>();
  for (const run of runs) {
    const { rows, total } = layerRows(run, new KeywordIds());
    const key = JSON.stringify([rows, total]);
    const known = found.get(key);
    if (known) known.others++;
    else found.set(key, { run, others: 0 });
  }
  return [...found.values()];
}

function contextOf(snapshot: Snapshot, { run, others }: DistinctRun, isBody: boolean): NetworkContext {
  const callers = run.callers.map(({ call }) => call);
  const last = run.callers.at(-1);
  const isAssumed = run.isAssumed && run.rootName !== undefined;
  if (!last && isBody) return { label: 'As the file runs', callers, others };
  if (!last) return { label: 'By itself, with default parameters', callers, others };
  const where = last.function === undefined ? '' : `, in ${last.function}`;
  const how = isAssumed ? ` (with default parameters of ${run.rootName ?? ''})` : '';
  return { label: `Called from ${placeText(snapshot, last.call)}${where}${how}`, callers, others };
}

function placeText(snapshot: Snapshot, { file, span }: Location): string {
  return `${snapshot.getPath(file)} ${lineText(snapshot.getFile(file), span.start)}`;
}

function inputOf({ input }: NetworkRun, typed: string, isTyped: boolean): NetworkInput | undefined {
  if (!input) return undefined;
  const wrong = typed !== '' && !isTyped;
  const isUnknown = input.shape.dims ? undefined : `with a shape of \`${input.parameter}\` there would be more to see`;
  const problem = wrong ? `\`${typed}\` is no shape: write one like ?x224x224x3` : isUnknown;
  const from = isTyped ? 'typed' : input.shape.dims ? 'program' : 'unknown';
  const shape = input.shape.dims ? shapeText(input.shape) : '';
  return { parameter: input.parameter, shape, from, ...(problem !== undefined && { problem }) };
}

function problemTexts(snapshot: Snapshot, problems: readonly AnalysisProblem[]): readonly string[] {
  const texts = problems.map(({ reason, at }) => (at ? `${reason} (${placeText(snapshot, at)})` : reason));
  return [...new Set(texts)].slice(0, MAX_PROBLEMS);
}
