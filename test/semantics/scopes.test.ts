import { describe, expect, it } from 'vitest';
import { buildScopes, lookup, type Scope, type ScopeTree } from '../../server/src/semantics/scopes';
import type * as ast from '../../server/src/syntax/ast';
import { walk } from '../../server/src/syntax/visit';
import { parse } from '../support/parser';

interface Parsed {
  readonly text: string;
  readonly module: ast.Module;
  readonly tree: ScopeTree;
}

function scopesOf(text: string): Parsed {
  const { module } = parse(text);
  return { text, module, tree: buildScopes(module) };
}

/** One line per scope: its kind and name, then what it binds as `name:kind`, indented by nesting. */
function show(scope: Scope, indent = ''): string {
  const { node } = scope;
  const title =
    node.kind === 'FunctionDef' || node.kind === 'ClassDef' ? `${scope.kind} ${node.name.name}` : scope.kind;
  const names = [...scope.bindings.values()].map((bindings) => {
    return `${bindings[0]?.name}:${bindings.map((binding) => binding.kind).join('+')}`;
  });
  const stars = scope.starImports.map((one) => `*${one.module.parts.map((part) => part.name).join('.')}`);
  const line = `${indent}${[title, ...names, ...stars].join(' ')}`;
  return [line, ...scope.children.map((child) => show(child, `${indent}  `))].join('\n');
}

function shown(text: string): string {
  return show(scopesOf(text).tree.module);
}

/** The kind (and name) of the scope in which each use of `name` finds it, in source order. */
function found({ module, tree }: Parsed, name: string): string[] {
  const answers: string[] = [];
  walk(module, (node, parents) => {
    if (node.kind !== 'Name' || node.name !== name) return;
    const at = parents.findLast((parent) => scopeKinds.has(parent.kind)) as Scope['node'];
    const scope = lookup(tree.scopeOf(at), name)?.scope;
    answers.push(scope ? show({ ...scope, bindings: new Map(), children: [], starImports: [] }) : 'nowhere');
  });
  return answers;
}

const scopeKinds: ReadonlySet<string> = new Set(['Module', 'FunctionDef', 'ClassDef', 'Lambda', 'Comprehension']);

describe('what binds a name', () => {
  it('binds imports: the first part, the alias, the names', () => {
    expect(shown('import a.b.c, d as e, f.g as h\nfrom i.j import k, l as m\nfrom n import *\n')).toBe(
      'module a:import e:import h:import k:importFrom m:importFrom *n',
    );
  });

  it('binds every target of an assignment, but not attributes and subscripts', () => {
    expect(shown('a = b = 1\n(c, [d, *e]), f.g, h[0] = x\ni += 1\nj: int\nk: int = 2\n')).toBe(
      'module a:assign b:assign c:assign d:assign e:assign i:assign j:assign k:assign',
    );
  });

  it('binds targets of for, with, except, del and match, and a walrus', () => {
    const text = [
      'for a, b in c:\n  pass',
      'with d as e, f as (g, h):\n  pass',
      'try:\n  pass\nexcept E as i:\n  pass',
      'del j',
      'match k:\n  case A(l, m=n) | [*o]:\n    pass\n  case q.r as s:\n    pass',
      'if (t := u): pass',
    ].join('\n');
    expect(shown(text)).toBe(
      'module a:loop b:loop e:with g:with h:with i:except j:delete l:match n:match o:match s:match t:assign',
    );
  });

  it('gives functions, lambdas, classes and comprehensions scopes of their own', () => {
    const text = 'def f(a, *b, c=lambda d: d, **e):\n  g = [h for h in a]\n  class I:\n    j = 1\n  return g\n';
    expect(shown(text)).toBe(
      [
        'module f:function',
        '  lambda d:parameter',
        '  function f a:parameter b:parameter c:parameter e:parameter g:assign I:class',
        '    comprehension h:loop',
        '    class I j:assign',
      ].join('\n'),
    );
  });

  it('binds the names inside a tuple parameter of Python 2', () => {
    expect(shown('def f(a, (b, (c, d))):\n  pass\n')).toBe(
      'module f:function\n  function f a:parameter b:parameter c:parameter d:parameter',
    );
  });

  it('evaluates decorators, defaults and the first iterable outside', () => {
    expect(shown('@d(lambda a: a)\ndef f(x=[b for b in (c := y)]):\n  pass\n')).toBe(
      ['module c:assign f:function', '  lambda a:parameter', '  comprehension b:loop', '  function f x:parameter'].join(
        '\n',
      ),
    );
  });

  it('lets a walrus in a comprehension bind outside of it', () => {
    expect(shown('def f():\n  return [b := a for a in c if (d := a)]\n')).toBe(
      'module f:function\n  function f d:assign b:assign\n    comprehension a:loop',
    );
  });

  it('moves global bindings to the module, also those before the declaration', () => {
    expect(shown('def f():\n  x = 1\n  if y:\n    global x\n')).toBe('module f:function x:assign\n  function f');
  });

  it('moves nonlocal bindings to the enclosing function that binds them, in source order', () => {
    const text = 'def f():\n  def g():\n    nonlocal x\n    x = 1\n  x = 2\n';
    const { tree } = scopesOf(text);
    expect(show(tree.module)).toBe('module f:function\n  function f g:function x:assign+assign\n    function g');
    const starts = tree.module.children[0]?.bindings.get('x')?.map((binding) => binding.span.start);
    expect(starts).toEqual([text.indexOf('x = 1'), text.indexOf('x = 2')]);
  });

  it('collects every place that binds a name, with its span', () => {
    const text = 'import tf_slim as slim\ntry:\n  slim = 1\nfinally:\n  def slim(): pass\n';
    const bindings = scopesOf(text).tree.module.bindings.get('slim') ?? [];
    expect(bindings.map((binding) => binding.kind)).toEqual(['import', 'assign', 'function']);
    expect(bindings.map(({ span }) => text.slice(span.start, span.end))).toEqual(['slim', 'slim', 'slim']);
    expect(bindings.map((binding) => binding.node.kind)).toEqual(['ImportAlias', 'Assign', 'FunctionDef']);
  });
});

describe('where a name is found', () => {
  it('skips classes from the functions inside them, not from their own body', () => {
    const parsed = scopesOf('x = 1\nclass A:\n  x = 2\n  y = x\n  def f(self):\n    return x\n  z = [x for i in x]\n');
    // The targets come first: `x` of the module and of the class. Of the comprehension, the element is inside.
    expect(found(parsed, 'x')).toEqual(['module', 'class A', 'class A', 'module', 'module', 'module']);
  });

  it('finds names in enclosing functions and the module, and no builtins', () => {
    const parsed = scopesOf('def f(a):\n  def g():\n    return a, len\n');
    expect(found(parsed, 'a')).toEqual(['function f']);
    expect(found(parsed, 'len')).toEqual(['nowhere']);
  });

  it('follows global and nonlocal declarations', () => {
    const parsed = scopesOf(
      'x = 0\ndef f():\n  x = 1\n  def g():\n    global x\n    x = 2\n    def h():\n      return x\n  def i():\n    nonlocal x\n    x = 3\n',
    );
    expect(found(parsed, 'x')).toEqual(['module', 'function f', 'module', 'module', 'function f']);
  });

  it('throws for a node of another module', () => {
    const { tree } = scopesOf('x = 1\n');
    expect(() => tree.scopeOf(parse('y = 1\n').module)).toThrow('another module');
  });
});
