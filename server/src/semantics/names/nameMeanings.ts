/**
 * What names and attribute chains denote, by binding and never by spelling: dotted library paths, files and classes of
 * the workspace. Lexical and flow-insensitive: a name means everything that its scope binds it to; what cannot be
 * followed is `opaque`. It evaluates nothing (see the interpreter for values) and knows no particular library.
 */
import type * as ast from '../../syntax/ast';
import { contains } from '../../base/span';
import type { SourceFile } from '../program';
import type { Binding, Scope } from '../scopes';
import { lookup } from '../scopes';
import { assignedValue } from './assignedValue';
import { attributeDefinitions } from './classAttributes';
import {
  exportMeanings,
  importFromMeanings,
  importMeanings,
  importParent,
  moduleMeanings,
  starMeanings,
} from './importMeanings';
import type { Meaning, NameResolver } from './meaning';
import { maxSteps, opaque, remembered, union } from './meaning';

/** What an expression denotes; empty when it denotes nothing that can be followed further (`None`, a builtin). */
export function meaningsOf(
  resolver: NameResolver,
  source: SourceFile,
  scope: Scope,
  expression: ast.Expression,
  depth = 0,
): readonly Meaning[] {
  if (depth > maxSteps) return opaque;
  switch (expression.kind) {
    case 'Name':
      return nameMeanings(resolver, source, scope, expression.name, depth + 1);
    case 'Attribute':
      return chainMeanings(resolver, source, scope, expression, depth);
    case 'Call':
      return callMeanings(resolver, source, scope, expression, depth);
    case 'Conditional':
      return union([
        meaningsOf(resolver, source, scope, expression.body, depth + 1),
        meaningsOf(resolver, source, scope, expression.orelse, depth + 1),
      ]);
    case 'BoolOp':
      return union([
        meaningsOf(resolver, source, scope, expression.left, depth + 1),
        meaningsOf(resolver, source, scope, expression.right, depth + 1),
      ]);
    case 'NamedExpression':
      return meaningsOf(resolver, source, scope, expression.value, depth + 1);
    case 'Constant':
      // `slim = None` before a guarded import: an attribute of None fails anyway, so it is no alternative.
      return expression.value === 'None' ? [] : opaque;
    default:
      return opaque;
  }
}

/** `a.b.c`, from the inside out and without recursion, since generated code has very long chains. */
function chainMeanings(
  resolver: NameResolver,
  source: SourceFile,
  scope: Scope,
  chain: ast.Attribute,
  depth: number,
): readonly Meaning[] {
  const names: string[] = [];
  let root: ast.Expression = chain;
  while (root.kind === 'Attribute') {
    names.push(root.attribute.name);
    root = root.value;
  }
  let meanings = meaningsOf(resolver, source, scope, root, depth + 1);
  for (const name of names.reverse()) {
    if (meanings.length === 0) return meanings;
    meanings = attributeOf(resolver, meanings, name, depth + 1);
  }
  return meanings;
}

function attributeOf(
  resolver: NameResolver,
  owners: readonly Meaning[],
  name: string,
  depth: number,
): readonly Meaning[] {
  if (name === '' || depth > maxSteps) return opaque;
  return union(
    owners.map((owner): readonly Meaning[] => {
      switch (owner.kind) {
        case 'path':
          return [{ ...owner, path: `${owner.path}.${name}` }];
        case 'file':
          return exportMeanings(resolver, owner.source, name, depth);
        case 'namespace':
          return namespaceMember(resolver, owner.from, `${owner.name}.${name}`);
        case 'class':
        case 'instance':
          return memberMeanings(resolver, owner.source, owner.node, name, depth);
        case 'opaque':
          return opaque;
      }
    }),
  );
}

function namespaceMember(resolver: NameResolver, from: SourceFile, name: string): readonly Meaning[] {
  const file = resolver.program.resolveImport(from, name, 0);
  return file ? [{ kind: 'file', source: file }] : [{ kind: 'namespace', from, name }];
}

/** `getattr(x, 'name')`, `importlib.import_module('a.b')`, `__import__('a.b')`, and instances of workspace classes. */
function callMeanings(
  resolver: NameResolver,
  source: SourceFile,
  scope: Scope,
  call: ast.Call,
  depth: number,
): readonly Meaning[] {
  const [first, second] = call.args;
  const builtin = call.callee.kind === 'Name' && !lookup(scope, call.callee.name) ? call.callee.name : undefined;
  if (builtin === 'getattr' && first?.form === 'positional' && second?.value.kind === 'String') {
    const owner = meaningsOf(resolver, source, scope, first.value, depth + 1);
    const found = attributeOf(resolver, owner, second.value.value, depth + 1);
    const fallback = call.args[2];
    return fallback ? union([found, meaningsOf(resolver, source, scope, fallback.value, depth + 1)]) : found;
  }
  const literal = first?.form === 'positional' && first.value.kind === 'String' ? first.value.value : undefined;
  if (builtin === '__import__' && literal) {
    return moduleMeanings(resolver, source, literal, literal.split('.')[0] ?? literal, call.span);
  }
  const callees = meaningsOf(resolver, source, scope, call.callee, depth + 1);
  if (literal && callees.some((one) => one.kind === 'path' && one.path === 'importlib.import_module')) {
    return moduleMeanings(resolver, source, literal, literal, call.span);
  }
  const classes = callees.flatMap((one) => (one.kind === 'class' ? [one] : []));
  if (classes.length === 0 || classes.length < callees.length) return opaque;
  return classes.map(({ source: file, node }) => ({ kind: 'instance', source: file, node }));
}

