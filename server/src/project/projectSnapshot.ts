/**
 * The snapshot that a project gives: looks files up, runs them when someone asks, and keeps what was computed with the
 * content it belongs to, so that later snapshots find it. See snapshot.ts for what it promises.
 */
import { checkCancelled, neverCancelled, type CancelToken } from '../base/cancel';
import type { LineIndex } from '../base/lineIndex';
import type { Program, SourceFile } from '../semantics/program';
import { netSourceByFile } from '../slim/library/nets/netSource';
import type { AnalysisProblem, FileAnalysis } from '../slim/model';
import type { Parse } from '../syntax/parse';
import type { AssumptionOptions } from '../slim/evaluator/assumedCallers';
import type { FileRun, RunMode } from '../slim/evaluator/fileRun';
import type { NetworkTarget } from '../slim/shapes/networkTrace';
import { traceNetwork, type NetworkRuns } from '../slim/shapes/traceNetwork';
import type { CachedRun, Content, Import, Looks } from './content';
import { MOST_CALLING_FILES, type ImportGraph } from './importGraph';
import type { ConfigurationProblem } from './manifests/projectConfiguration';
import type { ManifestIndex } from './manifests/manifestIndex';
import type { ModuleIndex } from './moduleIndex';
import { isExcludedBy } from './excluded';
import type { Settings } from './settings';
import { isSet, layeredSettings, settingsOf, type WorkspaceSettings } from './settingsLayers';
import { newestTarget, type ResolvedTarget } from './target';
import { filesAlone } from './filesAlone';
import type { Progress, Snapshot } from './snapshot';
import { isTestFile } from './testFiles';

/** The evaluator, as far as the project is concerned. */
export interface Evaluator {
  /** Runs one file; see `FileRun`. */
  run(
    program: Program,
    source: SourceFile,
    options: { readonly mode: RunMode; readonly cancel: CancelToken; readonly assumptions: AssumptionOptions },
  ): FileRun;
  /** True when the runs through callers leave nothing to say for the run of the file by itself. */
  areAllEntryPoints(file: string, runs: readonly FileRun[]): boolean;
  /** The result for a file of its runs and those of files that may call into it. */
  merge(source: SourceFile, runs: readonly FileRun[]): FileAnalysis;
}

export interface SnapshotState {
  readonly contents: ReadonlyMap<string, Content>;
  readonly index: ModuleIndex;
  /** The project's own, for all snapshots. */
  readonly imports: ImportGraph;
  readonly manifests: ManifestIndex;
  readonly settings: WorkspaceSettings;
  /** Stands for `__init__.py` of folders that have none. */
  readonly emptyContent: Content;
  readonly evaluator: Evaluator;
  readonly parse: Parse;
}

/** See the file comment. */
export class ProjectSnapshot implements Snapshot {
  readonly #state: SnapshotState;
  /** Files that were looked at in this very snapshot: evaluation asks for the same few very often. */
  readonly #sources = new Map<string, SourceFile>();
  /** Runs and results that are known to hold in this very snapshot. */
  readonly #runs = { own: new Map<string, FileRun>(), callers: new Map<string, FileRun>() };
  readonly #analyses = { own: new Map<string, FileAnalysis>(), callers: new Map<string, FileAnalysis>() };
  readonly #below = new Map<string, readonly FileAnalysis[]>();
  readonly #settings = new Map<string, Settings>();
  readonly memo = new Map<object, unknown>();
  #files: readonly string[] | undefined;

  constructor(state: SnapshotState) {
    this.#state = state;
  }

