/**
 * `self` of a method that is run without a caller: some instance of its class, after `__init__` ran with arguments that
 * nobody knows. What other code may have set since then is unknown; attributes that only `__init__` sets are what it sets.
 */
import { lineText } from '../lineText';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { SourceFile } from '../program';
import { classMember, lineage } from './classes';
import { runBody } from './functions';
import { attributesCell } from './join';
import { mangled } from './privateNames';
import type { Machine } from './machine';
import type { PyClass, PyFunction, PyInstance, PyObject } from './objects';
import { pyUnknown } from './objects';

/**
 * Makes the instance.
 * @param sources files whose code may set attributes
 * @param parametersOf values for the parameters of `__init__`
 */
export function openInstance(
  machine: Machine,
  cls: PyClass,
  sources: Iterable<SourceFile>,
  parametersOf: (fn: PyFunction, self: PyObject) => ReadonlyMap<string, PyObject>,
): PyInstance {
  const instance: PyInstance = { kind: 'instance', class: cls, attributes: attributesCell(new Map()), open: true };
  const init = classMember(cls, '__init__');
  if (init?.kind !== 'function') return instance;
  runBody(machine, init, { values: parametersOf(init, instance) }, undefined, instance);
  forgetSetElsewhere(machine, instance, sources);
  return instance;
}

function forgetSetElsewhere(machine: Machine, instance: PyInstance, sources: Iterable<SourceFile>): void {
  const changed = new Map<string, PyObject>();
  const family = new Set(lineage(instance.class).map((one) => one.node));
  for (const source of sources) {
    const { anywhere, inClass } = attributeWrites(source);
    const names = [...anywhere, ...[...inClass].flatMap(([node, own]) => (family.has(node) ? [...own] : []))];
    for (const [name, at] of names) {
      if (!instance.attributes.value.has(name)) continue;
      const line = lineText(source, at.span.start);
      const reason = `attribute \`${name}\` of \`${instance.class.name}\` is set again at ${line} of ${source.path}`;
      changed.set(name, { ...pyUnknown(reason, { file: source.file, span: at.span }), fromCaller: true });
    }
  }
  if (changed.size > 0) machine.store.set(instance.attributes, new Map([...instance.attributes.value, ...changed]));
}

/** Where attributes are set outside of `__init__`: by the methods of a class on `self`, and on anything else. */
interface AttributeWrites {
  readonly anywhere: ReadonlyMap<string, ast.Node>;
  readonly inClass: ReadonlyMap<ast.ClassDef, ReadonlyMap<string, ast.Node>>;
}

const writesCache = new WeakMap<SourceFile, AttributeWrites>();

function attributeWrites(source: SourceFile): AttributeWrites {
  let writes = writesCache.get(source);
  if (!writes) {
    writes = collectWrites(source.tree.module);
    writesCache.set(source, writes);
  }
  return writes;
}

function collectWrites(module: ast.Module): AttributeWrites {
  const anywhere = new Map<string, ast.Node>();
  const inClass = new Map<ast.ClassDef, Map<string, ast.Node>>();
  const classes = new Set<string>();
  const onSelf = new Set<ast.Node>();
  walk(module, (node) => {
    if (node.kind === 'ClassDef') {
      classes.add(node.name.name);
      const own = new Map<string, ast.Node>();
      for (const method of node.body) {
        if (method.kind !== 'FunctionDef') continue;
        const self = method.parameters[0]?.name.name;
        forEachWrite(method, (target) => {
          if (target.value.kind !== 'Name' || target.value.name !== self) return;
          onSelf.add(target);
          if (method.name.name !== '__init__') own.set(mangled(target.attribute.name, node.name.name), target);
        });
      }
      if (own.size > 0) inClass.set(node, own);
    }
  });
  forEachWrite(module, (target) => {
    if (onSelf.has(target)) return;
    anywhere.set(target.attribute.name, target);
    for (const name of classes) anywhere.set(mangled(target.attribute.name, name), target);
  });
  return { anywhere, inClass };
}

function forEachWrite(root: ast.Node, visit: (target: ast.Attribute) => void): void {
  const target = (node: ast.Expression): void => {
    if (node.kind === 'Attribute') visit(node);
    else if (node.kind === 'Tuple' || node.kind === 'List') node.elements.forEach(target);
    else if (node.kind === 'Starred') target(node.value);
  };
  walk(root, (node) => {
    if (node.kind === 'Assign') node.targets.forEach(target);
    else if (node.kind === 'AugAssign' || node.kind === 'AnnAssign' || node.kind === 'For') target(node.target);
    else if (node.kind === 'With') for (const item of node.items) if (item.target) target(item.target);
  });
}
