/**
 * Functions that are chosen by a name or number that is not known: `networks[name]`, `networks.get(name)`, `[a, b][i]`,
 * `getattr(module, name)`. Each of them is followed, under the condition that it is the one. The condition remembers the
 * unknown value, so that what one look-up chose holds for the next one with the same value.
 */
import type { Location } from '../../base/span';
import type { PyModule, PyObject, PyOption } from './objects';
import { containerOf, hashKey, optionsOf, pyStr } from './objects';
import { toStr } from './formatting';
import type { Machine } from './machine';
import { variable } from './names';
import { decided } from './tests';

/** Most functions of one table that are followed one by one. */
const MAX_DISPATCH = 64;

const CALLABLE = new Set<PyObject['kind']>(['function', 'class', 'external', 'host', 'partial', 'method', 'instance']);

/** Things worth following one by one: functions, or records that carry functions; one of several, or who knows which. */
function isCallable(value: PyObject): boolean {
  if (value.kind === 'tuple') return value.items.some(isCallable);
  if (value.kind !== 'choice') return CALLABLE.has(value.kind);
  const known = value.options.filter((option) => option.value.kind !== 'unknown');
  return known.length > 0 && known.every((option) => isCallable(option.value));
}

/**
 * Any of the functions of a dictionary, list or tuple; undefined when it holds other things.
 * @param at the expression of the key
 * @param fallback what the look-up gives when the key is not there
 */
export function anyOf(
  machine: Machine,
  object: PyObject,
  key: PyObject,
  at: Location,
  fallback?: PyObject,
): PyObject | undefined {
  const container = containerOf(object);
  if (hashKey(key) !== undefined || key.kind === 'choice') return undefined;
  const candidates = candidatesOf(container);
  if (!candidates || candidates.length === 0 || candidates.length > MAX_DISPATCH) return undefined;
  if (!candidates.every((candidate) => isCallable(candidate.value))) return undefined;
  const options = candidates.flatMap((candidate) =>
    optionsOf(candidate.value).map((one) => optionFor(machine, key, candidate.key, one.value, at)),
  );
  return choiceOf(fallback ? [...options, { value: fallback }] : options);
}

interface Candidate {
  readonly key: PyObject;
  readonly value: PyObject;
}

function candidatesOf(container: PyObject): readonly Candidate[] | undefined {
  if (container.kind === 'dict') {
    const { entries, rest } = container.cell.value;
    return rest ? undefined : [...entries.values()];
  }
  if (container.kind === 'list' && container.cell.value.rest) return undefined;
  const items =
    container.kind === 'list' ? container.cell.value.items : container.kind === 'tuple' ? container.items : undefined;
  return items?.map((value, i) => ({ key: { kind: 'int', value: i }, value }));
}

/** `getattr(module, name)` with a name that is not known: any function or class that the module itself defines. */
export function anyMember(machine: Machine, module: PyModule, key: PyObject, at: Location): PyObject | undefined {
  if (key.kind !== 'unknown') return undefined;
  const { source, namespace } = module;
  const own = [...namespace.variables.keys()].flatMap((name): readonly Candidate[] => {
    const value = variable(namespace, name);
    const isOwn = (value?.kind === 'function' || value?.kind === 'class') && value.source === source;
    return isOwn && !name.startsWith('_') ? [{ key: pyStr(name), value }] : [];
  });
  if (own.length === 0 || own.length > MAX_DISPATCH) return undefined;
  return choiceOf(own.map((candidate) => optionFor(machine, key, candidate.key, candidate.value, at)));
}

function optionFor(machine: Machine, subject: PyObject, key: PyObject, value: PyObject, at: Location): PyOption {
  const source = machine.program.getFile(at.file);
  const text = source?.text.slice(at.span.start, at.span.end) ?? '';
  const repr = key.kind === 'str' ? `'${key.value}'` : (toStr(key) ?? '...');
  const when = { text: `${text} == ${repr}`, at, holds: true };
  // Only what is certainly the same value in another look-up tells anything about that one.
  const isOne = subject.kind === 'unknown' ? !subject.isVolatile : subject.kind === 'external';
  return { value, when: isOne ? { ...when, subject, equals: hashKey(key) ?? '' } : when };
}

function choiceOf(options: readonly PyOption[]): PyObject | undefined {
  const [only, more] = options;
  return more ? { kind: 'choice', options } : only?.value;
}

/** The alternatives of an object that can be, after what was chosen before. */
export function possibleOptions(machine: Machine, object: PyObject): readonly PyOption[] {
  return optionsOf(object).flatMap((option) => {
    const known = knownOutcome(machine, option);
    if (known === undefined) return [option];
    return known ? [{ value: option.value }] : [];
  });
}

/** Whether an option is the one, when another look-up or test of the same unknown value decides it. */
function knownOutcome(machine: Machine, { when }: PyOption): boolean | undefined {
  if (when?.subject === undefined) return undefined;
  const { subject, equals = '', isNegated = false } = when;
  const outcome = decided(machine, { subject, equals, isNegated });
  return outcome === undefined ? undefined : outcome === when.holds;
}
