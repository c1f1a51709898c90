/**
 * Random programs for the numerical proof: three calls of any layers, slim's under up to three nested scopes, with
 * arguments by position, by keyword and from scopes, `tf.layers` as functions and as classes. The same seed gives the
 * same programs. A combination that fails in the original, or that Slimscope refuses, is counted and left out.
 */
import type { NumericsCase } from './cases';
import { randomOps, type RandomOp, type Values } from './randomOps';

/** Shapes of the inputs; their rank decides which layers may follow. */
const shapes: readonly (readonly number[])[] = [
  [2, 17, 16, 4],
  [2, 17, 16, 4],
  [2, 17, 16, 4],
  [3, 17, 4],
  [2, 8, 9, 9, 4],
  [6, 6],
];

/** Calls of a layer in a program. */
export const callsPerProgram = 3;

/** Programs with at least `calls` calls of layers. */
export function randomCases(calls: number): readonly NumericsCase[] {
  return Array.from({ length: Math.ceil(calls / callsPerProgram) }, (_, index) => {
    const program = new RandomProgram(index + 1);
    return { name: `random_${index}`, source: program.source, shape: program.shape, isRandom: true };
  });
}

/** A small congruential generator: a number from 0 up to 1. */
function makeRandom(seed: number): () => number {
  let state = (seed * 2654435761) % 4294967296;
  return () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
}

class RandomProgram {
  readonly shape: readonly number[];
  readonly source: string;
  readonly #random: () => number;
  /** Scopes that are open. */
  #depth = 0;

  constructor(seed: number) {
    this.#random = makeRandom(seed);
    this.shape = this.#choose(shapes);
    const ops = this.#ops();
    const lines = [
      'import tensorflow.compat.v1 as tf',
      'import tf_slim as slim',
      '',
      'wd = 0.05',
      'training = True',
      'net = images',
    ];
    const scoped = this.#openScopes(ops, lines);
    for (const [index, op] of ops.entries()) lines.push(...this.#call(op, index, scoped));
    this.source = `${lines.join('\n')}\n`;
  }

  #choose<T>(options: readonly T[]): T {
    const chosen = options[Math.floor(this.#random() * options.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }

  /** Layers that fit one behind the other; the first one has weights, so that there is something to compare. */
  #ops(): readonly RandomOp[] {
    let rank = this.shape.length;
    return Array.from({ length: callsPerProgram }, (_, index) => {
      const fitting = randomOps.filter(
        ({ ranks, required }) =>
          ranks.includes(rank) && (index > 0 || /^(num_outputs|filters|units)$/.test(required[0]?.[0] ?? '')),
      );
      const op = this.#choose(fitting);
      rank = op.gives ?? rank;
      return op;
    });
  }

  /** Opens up to three scopes for ops that are called; answers what they set, by callee. */
  #openScopes(ops: readonly RandomOp[], lines: string[]): ReadonlyMap<string, ReadonlySet<string>> {
    const set = new Map<string, Set<string>>();
    const scopable = ops.filter(({ isScopable }) => isScopable);
    const depth = scopable.length === 0 ? 0 : Math.floor(this.#random() * 4);
    this.#depth = depth;
    for (let level = 0; level < depth; level++) {
      const op = this.#choose(scopable);
      const others = scopable.filter((other) => other !== op && this.#random() < 0.3);
      const options = Object.entries({ ...Object.fromEntries(op.next), ...op.keywords }).filter(([name]) =>
        others.every((other) => name in other.keywords || other.next.some(([one]) => one === name)),
      );
      const keywords = this.#draw(options);
      const targets = [...new Set([op, ...others].map(({ callee }) => callee))];
      for (const target of targets) {
        const names = set.get(target) ?? new Set();
        keywords.forEach(([name]) => names.add(name));
        set.set(target, names);
      }
      this.#openScope(targets, keywords, { level, lines });
    }
    return set;
  }

  #openScope(
    targets: readonly string[],
    keywords: readonly (readonly [string, string])[],
    { level, lines }: { readonly level: number; readonly lines: string[] },
  ): void {
    const indentation = '  '.repeat(level);
    const call = `slim.arg_scope([${targets.join(', ')}]${keywords.map(([name, value]) => `, ${name}=${value}`).join('')})`;
    if (this.#random() < 0.2) {
      lines.push(
        `${indentation}with ${call} as scope${level}:`,
        `${indentation}  pass`,
        `${indentation}with slim.arg_scope(scope${level}):`,
      );
    } else lines.push(`${indentation}with ${call}:`);
  }

  #draw(options: readonly (readonly [string, Values])[]): (readonly [string, string])[] {
    return options.flatMap(([name, values]) => (this.#random() < 1 / 3 ? [[name, this.#choose(values)] as const] : []));
  }

  #call(op: RandomOp, index: number, scoped: ReadonlyMap<string, ReadonlySet<string>>): string[] {
    const indentation = '  '.repeat(this.#depth);
    const isClass = op.className !== undefined && this.#random() < 0.35;
    const args = this.#arguments(op, scoped.get(op.callee) ?? new Set());
    const isSlim = op.callee.startsWith('slim.');
    if (this.#random() < 0.5) args.push(`${isSlim ? 'scope' : 'name'}='layer${index}'`);
    const training = op.training && (isSlim || this.#random() < 0.7) ? this.#choose(op.training) : undefined;
    const mode = training === undefined ? [] : [`${isSlim ? 'is_training' : 'training'}=${training}`];
    if (!isClass) return [`${indentation}net = ${op.callee}(${['net', ...args, ...mode].join(', ')})`];
    const constructor = `tf.layers.${op.className ?? ''}(${args.join(', ')})`;
    const inputs = ['net', ...mode].join(', ');
    if (this.#random() < 0.5) return [`${indentation}net = ${constructor}(${inputs})`];
    return [
      `${indentation}layer_${index} = ${constructor}`,
      `${indentation}net = layer_${index}${this.#random() < 0.5 ? '.apply' : ''}(${inputs})`,
    ];
  }

  /** Required ones by position or keyword; others by position while they follow, else by keyword. */
  #arguments(op: RandomOp, scoped: ReadonlySet<string>): string[] {
    const args: string[] = [];
    let byPosition = true;
    for (const [name, values] of op.required) {
      byPosition &&= this.#random() < 0.8;
      args.push(byPosition ? this.#choose(values) : `${name}=${this.#choose(values)}`);
    }
    for (const [name, values] of op.next) {
      const isGiven = this.#random() < 0.4;
      if (isGiven) {
        // By position it would collide with a scope that sets it.
        byPosition &&= !scoped.has(name) && this.#random() < 0.5;
        args.push(byPosition ? this.#choose(values) : `${name}=${this.#choose(values)}`);
      }
      byPosition &&= isGiven;
    }
    const keywords = Object.entries(op.keywords).filter(([name]) => !args.some((one) => one.startsWith(`${name}=`)));
    const given = this.#draw(keywords).filter(([name]) => !op.next.some(([one]) => one === name));
    return [...args, ...given.filter(() => this.#random() < 0.6).map(([name, value]) => `${name}=${value}`)];
  }
}
