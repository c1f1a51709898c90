/**
 * A cheap gate: which functions of a file can lead to an op of TF-Slim at all? The others are not run as entry points, and
 * most files of a workspace are not run. An op comes in through the names `tensorflow` or `tf_slim`, and by its own name
 * or one that is computed; in the file itself or in workspace files that it imports. Goes by names alone (mentions.ts):
 * it may let too much through, and must not hold back anything.
 */
import { importScan, type ImportedName } from '../../semantics/importScan';
import { ANY_NAME, LOCAL, mentionsOf, type FileMentions } from '../../semantics/mentions';
import { CALLED, type Unit } from '../../semantics/mentionUnits';
import type { Program, SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { netSummaries } from '../data/netSummaries';
import { slimFunctions } from '../signatures/libraryFunctions';
import { tfLayersFunctions } from '../signatures/tfLayersSignatures';

/**
 * What is followed: code that may call an op, and all that may call such code (`calls`); or code that may get hold of an op
 * or of an unopened arg_scope as a value, and so may call or open it by another name (`values`).
 */
type Question = 'calls' | 'values';

/** What of a file can lead to an op. */
export interface OpReach {
  /** False when running the file cannot lead to any. */
  readonly reaches: boolean;
  /** False when running this function of the program cannot. */
  mayReach(fn: ast.Node): boolean;
  /** True when another function of its file, or the module body, mentions the name of this one. */
  isMentioned(fn: ast.FunctionDef): boolean;
}

const LIBRARY = /\b(?:tensorflow|tf_slim)\b/;

/** Names of ops, and of what configures them. */
const ops: ReadonlySet<string> = new Set([
  ...[...slimFunctions.filter(({ scopable, partialOf }) => scopable || partialOf), ...tfLayersFunctions].flatMap(
    ({ name, functionName, aliases }) => [name, functionName, ...aliases],
  ),
  ...['arg_scope', 'add_arg_scope', 'current_arg_scope'],
]);

/** The same with the names of the nets that the libraries ship. */
const seeds: ReadonlySet<string> = new Set([
  ...ops,
  ...netSummaries.flatMap(({ facts }) => facts.flatMap((fact) => ('function' in fact ? [fact.function] : []))),
]);

/** Names that other things have as well: of a variable of a function (`scores.flatten()`) they are hardly an op's. */
const common: ReadonlySet<string> = new Set(
  'flatten softmax dropout pool variable dense relu relu6 elu linear repeat stack'.split(' '),
);

const OP = new RegExp(String.raw`\b(?:${[...seeds].join('|')})\b`);

/**
 * The same question for a file alone, without an answer for its functions: cheap enough for each keystroke. A file of a
 * network answers it itself, from its text.
 */
export function mentionsOps(program: Program, source: SourceFile): boolean {
  const imports = new Map<SourceFile, readonly SourceFile[]>();
  const seen = new Set([source]);
  let hasLibrary = false;
  let hasOp = false;
  for (const file of seen) {
    hasLibrary ||= LIBRARY.test(file.text);
    hasOp ||= OP.test(file.text) || fileMentions(file).units.some((unit) => unit.mentions.has(ANY_NAME));
    if (hasLibrary && hasOp) return true;
    for (const imported of importsOf(program, file, { imports })) seen.add(imported);
  }
  return false;
}

const nothing: OpReach = { reaches: false, mayReach: () => false, isMentioned: () => false };

/** Looks at the file and all that it imports. */
export function opReach(program: Program, source: SourceFile): OpReach {
  const graph = graphOf(program, 'calls');
  const files = importClosure(program, source, graph);
  if (!files.some((file) => LIBRARY.test(file.text))) return nothing;
  addFiles(program, graph, files);
  return reachOf(source, graph.reached);
}

/**
 * Which functions of the file may themselves call an op or make an arg_scope, leaving what they call aside: enough for
 * what a file says by itself.
 */
export function opCalls(program: Program, source: SourceFile): OpReach {
  const graph = graphOf(program, 'values');
  addFiles(program, graph, importClosure(program, source, graph));
  return reachOf(source, graph.reached);
}

function reachOf(source: SourceFile, reached: { has(unit: Unit): boolean }): OpReach {
  const own = fileMentions(source);
  const functions = new Set(own.unitOf.values()).add(own.module);
  const reaches = reached.has(own.module) || own.units.some((unit) => reached.has(unit));
  return {
    reaches,
    mayReach(fn) {
      const unit = unitOf.get(fn);
      return !unit || reached.has(unit);
    },
    isMentioned(fn) {
      const mentioning = own.byMention.get(fn.name.name) ?? [];
      return mentioning.some((unit) => unit !== unitOf.get(fn) && functions.has(unit));
    },
  };
}

// -------------------------------------------------------------------------------------------------- the graph

/**
 * What is reached in the files that were looked at so far. A unit sees the names of its own file and of those that its
 * file imports, so that what is known of a file stays when files that import it are added.
 */
interface ReachGraph {
  readonly question: Question;
  readonly reached: Set<Unit>;
  /** Those of them whose names lead on. */
  readonly spread: Map<Unit, Leads>;
  /** Names that lead to an op, by the file that defines them. */
  readonly names: Map<SourceFile, Map<string, Leads>>;
  /** The file itself and those that import it, directly or not. */
  readonly seenBy: Map<SourceFile, Set<SourceFile>>;
  /** The workspace files that a file imports itself. */
  readonly imports: Map<SourceFile, readonly SourceFile[]>;
}

/** Whether what a name stands for is, or holds, what is looked for, or may give it when it is called. */
type Leads = 'itself' | 'result';

const graphKeys: Readonly<Record<Question, object>> = { calls: {}, values: {} };

/** The graph of this state of the program. */
function graphOf(program: Program, question: Question): ReachGraph {
  const known = program.memo?.get(graphKeys[question]) as ReachGraph | undefined;
  const graph = known ?? emptyGraph(question);
  if (!known) program.memo?.set(graphKeys[question], graph);
  return graph;
}

function emptyGraph(question: Question): ReachGraph {
  return {
    question,
    reached: new Set(),
    spread: new Map(),
    names: new Map(),
    seenBy: new Map(),
    imports: new Map(),
  };
}

/** Adds files, of which none imports one that is neither in the graph nor among them. */
function addFiles(program: Program, graph: ReachGraph, files: readonly SourceFile[]): void {
  const added = files.filter((file) => !graph.names.has(file));
  for (const file of added) graph.names.set(file, new Map());
  const closures = added.map((file) => [file, importClosure(program, file, graph)] as const);
  for (const [file, closure] of closures) {
    for (const seen of closure) graph.seenBy.set(seen, (graph.seenBy.get(seen) ?? new Set()).add(file));
  }
  const work = new ReachWork(graph);
  for (const file of added) {
    for (const unit of seededUnits(program, file, graph)) {
      if (graph.question === 'calls' || givesOps(unit)) work.spread(file, unit, 'result');
      else if (unit.kind === 'alias') work.spread(file, unit, 'itself');
      else for (const name of unit.held.keys()) if (ops.has(name)) work.spreadValue(file, unit, name, 'itself');
    }
  }
  for (const [file, closure] of closures) {
    for (const seen of closure)
      for (const [name, leads] of graph.names.get(seen) ?? []) work.mentioned(file, name, leads);
  }
  work.run();
}

/** Spreads what is reached: a name reaches all who see and mention it. */
class ReachWork {
  readonly #pending: { readonly file: SourceFile; readonly name: string; readonly leads: Leads }[] = [];

  constructor(readonly graph: ReachGraph) {}

  /** A unit of a file is reached, and so are those who mention what it defines. */
  spread(file: SourceFile, unit: Unit, leads: Leads): void {
    this.graph.reached.add(unit);
    const before = this.graph.spread.get(unit);
    if (before === 'result' || before === leads) return;
    this.graph.spread.set(unit, leads);
    for (const name of unit.defines) this.#define(file, name, leads);
    // A function that gets it may put it into a variable of its module.
    for (const feeding of unit.feeds) {
      for (const [other, seenBy] of this.graph.seenBy) {
        if (!seenBy.has(file)) continue;
        for (const variable of fileMentions(other).fills.get(feeding) ?? []) this.#define(other, variable, 'itself');
      }
    }
  }

  /** The units of `file` that mention a name that leads to an op. */
  mentioned(file: SourceFile, name: string, leads: Leads): void {
    for (const unit of fileMentions(file).byMention.get(name) ?? []) {
      if (this.graph.question === 'calls') this.spread(file, unit, 'result');
      else if (unit.kind === 'alias') this.spread(file, unit, leads);
      // A text alone is no value.
      else if (!unit.held.has(name)) continue;
      else this.spreadValue(file, unit, name, leads);
    }
  }

  /** A unit mentions an op, or what may give one. What it puts where is told by the names of that. */
  spreadValue(file: SourceFile, unit: Unit, name: string, leads: Leads): void {
    this.graph.reached.add(unit);
    if (unit.kind === 'function') {
      if (unit.feeds.has(ADD_ARG_SCOPE)) this.spread(file, unit, 'itself');
      else if (goesOn(unit.returned, name, leads)) this.spread(file, unit, 'result');
    } else if (unit.kind === 'binding' && goesOn(unit.held, name, leads)) this.spread(file, unit, 'itself');
  }

  run(): void {
    for (let next = this.#pending.pop(); next; next = this.#pending.pop()) {
      for (const file of this.graph.seenBy.get(next.file) ?? []) this.mentioned(file, next.name, next.leads);
    }
  }

  #define(file: SourceFile, name: string, leads: Leads): void {
    const names = this.graph.names.get(file);
    const before = names?.get(name);
    if (!names || before === 'result' || before === leads) return;
    names.set(name, leads);
    this.#pending.push({ file, name, leads });
  }
}

