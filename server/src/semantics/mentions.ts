/**
 * Which names the functions, classes and bindings of a file mention: a cheap bound on what can lead to what. Names only,
 * without meaning: whoever mentions `build` may call any `build`. Follows what a name is stored in (assignments, imports,
 * decorators that register), so that a function that is never mentioned with another one's name, nor with a name that
 * stands for it, cannot reach it.
 */
import type * as ast from '../syntax/ast';
import { childrenOf } from '../syntax/visit';
import {
  addTo,
  CALLED,
  emptyUnit,
  followLocals,
  isLocal,
  localOf,
  localsIn,
  namesBound,
  type MutableUnit,
  type Takers,
  type Unit,
  type UnitKind,
} from './mentionUnits';

export interface FileMentions {
  readonly units: readonly Unit[];
  readonly byMention: ReadonlyMap<string, readonly Unit[]>;
  readonly unitOf: ReadonlyMap<ast.Node, Unit>;
  /** What the module body itself mentions, without the bodies of functions. */
  readonly module: Unit;
  /** Modules that the file imports, by the name that it gives them; several where it depends. */
  readonly imports: ReadonlyMap<string, readonly ImportedModule[]>;
  /** Per function the variables of the module that it mentions: where it may put what it gets. */
  readonly fills: ReadonlyMap<string, ReadonlySet<string>>;
}

/** `from a.b import c` binds `c` to something of `a.b`. */
export interface ImportedModule {
  readonly module: string;
  readonly level: number;
}

/** Reads the mentions of a module; linear in its size. */
export function mentionsOf(module: ast.Module): FileMentions {
  return new Collector().collect(module);
}

/** A node that is still to be looked at. */
interface Pending {
  readonly node: ast.Node;
  /** The units that it belongs to. */
  readonly around: readonly MutableUnit[];
  readonly inFunction: boolean;
  /** The innermost class around it. */
  readonly cls: string | undefined;
  readonly taker: string;
  readonly sinks: readonly Takers[];
}

/** Keeps a list of what is still to be looked at: trees of generated code are deeper than the call stack. */
class Collector {
  readonly #pending: Pending[] = [];
  readonly #units: MutableUnit[] = [];
  readonly #unitOf = new Map<ast.Node, Unit>();
  readonly #module: MutableUnit = emptyUnit('module');
  /** What is called in statements of the module, with the names in front of it: `nets` in `nets.update(...)`. */
  readonly #receivers: { readonly unit: MutableUnit; readonly names: readonly string[] }[] = [];
  readonly #variables = new Set<string>();
  readonly #imports = new Map<string, ImportedModule[]>();
  #cls: string | undefined;
  /** Where the value of what is looked at goes: see {@link Unit.held}. */
  #taker = '';
  /** What gets the value: variables, or what the function returns. */
  #sinks: readonly Takers[] = [];
  readonly #functions = new Map<string, MutableUnit>();

