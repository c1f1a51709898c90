/**
 * Command-line flags (`tf.app.flags`, `absl.flags`): a flag is not known, whatever its default, because the command line
 * sets it. Its default is told in the reason. Two reads of a flag give the same value.
 */
import type { CallArguments, PyExternal, PyObject } from '../../semantics/interpreter/objects';
import { pyNone, pyUnknown } from '../../semantics/interpreter/objects';
import type { SlimState } from './slimState';

const DEFINE = /(?:^|\.)flags\.DEFINE(?:_\w+)?$/;
const FLAG = /(?:^|\.)flags\.FLAGS\.(\w+)$/;

/** Methods of `FLAGS` itself. */
const METHODS = new Set(['flag_values_dict', 'flags_into_string', 'get_flag_value', 'mark_as_parsed', 'is_parsed']);

/** Notes a `DEFINE_integer(name, default, help)`; undefined for any other call. */
export function defineFlag(state: SlimState, callee: PyExternal, args: CallArguments): PyObject | undefined {
  if (!callee.paths.some((path) => DEFINE.test(path))) return undefined;
  const given = (index: number, name: string) =>
    args.positional[index] ?? args.keywords.find((argument) => argument.name === name);
  const [name, value] = [given(0, 'name'), given(1, 'default')];
  if (name?.value.kind === 'str' && value?.expression)
    state.flagDefaults.set(name.value.value, state.textAt(value.expression));
  return pyNone;
}

/** The value of a flag; undefined for any other name. */
export function flagOf(state: SlimState, { paths: [path = ''] }: PyExternal): PyObject | undefined {
  const name = FLAG.exec(path)?.[1];
  if (name === undefined || METHODS.has(name)) return undefined;
  let flag = state.flags.get(name);
  if (!flag) {
    const text = state.flagDefaults.get(name);
    const byDefault = text === undefined ? '' : ` (default ${text})`;
    flag = { ...pyUnknown(`the command-line flag \`${name}\`${byDefault}`), isLibrary: true };
    state.flags.set(name, flag);
  }
  return flag;
}
