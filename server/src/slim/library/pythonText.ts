/**
 * Python source text of values, and the values of the default texts in the signature tables.
 * Text is produced only for values that mean the same anywhere (literals): a name such as `tf.nn.relu` depends on the
 * imports of the file. The reader understands our own default texts, not Python at large.
 */
import { floatText as reprOfFloat } from '../../semantics/interpreter/formatting';
import type { ExternalValue, StaticValue } from '../../semantics/staticValue';
import { unknown } from '../../semantics/staticValue';

// ------------------------------------------------------------------------------------------------ writing

/** Python's `repr` of a literal value; undefined when the text would depend on names of a file. */
export function toPythonText(value: StaticValue): string | undefined {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'ellipsis':
      return '...';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return integerText(value.value);
    case 'float':
      return floatText(value.value);
    case 'str':
      return stringText(value.value, false);
    case 'bytes':
      return `b${stringText(value.value, true)}`;
    case 'tuple':
      return wrap(value.items, '(', value.items.length === 1 ? ',)' : ')');
    case 'list':
      return wrap(value.items, '[', ']');
    case 'set':
      return value.items.length === 0 ? 'set()' : wrap(value.items, '{', '}');
    case 'dict':
      return dictText(value.entries);
    default:
      return undefined;
  }
}

function wrap(items: readonly StaticValue[], open: string, close: string): string | undefined {
  const texts = items.map(toPythonText);
  return texts.includes(undefined) ? undefined : open + texts.join(', ') + close;
}

function dictText(entries: readonly (readonly [StaticValue, StaticValue])[]): string | undefined {
  const texts: string[] = [];
  for (const [key, item] of entries) {
    const keyText = toPythonText(key);
    const itemText = toPythonText(item);
    if (keyText === undefined || itemText === undefined) return undefined;
    texts.push(`${keyText}: ${itemText}`);
  }
  return `{${texts.join(', ')}}`;
}

function integerText(value: number): string | undefined {
  // Larger ones lost digits when they became a JavaScript number.
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** An expression for a float: its `repr`, or a call of `float` where that is no expression. */
export function floatText(value: number): string {
  return Number.isFinite(value) ? reprOfFloat(value) : `float('${reprOfFloat(value)}')`;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function stringText(value: string, bytes: boolean): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  let text = '';
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    const escape = character === quote ? `\\${quote}` : escapes.get(character);
    if (escape !== undefined) text += escape;
    else if (code < 0x20 || code === 0x7f || (bytes && code > 0x7f)) text += `\\x${code.toString(16).padStart(2, '0')}`;
    else text += character;
  }
  return quote + text + quote;
}

// ------------------------------------------------------------------------------------------------ reading

/** Values of `tf.GraphKeys`: plain strings, which programs compare and pass on. */
export const graphKeys: ReadonlyMap<string, string> = new Map([
  ['GLOBAL_VARIABLES', 'variables'],
  ['VARIABLES', 'variables'],
  ['LOCAL_VARIABLES', 'local_variables'],
  ['METRIC_VARIABLES', 'metric_variables'],
  ['MODEL_VARIABLES', 'model_variables'],
  ['TRAINABLE_VARIABLES', 'trainable_variables'],
  ['MOVING_AVERAGE_VARIABLES', 'moving_average_variables'],
  ['REGULARIZATION_LOSSES', 'regularization_losses'],
  ['CONCATENATED_VARIABLES', 'concatenated_variables'],
  ['SUMMARIES', 'summaries'],
  ['SUMMARY_OP', 'summary_op'],
  ['QUEUE_RUNNERS', 'queue_runners'],
  ['TABLE_INITIALIZERS', 'table_initializer'],
  ['ASSET_FILEPATHS', 'asset_filepaths'],
  ['SAVERS', 'savers'],
  ['WEIGHTS', 'weights'],
  ['BIASES', 'biases'],
  ['ACTIVATIONS', 'activations'],
  ['UPDATE_OPS', 'update_ops'],
  ['LOSSES', 'losses'],
  ['SAVEABLE_OBJECTS', 'saveable_objects'],
  ['RESOURCES', 'resources'],
  ['LOCAL_RESOURCES', 'local_resources'],
  ['TRAIN_OP', 'train_op'],
  ['INIT_OP', 'init_op'],
  ['LOCAL_INIT_OP', 'local_init_op'],
  ['READY_OP', 'ready_op'],
  ['READY_FOR_LOCAL_INIT_OP', 'ready_for_local_init_op'],
  ['GLOBAL_STEP', 'global_step'],
  ['EVAL_STEP', 'eval_step'],
  ['COND_CONTEXT', 'cond_context'],
  ['WHILE_CONTEXT', 'while_context'],
]);

