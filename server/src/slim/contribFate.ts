/**
 * What became of a name of tf.contrib in TensorFlow 2: a look-up over the generated table, nothing more.
 * Where only a default of the whole sub-module is known (low confidence), the sub-module answers and not the symbol,
 * so that no message says more than is known.
 */
import {
  lowConfidenceSymbols,
  pathNormalisation,
  submoduleRows,
  symbolRows,
  type FateRow,
} from './data/contribFateTable';

export type FateStatus =
  /** In TensorFlow's core, same behaviour. */
  | 'core'
  /** In TensorFlow's core, but arguments or behaviour differ. */
  | 'core-changed'
  /** A Keras class or function is the successor; not a rename. */
  | 'keras'
  /** Only as `tf.compat.v1.*`. */
  | 'compat-v1'
  /** `tf.compat.v1.*` that needs TF <= 2.15, or tf_keras with `TF_USE_LEGACY_KERAS=1`. */
  | 'compat-v1-legacy-keras'
  /** The same function in tf_slim. */
  | 'tf_slim'
  /** Moved to a maintained package. */
  | 'package'
  /** Moved to a package that is at its end of life (TensorFlow Addons, tf.estimator). */
  | 'package-eol'
  /** A plain Python idiom does it. */
  | 'python'
  /** No successor. */
  | 'removed';

/**
 * `safe`: a pure rename. `unsafe`: mechanical, but meaning, arguments or defaults change. `manual`: a human rewrites.
 */
export type FateAutofix = 'safe' | 'unsafe' | 'manual' | 'none';

/** Where a replacement name was found to resolve. */
export type FateEnvironment = 'keras3' | 'keras2' | 'tf_slim-1.1.0' | 'tf_slim-head' | 'tfa-0.23';

export interface Fate {
  /** What answered: the symbol itself, or its sub-module because nothing better is known. */
  readonly matched: 'symbol' | 'submodule';
  /** The name that answered, for example `tf.contrib.layers.l2_regularizer` or `tf.contrib.specs`. */
  readonly name: string;
  /** Its sub-module, for example `tf.contrib.layers`. */
  readonly submodule: string;
  readonly status: FateStatus;
  readonly confidence: 'high' | 'medium' | 'low';
  /** `none` when a sub-module answered. */
  readonly autofix: FateAutofix;
  /** Successor name or names, as text. */
  readonly replacement?: string;
  /** What to mind. */
  readonly note?: string;
  /** Package that has the successor, for example `tensorflow-probability`. */
  readonly package?: string;
  /** The same function in tf_slim. */
  readonly tfSlim?: string;
  /** contrib itself had marked it deprecated. */
  readonly deprecatedIn1x: boolean;
  /** Per checkable replacement name, where it resolves; an empty list means nowhere. */
  readonly verified: ReadonlyMap<string, readonly FateEnvironment[]>;
}

const root = 'tf.contrib.';

const environments: ReadonlyMap<string, FateEnvironment> = new Map([
  ['3', 'keras3'],
  ['2', 'keras2'],
  ['s', 'tf_slim-1.1.0'],
  ['h', 'tf_slim-head'],
  ['a', 'tfa-0.23'],
]);

/**
 * The fate of a dotted name that starts with `tf.contrib.` (or `tensorflow.contrib.`), aliases already resolved.
 * Internal paths (`tf.contrib.layers.python.layers.layers.conv2d`) are brought to public ones first.
 * Undefined for `tf.contrib` itself and for names whose sub-module never existed.
 */
export function lookUpFate(dotted: string): Fate | undefined {
  const path = normalisePath(dotted);
  if (path === undefined) return undefined;
  const symbol = longestPrefix(path, (name) => Object.hasOwn(symbolRows, name) || isLowConfidence(name));
  const row = symbol === undefined ? undefined : symbolRows[symbol];
  if (symbol !== undefined && row !== undefined) return symbolFate(symbol, row);
  return submoduleFate(path);
}

let patterns: readonly (readonly [RegExp, string])[] | undefined;

/** The public path below `tf.contrib.`, or undefined when the name is not one of contrib. */
function normalisePath(dotted: string): string | undefined {
  const path = dotted.replace(/^tensorflow\.(?:compat\.v1\.)?/, 'tf.').replace(/^tf\.compat\.v1\./, 'tf.');
  if (!path.startsWith(root)) return undefined;
  // The table writes groups as Python does.
  patterns ??= pathNormalisation.map(([from, to]) => [new RegExp(from), to.replace(/\\(\d)/g, '$$$1')]);
  for (const [pattern, replacement] of patterns) {
    if (pattern.test(path)) return path.replace(pattern, replacement).slice(root.length);
  }
  return path.slice(root.length);
}

function longestPrefix(path: string, isKnown: (name: string) => boolean): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const name = path.slice(0, end);
    if (isKnown(name)) return name;
  }
  return undefined;
}

let lowConfidence: ReadonlySet<string> | undefined;

function isLowConfidence(name: string): boolean {
  lowConfidence ??= new Set(lowConfidenceSymbols.split(' '));
  return lowConfidence.has(name);
}

function submoduleOf(path: string): string | undefined {
  return longestPrefix(path, (name) => Object.hasOwn(submoduleRows, name));
}

function symbolFate(symbol: string, row: FateRow): Fate {
  const [status, confidence, replacement, note, autofix, tfSlim, deprecated, verified] = row;
  const submodule = submoduleOf(symbol) ?? symbol;
  const parent = submoduleRows[submodule];
  return {
    matched: 'symbol',
    name: root + symbol,
    submodule: root + submodule,
    status: status as FateStatus,
    confidence: confidence as Fate['confidence'],
    autofix: autofix as FateAutofix,
    ...optional('replacement', replacement),
    ...optional('note', note),
    // A package belongs to the answer only when the answer is of the kind that the package serves.
    ...optional('package', parent?.[0] === status ? parent?.[4] : undefined),
    ...optional('tfSlim', tfSlim),
    deprecatedIn1x: deprecated === 'deprecated',
    verified: readVerified(verified),
  };
}

function submoduleFate(path: string): Fate | undefined {
  const submodule = submoduleOf(path);
  const row = submodule === undefined ? undefined : submoduleRows[submodule];
  if (submodule === undefined || row === undefined) return undefined;
  const [status, confidence, replacement, note, packageName, verified] = row;
  return {
    matched: 'submodule',
    name: root + submodule,
    submodule: root + submodule,
    status: status as FateStatus,
    confidence: confidence as Fate['confidence'],
    autofix: 'none',
    ...optional('replacement', replacement),
    ...optional('note', note),
    ...optional('package', packageName),
    deprecatedIn1x: false,
    verified: readVerified(verified),
  };
}

function optional<Name extends string>(name: Name, value: string | undefined): { readonly [key in Name]?: string } {
  return value === undefined || value === '' ? {} : ({ [name]: value } as { readonly [key in Name]?: string });
}

function readVerified(text: string | undefined): Fate['verified'] {
  const verified = new Map<string, readonly FateEnvironment[]>();
  for (const entry of text?.split(' ') ?? []) {
    const [name = '', letters = ''] = entry.split(':');
    if (name === '') continue;
    verified.set(
      name,
      [...letters].flatMap((letter) => environments.get(letter) ?? []),
    );
  }
  return verified;
}
