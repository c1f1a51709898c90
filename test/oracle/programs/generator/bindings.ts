/**
 * What is bound at a place of a generated program. A child sees what its parent had when it was made, and keeps its own
 * bindings to itself: code after a branch must not read what only the branch bound.
 */
import type { Random } from './random';
import { conv2dWords, pickOp, type Names, type OpWords } from './vocabulary';

/** Something callable that is an op, or stands for one. */
export interface Layer {
  readonly text: string;
  readonly words: OpWords;
  /** False for partials and the like, which cannot stand in an op list. */
  readonly scopable: boolean;
}

export interface Parameter {
  readonly name: string;
  /** What it takes; `count` is a small number, `block` a function of a tensor, `factory` one without arguments. */
  readonly kind: 'number' | 'count' | 'flag' | 'float' | 'ops' | 'dict' | 'scope' | 'block' | 'layer' | 'factory';
  readonly required: boolean;
}

/** What holds for a whole program. */
export interface ProgramStyle {
  readonly slim: string;
  readonly tf: string;
  readonly argScope: string;
  /** True for a program without mistakes: it runs to its end. */
  readonly calm: boolean;
  /** True for a program that reads nothing from outside. */
  readonly known: boolean;
  /** The number of the last name. */
  readonly counter: { value: number };
  /** How many calls lie around the expression that is being made. */
  readonly nesting: { value: number };
}

/** A function of the program. */
export interface Defined {
  readonly name: string;
  readonly parameters: readonly Parameter[];
}

interface Lists {
  numbers: string[];
  floats: string[];
  strings: string[];
  flags: string[];
  unknownFlags: string[];
  unknownNumbers: string[];
  functions: string[];
  initializers: string[];
  normalizers: string[];
  dicts: string[];
  keywordDicts: string[];
  opLists: string[];
  scopes: string[];
  layers: Layer[];
  factories: Defined[];
  managers: Defined[];
  blocks: Defined[];
}

export type BindingKind = keyof Lists;

/** The bindings of one place, and how deep it is. */
export class Bindings implements Names {
  readonly lists: Lists;

  constructor(
    readonly random: Random,
    readonly style: ProgramStyle,
    readonly depth = 0,
    readonly inFunction = false,
    lists?: Lists,
  ) {
    this.lists = lists ?? {
      numbers: [],
      floats: [],
      strings: [],
      flags: [],
      unknownFlags: [],
      unknownNumbers: [],
      functions: [],
      initializers: [],
      normalizers: [],
      dicts: [],
      keywordDicts: [],
      opLists: [],
      scopes: [],
      layers: [],
      factories: [],
      managers: [],
      blocks: [],
    };
  }

  get slim(): string {
    return this.style.slim;
  }
  get tf(): string {
    return this.style.tf;
  }
  get argScope(): string {
    return this.style.argScope;
  }
  get calm(): boolean {
    return this.style.calm;
  }
  get numbers(): readonly string[] {
    return this.lists.numbers;
  }
  get floats(): readonly string[] {
    return this.lists.floats;
  }
  get strings(): readonly string[] {
    return this.lists.strings;
  }
  get flags(): readonly string[] {
    return this.lists.flags;
  }
  get unknownFlags(): readonly string[] {
    return this.lists.unknownFlags;
  }
  get unknownNumbers(): readonly string[] {
    return this.lists.unknownNumbers;
  }
  get functions(): readonly string[] {
    return this.lists.functions;
  }
  get initializers(): readonly string[] {
    return this.lists.initializers;
  }
  get normalizers(): readonly string[] {
    return this.lists.normalizers;
  }
  get dicts(): readonly string[] {
    return this.lists.dicts;
  }

  /** A place inside: what is bound there stays there. */
  child(inFunction = this.inFunction): Bindings {
    const lists = Object.fromEntries(Object.entries(this.lists).map(([kind, list]) => [kind, [...list]]));
    return new Bindings(this.random, this.style, this.depth + 1, inFunction, lists as unknown as Lists);
  }

  /** A place inside whose bindings last (the body of a `with`). */
  inner(): Bindings {
    return new Bindings(this.random, this.style, this.depth + 1, this.inFunction, this.lists);
  }

  /** A new name. */
  fresh(prefix: string): string {
    return `${prefix}${++this.style.counter.value}`;
  }

  /** A new name, or now and then one of the same kind, which is then bound again. */
  name(kind: BindingKind, prefix: string): string {
    const known = this.lists[kind].filter((one): one is string => typeof one === 'string' && /^\w+$/.test(one));
    if (known.length > 0 && !this.inFunction && this.random.chance(0.25)) return this.random.pick(known);
    return this.fresh(prefix);
  }

  bind(kind: BindingKind, name: string): void {
    const list = this.lists[kind] as string[];
    if (!list.includes(name)) list.push(name);
  }

  /** An op to call. */
  layer(): Layer {
    if (this.lists.layers.length > 0 && this.random.chance(0.25)) return this.random.pick(this.lists.layers);
    const words = pickOp(this.random);
    return { text: `${this.slim}.${words.name}`, words, scopable: !['relu', 'linear'].includes(words.name) };
  }

  /** Ops for an op list, all of them legal there. */
  scopableLayers(): readonly Layer[] {
    const layers = [this.layer(), this.layer(), this.layer()].slice(
      0,
      this.random.weighted([
        [5, 1],
        [3, 2],
        [1, 3],
      ]),
    );
    // A scope on `convolution` makes conv2d fail (A2).
    const legal = layers.filter((layer) => layer.scopable && !(this.calm && layer.words.name === 'convolution'));
    return legal.length > 0 ? legal : [{ text: `${this.slim}.conv2d`, words: conv2dWords, scopable: true }];
  }
}
