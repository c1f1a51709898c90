/**
 * The namespaces of tf_slim and contrib: which module has which name, and what that name is bound to.
 * tf_slim's come from the generated table (complete for 1.1.0); contrib's are derived from the same definitions, since
 * the two libraries agree on them, and are therefore *open*: an unknown name there proves nothing.
 */
import { tfSlimModules } from '../data/tfSlimModules';
import { contribOnlyNames, contribPackages, toContribModule } from './contribModules';

/** What a name in a module is bound to. */
export type Binding =
  | { readonly kind: 'module'; readonly module: string }
  /** `name` as defined (under that name) in `module`. */
  | { readonly kind: 'definition'; readonly module: string; readonly name: string };

export interface ModuleNames {
  readonly names: ReadonlyMap<string, Binding>;
  /** True when `names` holds everything, so that other names are AttributeErrors. */
  readonly complete: boolean;
  /** Names that are known not to exist, where `names` is not complete. */
  readonly absent?: ReadonlySet<string>;
}

let modules: ReadonlyMap<string, ModuleNames> | undefined;

/** The namespace of a module of tf_slim or contrib, by its `__name__`. */
export function findModule(module: string): ModuleNames | undefined {
  modules ??= buildModules();
  return modules.get(module);
}

function buildModules(): ReadonlyMap<string, ModuleNames> {
  const result = new Map<string, ModuleNames>();
  for (const [module, sources] of Object.entries(tfSlimModules)) {
    const names = readNames(module, sources);
    result.set(module, { names, complete: true });
    const contrib = toContribModule(module);
    if (contrib !== undefined) result.set(contrib, { names: toContribNames(contrib, names), complete: false });
  }
  for (const { module, from, modules: submodules, absent } of contribPackages) {
    const names = new Map(definitionsOf(module, contribOnlyNames.get(module) ?? []));
    for (const source of from) {
      for (const [name, binding] of result.get(source)?.names ?? []) {
        if (binding.kind === 'definition' && !name.startsWith('_')) names.set(name, binding);
      }
    }
    for (const [name, target] of Object.entries(submodules)) names.set(name, { kind: 'module', module: target });
    for (const name of absent) names.delete(name);
    result.set(module, { names, complete: false, absent: new Set(absent) });
  }
  addParents(result);
  return result;
}

/** Packages that hold nothing but packages (`tensorflow.contrib`, `....python`): namespaces without known names. */
function addParents(modules: Map<string, ModuleNames>): void {
  for (const module of [...modules.keys()]) {
    const parts = module.split('.');
    for (let length = parts.length - 1; length > 1; length--) {
      const parent = parts.slice(0, length).join('.');
      if (!modules.has(parent)) modules.set(parent, { names: new Map(), complete: false });
    }
  }
}

function readNames(module: string, sources: { readonly [source: string]: string }): ReadonlyMap<string, Binding> {
  const names = new Map<string, Binding>();
  for (const [source, text] of Object.entries(sources)) {
    for (const entry of text.split(' ')) {
      const [name = '', original] = entry.split('=');
      names.set(
        name,
        source === 'modules'
          ? { kind: 'module', module: original ?? `${module}.${name}` }
          : { kind: 'definition', module: source, name: original ?? name },
      );
    }
  }
  return names;
}

function toContribNames(module: string, names: ReadonlyMap<string, Binding>): ReadonlyMap<string, Binding> {
  const result = new Map<string, Binding>();
  for (const [name, binding] of names) {
    const target = toContribModule(binding.module) ?? binding.module;
    if (!target.startsWith('tf_slim')) result.set(name, { ...binding, module: target });
  }
  for (const [name, binding] of definitionsOf(module, contribOnlyNames.get(module) ?? [])) result.set(name, binding);
  return result;
}

function definitionsOf(module: string, names: readonly string[]): readonly (readonly [string, Binding])[] {
  return names.map((name) => [name, { kind: 'definition', module, name }]);
}