  collect(module: ast.Module): FileMentions {
    this.#later(module.body, [this.#module], false);
    for (let next = this.#pending.pop(); next; next = this.#pending.pop()) this.#visit(next);
    for (const { unit, names } of this.#receivers) {
      for (const name of names) if (this.#variables.has(name)) unit.defines.add(name);
    }
    for (const unit of [...this.#units, this.#module]) {
      for (const [root, names] of unit.through) {
        if (root === LOCAL || this.#isGlobal(root)) continue;
        unit.through.delete(root);
        const local = unit.through.get(LOCAL) ?? new Set();
        unit.through.set(LOCAL, new Set([...local, ...names]));
      }
    }
    for (const unit of [...this.#units, this.#module]) {
      followLocals(unit);
      for (const [name, takers] of unit.bare)
        if (!isLocal(unit, name)) for (const taker of takers) addTo(unit.held, name, taker);
    }
    const byMention = new Map<string, Unit[]>();
    for (const unit of [...this.#units, this.#module]) {
      for (const name of unit.mentions) {
        const list = byMention.get(name);
        if (list) list.push(unit);
        else byMention.set(name, [unit]);
      }
    }
    const fills = new Map(
      [...this.#functions].map(([name, { mentions }]) => [
        name,
        new Set([...this.#variables].filter((variable) => mentions.has(variable))),
      ]),
    );
    return {
      units: this.#units,
      byMention,
      unitOf: this.#unitOf,
      module: this.#module,
      imports: this.#imports,
      fills,
    };
  }

  #unit(kind: UnitKind, defines: readonly string[], feeds: readonly string[] = [], within?: MutableUnit): MutableUnit {
    const unit = emptyUnit(kind, within);
    for (const name of defines) unit.defines.add(name);
    for (const name of feeds) unit.feeds.add(name);
    this.#units.push(unit);
    return unit;
  }

  #later(nodes: readonly ast.Node[], around: readonly MutableUnit[], inFunction: boolean): void {
    for (const node of nodes)
      this.#pending.push({ node, around, inFunction, cls: this.#cls, taker: this.#taker, sinks: this.#sinks });
  }

  /** The same for nodes whose value goes elsewhere. */
  #laterIn(taker: string, nodes: readonly ast.Node[], around: readonly MutableUnit[], inFunction: boolean): void {
    const before = this.#taker;
    this.#taker = taker;
    this.#later(nodes, around, inFunction);
    this.#taker = before;
  }

  /** `getattr(slim, 'conv2d')` is `slim.conv2d`. */
  #getattr({ callee, args }: ast.Call, around: readonly MutableUnit[]): void {
    const [object, name] = args;
    if (callee.kind !== 'Name' || callee.name !== 'getattr' || !object || name?.value.kind !== 'String') return;
    this.#mention(around, name.value.value, rootOf(object.value));
  }

  /** Of `self` it is something of the class; of anything else it may have any name. */
  #lookedUp({ args }: ast.Call): string {
    const [object] = args;
    const isSelf = object?.value.kind === 'Name' && object.value.name === SELF;
    return isSelf && this.#cls !== undefined ? this.#cls : ANY_NAME;
  }

  #visit({ node, around, inFunction, cls, taker, sinks }: Pending): void {
    this.#cls = cls;
    this.#taker = taker;
    this.#sinks = sinks;
    switch (node.kind) {
      case 'FunctionDef':
        this.#function(node, around, inFunction);
        return;
      case 'ClassDef': {
        const unit = this.#unit('class', [node.name.name], decoratorNames(node));
        this.#cls = node.name.name;
        this.#later(childrenOf(node), [...around, unit], inFunction);
        return;
      }
      case 'Assign':
        this.#binding(node.targets, [node.value], around, inFunction);
        return;
      case 'AnnAssign':
      case 'AugAssign':
        this.#binding([node.target], node.value ? [node.value] : [], around, inFunction);
        return;
      case 'For':
        this.#binding([node.target], [node.iter], around, inFunction);
        this.#later([...node.body, ...node.orelse], around, inFunction);
        return;
      case 'WithItem':
        this.#taker = ENTERED;
        this.#binding(node.target ? [node.target] : [], [node.context], around, inFunction);
        return;
      case 'Return':
      case 'Yield':
      case 'NamedExpression':
        this.#sinks = [...this.#sinks, ...around.map((unit) => unit.returned)];
        this.#later(childrenOf(node), around, inFunction);
        return;
      case 'ExpressionStatement': {
        const filled = !inFunction && node.value.kind === 'Call' ? [this.#moduleCall(node.value)] : [];
        this.#later(childrenOf(node), [...around, ...filled], inFunction);
        return;
      }
      case 'Global':
        for (const unit of around) {
          for (const { name } of node.names) unit.defines.add(name);
          // What is put there goes out as well.
          for (const { name } of node.names) addTo(unit.returned, name, '');
        }
        return;
      case 'Import':
        for (const alias of node.names) this.#import(alias, dotted(alias.name), 0);
        return;
      case 'ImportFrom':
        for (const alias of node.names) this.#import(alias, dotted(node.module), node.level);
        return;
      case 'Name':
        this.#mention(around, node.name, node.name, true);
        return;
      case 'String':
        if (IDENTIFIER.test(node.value)) for (const unit of around) unit.mentions.add(node.value);
        return;
      case 'Call':
        if (isComputedLookUp(node)) this.#mention(around, this.#lookedUp(node), undefined);
        else this.#getattr(node, around);
        this.#call(node, around, inFunction);
        return;
      case 'Attribute':
        this.#mention(around, node.attribute.name, rootOf(node.value));
        this.#laterIn('', childrenOf(node), around, inFunction);
        return;
      default:
        this.#later(childrenOf(node), around, inFunction);
    }
  }

  #call(node: ast.Call, around: readonly MutableUnit[], inFunction: boolean): void {
    const [name = ''] = namesOf(node.callee).slice(-1);
    if (this.#taker !== ENTERED) for (const unit of around) unit.given.add(name);
    this.#laterIn(CALLED, [node.callee], around, inFunction);
    this.#laterIn(name, node.args, around, inFunction);
  }

  /** `nets.update(...)`, `register('vgg', vgg)`: the arguments may be kept in a variable. */
  #moduleCall({ callee }: ast.Call): MutableUnit {
    const names = namesOf(callee);
    const unit = this.#unit('binding', [], names.slice(-1));
    this.#receivers.push({ unit, names: names.slice(0, -1) });
    return unit;
  }

  #mention(around: readonly MutableUnit[], name: string, root: string | undefined, isBare = false): void {
    for (const sink of this.#sinks) addTo(sink, name, this.#taker);
    for (const unit of around) {
      unit.mentions.add(name);
      addTo(isBare ? unit.bare : unit.held, name, this.#taker);
      if (root === undefined) continue;
      addTo(unit.through, root, name);
    }
  }

  #import(alias: ast.ImportAlias | ast.ImportFromAlias, module: string, level: number): void {
    const original = alias.kind === 'ImportAlias' ? (alias.name.parts.at(-1)?.name ?? '') : alias.name.name;
    const bound =
      alias.asName?.name ?? (alias.kind === 'ImportAlias' ? alias.name.parts[0]?.name : alias.name.name) ?? '';
    if (alias.asName) {
      const unit = this.#unit('alias', [bound]);
      unit.mentions.add(original);
      if (alias.kind === 'ImportFromAlias') addTo(unit.through, bound, original);
    }
    this.#imports.set(bound, [...(this.#imports.get(bound) ?? []), { module, level }]);
  }

  /** `self.slim` may be a module, too. */
  #isGlobal(root: string): boolean {
    return this.#variables.has(root) || this.#imports.has(root) || this.#functions.has(root) || root === SELF;
  }

