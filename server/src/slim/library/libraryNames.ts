/**
 * What a dotted library path means: all spellings of part C, for contrib, tf_slim and tf.layers.
 * The path starts at the real root (`tensorflow`, `tf_slim`), aliases of the user's file already resolved. Namespaces
 * are walked as Python does, because names move: `tf_slim.layers` is the module `tf_slim.layers.layers`, while
 * `from tf_slim.layers import l2_regularizer` finds the package (trap 49).
 */
import { findLibraryFunction, opKeyOf } from '../signatures/libraryFunctions';
import type { LibraryFunction } from '../signatures/signature';
import { tfLayersFunctions } from '../signatures/tfLayersSignatures';
import type { Access, LibraryObject, MissingError, ScopeApiName, SlimLibrary } from './libraryObject';
import { findModule, type Binding } from './moduleTable';
import { belowTensorFlow, canonicalTensorFlowName } from './tensorflowNames';

const scopeApiNames: ReadonlySet<string> = new Set([
  ...['arg_scope', 'add_arg_scope', 'current_arg_scope', 'has_arg_scope', 'arg_scoped_arguments'],
  'arg_scope_func_key',
]);

/**
 * `tf_slim.ops` as an attribute is TensorFlow's own module (B3), which has none of what the package `tf_slim.ops` has.
 */
const frameworkOps = 'tensorflow.python.framework.ops';
const opsSubmodules: ReadonlySet<string> = new Set(['arg_scope', 'variables', 'framework_ops']);

/** Resolves a dotted path; see {@link Access} for how the spelling in the source matters. */
export function resolveLibraryName(path: string, via: Access = 'any'): LibraryObject {
  if (path === 'tf_slim' || path.startsWith('tf_slim.')) {
    return walk({ library: 'tf_slim', via }, 'tf_slim', path.split('.').slice(1));
  }
  const below = belowTensorFlow(path);
  if (below === undefined) return { kind: 'other', canonical: path };
  const [first, ...rest] = below;
  if (first === 'contrib') return walk({ library: 'contrib', via }, 'tensorflow.contrib', rest);
  if (first === 'layers') return resolveTfLayers(rest);
  if (first === 'python') return resolvePrivateLayers(rest) ?? other(below);
  return other(below);
}

/** Public name of a function of contrib or tf_slim: `tf_slim.l2_regularizer`, `tf.contrib.layers.l2_regularizer`. */
export function publicNameOf(library: SlimLibrary, module: string, name: string): string {
  const packages =
    library === 'tf_slim'
      ? ['tf_slim', 'tf_slim.losses', 'tf_slim.metrics']
      : ['layers', 'framework', 'losses', 'metrics', 'training', 'slim'].map((one) => `tensorflow.contrib.${one}`);
  for (const one of packages) {
    const binding = findModule(one)?.names.get(name);
    if (binding?.kind === 'definition' && binding.module === module) return `${toTf(one)}.${name}`;
  }
  const short = module
    .replace('.contrib.slim.python.slim.data.', '.contrib.slim.')
    .replace('.contrib.slim.python.slim.', '.contrib.slim.');
  return `${toTf(short)}.${name}`;
}

function toTf(module: string): string {
  return module.replace(/^tensorflow\b/, 'tf');
}

function other(below: readonly string[]): LibraryObject {
  return { kind: 'other', canonical: canonicalTensorFlowName(below) };
}

// -------------------------------------------------------------------------------------------------- tf.layers

function resolveTfLayers(rest: readonly string[]): LibraryObject {
  const [name, ...more] = rest;
  if (name === undefined) return { kind: 'module', library: 'tf.layers', moduleName: 'tensorflow.layers' };
  const found = tfLayersFunctions.find((one) => one.functionName === name);
  if (found === undefined || more.length > 0) return { kind: 'other', canonical: ['tf.layers', ...rest].join('.') };
  return { kind: 'op', op: found, library: 'tf.layers', key: opKeyOf('tf.layers', found) };
}

/** `tensorflow.python.layers.*`, where the functions of tf.layers are defined. */
function resolvePrivateLayers(rest: readonly string[]): LibraryObject | undefined {
  const isLegacy = rest[0] === 'keras' && rest[1] === 'legacy_tf_layers';
  if (rest[0] !== 'layers' && !isLegacy) return undefined;
  const [file, name, ...more] = rest.slice(isLegacy ? 2 : 1);
  if (file === undefined || name === undefined) {
    return { kind: 'module', library: 'tf.layers', moduleName: ['tensorflow.python', ...rest].join('.') };
  }
  if (file === 'layers') return resolveTfLayers([name, ...more]);
  const found = findLibraryFunction(`tensorflow.python.layers.${file}`, name);
  if (found === undefined || more.length > 0)
    return { kind: 'other', canonical: ['tf.layers', name, ...more].join('.') };
  return { kind: 'op', op: found, library: 'tf.layers', key: opKeyOf('tf.layers', found) };
}

// ---------------------------------------------------------------------------------------- contrib and tf_slim

interface Walk {
  readonly library: SlimLibrary;
  readonly via: Access;
}

/** Looks up `rest` in the namespace of `module`. */
function walk(context: Walk, module: string, rest: readonly string[]): LibraryObject {
  const [head, ...tail] = rest;
  if (head === undefined) return { kind: 'module', library: context.library, moduleName: module };
  let failure: LibraryObject | undefined;
  for (const binding of candidates(context, module, head, tail.length)) {
    const found = follow(context, binding, tail);
    if (found.kind !== 'missing') return found;
    failure ??= found;
  }
  return failure ?? absent(context, module, rest);
}