/** Pseudo file of values that are written in a library and not in the workspace. */
export const libraryFile = 'library:signatures';

/**
 * The value of a default text of the signature tables, for example `2`, `'SAME'`, `tf.nn.relu`, `xavier_initializer()`
 * or `tf.GraphKeys.UPDATE_OPS`. Names are TensorFlow 1's: `tf` is `tensorflow.compat.v1`.
 */
export function defaultValue(text: string): StaticValue {
  const known = defaults.get(text);
  if (known) return known;
  const value = readDefault(text);
  defaults.set(text, value);
  return value;
}

/** Every call of an op asks for the same few texts; they come from the tables, so there is an end to them. */
const defaults = new Map<string, StaticValue>();

function readDefault(text: string): StaticValue {
  const reader = { text, position: 0 };
  const value = readSum(reader);
  skipBlanks(reader);
  if (value !== undefined && reader.position === text.length) return value;
  return unknown(`the default \`${text}\` is private to the library`);
}

interface Reader {
  readonly text: string;
  position: number;
}

function skipBlanks(reader: Reader): void {
  while (reader.text[reader.position] === ' ') reader.position++;
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  skipBlanks(reader);
  const match = new RegExp(pattern.source, 'y');
  match.lastIndex = reader.position;
  const found = match.exec(reader.text)?.[0];
  if (found !== undefined) reader.position += found.length;
  return found;
}

/** An operand, or `2 ** (-18)`: the one operator that the tables contain. */
function readSum(reader: Reader): StaticValue | undefined {
  const base = readOperand(reader);
  if (base?.kind !== 'int' || take(reader, /\*\*/) === undefined) return base;
  const exponent = readOperand(reader);
  if (exponent?.kind !== 'int') return undefined;
  const value = base.value ** exponent.value;
  return exponent.value < 0 ? { kind: 'float', value } : { kind: 'int', value };
}

function readOperand(reader: Reader): StaticValue | undefined {
  if (take(reader, /\(/) !== undefined) return readParenthesis(reader);
  const number = take(reader, /-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/);
  if (number !== undefined) return { kind: /^-?\d+$/.test(number) ? 'int' : 'float', value: Number(number) };
  const string = take(reader, /'[^'\\]*'/);
  if (string !== undefined) return { kind: 'str', value: string.slice(1, -1) };
  const name = take(reader, /[A-Za-z_]\w*(\.[A-Za-z_]\w*)*/);
  return name === undefined ? undefined : readName(reader, name);
}

function readParenthesis(reader: Reader): StaticValue | undefined {
  const items: StaticValue[] = [];
  let commas = 0;
  while (take(reader, /\)/) === undefined) {
    const item = readSum(reader);
    if (item === undefined) return undefined;
    items.push(item);
    if (take(reader, /,/) !== undefined) commas++;
    else if (take(reader, /\)/) === undefined) return undefined;
    else break;
  }
  const [only] = items;
  return commas === 0 && only !== undefined ? only : { kind: 'tuple', items };
}

function readName(reader: Reader, name: string): StaticValue | undefined {
  if (name === 'None') return { kind: 'none' };
  if (name === 'True' || name === 'False') return { kind: 'bool', value: name === 'True' };
  const callee: ExternalValue = { kind: 'external', paths: [pathOf(name)] };
  if (take(reader, /\(\)/) !== undefined) {
    return { kind: 'externalResult', callee, args: [], call: { file: libraryFile, span: { start: 0, end: 0 } } };
  }
  if (name.startsWith('tf.GraphKeys.')) {
    const key = graphKeys.get(name.slice('tf.GraphKeys.'.length));
    return key === undefined ? undefined : { kind: 'str', value: key };
  }
  // `Optimizer.GATE_OP` is the number 1.
  if (name === 'tf.train.Optimizer.GATE_OP') return { kind: 'int', value: 1 };
  return callee;
}

/** Bare names of the tables are functions of the module that has the signature. */
function pathOf(name: string): string {
  if (name.startsWith('tf.')) return `tensorflow.compat.v1.${name.slice(3)}`;
  return name === 'train_step' ? 'tf_slim.learning.train_step' : `tf_slim.${name}`;
}
