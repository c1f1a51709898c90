/**
 * Mutable state of an interpreted program: cells whose every change is logged, so that branches can be run one after
 * the other from the same state and then joined. Variables, list and dict contents and attributes are cells.
 * Invariant: a cell is changed through `Store.set` only.
 */

/** One mutable place. `join` merges the values that it has at the end of alternative branches. */
export interface Cell<T> {
  value: T;
  /** When it was last changed, in steps of the store's clock; undefined when never. */
  changedAt?: number | undefined;
  readonly join: (values: readonly T[]) => T;
}

type AnyCell = Cell<unknown>;

/** New values of the cells that a branch changed. */
export type Changes = ReadonlyMap<AnyCell, unknown>;

/** Position in the log of changes. */
export type Mark = number;

export class Store {
  readonly #log: { readonly cell: AnyCell; readonly old: unknown; readonly changedAt: number | undefined }[] = [];
  #clock = 0;
  readonly #watched = new Set<AnyCell>();
  readonly #touched = new Set<AnyCell>();

  /** Grows with every change, also with those that are taken back. */
  get clock(): number {
    return this.#clock;
  }

  /** Changes a cell. */
  set<T>(cell: Cell<T>, value: T): void {
    this.#log.push({ cell: cell as AnyCell, old: cell.value, changedAt: cell.changedAt });
    cell.value = value;
    cell.changedAt = ++this.#clock;
    this.#touch(cell as AnyCell);
  }

  /** From now on, {@link takeTouched} tells when a cell was changed; no rollback takes this back. */
  watch<T>(cell: Cell<T>): void {
    this.#watched.add(cell as AnyCell);
  }

  /** The watched cells that were changed, or changed back, since the last time. */
  takeTouched(): readonly Cell<unknown>[] {
    const touched = [...this.#touched];
    this.#touched.clear();
    return touched;
  }

  #touch(cell: AnyCell): void {
    if (this.#watched.size > 0 && this.#watched.has(cell)) this.#touched.add(cell);
  }

  /** The present position; give it to the other methods. */
  mark(): Mark {
    return this.#log.length;
  }

  /** Present values of all cells changed since `mark`. */
  changesSince(mark: Mark): Changes {
    const changes = new Map<AnyCell, unknown>();
    for (let i = mark; i < this.#log.length; i++) {
      const entry = this.#log[i];
      if (entry) changes.set(entry.cell, entry.cell.value);
    }
    return changes;
  }

  /** The values at `mark` of all cells changed since. */
  valuesAt(mark: Mark): Changes {
    const values = new Map<AnyCell, unknown>();
    for (let i = this.#log.length - 1; i >= mark; i--) {
      const entry = this.#log[i];
      if (entry) values.set(entry.cell, entry.old);
    }
    return values;
  }

  /**
   * Forgets the changes since `mark` to cells that nothing can reach any more (the variables of a function that has
   * returned): they need no joining.
   */
  forget(mark: Mark, cells: ReadonlySet<unknown>): void {
    let kept = mark;
    for (let i = mark; i < this.#log.length; i++) {
      const entry = this.#log[i];
      if (entry && !cells.has(entry.cell)) this.#log[kept++] = entry;
    }
    this.#log.length = kept;
  }

  /** Makes the changes since `mark` final: no rollback to an earlier mark takes them back. */
  commit(mark: Mark): void {
    this.#log.length = mark;
  }

  /** Takes back every change since `mark`. */
  rollback(mark: Mark): void {
    while (this.#log.length > mark) {
      const entry = this.#log.pop();
      if (!entry) continue;
      entry.cell.value = entry.old;
      entry.cell.changedAt = entry.changedAt;
      this.#touch(entry.cell);
    }
  }

  /**
   * Continues from the union of alternative branches, all of which started in the present state.
   * A branch that did not change a cell contributes the present value.
   */
  join(branches: readonly Changes[]): void {
    if (branches.length === 0) return;
    const cells = new Set<AnyCell>();
    for (const branch of branches) for (const cell of branch.keys()) cells.add(cell);
    for (const cell of cells) {
      const values = branches.map((branch) => (branch.has(cell) ? branch.get(cell) : cell.value));
      this.set(cell, branches.length === 1 ? values[0] : cell.join(values));
    }
  }
}
