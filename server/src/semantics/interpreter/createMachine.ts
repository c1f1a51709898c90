/**
 * Builds a machine: wires the parts of the interpreter together, executes modules on demand, iterates.
 * A module is executed once per machine, in the host's base ambient state; an import cycle sees what is there so far.
 */
import type { CancelToken } from '../../base/cancel';
import { LineIndex } from '../../base/lineIndex';
import type { Program, SourceFile } from '../program';
import type { Scope } from '../scopes';
import type { Environment, PyModule, PyObject } from './objects';
import { Store } from './store';
import { CapReached, stepCounter, type StepCounter, type Frame, type Host, type Limits, type Machine } from './machine';
import { evaluateExpression } from './expressions';
import { executeBlock } from './statements';
import { assignTarget } from './assign';
import { callObject } from './calls';
import { attributeOf } from './attributes';
import { makeEnvironment, setVariable } from './names';
import { iterate } from './iterators';
import { attributesCell } from './join';

export interface MachineOptions {
  readonly program: Program;
  readonly host: (machine: Machine) => Host;
  readonly limits: Limits;
  readonly cancel: CancelToken;
  /** Called before and after a module body runs, so that the host can set its base state. */
  readonly aroundModule: (source: SourceFile, run: () => void) => void;
  /** Value of `__name__` in a module; undefined to leave it open. */
  readonly moduleName: (source: SourceFile) => PyObject | undefined;
}

/** The machine and its step counter. */
export interface CreatedMachine {
  readonly machine: Machine;
  readonly counter: StepCounter;
  /** Files whose module body was executed. */
  readonly modules: ReadonlyMap<string, PyModule>;
}

/** Creates a machine with nothing executed yet. */
export function createMachine(options: MachineOptions): CreatedMachine {
  const { program, limits, cancel } = options;
  const counter = stepCounter(limits, cancel);
  const store = new Store();
  const modules = new Map<string, PyModule>();
  const machine: Machine = {
    program,
    store,
    limits,
    frame: idleFrame(),
    attempts: [],
    branchDepth: 0,
    escapes: 0,
    firstCalls: new Map(),
    subclassed: new Set(),
    idle: new Set(),
    patched: attributesCell(new Map()),
    get steps() {
      return counter.used;
    },
    unsteady: new Map(),
    unseenDepth: 0,
    stepCap: undefined,
    modules,
    step: (cost) => {
      counter.step(cost);
      if (machine.stepCap !== undefined && counter.used > machine.stepCap) throw new CapReached();
    },
    evaluate: (expression) => evaluateExpression(machine, expression),
    execute: (body) => executeBlock(machine, body),
    assign: (target, value) => assignTarget(machine, target, value),
    call: (callee, args, site) => callObject(machine, callee, args, site),
    attribute: (object, name, at) => attributeOf(machine, object, name, at),
    module: (source) => modules.get(source.file) ?? runModule(machine, source, modules, options),
    iterate: (object) => iterate(machine, object),
    get host() {
      return host;
    },
  };
  const host = options.host(machine);
  return { machine, counter, modules };
}

function runModule(
  machine: Machine,
  source: SourceFile,
  modules: Map<string, PyModule>,
  options: MachineOptions,
): PyModule {
  const namespace = makeEnvironment(source.scopes.module, undefined, source, '');
  const module: PyModule = { kind: 'module', source, namespace };
  modules.set(source.file, module);
  const name = options.moduleName(source);
  if (name) setVariable(machine, namespace, '__name__', name);
  const importer = machine.frame;
  const mark = machine.store.mark();
  const { stepCap } = machine;
  // A module is executed to its end, whoever imports it.
  machine.stepCap = undefined;
  machine.frame = moduleFrame(machine, namespace, source);
  try {
    options.aroundModule(source, () => machine.execute(source.tree.module.body));
  } finally {
    machine.frame = importer;
    machine.stepCap = stepCap;
    // A module runs once, wherever it is first imported: what it did outlives the branch or entry point that did it.
    machine.store.commit(mark);
  }
  return module;
}

/** A frame for code that runs at the top of a file. */
export function moduleFrame(machine: Machine, environment: Environment, source: SourceFile): Frame {
  return {
    environment,
    source,
    function: undefined,
    site: undefined,
    parent: undefined,
    depth: 0,
    mark: machine.store.mark(),
    branchDepth: machine.branchDepth,
    imbalance: machine.host.imbalance(),
    activity: machine.host.activity(),
    returns: [],
    loops: [],
    tests: [],
    conditions: [],
    onYield: undefined,
    self: undefined,
  };
}

/** The frame of a machine that runs nothing. */
function idleFrame(): Frame {
  const module: Scope['node'] = { kind: 'Module', span: { start: 0, end: 0 }, body: [] };
  const scope: Scope = {
    kind: 'module',
    node: module,
    parent: undefined,
    children: [],
    bindings: new Map(),
    globals: new Set(),
    nonlocals: new Set(),
    starImports: [],
  };
  const source: SourceFile = {
    file: '',
    path: '',
    moduleName: '',
    isPackage: false,
    text: '',
    tree: { module, comments: [], incomplete: [], python2: false },
    lines: new LineIndex(''),
    scopes: { module: scope, scopeOf: () => scope },
  };
  return {
    environment: makeEnvironment(scope, undefined, source, ''),
    source,
    function: undefined,
    site: undefined,
    parent: undefined,
    depth: 0,
    mark: 0,
    branchDepth: 0,
    imbalance: 0,
    activity: 0,
    returns: [],
    loops: [],
    tests: [],
    conditions: [],
    onYield: undefined,
    self: undefined,
  };
}