  /** The body of a function is not run by what is around its definition; its decorators and defaults are. */
  #function(node: ast.FunctionDef, around: readonly MutableUnit[], inFunction: boolean): void {
    // Special methods are called by their class's name, or by no name.
    const isSpecial = /^__\w+__$/.test(node.name.name);
    const unit = this.#unit('function', isSpecial ? [] : [node.name.name], decoratorNames(node));
    this.#unitOf.set(node, unit);
    this.#functions.set(node.name.name, unit);
    const { returned } = unit;
    for (const parameter of node.parameters) unit.bound.add(parameter.name.name);
    this.#sinks = [...this.#sinks, returned];
    // What is called by its name is what its decorators make of it.
    this.#laterIn(ENTERED, node.decorators, [...around, unit], inFunction);
    this.#later(node.parameters, [...around, unit], inFunction);
    // Whoever gets the function may get what it has.
    const outer = around.filter((one) => one !== this.#module);
    this.#sinks = outer.map((one) => one.returned);
    this.#later(node.body, [...outer, unit], true);
  }

  /** A value is reached through what it is stored in; a local variable stays in its function. */
  #binding(
    targets: readonly ast.Expression[],
    values: readonly ast.Expression[],
    around: readonly MutableUnit[],
    inFunction: boolean,
  ): void {
    const defines = targets.flatMap((target) => storedIn(target, inFunction));
    if (!inFunction) for (const name of defines) this.#variables.add(name);
    const keys = targets.flatMap((target) => (target.kind === 'Subscript' ? [target.index] : []));
    const within = inFunction ? around.at(-1) : undefined;
    const own = defines.length > 0 ? [this.#unit('binding', defines, [], within)] : [];
    this.#later(targets, around, inFunction);
    const locals = within ? targets.flatMap(localsIn).map((name) => localOf(within, name)) : [];
    if (within) for (const name of targets.flatMap(namesBound)) within.bound.add(name);
    this.#sinks = [...this.#sinks, ...locals];
    this.#later([...values, ...keys], [...around, ...own], inFunction);
  }
}

/** Mentioned by code that looks an attribute up by a name that it computes. */
export const ANY_NAME = '<any name>';

function isComputedLookUp({ callee, args }: ast.Call): boolean {
  if (callee.kind !== 'Name') return false;
  if (callee.name === 'getattr') return args[1]?.value.kind !== 'String';
  return callee.name === 'globals' || callee.name === 'locals' || callee.name === 'vars';
}

const IDENTIFIER = /^[A-Za-z_]\w{0,60}$/;

const SELF = 'self';

/** Stands for what a `with` enters. */
const ENTERED = '<entered>';

/** Stands for all variables of functions in {@link Unit.through}. */
export const LOCAL = '<local>';

function dotted(name: ast.DottedName): string {
  return name.parts.map((part) => part.name).join('.');
}

/** The name at the beginning of `a.b.c`; for `self.a` only where there is something behind it. */
function rootOf(expression: ast.Expression): string | undefined {
  const [root] = namesOf(expression);
  return root === SELF && expression.kind === 'Name' ? undefined : root;
}

function decoratorNames(node: ast.FunctionDef | ast.ClassDef): readonly string[] {
  const callees = node.decorators.map((decorator) => (decorator.kind === 'Call' ? decorator.callee : decorator));
  return callees.flatMap((callee) => namesOf(callee).slice(-1));
}

/** `a.b.c`: all of its names. */
function namesOf(expression: ast.Expression): readonly string[] {
  if (expression.kind === 'Name') return [expression.name];
  if (expression.kind === 'Attribute') return [...namesOf(expression.value), expression.attribute.name];
  if (expression.kind === 'Subscript') return namesOf(expression.value);
  return [];
}

function storedIn(target: ast.Expression, inFunction: boolean): readonly string[] {
  switch (target.kind) {
    case 'Name':
      return inFunction ? [] : [target.name];
    case 'Attribute':
      return [target.attribute.name];
    case 'Subscript':
      return inFunction && target.value.kind === 'Name' ? [] : namesOf(target.value).slice(-1);
    case 'Tuple':
    case 'List':
      return target.elements.flatMap((element) => storedIn(element, inFunction));
    case 'Starred':
      return storedIn(target.value, inFunction);
    default:
      return [];
  }
}
