/**
 * Objects that are nothing but named values, made by a class that is not in the workspace: `types.SimpleNamespace`,
 * `argparse.Namespace`, and whatever else the host knows to be one. They are instances of a class made up for them.
 */
import type { CallArguments, CallSite, PyClass, PyDict, PyInstance, PyObject } from './objects';
import { attributesCell, variableCell } from './join';
import type { Machine } from './machine';
import { makeEnvironment } from './names';

/** A method of such an object. */
export type RecordMethod = (machine: Machine, self: PyInstance, args: CallArguments, site: CallSite) => PyObject;

/** Options of {@link makeRecord}. */
export interface RecordKind {
  readonly name: string;
  readonly methods?: Readonly<Record<string, RecordMethod>>;
}

/** A new object with the keywords of a call as its attributes; or with the items of a dictionary, when it has one. */
export function makeRecord(
  machine: Machine,
  kind: RecordKind,
  args: CallArguments,
  site: CallSite,
  payload?: PyDict,
): PyInstance {
  const named = args.keywords.map((argument): [string, PyObject] => [argument.name ?? '', argument.value]);
  const instance: PyInstance = {
    kind: 'instance',
    class: recordClass(machine, kind, site),
    attributes: attributesCell(new Map(payload ? [] : named)),
    open: args.unknownKeywords !== undefined,
    ...(payload ? { payload } : {}),
  };
  // `self.__dict__ = self`: its items are its attributes.
  if (payload) machine.store.set(instance.attributes, new Map([['__dict__', instance]]));
  return instance;
}

function recordClass(machine: Machine, { name, methods = {} }: RecordKind, site: CallSite): PyClass {
  const { environment, source } = machine.frame;
  const { span } = site.call;
  const namespace = makeEnvironment(environment.scope, environment, source, name);
  for (const [method, run] of Object.entries(methods))
    namespace.variables.set(method, variableCell(memberOf(machine, method, run)));
  return {
    kind: 'class',
    node: {
      kind: 'ClassDef',
      span,
      name: { kind: 'Identifier', name, span },
      bases: [],
      decorators: [],
      body: [],
    },
    source,
    name,
    qualifiedName: name,
    bases: [],
    namespace,
  };
}

function memberOf(machine: Machine, name: string, run: RecordMethod): PyObject {
  return {
    kind: 'host',
    host: {
      description: `\`${name}\``,
      call: (args, site) => {
        const [self, ...positional] = args.positional;
        return self?.value.kind === 'instance'
          ? run(machine, self.value, { ...args, positional }, site)
          : { kind: 'unknown', reason: `\`${name}\` of something else` };
      },
    },
  };
}

/** Sets an attribute of such an object, whatever its class says. */
export function setAttribute(machine: Machine, self: PyInstance, name: string, value: PyObject): void {
  machine.store.set(self.attributes, new Map([...self.attributes.value, [name, value]]));
}