const ADD_ARG_SCOPE = 'add_arg_scope';

/** True where a name stands for more than what is called, or named to something of TF-Slim. */
function goesOn(mentions: ReadonlyMap<string, ReadonlySet<string>>, name: string, leads: Leads): boolean {
  const isTaken = (taker: string): boolean => (taker === CALLED ? leads === 'result' : !ops.has(taker));
  return [...(mentions.get(name) ?? [])].some(isTaken);
}

/**
 * What mentions an op as something of a library. What looks things up by names that are computed may find one, where the
 * file has or imports some.
 */
function seededUnits(program: Program, file: SourceFile, graph: ReachGraph): readonly Unit[] {
  const direct = directUnits(program, file);
  const { units, module } = fileMentions(file);
  const computing = [...units, module].filter((unit) => unit.mentions.has(ANY_NAME));
  if (computing.length === 0) return direct;
  const isNear =
    direct.length > 0 || importsOf(program, file, graph).some((one) => directUnits(program, one).length > 0);
  return isNear ? [...direct, ...computing] : direct;
}

/** True for code that makes arg_scopes without entering them, or looks things up by names that are not known. */
function givesOps(unit: Unit): boolean {
  const isUserOp = unit.kind === 'function' && unit.feeds.has(ADD_ARG_SCOPE);
  if (isUserOp || unit.kind === 'class' || unit.kind === 'module') return false;
  return unit.mentions.has(ANY_NAME) || unit.given.has('arg_scope') || unit.given.has(ADD_ARG_SCOPE);
}

