/**
 * "Migrate to Keras" for files that belong together: parameters that callers hand down, then the calls of each file, then
 * what nothing needs any more, until nothing changes. Each file is converted while the others are as they were, since the
 * scopes of one are what the calls of another receive. Whoever asks keeps the project and writes the texts, all or none.
 */
import { checkCancelled, Cancelled, type CancelToken } from '../../base/cancel';
import type { Location, Span } from '../../base/span';
import { contains } from '../../base/span';
import { applyEdits, collide } from '../../base/textEdit';
import type { Progress, Snapshot } from '../../project/snapshot';
import type { FileAnalysis } from '../../slim/model';
import { deadAssumptionEdits } from './deadAssumptions';
import { hasDeadScopes, migrateFile, type MigrationRequest } from './migrateFile';
import type { Migration } from './migration';
import { OffsetMap } from './offsetMap';
import type { HandedParameter } from './parameters/handedParameter';
import { parameterEdits } from './parameters/parameterEdits';
import { deadFactoryEdits, otherNamesIn, scopeFactoriesOf, usersOf } from './scopeFactories';
import { planParameters } from './parameters/planParameters';
import { noThreads, planThreads, type ThreadPlan } from './threads/planThreads';

/** A file, or a part of one. */
export interface UnitPart {
  readonly file: string;
  readonly within?: Span;
}

export interface UnitRequest {
  /** Each file once. */
  readonly parts: readonly UnitPart[];
  readonly cancel: CancelToken;
  /** Makes `text` the content of a file, in a project of its own. */
  setText(file: string, text: string): Snapshot;
  onProgress?(done: number, total: number): void;
  /** A file that fails keeps its text; without this the error goes on. */
  onFailure?(file: string, error: unknown): void;
}

/** What became of one file. */
export interface MigratedFile {
  readonly file: string;
  readonly before: string;
  readonly migration: Migration;
}

export interface UnitMigration {
  /** The files that were asked for and exist, in that order. */
  readonly files: readonly MigratedFile[];
}

/** Passes over all files: scopes of one may reach calls of another until these are Keras. */
const mostPasses = 12;

/** Plans that turn out to hold parameters that nobody reads are made again without them. */
const mostPlans = 3;

/** Migrates; the project of `setText` is left with the new texts. */
export function migrateUnit(snapshot: Snapshot, request: UnitRequest): UnitMigration {
  const steps = migrateInSteps(snapshot, request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    request.onProgress?.(step.value.done, step.value.total);
  }
}

/** The same in pieces, for whoever has other things to do between two of them. */
export function migrateInSteps(snapshot: Snapshot, request: UnitRequest): Generator<Progress, UnitMigration> {
  return new Unit(snapshot, request).run();
}

interface State {
  readonly part: UnitPart;
  readonly before: string;
  /** The text with the parameters, in which the calls are converted. */
  prepared: string;
  map: OffsetMap;
  migration: Migration | undefined;
}

class Unit {
  readonly #request: UnitRequest;
  readonly #first: Snapshot;
  readonly #states: readonly State[];
  #threads = noThreads;
  #now: Snapshot;