  get files(): readonly string[] {
    return (this.#files ??= [...this.#state.contents.keys()].sort());
  }

  getText(file: string): string | undefined {
    return this.#state.contents.get(file)?.text;
  }

  getPath(file: string): string {
    return netSourceByFile(file)?.path ?? this.#state.index.identify(file).path;
  }

  getFile(file: string): SourceFile | undefined {
    const known = this.#sources.get(file) ?? netSourceByFile(file);
    if (known) return known;
    const content = file.endsWith('/') ? this.#state.emptyContent : this.#state.contents.get(file);
    const source = content?.source(file, this.#state.index);
    if (source) this.#sources.set(file, source);
    return source;
  }

  resolveImport(from: SourceFile, name: string, level: number): SourceFile | undefined {
    const query = { from: from.file, name, level, python2: from.tree.python2 };
    const found = this.#state.index.resolve(query);
    return found === undefined ? undefined : this.getFile(found);
  }

  getLines(file: string): LineIndex | undefined {
    return this.#state.manifests.get(file)?.lines ?? this.getFile(file)?.lines;
  }

  settings(file: string): Settings {
    const known = this.#settings.get(file);
    if (known) return known;
    const { manifests, settings } = this.#state;
    const folder = manifests.workspaceFolderOf(file);
    const found = layeredSettings(settings, manifests.configurationOf(file), file, folder);
    this.#settings.set(file, found);
    return found;
  }

  isExcluded(file: string): boolean {
    const { manifests, settings } = this.#state;
    return isExcludedBy(file, settings, manifests);
  }

  configurationProblems(file?: string): readonly ConfigurationProblem[] {
    const { manifests } = this.#state;
    const all = file === undefined ? manifests.configurations : [manifests.configurationOf(file)];
    return all.flatMap((one) => one?.problems ?? []);
  }

  target(file: string): ResolvedTarget {
    const { targetTensorflow: target } = this.settings(file);
    const { manifests, settings } = this.#state;
    if (target === 'auto') {
      return manifests.targetOf(file) ?? { target: newestTarget, reason: 'nothing in the workspace says another' };
    }
    const configuration = manifests.configurationOf(file);
    const isOwn = isSet(settings, settingsOf(settings, file), 'targetTensorflow');
    if (isOwn || !configuration) {
      return { target, reason: settings.targetReason ?? 'set by `slimscope.targetTensorflow`' };
    }
    const { targetLocation: location } = configuration;
    const reason = `set by \`[tool.slimscope]\` in ${manifests.pathOf(configuration.file)}`;
    return { target, reason, ...(location && { location }) };
  }

  importersOf(file: string): readonly SourceFile[] {
    const found = this.#state.imports
      .importersOf(this.#state, file)
      .flatMap((importer) => this.getFile(importer) ?? []);
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  // ---------------------------------------------------------------------------------------------- results

  quickAnalysis(file: string, cancel: CancelToken = neverCancelled): FileAnalysis | undefined {
    return this.#result('own', file, () => ({ runs: this.#run('own', file, cancel), problems: [] }));
  }

  analysis(file: string, cancel: CancelToken = neverCancelled): FileAnalysis | undefined {
    return this.#result('callers', file, () => {
      const { files, problems } = this.#callingFiles(file);
      const runs = files.flatMap((one) => this.#run('callers', one, cancel));
      const isEnough = this.#state.evaluator.areAllEntryPoints(file, runs);
      return { runs: isEnough ? runs : [...this.#run('own', file, cancel), ...runs], problems };
    });
  }

  *prepareAnalysis(file: string, cancel: CancelToken = neverCancelled): Iterable<Progress> {
    if (this.#analyses.callers.has(file)) return;
    for (const progress of this.#state.imports.bringTo(this.#state)) {
      yield progress;
      checkCancelled(cancel);
    }
    const { files } = this.#callingFiles(file);
    for (const [i, one] of files.entries()) {
      const before = this.#state.contents.get(one)?.runs.get('callers');
      this.#run('callers', one, cancel);
      if (this.#state.contents.get(one)?.runs.get('callers') !== before) yield { done: i + 1, total: files.length };
    }
  }

  isPrepared(file: string): boolean {
    if (this.#analyses.callers.has(file)) return true;
    if (!this.#state.imports.wasComplete) return false;
    return this.#callingFiles(file).files.every((one) => {
      const source = this.getFile(one);
      return !source || this.#runs.callers.has(one) || this.#held('callers', one, source) !== undefined;
    });
  }

  withoutCallers(reason: string): Snapshot {
    return filesAlone(this, reason);
  }

  analysesBelow(file: string, cancel: CancelToken = neverCancelled): readonly FileAnalysis[] {
    const known = this.#below.get(file);
    if (known) return known;
    const own = this.analysis(file, cancel);
    if (!own) return [];
    const runs = this.#callingFiles(file).files.flatMap((one) => this.#run('callers', one, cancel));
    const reached = new Set(runs.flatMap((run) => run.calls.map(({ call }) => call.file)));
    reached.delete(file);
    const sources = [...reached].sort().flatMap((one) => this.getFile(one) ?? []);
    const below = [own, ...sources.map((source) => this.#state.evaluator.merge(source, runs))];
    this.#below.set(file, below);
    return below;
  }

  network(target: NetworkTarget, cancel: CancelToken = neverCancelled): NetworkRuns {
    const { files, problems } = this.#callingFiles(target.file);
    const callers = files.flatMap((file) => this.getFile(file) ?? []);
    const { parse } = this.#state;
    const assumptionsFor = ({ file }: SourceFile) => ({ parse, settings: this.settings(file).assumedScopes });
    const found = traceNetwork(this, target, { callers, assumptionsFor, cancel });
    return { ...found, problems: [...found.problems, ...problems] };
  }

  /** The file itself and those whose code may lead to it. */
  #callingFiles(file: string): { readonly files: readonly string[]; readonly problems: readonly AnalysisProblem[] } {
    // What only tests use is called by tests.
    const fromTests = this.settings(file).testsAreCallers || isTestFile(this.getPath(file));
    const follows = (importer: string): boolean => fromTests || !isTestFile(this.getPath(importer));
    const importers = this.#state.imports.allImportersOf(this.#state, file, follows);
    const followed = importers.slice(0, MOST_CALLING_FILES);
    const reason = `only ${followed.length} of the ${importers.length} files that import this one were searched for calls`;
    return { files: [file, ...followed], problems: followed.length < importers.length ? [{ reason }] : [] };
  }

  #result(
    mode: RunMode,
    file: string,
    make: () => { readonly runs: readonly FileRun[]; readonly problems: readonly AnalysisProblem[] },
  ): FileAnalysis | undefined {
    const current = this.#analyses[mode].get(file);
    if (current) return current;
    const content = this.#state.contents.get(file);
    const source = this.getFile(file);
    if (!content || !source) return undefined;
    const { runs, problems } = make();
    const cached = content.analyses.get(mode);
    let analysis = cached?.source === source && areSame(cached.runs, runs) ? cached.analysis : undefined;
    if (!analysis) {
      const merged = this.#state.evaluator.merge(source, runs);
      analysis = problems.length > 0 ? { ...merged, problems: [...merged.problems, ...problems] } : merged;
      content.analyses.set(mode, { source, runs, analysis });
    }
    this.#analyses[mode].set(file, analysis);
    return analysis;
  }

  // ------------------------------------------------------------------------------------------------- runs

  /** The run of a file; none when the file does not exist. */
  #run(mode: RunMode, file: string, cancel: CancelToken): readonly FileRun[] {
    const current = this.#runs[mode].get(file);
    if (current) return [current];
    checkCancelled(cancel);
    const content = this.#state.contents.get(file);
    const source = this.getFile(file);
    if (!content || !source) return [];
    const { run } = this.#held(mode, file, source) ?? this.#freshly(mode, source, content, cancel);
    this.#runs[mode].set(file, run);
    return [run];
  }

  /** An earlier run of a file, if it would be the same today. */
  #held(mode: RunMode, file: string, source: SourceFile): CachedRun | undefined {
    const cached = this.#state.contents.get(file)?.runs.get(mode);
    const assumed = this.settings(file).assumedScopes;
    const isSame = cached?.source === source && cached.assumed.join('\n') === assumed.join('\n');
    return isSame && this.#stillHolds(cached.looks) ? cached : undefined;
  }

  #freshly(mode: RunMode, source: SourceFile, content: Content, cancel: CancelToken): CachedRun {
    const looks: Looks = { index: this.#state.index, files: new Map(), imports: new Map() };
    const { evaluator, parse } = this.#state;
    const assumed = this.settings(source.file).assumedScopes;
    const assumptions = { parse, settings: assumed };
    const run = evaluator.run(this.#observed(looks), source, { mode, cancel, assumptions });
    const cached = { source, run, looks, assumed };
    content.runs.set(mode, cached);
    return cached;
  }

  /** This snapshot as a program that notes what it is asked. */
  #observed(looks: Looks): Program {
    return {
      memo: this.memo,
      getFile: (file) => {
        const found = this.getFile(file);
        looks.files.set(file, found);
        return found;
      },
      resolveImport: (from, name, level) => {
        const found = this.resolveImport(from, name, level);
        looks.files.set(from.file, from);
        if (found) looks.files.set(found.file, found);
        const imports = looks.imports.get(from) ?? new Map<string, Import>();
        looks.imports.set(from, imports.set(`${level} ${name}`, { name, level, found: found?.file }));
        return found;
      },
    };
  }

  #stillHolds(looks: Looks): boolean {
    for (const [file, before] of looks.files) {
      if (this.getFile(file) !== before) return false;
    }
    if (looks.index === this.#state.index) return true;
    for (const [from, imports] of looks.imports) {
      for (const { name, level, found } of imports.values()) {
        if (this.resolveImport(from, name, level)?.file !== found) return false;
      }
    }
    return true;
  }
}

function areSame(before: readonly FileRun[], now: readonly FileRun[]): boolean {
  return before.length === now.length && before.every((run, i) => run === now[i]);
}
