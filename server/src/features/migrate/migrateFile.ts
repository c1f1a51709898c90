/**
 * "Migrate to Keras" for a file, or a part of one: converts every call that can be converted, in rounds, since a call
 * inside the arguments of another comes first; then takes away the `arg_scope`s that reach nothing any more, and imports
 * that nobody uses any more. Each call is converted exactly or stays as it is. The result parses, or nothing is done.
 * Whoever asks keeps the project; this only says which text comes next.
 */
import { checkCancelled, type CancelToken } from '../../base/cancel';
import { contains, type Span } from '../../base/span';
import { applyEdits, collide, isSameEdit, type TextEdit } from '../../base/textEdit';
import type { Snapshot } from '../../project/snapshot';
import type { SourceFile } from '../../semantics/program';
import { convertToKeras } from '../../slim/keras/convertToKeras';
import type { FileAnalysis, OpCall } from '../../slim/model';
import { describeReason } from '../fixes/describeReason';
import { findNetworks, type GivenUp } from '../../slim/keras/findNetworks';
import { tensorOpEdits } from '../../slim/keras/tensorOps/tensorOps';
import type { NetworkPlan } from '../../slim/rewrite/networkPlan';
import { deadImportEdits } from './deadImports';
import { deadScopeEdits } from './deadScopes';
import type { Removal } from './removal';
import { deadVariableScopeEdits } from './deadVariableScopes';
import { brokenParts, hasBrokenThreads, plannedEndPointsEdits } from './plannedNetworks';
import { collectNamedEdits } from './threads/collectNamed';
import { noThreads, type ThreadPlan } from './threads/planThreads';
import type { ConvertedLayer, Migration, RefusedLayer } from './migration';
import { OffsetMap } from './offsetMap';
import type { HandedParameter } from './parameters/handedParameter';
import { handDown } from './parameters/handDown';

/** Nesting of calls inside calls, and of scopes inside scopes, is less deep than this. */
const mostRounds = 30;

export interface MigrationRequest {
  readonly file: string;
  /** Only calls in here are converted; the whole file when absent. */
  readonly within?: Span;
  readonly cancel: CancelToken;
  /** True when calls of other files have become Keras, so that scopes here may reach nothing any more. */
  readonly areOthersMigrated?: boolean;
  /** True when something of the file was migrated before. */
  readonly isMigrated?: boolean;
  /** Parameters that were added for what callers' scopes set (parameters/handedParameter.ts). */
  readonly parameters?: readonly HandedParameter[];
  /** What helper functions are handed for the names of their layers. */
  readonly threads?: ThreadPlan;
  /** How the text came about from the one that places are told in. */
  readonly map?: OffsetMap;
  /** Makes `text` the content of the file, in a project of its own. */
  setText(text: string): Snapshot;
}

/** Migrates a file; undefined when it does not exist. */
export function migrateFile(snapshot: Snapshot, request: MigrationRequest): Migration | undefined {
  const source = snapshot.getFile(request.file);
  if (!source) return undefined;
  const work = migrateWhole(snapshot, source, request);
  const result = work.source;
  if (result.tree.incomplete.length > source.tree.incomplete.length) return nothing(source.text, request.map);
  return {
    text: result.text,
    converted: work.converted.sort((a, b) => a.span.start - b.span.start),
    refused: work.refused,
    removed: work.removed,
    kept: [],
    parameters: [...work.parameters],
    map: work.map,
    scopes: work.scopes,
    hasBrokenThreads: work.hasBrokenThreads(),
  };
}

/** Parts of a plan that do not come out whole are given up, and the file is migrated without them. */
function migrateWhole(snapshot: Snapshot, source: SourceFile, request: MigrationRequest): Work {
  const givenUp = { scopes: new Set<string>(), collections: new Map<string, string>() };
  for (;;) {
    const work = new Work(snapshot, source, request, givenUp);
    work.convertAll();
    if (work.converted.length > 0 || (request.areOthersMigrated ?? false)) work.clean();
    const { scopes, collections } = work.brokenParts();
    if (scopes.size + collections.size === 0) return work;
    scopes.forEach((key) => givenUp.scopes.add(key));
    collections.forEach((reason, key) => givenUp.collections.set(key, reason));
    request.setText(source.text);
  }
}