  constructor(snapshot: Snapshot, request: UnitRequest) {
    this.#first = snapshot;
    this.#now = snapshot;
    this.#request = request;
    this.#states = request.parts.flatMap((part): State[] => {
      const source = snapshot.getFile(part.file);
      if (!source || source.cells) return [];
      const { text } = source;
      return [{ part, before: text, prepared: text, map: new OffsetMap(), migration: undefined }];
    });
  }

  *run(): Generator<Progress, UnitMigration> {
    yield { done: 0, total: this.#states.length };
    let parameters = yield* this.#plan();
    this.#threads = this.#planThreads();
    for (let plan = 0; plan < mostPlans; plan++) {
      this.#prepare(parameters);
      yield* this.#convert(parameters);
      if (this.#states.some(({ migration }) => migration?.hasBrokenThreads ?? false)) {
        // Names that only some functions hand on are worth nothing.
        this.#threads = noThreads;
        plan--;
        continue;
      }
      const read = this.#read(parameters);
      if (read.length === parameters.length) break;
      parameters = plan + 1 < mostPlans - 1 ? read : [];
    }
    for (const state of this.#states) {
      if (!state.migration) continue;
      this.#set(state.part.file, state.migration.text);
      state.map = state.migration.map;
      // Those that only hand a value down belong to it as well.
      const own = parameters.filter(({ file }) => file === state.part.file);
      state.migration = { ...state.migration, parameters: own };
    }
    if (this.#states.some(({ migration }) => (migration?.converted.length ?? 0) > 0)) yield* this.#cleanAll();
    return {
      files: this.#states.flatMap(({ part, before, migration }) =>
        migration ? [{ file: part.file, before, migration }] : [],
      ),
    };
  }

  #set(file: string, text: string): Snapshot {
    if (this.#now.getText(file) !== text) this.#now = this.#request.setText(file, text);
    return this.#now;
  }

  *#plan(): Generator<Progress, readonly HandedParameter[]> {
    const { cancel } = this.#request;
    for (const { part } of this.#states) {
      for (const _ of this.#first.prepareAnalysis(part.file, cancel)) yield { done: 0, total: this.#states.length };
    }
    return planParameters(
      this.#states.map(({ part }) => part.file),
      {
        snapshot: this.#first,
        analysis: (file) => this.#first.analysis(file, cancel),
        isOurs: (place) => this.#isOurs(place),
      },
    );
  }

  #planThreads(): ThreadPlan {
    return planThreads({
      snapshot: this.#first,
      files: this.#states.map(({ part }) => part.file),
      analysis: (file) => this.#first.analysis(file, this.#request.cancel),
      isOurs: (place) => this.#isOurs(place),
    });
  }

  #isOurs({ file, span }: Location): boolean {
    return this.#states.some(
      ({ part }) => part.file === file && (part.within === undefined || contains(part.within, span)),
    );
  }

  /** Writes the parameters into the texts as they were. */
  #prepare(parameters: readonly HandedParameter[]): void {
    const edits = parameterEdits(this.#first, [...this.#threads.parameters, ...parameters]);
    for (const state of this.#states) {
      const own = edits?.get(state.part.file) ?? [];
      state.map = new OffsetMap();
      if (own.length > 0) state.map.add(own);
      state.prepared = applyEdits(state.before, own);
      this.#set(state.part.file, state.prepared);
    }
  }

  *#convert(parameters: readonly HandedParameter[]): Generator<Progress> {
    for (const [i, state] of this.#states.entries()) {
      yield { done: i, total: this.#states.length };
      const { file } = state.part;
      state.migration = this.#migrate(state, { parameters });
      this.#set(file, state.prepared);
    }
  }

  /** Parameters that a converted call reads, and those that hand them down. */
  #read(parameters: readonly HandedParameter[]): readonly HandedParameter[] {
    const read = new Set(this.#states.flatMap(({ migration }) => migration?.parameters ?? []));
    for (let size = -1; size !== read.size;) {
      size = read.size;
      for (const { calls } of [...read]) {
        for (const { call, text } of calls) {
          const giver = parameters.find((one) => one.name === text && isInside(one, call));
          if (giver) read.add(giver);
        }
      }
    }
    return parameters.filter((one) => read.has(one));
  }

  /** Once all are migrated, scopes in one file may reach nothing in the others any more. */
  *#cleanAll(): Generator<Progress> {
    const { cancel } = this.#request;
    const ours = this.#states.filter(({ part }) => !hasDeadScopes(this.#first, part.file, cancel));
    const factories = this.#factories();
    for (let pass = 1; pass < mostPasses; pass++) {
      let hasChanged = false;
      for (const state of ours) {
        yield { done: this.#states.length, total: this.#states.length };
        const isMigrated = state.migration !== undefined && state.migration.text !== state.before;
        const next = this.#migrate(state, { areOthersMigrated: true, isMigrated });
        const { migration } = state;
        if (!next || !migration || next.text === migration.text) continue;
        hasChanged = true;
        state.map = next.map;
        state.migration = {
          ...migration,
          text: next.text,
          converted: [...migration.converted, ...next.converted],
          refused: next.refused,
          removed: [...migration.removed, ...next.removed],
          parameters: migration.parameters,
          scopes: new Map([...migration.scopes, ...next.scopes]),
          map: next.map,
        };
      }
      if (this.#removeFactories(factories)) hasChanged = true;
      if (!hasChanged) break;
    }
    this.#tellKept(factories);
  }

  /** Names of the scope factories that may go when nothing uses them any more. */
  #factories(): ReadonlySet<string> {
    const { cancel } = this.#request;
    const isLeft = this.#states.some(({ migration }) => (migration?.refused.length ?? 0) > 0);
    const names = new Set<string>();
    for (const { part } of this.#states) {
      const source = this.#first.getFile(part.file);
      const analysis = source && this.#first.analysis(part.file, cancel);
      if (!analysis || part.within) continue;
      for (const fn of scopeFactoriesOf(source, analysis)) {
        // Where calls stay, somebody may wrap them in a scope that nobody is seen to use.
        if (!isLeft || usersOf(this.#first, source, fn).length > 0) names.add(fn.name.name);
      }
    }
    for (let size = -1; size !== names.size;) {
      size = names.size;
      for (const { part } of this.#states) {
        const source = this.#first.getFile(part.file);
        for (const name of source ? otherNamesIn(source, names) : []) names.add(name);
      }
    }
    return names;
  }

  /** True when something went. */
  #removeFactories(names: ReadonlySet<string>): boolean {
    let hasChanged = false;
    for (const state of this.#states) {
      const { part, migration } = state;
      const source = this.#now.getFile(part.file);
      const analysis = source && this.#now.analysis(part.file, this.#request.cancel);
      if (!migration || !analysis || part.within || source.tree.incomplete.length > 0) continue;
      const factories = deadFactoryEdits(this.#now, source, analysis, names);
      const assumptions = deadAssumptionEdits(source, this.#analyses(this.#first), this.#analyses(this.#now));
      // The comment above a factory goes with it.
      const edits = [...factories.edits, ...assumptions.edits.filter((one) => !factories.edits.some((other) => collide(one, other)))]; // prettier-ignore
      const removed = [...factories.removed, ...assumptions.removed];
      if (edits.length === 0) continue;
      const text = applyEdits(source.text, edits);
      const next = this.#set(part.file, text).getFile(part.file);
      if (!next || next.tree.incomplete.length > 0) {
        this.#set(part.file, source.text);
        continue;
      }
      hasChanged = true;
      const told = removed.map((one) => ({ ...one, span: state.map.toFirst(one.span) }));
      state.map = state.map.copy();
      state.map.add(edits);
      state.migration = { ...migration, text, removed: [...migration.removed, ...told], map: state.map };
    }
    return hasChanged;
  }

  #analyses(snapshot: Snapshot): readonly FileAnalysis[] {
    return this.#states.flatMap(({ part }) => snapshot.analysis(part.file, this.#request.cancel) ?? []);
  }

  #tellKept(names: ReadonlySet<string>): void {
    for (const state of this.#states) {
      const source = this.#now.getFile(state.part.file);
      const analysis = source && this.#now.analysis(state.part.file, this.#request.cancel);
      if (!state.migration || !analysis) continue;
      const kept = scopeFactoriesOf(source, analysis)
        .filter((fn) => names.has(fn.name.name))
        .map((fn) => {
          const users = usersOf(this.#now, source, fn);
          const who =
            users.length > 0 ? `${listed(users)} still ${users.length === 1 ? 'uses' : 'use'} it` : 'it is in use';
          return { span: state.map.toFirst(fn.name.span), what: `\`${fn.name.name}\`: ${who}` };
        });
      state.migration = { ...state.migration, kept };
    }
  }

  /** A file whose migration fails keeps its text. */
  #migrate(
    { part, map }: State,
    options: Pick<MigrationRequest, 'parameters' | 'areOthersMigrated' | 'isMigrated'>,
  ): Migration | undefined {
    const { cancel, onFailure } = this.#request;
    checkCancelled(cancel);
    const before = this.#now.getText(part.file) ?? '';
    try {
      const setText = (text: string) => this.#set(part.file, text);
      return migrateFile(this.#now, { ...part, ...options, threads: this.#threads, cancel, map, setText });
    } catch (error) {
      if (error instanceof Cancelled || !onFailure) throw error;
      this.#set(part.file, before);
      onFailure(part.file, error);
      return undefined;
    }
  }
}

/** A few paths of files. */
function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).map((path) => `\`${path}\``);
  const more = paths.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function isInside(parameter: HandedParameter, call: Location): boolean {
  return parameter.file === call.file && contains(parameter.span, call.span);
}
