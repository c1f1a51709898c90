/**
 * What became of a name of TensorFlow 1.15 in TensorFlow 2: a look-up over the generated table, nothing more.
 * Names are without `tf.`. A name that 1.15 did not have has no fate: whoever writes it does not write TensorFlow 1.
 * Not about contrib, which has a table of its own.
 */
import { graphOnlyNames, nameRows, renamedRows, signatureRows } from './data/tensorflowNames';

/** The TensorFlow 2 generations that the table tells apart; the second has Keras 3. */
export type TensorflowEnvironment = '2.0-2.15' | '2.16' | '2.16-tf_keras';

export const tensorflowEnvironments: readonly TensorflowEnvironment[] = ['2.0-2.15', '2.16', '2.16-tf_keras'];

export type TensorflowFate =
  /** `tf` has it, under the same name. */
  | 'same'
  /** `tf` has the very same object under another name. */
  | 'renamed'
  /** Only `tf.compat.v1` has it. */
  | 'compat'
  /** Only `tf.compat.v1` has it, and reading it raises: it was made with Keras 2. */
  | 'needsKeras2'
  /** Neither has it. */
  | 'gone';

export interface TensorflowName {
  /** The known name that answered: `GraphKeys` for `GraphKeys.UPDATE_OPS`. */
  readonly name: string;
  readonly fate: TensorflowFate;
  /** Its fates in {@link tensorflowEnvironments}. */
  readonly fates: readonly TensorflowFate[];
  /** The other name in `tf`, where it has one. */
  readonly renamed?: string;
  /** True when calling it in eager mode raises RuntimeError. */
  readonly graphOnly: boolean;
}

export interface ChangedParameter {
  readonly name: string;
  /** Python text; undefined when the parameter has none, `?` when it is no simple value. */
  readonly default?: string;
}

/** Parameters before and after. */
export interface ChangedSignature {
  readonly before: readonly ChangedParameter[];
  readonly after: readonly ChangedParameter[];
  /** Old name -> new name, where 1.15 itself took one for the other. */
  readonly aliases: ReadonlyMap<string, string>;
}

const letters: Readonly<Record<string, TensorflowFate>> = {
  s: 'same',
  r: 'renamed',
  c: 'compat',
  k: 'needsKeras2',
  n: 'gone',
};

let table: ReadonlyMap<string, readonly TensorflowFate[]> | undefined;
let graphOnly: ReadonlySet<string> | undefined;

function readTable(): ReadonlyMap<string, readonly TensorflowFate[]> {
  const read = new Map<string, readonly TensorflowFate[]>();
  for (const [module, fates, names] of nameRows) {
    const row = [...fates].flatMap((letter) => letters[letter] ?? []);
    for (const name of names.split(' ')) read.set(module === '' ? name : `${module}.${name}`, row);
  }
  return read;
}

/** Every name of the table, sorted as TensorFlow's modules are. */
export function tensorflow1Names(): Iterable<string> {
  return (table ??= readTable()).keys();
}

/** What became of a name, or of the known name that it is a part of; undefined when 1.15 did not have it. */
export function lookUpTensorflowName(dotted: string, environment: TensorflowEnvironment): TensorflowName | undefined {
  table ??= readTable();
  graphOnly ??= new Set(graphOnlyNames.split(' '));
  for (let end = dotted.length; end > 0; end = dotted.lastIndexOf('.', end - 1)) {
    const name = dotted.slice(0, end);
    const fates = table.get(name);
    const fate = fates?.[tensorflowEnvironments.indexOf(environment)];
    if (!fates || !fate) continue;
    const renamed = Object.hasOwn(renamedRows, name) ? renamedRows[name] : undefined;
    const other = renamed === undefined ? {} : { renamed };
    return { name, fate, fates, ...other, graphOnly: graphOnly.has(name) };
  }
  return undefined;
}

/** How the parameters of a function changed that has its name still; undefined when nothing of interest did. */
export function changedSignature(name: string, environment: TensorflowEnvironment): ChangedSignature | undefined {
  const row = Object.hasOwn(signatureRows, name) ? signatureRows[name] : undefined;
  if (!row) return undefined;
  const [before = '', aliases = '', ...after] = row;
  const now = after.length === 1 ? after[0] : after[tensorflowEnvironments.indexOf(environment)];
  // With `*args` or `**kwargs` nothing is certain.
  if (now === undefined || now.includes('*')) return undefined;
  return {
    before: readParameters(before),
    after: readParameters(now),
    aliases: new Map(
      aliases
        .split(' ')
        .filter((text) => text !== '')
        .map((text): [string, string] => {
          const [from = '', to = ''] = text.split('=');
          return [from, to];
        }),
    ),
  };
}

function readParameters(text: string): readonly ChangedParameter[] {
  if (text === '') return [];
  return text.split(' ').map((one) => {
    const equals = one.indexOf('=');
    return equals < 0 ? { name: one } : { name: one.slice(0, equals), default: one.slice(equals + 1) };
  });
}