function nothing(text: string, map = new OffsetMap()): Migration {
  return {
    ...{ text, converted: [], refused: [], removed: [], kept: [], parameters: [], scopes: new Map(), map },
    hasBrokenThreads: false,
  };
}

interface Candidate {
  readonly call: OpCall;
  readonly edits: readonly TextEdit[];
  readonly layer: ConvertedLayer;
  readonly scopes: ReadonlyMap<string, string>;
  readonly parameters: readonly HandedParameter[];
}

/** The state of one migration. */
class Work {
  readonly converted: ConvertedLayer[] = [];
  /** Those that a converted call reads. */
  readonly parameters = new Set<HandedParameter>();
  readonly map: OffsetMap;
  refused: readonly RefusedLayer[] = [];
  readonly removed: { readonly span: Span; readonly what: string }[] = [];
  readonly scopes = new Map<string, string>();
  readonly #request: MigrationRequest;
  readonly #within: Span;
  readonly #network: NetworkPlan;
  #snapshot: Snapshot;
  source: SourceFile;

  constructor(snapshot: Snapshot, source: SourceFile, request: MigrationRequest, givenUp: GivenUp) {
    const { functions, collections } = request.threads ?? noThreads;
    const handed = functions.get(request.file) ?? new Set<string>();
    this.#network = findNetworks(source, givenUp, { handed, handedCollections: collections });
    this.#snapshot = snapshot;
    this.source = source;
    this.#request = request;
    this.map = request.map?.copy() ?? new OffsetMap();
    this.#within = request.within ?? { start: 0, end: Number.MAX_SAFE_INTEGER };
  }

