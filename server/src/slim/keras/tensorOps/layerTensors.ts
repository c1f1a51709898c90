/**
 * Which expressions of a file hold results of Keras layers, and of how many dimensions: the tensors that, in a functional
 * model, TensorFlow's own functions do not take. By assignments alone, through the calls of functions of the same file.
 * A name counts when any of its assignments does; what is not found here is left as it is.
 */
import { contains, type Span } from '../../../base/span';
import type { Program, SourceFile } from '../../../semantics/program';
import { pathsOf } from '../../../semantics/qualifiedNames';
import { lookup, type Scope } from '../../../semantics/scopes';
import type * as ast from '../../../syntax/ast';
import { walk } from '../../../syntax/visit';
import { pathTo, scopeAlong } from '../../rewrite/syntaxAt';

/** A variable: the scope that binds it, and its name. */
type Variables = Map<Scope, Set<string>>;

/** Answers what an expression holds. */
export interface LayerTensors {
  /** True when it may be the result of a layer, or the input of one. */
  isTensor(expression: ast.Expression): boolean;
  /** The number of its dimensions, where layers say it. */
  rankOf(expression: ast.Expression): number | undefined;
}

/** Assignments and calls are looked at again until nothing changes; a chain of helper functions is shorter than this. */
const mostRounds = 8;

/** Looks a file over. */
export function findLayerTensors(program: Program, source: SourceFile): LayerTensors {
  const finder = new Finder(program, source);
  for (let round = 0; round < mostRounds; round++) {
    const before = finder.size;
    finder.look();
    if (finder.size === before) break;
  }
  return finder;
}

/** The class of a Keras layer that a call applies: `Conv2D` for `tf.keras.layers.Conv2D(8, 3)(net)`. */
function appliedLayer(program: Program, source: SourceFile, scope: Scope, call: ast.Call): string | undefined {
  if (call.callee.kind !== 'Call') return undefined;
  const [path] = pathsOf(program, source, scope, call.callee.callee);
  return /(?:^|\.)keras\.layers\.(\w+)$/.exec(path ?? '')?.[1];
}

const planar = new Set([
  ...['Conv2D', 'Conv2DTranspose', 'SeparableConv2D', 'DepthwiseConv2D', 'MaxPooling2D', 'AveragePooling2D'],
  ...['ZeroPadding2D', 'UpSampling2D', 'Cropping2D'],
]);

const sameRank = new Set([
  ...['Activation', 'ReLU', 'LeakyReLU', 'ELU', 'Softmax', 'Dropout', 'BatchNormalization', 'GroupNormalization'],
  ...['LayerNormalization', 'Identity', 'Concatenate', 'Add', 'Maximum', 'Minimum', 'Multiply', 'Average'],
]);

/** Functions of TensorFlow whose result is no tensor that a layer would take. */
const notTensors = /\.(?:shape|rank|size|shape_n|Assert|assert_\w+|summary\.\w+|histogram|scalar|add_to_collection)$/;

/** A place where a variable gets a value. */
interface Assignment {
  /** From where on it has the value: a use in the value itself sees what was there before. */
  readonly at: number;
  /** Undefined for a part of a value, and for loops. */
  readonly value: ast.Expression | undefined;
  /** The statements among which it stands: what follows in there runs after it. */
  readonly block: Span;
}

/** See {@link findLayerTensors}. */
class Finder implements LayerTensors {
  readonly #program: Program;
  readonly #source: SourceFile;
  readonly #variables: Variables = new Map();
  readonly #functions = new Set<ast.FunctionDef>();
  /** Assignments to a variable, in the order of the text. */
  readonly #assigned = new Map<Scope, Map<string, readonly Assignment[]>>();
  size = 0;

