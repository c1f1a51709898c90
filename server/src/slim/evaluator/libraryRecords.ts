/**
 * Library classes whose objects only carry values that a program has put there: `tf.contrib.training.HParams`, whose
 * hyper-parameters are attributes, and `easydict.EasyDict`, whose items are.
 */
import { dictOf } from '../../semantics/interpreter/dictionaries';
import { makeDict } from '../../semantics/interpreter/join';
import type { Machine } from '../../semantics/interpreter/machine';
import type { CallArguments, CallSite, PyExternal, PyInstance, PyObject } from '../../semantics/interpreter/objects';
import { pyNone, pyStr, pyUnknown } from '../../semantics/interpreter/objects';
import {
  makeRecord,
  setAttribute,
  type RecordKind,
  type RecordMethod,
} from '../../semantics/interpreter/recordObjects';

/** Makes an object of one of these classes; undefined for any other callee. */
export function libraryRecord(
  machine: Machine,
  callee: PyExternal,
  args: CallArguments,
  site: CallSite,
): PyObject | undefined {
  const [path = ''] = callee.paths;
  if (/^tensorflow\.contrib\.training\.(?:.*\.)?HParams$/.test(path))
    return makeRecord(machine, HPARAMS, { ...args, keywords: args.keywords.filter(isHyperParameter) }, site);
  return /^easydict\.(?:.*\.)?EasyDict$/.test(path) ? easyDict(machine, args, site) : undefined;
}

function isHyperParameter({ name }: { readonly name?: string }): boolean {
  return name !== 'hparam_def' && name !== 'model_structure';
}

const setHyperParameter: RecordMethod = (machine, self, args) => {
  const [name, value] = args.positional;
  const named = (key: string): PyObject | undefined => args.keywords.find((one) => one.name === key)?.value;
  const key = name?.value ?? named('name');
  if (key?.kind === 'str') setAttribute(machine, self, key.value, value?.value ?? named('value') ?? pyNone);
  else forget(machine, self, '`set_hparam` of a name that is not known');
  return pyNone;
};

/** Texts and dictionaries that are not read: any of the hyper-parameters may be another one. */
const override: RecordMethod = (machine, self, args, site) => {
  const [values] = args.positional;
  if (values?.value.kind === 'dict' && !values.value.cell.value.rest) {
    for (const { key, value, maybe } of values.value.cell.value.entries.values()) {
      if (key.kind === 'str')
        setAttribute(machine, self, key.value, maybe ? pyUnknown('it may be overridden', site.call) : value);
    }
    return self;
  }
  const text = values?.value;
  if (text?.kind !== 'str' || text.value !== '') forget(machine, self, 'hyper-parameters are overridden');
  return self;
};

function forget(machine: Machine, self: PyInstance, reason: string): void {
  const names = [...self.attributes.value.keys()];
  machine.store.set(self.attributes, new Map(names.map((name) => [name, pyUnknown(reason)])));
}

const HPARAMS: RecordKind = {
  name: 'HParams',
  methods: {
    set_hparam: setHyperParameter,
    add_hparam: setHyperParameter,
    parse: override,
    override_from_dict: override,
    parse_json: override,
    values: (_, self) =>
      makeDict(new Map([...self.attributes.value].map(([name, value]) => [`s:${name}`, { key: pyStr(name), value }]))),
    get: (_, self, args) => {
      const [name, fallback] = args.positional;
      if (name?.value.kind !== 'str') return pyUnknown('a hyper-parameter whose name is not known');
      return self.attributes.value.get(name.value.value) ?? fallback?.value ?? pyNone;
    },
  },
};

const EASY_DICT: RecordKind = { name: 'EasyDict' };

/** Dictionaries in it become such objects too. */
function easyDict(machine: Machine, args: CallArguments, site: CallSite): PyObject {
  const given = dictOf(machine, args.positional[0]?.value, args);
  const entries = [...given.cell.value.entries].map(([key, entry]) => {
    const { value } = entry;
    const inner =
      value.kind === 'dict'
        ? easyDict(machine, { positional: [{ value, form: 'unpacked', at: site.call }], keywords: [] }, site)
        : value;
    return [key, { ...entry, value: inner }] as const;
  });
  const dict = makeDict(new Map(entries), given.cell.value.rest);
  return makeRecord(machine, EASY_DICT, { positional: [], keywords: [] }, site, dict);
}
