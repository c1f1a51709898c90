/**
 * What the project and its adapters need from the world outside: files, a log, time.
 * Implemented in `platform/` (real), in `lsp/` (the editor's log) and in tests (memory).
 * Nothing below `lsp/` and `cli/` reaches the world in any other way.
 */

/** Files by identity: a `file:` URI with the encoding that the adapter chose. */
export interface FileSystem {
  /** Python files below a folder, and manifests. Folders that cannot be read count as empty. */
  listPythonFiles(folder: string, options: ListOptions): Promise<FileListing>;
  /** Text of a file, decoded as Python would (byte order mark, PEP 263 cookie). Called lazily, so it is synchronous. */
  readText(file: string): ReadResult;
  /**
   * Where reading takes time: reads these files, so that {@link readText} has them as they are now. Absent where it need
   * not be called.
   */
  prefetch?(files: readonly string[]): Promise<void>;
}

export interface ListOptions {
  /** True for names of folders (not paths) or relative paths that are left out. */
  isExcluded(relativePath: string): boolean;
  /** False: only the folder itself. */
  readonly recursive: boolean;
  /** True: notebooks too. */
  readonly notebooks?: boolean;
  /** Stop after so many files. */
  readonly limit: number;
}

export interface FileListing {
  /** Sorted. */
  readonly files: readonly string[];
  /** Requirements, `pyproject.toml` and their like (manifestFiles.ts) in the folders that were walked. */
  readonly manifests: readonly string[];
  /** True when there are more files than the limit allows. */
  readonly isCut: boolean;
}

export type ReadResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Takes messages for people who look for a mistake. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
  trace(message: string): void;
}

export interface Clock {
  /** Milliseconds from some fixed moment. */
  now(): number;
  /** Calls `run` once, not before so many milliseconds. Returns a function that revokes it. */
  after(milliseconds: number, run: () => void): () => void;
}

/** A log that nobody reads. */
export const silentLogger: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
};