  constructor(program: Program, source: SourceFile) {
    this.#program = program;
    this.#source = source;
    walk(source.tree.module, (node, parents) => {
      const block = blockAround(parents[parents.length - 1], node);
      if (node.kind === 'Assign') node.targets.forEach((target) => this.#noteTarget(target, node, block));
      else if (node.kind === 'For' || node.kind === 'AugAssign') this.#noteTarget(node.target, node, block);
    });
  }

  /** One round over all assignments, calls and returns. */
  look(): void {
    walk(this.#source.tree.module, (node, parents) => {
      if (node.kind === 'Assign' && this.isTensor(node.value)) node.targets.forEach((target) => this.#mark(target));
      else if (node.kind === 'For' && this.isTensor(node.iter)) this.#mark(node.target);
      else if (node.kind === 'Call') this.#lookAtCall(node);
      else if (node.kind === 'Return' && node.value && this.isTensor(node.value)) {
        const owner = parents.findLast((one): one is ast.FunctionDef => one.kind === 'FunctionDef');
        if (owner && !this.#functions.has(owner)) {
          this.#functions.add(owner);
          this.size++;
        }
      }
    });
  }

  isTensor(expression: ast.Expression): boolean {
    switch (expression.kind) {
      case 'Name':
        return this.#isMarked(expression);
      case 'Subscript':
        return this.isTensor(expression.value);
      case 'BinaryOp':
        return this.isTensor(expression.left) || this.isTensor(expression.right);
      case 'Conditional':
        return this.isTensor(expression.body) || this.isTensor(expression.orelse);
      case 'List':
      case 'Tuple':
        return expression.elements.some((element) => this.isTensor(element));
      case 'Call':
        return this.#isTensorCall(expression);
      default:
        return false;
    }
  }

  rankOf(expression: ast.Expression): number | undefined {
    if (expression.kind === 'Call') return this.#rankOfCall(expression);
    if (expression.kind !== 'Name') return undefined;
    const scope = this.#scopeOf(expression);
    const home = lookup(scope, expression.name)?.scope;
    const reaching = home ? this.#assignmentsThatReach(expression, home) : [];
    if (reaching.length === 0) return this.#rankOfParameter(expression, home);
    const ranks = reaching.map(({ value }) => value && this.#rankOfCall(value));
    const [first] = ranks;
    return ranks.every((rank) => rank === first) ? first : undefined;
  }

  /** The last assignment that certainly ran before a use, and those that may have run since; all before it if none did. */
  #assignmentsThatReach(use: ast.Name, home: Scope): readonly Assignment[] {
    const all = this.#assigned.get(home)?.get(use.name) ?? [];
    const before = all.filter(({ at }) => at <= use.span.start);
    const last = before.findLast(({ block }) => contains(block, use.span));
    const path = pathTo(this.#source.tree.module, use.span);
    const loop = path.find(
      (node) => (node.kind === 'For' || node.kind === 'While') && !(last && node.span.start <= last.at),
    );
    const end = loop ? loop.span.end : use.span.start;
    return all.filter((one) => one.at <= end && (last === undefined || one.at >= last.at));
  }

  #rankOfCall(value: ast.Expression): number | undefined {
    if (value.kind !== 'Call') return undefined;
    const layer = appliedLayer(this.#program, this.#source, this.#scopeOf(value), value);
    if (layer === undefined) return undefined;
    if (planar.has(layer)) return 4;
    const input = value.args[0]?.value;
    if (!sameRank.has(layer) || !input) return undefined;
    const whole = input.kind === 'List' ? input.elements[0] : input;
    return whole && this.rankOf(whole);
  }

  /** A parameter that a 2-D layer takes as it is has four dimensions. */
  #rankOfParameter(name: ast.Name, home: Scope | undefined): number | undefined {
    if (home?.kind !== 'function') return undefined;
    let isTaken = false;
    walk(home.node, (node) => {
      if (node.kind !== 'Call' || node.args[0]?.value.kind !== 'Name' || node.args[0].value.name !== name.name) return;
      const layer = appliedLayer(this.#program, this.#source, this.#scopeOf(node), node);
      if (layer !== undefined && planar.has(layer)) isTaken = true;
    });
    return isTaken ? 4 : undefined;
  }

  #isTensorCall(call: ast.Call): boolean {
    const scope = this.#scopeOf(call);
    if (appliedLayer(this.#program, this.#source, scope, call) !== undefined) return true;
    if (call.callee.kind === 'Name') {
      const made = lookup(scope, call.callee.name)?.bindings ?? [];
      if (made.some(({ node }) => node.kind === 'FunctionDef' && this.#functions.has(node))) return true;
    }
    const paths = pathsOf(this.#program, this.#source, scope, call.callee);
    const isLibrary = paths.some((path) => /^tensorflow\b|(?:^|\.)keras\./.test(path) && !notTensors.test(path));
    return isLibrary && call.args.some(({ value }) => this.isTensor(value));
  }

  /** What a layer takes is a tensor, and so is a parameter that is given one. */
  #lookAtCall(call: ast.Call): void {
    const scope = this.#scopeOf(call);
    if (appliedLayer(this.#program, this.#source, scope, call) !== undefined) {
      const input = call.args[0]?.value;
      if (input?.kind === 'Name') this.#mark(input);
      return;
    }
    if (call.callee.kind !== 'Name') return;
    const made = lookup(scope, call.callee.name)?.bindings[0]?.node;
    if (made?.kind !== 'FunctionDef') return;
    for (const [at, argument] of call.args.entries()) {
      const parameter =
        argument.form === 'keyword'
          ? made.parameters.find(({ name }) => name.name === argument.name?.name)
          : made.parameters[at];
      if (parameter && this.isTensor(argument.value))
        this.#markIn(this.#source.scopes.scopeOf(made), parameter.name.name);
    }
  }

  #scopeOf(node: ast.Node): Scope {
    return scopeAlong(this.#source, pathTo(this.#source.tree.module, node.span));
  }

  #isMarked(name: ast.Name): boolean {
    const home = lookup(this.#scopeOf(name), name.name)?.scope;
    return home !== undefined && (this.#variables.get(home)?.has(name.name) ?? false);
  }

  /** A dictionary or list that holds tensors counts as one: what is taken out of it is. */
  #mark(target: ast.Expression): void {
    if (target.kind === 'Name') {
      const home = lookup(this.#scopeOf(target), target.name)?.scope;
      if (home) this.#markIn(home, target.name);
    } else if (target.kind === 'Tuple' || target.kind === 'List') target.elements.forEach((one) => this.#mark(one));
    else if (target.kind === 'Subscript') this.#mark(target.value);
  }

  #markIn(scope: Scope, name: string): void {
    const names = this.#variables.get(scope) ?? new Set<string>();
    this.#variables.set(scope, names);
    if (names.has(name)) return;
    names.add(name);
    this.size++;
  }

  #noteTarget(target: ast.Expression, node: ast.Assign | ast.For | ast.AugAssign, block: Span): void {
    if (target.kind === 'Tuple' || target.kind === 'List') {
      target.elements.forEach((element) => this.#noteTarget(element, node, block));
      return;
    }
    if (target.kind !== 'Name') return;
    const home = lookup(this.#scopeOf(target), target.name)?.scope;
    if (!home) return;
    const names = this.#assigned.get(home) ?? new Map<string, readonly Assignment[]>();
    this.#assigned.set(home, names);
    const isWhole = node.kind === 'Assign' && node.targets.includes(target);
    const at = node.kind === 'For' ? target.span.end : node.span.end;
    names.set(target.name, [
      ...(names.get(target.name) ?? []),
      { at, value: isWhole ? node.value : undefined, block: node.kind === 'For' ? node.span : block },
    ]);
  }
}

/** From the first to the last statement of the block with a statement. */
function blockAround(parent: ast.Node | undefined, statement: ast.Node): Span {
  for (const value of Object.values(parent ?? {})) {
    if (!Array.isArray(value) || !value.includes(statement)) continue;
    const block = value as readonly ast.Statement[];
    return { start: block[0]?.span.start ?? 0, end: block[block.length - 1]?.span.end ?? 0 };
  }
  return statement.span;
}