/** What `module.head` may be, the most likely first; `after` more names follow. */
function candidates(context: Walk, module: string, head: string, after: number): readonly Binding[] {
  const attribute = findModule(module)?.names.get(head);
  const path = `${module}.${head}`;
  const submodule: Binding | undefined = findModule(path) && { kind: 'module', module: path };
  // A submodule is an attribute of its package too once it was imported, unless the package rebinds the name.
  if (context.via === 'attribute' && after <= 1) return [attribute ?? submodule].filter((one) => one !== undefined);
  const order = after === 0 ? [attribute, submodule] : [submodule, attribute];
  return order.filter((one) => one !== undefined);
}

function follow(context: Walk, binding: Binding, tail: readonly string[]): LibraryObject {
  if (binding.kind === 'definition') return describeDefinition(context.library, binding.module, binding.name, tail);
  if (findModule(binding.module) !== undefined) return walk(context, binding.module, tail);
  const [next] = tail;
  if (next !== undefined && binding.module === frameworkOps && opsSubmodules.has(next)) {
    return { kind: 'missing', library: context.library, error: missingError(context, binding.module, next) };
  }
  const path = [binding.module, ...tail].join('.');
  if (path.startsWith('tensorflow.')) return resolveLibraryName(path, context.via);
  return { kind: 'other', canonical: path };
}

function absent(context: Walk, module: string, rest: readonly string[]): LibraryObject {
  const [name = ''] = rest;
  const names = findModule(module);
  const isKnownToBeAbsent = names?.absent?.has(name) ?? false;
  if (!isKnownToBeAbsent && (names?.complete !== true || name.startsWith('_'))) {
    return { kind: 'other', canonical: toTf([module, ...rest].join('.')) };
  }
  return { kind: 'missing', library: context.library, error: missingError(context, module, name) };
}

function missingError(context: Walk, module: string, name: string): MissingError {
  const hint = hintFor(context.library, name);
  const error: MissingError =
    context.via === 'import'
      ? { type: 'ImportError', message: `cannot import name '${name}' from '${module}'` }
      : { type: 'AttributeError', message: `module '${module}' has no attribute '${name}'` };
  return hint === undefined ? error : { ...error, hint };
}

/** Another public place that has the name, in words. */
function hintFor(library: SlimLibrary, name: string): string | undefined {
  const places = library === 'tf_slim' ? ['tf_slim'] : ['tensorflow.contrib.slim', 'tensorflow.contrib.framework'];
  const place = places.find((one) => findModule(one)?.names.has(name));
  if (place !== undefined) return `\`${toTf(place)}.${name}\` exists`;
  if (library === 'tf_slim' && findModule('tensorflow.contrib.slim')?.names.has(name)) {
    return `only \`tf.contrib.slim\` had \`${name}\`; tf_slim does not`;
  }
  return undefined;
}

function describeDefinition(
  library: SlimLibrary,
  module: string,
  name: string,
  tail: readonly string[],
): LibraryObject {
  const isScopeApi = module.endsWith('.arg_scope') && scopeApiNames.has(name);
  const found = findLibraryFunction(module, name);
  if (tail.length > 0) return describeMember(library, module, name, tail, isScopeApi || found !== undefined);
  if (isScopeApi) return { kind: 'scopeApi', name: name as ScopeApiName, library };
  if (found !== undefined) return describeFunction(library, module, name, found);
  const canonical = publicNameOf(library, module, name);
  // Constants (`OPTIMIZER_CLS_NAMES`) cannot be called; everything else is a function or class without the decorator.
  if (/^[A-Z0-9_]*$/.test(name) && name !== 'GDN') return { kind: 'other', canonical };
  return { kind: 'notScopable', name, library, moduleName: module, functionName: name, canonical };
}

function describeMember(
  library: SlimLibrary,
  module: string,
  name: string,
  tail: readonly string[],
  isFunction: boolean,
): LibraryObject {
  const [member = ''] = tail;
  if (isFunction && !member.startsWith('_') && member !== 'func') {
    const message = `'function' object has no attribute '${member}'`;
    return { kind: 'missing', library, error: { type: 'AttributeError', message } };
  }
  return { kind: 'other', canonical: [publicNameOf(library, module, name), ...tail].join('.') };
}

function describeFunction(library: SlimLibrary, module: string, name: string, found: LibraryFunction): LibraryObject {
  if (found.partialOf !== undefined) return describePartial(library, module, found);
  if (found.scopable) return { kind: 'op', op: found, library, key: opKeyOf(library, found) };
  if (found.functionName === 'repeat' || found.functionName === 'stack') {
    return { kind: found.functionName, library, function: found, moduleName: module, functionName: found.functionName };
  }
  return {
    kind: 'notScopable',
    name,
    library,
    moduleName: module,
    functionName: found.functionName,
    function: found,
    canonical: publicNameOf(library, module, found.functionName),
  };
}

function describePartial(library: SlimLibrary, module: string, partial: LibraryFunction): LibraryObject {
  const target = partial.partialOf && findLibraryFunction(module, partial.partialOf.functionName);
  if (target === undefined) return { kind: 'other', canonical: publicNameOf(library, module, partial.functionName) };
  return {
    kind: 'opPartial',
    name: partial.functionName,
    partial,
    op: target,
    library,
    key: opKeyOf(library, target),
    boundKeywords: new Map(Object.entries(partial.partialOf?.boundKeywords ?? {})),
  };
}
