/**
 * The variable scopes that are open while a network is built, and the names that TensorFlow gives them: a name is taken as
 * it is, a default name gets a number if it was used before in the same scope. A name that is not known makes every name
 * below it unknown, too.
 */
import type { PyObject } from '../../semantics/interpreter/objects';
import { pyNone, pyStr } from '../../semantics/interpreter/objects';

/** The path of a variable scope; empty outside of all. */
export interface ScopePath {
  readonly text: string;
  /** False when a part of it is not known, and written as `?`. */
  readonly isKnown: boolean;
}

const ROOT: ScopePath = { text: '', isKnown: true };

/** How a scope is entered. */
export interface ScopeEntry {
  /** A text, an open scope to enter again, or None for a default name. */
  readonly name: PyObject | undefined;
  /** What default names are made of. */
  readonly fallback: string | undefined;
  readonly reuse: PyObject | undefined;
  /** True when it may not run at all, which later default names depend on. */
  readonly isOneOfSeveral: boolean;
}

/** True, False and None, `AUTO_REUSE`; undefined for what is not known. */
function sharesBy(reuse: PyObject | undefined): boolean | undefined {
  if (!reuse || reuse.kind === 'none') return false;
  if (reuse.kind === 'bool') return reuse.value;
  return reuse.kind === 'external' && reuse.paths.every((path) => path.endsWith('AUTO_REUSE')) ? true : undefined;
}

/** See the file comment. */
export class VariableScopes {
  #current: ScopePath = ROOT;
  #shares: boolean | undefined = false;
  #counts = new Map<string, number>();
  /** Default names that were taken on some ways only. */
  #doubtful = new Set<string>();

  get current(): ScopePath {
    return this.#current;
  }

  /** Whether variables that exist are taken again; undefined when that is not known. */
  get shares(): boolean | undefined {
    return this.#shares;
  }

  /** What `reuse_variables()` does: it holds until the scope is left. */
  reuse(): void {
    this.#shares = true;
  }

  /** Forgets which names are taken: another network starts. */
  restart(): void {
    this.#counts = new Map();
    this.#doubtful = new Set();
  }

  /**
   * Runs something in a scope.
   */
  within<T>({ name, fallback, reuse, isOneOfSeveral }: ScopeEntry, run: (path: ScopePath) => T): T {
    const before = this.#current;
    const shares = this.#shares;
    const counts = new Map(this.#counts);
    const again = name && pathOfScope(name);
    const path = again ?? this.#below(name, fallback, isOneOfSeveral);
    this.#counts.set(path.text, (this.#counts.get(path.text) ?? 0) + 1);
    this.#current = path;
    this.#shares ||= sharesBy(reuse);
    try {
      return run(path);
    } finally {
      this.#current = before;
      this.#shares = shares;
      if (again) this.#counts = counts;
      else this.#close(path.text);
    }
  }

  #below(name: PyObject | undefined, fallback: string | undefined, isOneOfSeveral: boolean): ScopePath {
    const outer = this.#current;
    if (name?.kind === 'str') return joined(outer, name.value.replace(/\/$/, ''));
    if ((name === undefined || name.kind === 'none') && fallback !== undefined)
      return this.#unique(outer, fallback, isOneOfSeveral);
    return { text: joined(outer, '?').text, isKnown: false };
  }

  #unique(outer: ScopePath, prefix: string, isOneOfSeveral: boolean): ScopePath {
    const isTaken = (path: ScopePath): boolean => (this.#counts.get(path.text) ?? 0) > 0;
    const first = joined(outer, prefix);
    let path = first;
    for (let i = 1; isTaken(path); i++) path = joined(outer, `${prefix}_${i}`);
    const isDoubtful = this.#doubtful.has(first.text);
    if (isOneOfSeveral) this.#doubtful.add(first.text);
    return isDoubtful ? { ...path, isKnown: false } : path;
  }

  #close(path: string): void {
    for (const name of this.#counts.keys()) if (name.startsWith(`${path}/`)) this.#counts.set(name, 0);
  }
}

function joined(outer: ScopePath, name: string): ScopePath {
  return { text: outer.text === '' ? name : `${outer.text}/${name}`, isKnown: outer.isKnown };
}

interface ScopeData {
  readonly kind: 'variableScope';
  readonly path: ScopePath;
}

/** The object that `with tf.variable_scope(...) as scope` gives. */
export function scopeObject(path: ScopePath, scopes: VariableScopes): PyObject {
  const data: ScopeData = { kind: 'variableScope', path };
  return {
    kind: 'host',
    host: {
      description: 'a variable scope',
      isObject: true,
      data,
      attribute: (name) => {
        if (name === 'reuse_variables') {
          const call = (): PyObject => {
            if (scopes.current.text === path.text) scopes.reuse();
            return pyNone;
          };
          return { kind: 'host', host: { description: '`reuse_variables`', call } };
        }
        if (!path.isKnown) return undefined;
        if (name === 'name') return pyStr(path.text);
        return name === 'original_name_scope' ? pyStr(`${path.text}/`) : undefined;
      },
    },
  };
}

/** The path of an open scope that is handed on as a value. */
function pathOfScope(object: PyObject): ScopePath | undefined {
  const data = object.kind === 'host' ? (object.host.data as Partial<ScopeData> | undefined) : undefined;
  return data?.kind === 'variableScope' ? data.path : undefined;
}