function directUnits(program: Program, file: SourceFile): readonly Unit[] {
  const { imports } = fileMentions(file);
  const foreign = new Map<string, boolean>();
  const isForeign = (root: string): boolean => {
    let answer = foreign.get(root);
    if (answer === undefined) {
      const modules = imports.get(root);
      answer = modules?.every(({ module, level }) => isOtherLibrary(program, file, module, level)) ?? false;
      foreign.set(root, answer);
    }
    return answer;
  };
  return candidates(file).flatMap(({ unit, roots }) => (roots.every(isForeign) ? [] : [unit]));
}

function isOtherLibrary(program: Program, file: SourceFile, module: string, level: number): boolean {
  return level === 0 && !LIBRARY.test(module) && program.resolveImport(file, module, 0) === undefined;
}

interface Candidate {
  readonly unit: Unit;
  /** The module-level names through which it mentions ops. */
  readonly roots: readonly string[];
}

const candidatesCache = new WeakMap<SourceFile, readonly Candidate[]>();

/** Units that may mention an op, by the names alone. */
function candidates(file: SourceFile): readonly Candidate[] {
  let found = candidatesCache.get(file);
  if (!found) {
    const { units, module } = fileMentions(file);
    found = [...units, module].flatMap((unit): readonly Candidate[] => {
      const roots = [...unit.through].flatMap(([root, names]) =>
        [...names].some((name) => seeds.has(name) && !(root === LOCAL && common.has(name))) ? [root] : [],
      );
      return roots.length > 0 ? [{ unit, roots }] : [];
    });
    candidatesCache.set(file, found);
  }
  return found;
}

const mentionsCache = new WeakMap<SourceFile, FileMentions>();
const unitOf = new WeakMap<ast.Node, Unit>();

function fileMentions(file: SourceFile): FileMentions {
  let found = mentionsCache.get(file);
  if (!found) {
    found = mentionsOf(file.tree.module);
    mentionsCache.set(file, found);
    for (const [node, unit] of found.unitOf) unitOf.set(node, unit);
  }
  return found;
}

/** The file and the workspace files that it imports, directly or not. */
function importClosure(program: Program, source: SourceFile, graph: ReachGraph): readonly SourceFile[] {
  const closure = new Set([source]);
  for (const file of closure) for (const imported of importsOf(program, file, graph)) closure.add(imported);
  return [...closure];
}

/** Workspace files that the imports of a file lead to. The program is told of each, as of everything that is looked at. */
function importsOf(program: Program, file: SourceFile, graph: Pick<ReachGraph, 'imports'>): readonly SourceFile[] {
  const known = graph.imports.get(file);
  if (known) {
    for (const { file: imported } of known) program.getFile(imported);
    return known;
  }
  const found = importedNames(file).flatMap(({ name, level }) => program.resolveImport(file, name, level) ?? []);
  const imports = [...new Set(found)];
  graph.imports.set(file, imports);
  return imports;
}

const importedNamesOf = new WeakMap<SourceFile, readonly ImportedName[]>();

function importedNames(file: SourceFile): readonly ImportedName[] {
  let names = importedNamesOf.get(file);
  if (!names) importedNamesOf.set(file, (names = importScan(file.text)));
  return names;
}