  convertAll(): void {
    for (let round = 0; round < mostRounds; round++) {
      const chosen = chooseInnermost(this.#candidates());
      if (chosen.length === 0) return;
      this.converted.push(...chosen.map(({ layer }) => layer));
      for (const { parameters } of chosen) for (const one of parameters) this.parameters.add(one);
      for (const [name, scope] of chosen.flatMap(({ scopes }) => [...scopes])) this.scopes.set(name, scope);
      this.#apply(unique(chosen.flatMap(({ edits }) => edits)));
    }
  }

  /** What the layers leave behind: collections, scopes inside scopes, then imports. */
  clean(): void {
    if (this.converted.length > 0) this.#apply(plannedEndPointsEdits(this.source, this.#network));
    this.#apply(collectNamedEdits(this.source, this.#network.handed));
    for (let round = 0; round < mostRounds; round++) {
      const dead = this.#deadScopes();
      if (dead.edits.length === 0) break;
      this.#remove(dead);
    }
    this.#convertTensorOps();
    if (this.converted.length + this.removed.length === 0 && !(this.#request.isMigrated ?? false)) return;
    const dead = deadImportEdits(this.#snapshot, this.source);
    if (dead.edits.length > 0) this.#remove(dead);
  }

  /** What TensorFlow does between the layers, so that it takes what they give. */
  #convertTensorOps(): void {
    if (this.converted.length === 0) return;
    for (let round = 0; round < mostRounds; round++) {
      const edits = tensorOpEdits(this.#snapshot, this.source, this.#now());
      if (edits.length === 0) return;
      this.#apply(unique(edits));
    }
  }

  #deadScopes(): Removal {
    const analysis = this.#analysis();
    const handed = new Set([...(this.#request.threads ?? noThreads).functions.values()].flatMap((names) => [...names]));
    const hasThreads = handed.size > 0;
    const options = { within: this.#now(), hasThreads, isHanded: (name: string) => handed.has(name) };
    const dead = deadScopeEdits(this.#snapshot, this.source, analysis, options);
    if (dead.edits.length > 0) return dead;
    const [file, within] = [this.source, this.#now()];
    return deadVariableScopeEdits(this.#snapshot, file, analysis, {
      isWithin: (node) => contains(within, node.span),
      handed: this.#network.handed,
      hasThreads,
    });
  }

  /** True when a function that is handed names did not come out whole: then no function may be. */
  hasBrokenThreads(): boolean {
    const { handed } = this.#network;
    // What the library calls for a layer goes with that layer.
    const left = this.#analysis().calls.filter(
      ({ op, via }) => !via?.endsWith('_fn') && !op.libraries.includes('user'),
    );
    return (
      left.some(({ enclosingFunction }) => handed.has(enclosingFunction ?? '')) ||
      hasBrokenThreads(this.source, this.#network)
    );
  }

  /** The parts of the plan that are done only in part. */
  brokenParts(): GivenUp {
    return this.converted.length === 0
      ? { scopes: new Set(), collections: new Map() }
      : brokenParts(this.source, this.#network, this.refused);
  }

  #remove({ edits, removed }: { readonly edits: readonly TextEdit[]; readonly removed: Migration['removed'] }): void {
    this.removed.push(...removed.map((one) => ({ ...one, span: this.map.toFirst(one.span) })));
    this.#apply(edits);
  }

  /** Conversions of the calls as they are now; what is refused is noted. */
  #candidates(): Candidate[] {
    const analysis = this.#analysis();
    const within = this.#now();
    const candidates: Candidate[] = [];
    const refused: RefusedLayer[] = [];
    for (const call of analysis.calls) {
      checkCancelled(this.#request.cancel);
      // What the library calls for a layer goes with that layer.
      if (!contains(within, call.call.span) || call.via === 'normalizer_fn' || call.via === 'activation_fn') continue;
      if (call.op.libraries.includes('user')) continue;
      const span = this.map.toFirst(call.call.span);
      const handed = handDown(this.source, call, this.#request.parameters ?? []);
      const network = this.#network;
      const request = { program: this.#snapshot, source: this.source, analysis, call: handed.call, network };
      const conversion = convertToKeras(request);
      if (conversion.kind === 'refused') {
        const reasons = conversion.reasons.map((one) => describeReason(request, [one]));
        refused.push({ span, callee: call.calleeText, reasons });
      } else {
        const { layer, edits, caveats, scopes } = conversion;
        const converted = { span, callee: call.calleeText, layer, caveats };
        candidates.push({ call, edits, layer: converted, scopes, parameters: handed.used });
      }
    }
    this.refused = refused;
    return candidates;
  }

  #analysis(): FileAnalysis {
    const { file, cancel } = this.#request;
    return this.#snapshot.analysis(file, cancel) ?? { file, calls: [], scopes: [], problems: [] };
  }

  #now(): Span {
    return this.map.toNow(this.#within);
  }

  #apply(edits: readonly TextEdit[]): void {
    const { file, setText } = this.#request;
    const snapshot = setText(applyEdits(this.source.text, edits));
    const source = snapshot.getFile(file);
    if (!source) throw new Error(`${file} is gone`);
    this.map.add(edits);
    this.#snapshot = snapshot;
    this.source = source;
  }
}

/** A call with another one inside waits for it; of two that touch the same text one waits. */
function chooseInnermost(candidates: readonly Candidate[]): readonly Candidate[] {
  const chosen: Candidate[] = [];
  for (const one of candidates) {
    const own = one.call.call.span;
    const holdsAnother = candidates.some(
      ({ call }) => call !== one.call && contains(own, call.call.span) && !contains(call.call.span, own),
    );
    const collides = chosen.some((other) =>
      other.edits.some((edit) => one.edits.some((mine) => !isSameEdit(mine, edit) && collide(mine, edit))),
    );
    if (!holdsAnother && !collides) chosen.push(one);
  }
  return chosen;
}

function unique(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.filter((edit, i) => !edits.slice(0, i).some((other) => isSameEdit(other, edit)));
}

/** True when a scope of a file reaches nothing before anything is migrated: it is not ours to take away. */
export function hasDeadScopes(snapshot: Snapshot, file: string, cancel: CancelToken): boolean {
  const source = snapshot.getFile(file);
  const analysis = snapshot.analysis(file, cancel);
  if (!source || !analysis) return false;
  return (
    deadScopeEdits(snapshot, source, analysis, {
      within: { start: 0, end: source.text.length },
      hasThreads: false,
      isHanded: () => false,
    }).edits.length > 0
  );
}
