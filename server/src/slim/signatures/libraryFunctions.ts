/**
 * The functions of contrib and tf_slim (B1, B2) as lookups by module and name, built once from the generated table.
 * contrib and tf_slim share one entry per function because their signatures agree; their *keys* for arg_scope do not
 * (A2): see {@link opKeyOf}.
 */
import { invariant } from '../../base/assertNever';
import { slimSignatures, type SignatureRow } from '../data/slimSignatures';
import { parseParameterTexts } from './parameterTexts';
import type { FunctionLibrary, LibraryFunction, SignatureParameter } from './signature';
import { tfLayersFunctions } from './tfLayersSignatures';

/**
 * Decorated residual units of the nets that ship with the libraries (A10). They are not in the generated table, which
 * holds the functions of slim itself. The two are different objects and therefore different keys.
 */
const bottleneckRows: readonly SignatureRow[] = ['resnet_v1', 'resnet_v2'].map((net) => ({
  functionName: 'bottleneck',
  scopable: true,
  contrib: `tensorflow.contrib.slim.python.slim.nets.${net}`,
  tfSlim: `tf_slim.nets.${net}`,
  parameters: ['inputs', 'depth', 'depth_bottleneck', 'stride', 'rate=1', 'outputs_collections=None', 'scope=None'],
}));

const rows: readonly SignatureRow[] = [...slimSignatures, ...bottleneckRows];

/** Every function of contrib and tf_slim that has a known signature. */
export const slimFunctions: readonly LibraryFunction[] = rows.map(toLibraryFunction);

const byModuleAndName = indexByModuleAndName([...slimFunctions, ...tfLayersFunctions]);

/** The function that `module` (its defining module) calls `name`, aliases included. */
export function findLibraryFunction(module: string, name: string): LibraryFunction | undefined {
  return byModuleAndName.get(`${module}.${name}`);
}

/** The op of slim with this canonical name or alias, for example `conv2d`; of the layers, not of nets or losses. */
export function findSlimOp(name: string): LibraryFunction | undefined {
  return (
    findLibraryFunction('tf_slim.layers.layers', name) ??
    findLibraryFunction('tf_slim.layers.normalization', name) ??
    findLibraryFunction('tf_slim.ops.variables', name)
  );
}

/**
 * Identity of a function as arg_scope sees it: one key per library and function, whatever alias was used.
 * A scope on contrib's conv2d does not reach tf_slim's, and `conv2d` and `convolution` are two keys (A2, TF >= 1.9).
 * A partial has no key of its own: the calls go to its target.
 */
export function opKeyOf(library: FunctionLibrary, op: LibraryFunction): string {
  const module = op.modules[library];
  invariant(module !== undefined, `${op.functionName} does not belong to ${library}`);
  return `${module}.${op.partialOf?.functionName ?? op.functionName}`;
}

function toLibraryFunction(row: SignatureRow): LibraryFunction {
  const aliases = row.aliases ?? [];
  const libraries: FunctionLibrary[] = [];
  if (row.contrib !== undefined) libraries.push('contrib');
  if (row.tfSlim !== undefined) libraries.push('tf_slim');
  return {
    // The short alias is the name that people write: `conv2d` for `convolution2d`.
    name: aliases.find((alias) => alias.length < row.functionName.length) ?? row.functionName,
    functionName: row.functionName,
    aliases,
    scopable: row.scopable ?? false,
    libraries,
    modules: {
      ...(row.contrib === undefined ? {} : { contrib: row.contrib }),
      ...(row.tfSlim === undefined ? {} : { tf_slim: row.tfSlim }),
    },
    parameters: parametersOf(row),
    ...(row.partialOf === undefined
      ? {}
      : {
          partialOf: {
            functionName: row.partialOf,
            boundKeywords: row.boundKeywords ?? {},
            boundPositional: row.boundPositional ?? [],
          },
        }),
  };
}

function parametersOf(row: SignatureRow): readonly SignatureParameter[] {
  if (row.partialOf === undefined) return parseParameterTexts(row.parameters ?? []);
  const target = rows.find((other) => other.functionName === row.partialOf && other.tfSlim === row.tfSlim);
  invariant(target !== undefined, `no target for the partial ${row.functionName}`);
  return parametersOf(target);
}

function indexByModuleAndName(functions: readonly LibraryFunction[]): ReadonlyMap<string, LibraryFunction> {
  const index = new Map<string, LibraryFunction>();
  for (const one of functions) {
    for (const module of Object.values(one.modules)) {
      for (const name of [one.functionName, ...one.aliases]) index.set(`${module}.${name}`, one);
    }
  }
  return index;
}