// ------------------------------------------------------------------------------------------------ names

function nameMeanings(
  resolver: NameResolver,
  source: SourceFile,
  scope: Scope,
  name: string,
  depth: number,
): readonly Meaning[] {
  const found = lookup(scope, name);
  if (!found) return starMeanings(resolver, source, source.scopes.module, name, depth);
  return boundMeanings(resolver, source, found.scope, name, found.bindings, depth);
}

/** Meanings of a name by all bindings of its scope, remembered. */
export function boundMeanings(
  resolver: NameResolver,
  source: SourceFile,
  scope: Scope,
  name: string,
  bindings: readonly Binding[],
  depth: number,
): readonly Meaning[] {
  return remembered(resolver, scope, name, () =>
    union(bindings.map((binding) => bindingMeanings(resolver, source, scope, binding, depth + 1))),
  );
}

/** What one binding gives to its name. */
export function bindingMeanings(
  resolver: NameResolver,
  source: SourceFile,
  scope: Scope,
  binding: Binding,
  depth: number,
): readonly Meaning[] {
  const { node } = binding;
  switch (binding.kind) {
    case 'import':
      return node.kind === 'ImportAlias' ? importMeanings(resolver, source, node) : opaque;
    case 'importFrom': {
      const parent = importParent(resolver, source, binding);
      const alias = parent?.names.find((one) => contains(one.span, binding.span));
      return parent && alias ? importFromMeanings(resolver, source, parent, alias, depth) : opaque;
    }
    case 'assign': {
      const value = assignedValue(binding);
      if (!value) return opaque;
      return throughAssignment(source, value, meaningsOf(resolver, source, scope, value, depth + 1));
    }
    case 'class':
      return node.kind === 'ClassDef' ? [{ kind: 'class', source, node }] : opaque;
    case 'parameter':
      return receiverMeanings(source, scope, binding);
    case 'delete':
      return [];
    default:
      return opaque;
  }
}

/** The first parameter of a method is an instance (or, under `@classmethod`, the class). */
function receiverMeanings(source: SourceFile, scope: Scope, binding: Binding): readonly Meaning[] {
  const owner = scope.parent;
  if (scope.node.kind !== 'FunctionDef' || owner?.node.kind !== 'ClassDef') return opaque;
  const first = scope.node.parameters[0];
  if (first?.form !== 'plain' || first.name.name !== binding.name) return opaque;
  const decorators = scope.node.decorators.flatMap((one) => (one.kind === 'Name' ? [one.name] : []));
  if (decorators.includes('staticmethod')) return opaque;
  return [{ kind: decorators.includes('classmethod') ? 'class' : 'instance', source, node: owner.node }];
}

function throughAssignment(
  source: SourceFile,
  value: ast.Expression,
  meanings: readonly Meaning[],
): readonly Meaning[] {
  const location = { file: source.file, span: value.span };
  return meanings.map((one) =>
    one.kind === 'path' ? { ...one, steps: [...one.steps, { location, form: 'assign', path: one.path }] } : one,
  );
}

// ---------------------------------------------------------------------------------------------- classes

/** An attribute that a class, its methods or its bases set; several different values are all kept. */
function memberMeanings(
  resolver: NameResolver,
  source: SourceFile,
  node: ast.ClassDef,
  name: string,
  depth: number,
): readonly Meaning[] {
  if (depth > maxSteps) return opaque;
  const scope = source.scopes.scopeOf(node);
  return remembered(resolver, scope, `.${name}`, () => computeMember(resolver, source, node, name, depth));
}

function computeMember(
  resolver: NameResolver,
  source: SourceFile,
  node: ast.ClassDef,
  name: string,
  depth: number,
): readonly Meaning[] {
  const scope = source.scopes.scopeOf(node);
  const inBody = scope.bindings.get(name) ?? [];
  const assigned = attributeDefinitions(source, node).get(name) ?? [];
  if (inBody.length + assigned.length > 0) {
    return union([
      ...inBody.map((binding) => bindingMeanings(resolver, source, scope, binding, depth + 1)),
      ...assigned.map(({ value, scope: method }) =>
        value ? throughAssignment(source, value, meaningsOf(resolver, source, method, value, depth + 1)) : opaque,
      ),
    ]);
  }
  const outer = scope.parent ?? source.scopes.module;
  const bases = node.bases.filter((base) => base.form === 'positional');
  const inherited = bases.flatMap((base) => [...meaningsOf(resolver, source, outer, base.value, depth + 1)]);
  for (const base of inherited) {
    if (base.kind !== 'class') continue;
    const found = memberMeanings(resolver, base.source, base.node, name, depth + 1);
    if (found.some((one) => one.kind !== 'opaque')) return found;
  }
  return opaque;
}
