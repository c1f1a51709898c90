/**
 * What may lead to an op, by names alone: nothing that does may be held back, and what plainly does not should be.
 */
import { describe, expect, it } from 'vitest';
import type * as ast from '../../../server/src/syntax/ast';
import { opCalls, opReach } from '../../../server/src/slim/evaluator/opReach';
import { walk } from '../../../server/src/syntax/visit';
import { memoryWorkspace } from '../../support/memoryWorkspace';

/** The functions of `path` that may lead to an op. */
function reaching(path: string, files: Readonly<Record<string, string>>, ask = opReach): string[] {
  const { snapshot, uri } = memoryWorkspace(Object.entries(files).map(([name, text]) => ({ path: name, text })));
  const source = snapshot.getFile(uri(path));
  if (!source) throw new Error(`no file ${path}`);
  const functions: ast.FunctionDef[] = [];
  walk(source.tree.module, (node) => void (node.kind === 'FunctionDef' && functions.push(node)));
  const reach = ask(snapshot, source);
  return functions.filter((fn) => reach.mayReach(fn)).map((fn) => fn.name.name);
}

const net = 'import tf_slim as slim\ndef vgg(x):\n  return slim.conv2d(x, 8, 3)\ndef size(): return 8\n';

describe('what may lead to an op', () => {
  it('are its callers, in whatever file, and nobody else', () => {
    const train = 'import net\ndef train(): return net.vgg(1)\ndef main(): train()\ndef log(): print(net.size())\n';
    expect(reaching('train.py', { 'net.py': net, 'train.py': train })).toEqual(['train', 'main']);
  });

  it('goes by the library, not by the name of an op', () => {
    const text =
      'import numpy as np\nimport tensorflow as tf\ndef a(x): return x.flatten()\ndef b(x): return np.flatten(x)\ndef c(flatten): return flatten(1)\ndef d(x): return tf.layers.flatten(x)\n';
    expect(reaching('a.py', { 'a.py': text })).toEqual(['d']);
  });

  it('goes by what is imported under another name', () => {
    const text = 'from tf_slim import conv2d as c\ndef a(x): return c(x, 8, 3)\ndef b(x): return x\n';
    expect(reaching('a.py', { 'a.py': text })).toEqual(['a']);
  });

  it('takes getattr with a literal for an attribute', () => {
    const text =
      'import tensorflow as tf\ndef a(): return getattr(tf.contrib.slim, "conv2d")()\ndef b(): return "conv2d"\n';
    expect(reaching('a.py', { 'a.py': text })).toEqual(['a']);
  });

  it('includes what a library that is passed as an argument has', () => {
    const text =
      'import tf_slim\ndef net(lib, x): return lib.conv2d(x, 8, 3)\ndef main(): net(tf_slim, 1)\ndef other(): pass\n';
    expect(reaching('a.py', { 'a.py': text })).toEqual(['net', 'main']);
  });

  it('includes a module that came through another one, and one that an object holds', () => {
    const text =
      'from lib import slim\nclass Net:\n  def __init__(self): self.slim = slim\n  def a(self, x): return self.slim.conv2d(x, 1, 1)\n  def b(self): pass\ndef c(x): return slim.conv2d(x, 1, 1)\n';
    const found = reaching('a.py', { 'lib.py': 'import tf_slim as slim\n', 'a.py': text });
    expect(found).toEqual(expect.arrayContaining(['a', 'c']));
    expect(found).not.toContain('b');
  });

  it.each([
    ['a dictionary', 'from net import vgg\nnets = {}\nnets["vgg"] = vgg\n', 'nets[name](1)'],
    ['a list that is filled', 'from net import vgg\nnets = []\nnets.append(vgg)\n', 'nets[0](1)'],
    ['an alias', 'from net import vgg as deep\nbest = deep\n', 'best(1)'],
    ['an attribute', 'import net\nclass C: pass\nC.build = net.vgg\n', 'C().build(1)'],
    ['a partial', 'import functools, net\nbuild = functools.partial(net.vgg)\n', 'build(1)'],
    ['its name as a string', 'import net\n', 'getattr(net, "vgg")(1)'],
    ['a computed name', 'import net\n', 'getattr(net, name)(1)'],
    ['a global that a function sets', 'import net\ndef init():\n  global build\n  build = net.vgg\n', 'build(1)'],
    [
      'a class that calls it when it is called',
      'import net\nclass L:\n  def __call__(self, x): return net.vgg(x)\n',
      'L()(1)',
    ],
    ['a context manager', 'import net\nclass M:\n  def __enter__(self): net.vgg(1)\n', '[0 for _ in [M()]]'],
  ])('follows %s', (_, text, use) => {
    const found = reaching('use.py', {
      'net.py': net,
      'use.py': `${text}def use(name): return ${use}\ndef other(): return 1\n`,
    });
    expect(found).toContain('use');
    expect(found).not.toContain('other');
  });

  it('follows a decorator that keeps what it is given', () => {
    const registry =
      'found = {}\ndef register(name):\n  def add(fn):\n    found[name] = fn\n    return fn\n  return add\ndef get(name): return found[name]\n';
    const nets =
      'import tf_slim as slim\nfrom registry import register\n@register("vgg")\ndef vgg(x): return slim.conv2d(x, 8, 3)\n';
    const train = 'import nets\nfrom registry import get\ndef train(): return get("vgg")(1)\ndef other(): return 1\n';
    expect(reaching('train.py', { 'registry.py': registry, 'nets.py': nets, 'train.py': train })).toEqual(['train']);
  });

  it('follows a module that is imported by its name', () => {
    const main = 'import importlib\ndef main(name="net"): importlib.import_module(name).vgg(1)\ndef other(): pass\n';
    expect(reaching('main.py', { 'net.py': net, 'main.py': main })).toEqual(['main']);
  });

  it('does not let names of one file reach files that never see it', () => {
    const torch = 'import torch\ndef forward(x): return x\ndef run(m): return m.forward(1)\n';
    const model = 'import tf_slim as slim\nclass Net:\n  def forward(self, x): return slim.conv2d(x, 1, 1)\n';
    const main = 'import torch_part, model\ndef main(): return model.Net().forward(1)\n';
    const files = { 'torch_part.py': torch, 'model.py': model, 'main.py': main };
    expect(reaching('torch_part.py', files)).toEqual([]);
    expect(reaching('main.py', files)).toEqual(['main']);
  });
});

describe('what may call an op itself', () => {
  const ops =
    'import tf_slim as slim\nconv = slim.conv2d\ntable = {"conv": slim.conv2d}\nclass Ops:\n  op = slim.conv2d\n  def __init__(self): self.held = slim.conv2d\ndef give():\n  found = slim.conv2d\n  return found\ndef again(): return give()\ndef made(x): return slim.conv2d(x, 8, 3)\n@slim.add_arg_scope\ndef user(x): return x\nmy_op = slim.add_arg_scope\n@my_op\ndef other_op(x): return x\ndef deco(fn): return slim.add_arg_scope(fn)\n@deco\ndef third_op(x): return x\ndef manager(): return slim.arg_scope([slim.conv2d], stride=2)\n';

  it.each([
    ['under its own name', 'from tf_slim import conv2d', 'conv2d(1, 8, 3)'],
    ['under another name', 'from tf_slim import conv2d as c', 'c(1, 8, 3)'],
    ['by a variable of another module', 'from ops import conv', 'conv(1, 8, 3)'],
    ['by that under another name', 'from ops import conv as c', 'c(1, 8, 3)'],
    ['by an attribute of a module', 'import ops', 'ops.conv(1, 8, 3)'],
    ['out of a table', 'from ops import table', 'table["conv"](1, 8, 3)'],
    ['out of a table by a method', 'from ops import table', 'table.get("conv")(1, 8, 3)'],
    ['by an attribute of a class', 'from ops import Ops', 'Ops.op(1, 8, 3)'],
    ['by an attribute of an instance', 'from ops import Ops', 'Ops().held(1, 8, 3)'],
    ['as what a function returns', 'from ops import give', 'give()(1, 8, 3)'],
    ['as what a function returns that another one returned', 'from ops import again', 'again()(1, 8, 3)'],
    ['by getattr', 'import tf_slim', 'getattr(tf_slim, "conv2d")(1, 8, 3)'],
    ['as an op of the program', 'from ops import user', 'user(1)'],
    ['as an op of the program, by another decorator', 'from ops import other_op', 'other_op(1)'],
    ['as an op of the program, by a decorator of the program', 'from ops import third_op', 'third_op(1)'],
    ['by the partial of a variable', 'import functools, ops\nc = functools.partial(ops.conv)', 'c(1, 8, 3)'],
  ])('calls it %s', (_, imports, call) => {
    const use = `${imports}\ndef use(): return ${call}\ndef other(): return len([1])\n`;
    const files = { 'ops.py': ops, 'use.py': use };
    const found = reaching('use.py', files, opCalls);
    expect(found).toContain('use');
    expect(found).not.toContain('other');
    // All that is found without asking is found.
    const { snapshot, uri } = memoryWorkspace(Object.entries(files).map(([path, text]) => ({ path, text })));
    expect(snapshot.quickAnalysis(uri('use.py'))?.calls).toHaveLength(1);
  });

  it('enters a scope that another function made', () => {
    const use = 'from ops import manager\ndef use():\n  with manager(): pass\n';
    expect(reaching('use.py', { 'ops.py': ops, 'use.py': use }, opCalls)).toEqual(['use']);
  });

  it('is not what calls a function that does', () => {
    const use =
      'from ops import made\nimport ops\ndef a(x): return made(x)\ndef b(conv): return conv(1)\ndef c(): return ops.made(1)\ndef d(x): return {"conv": x}\n';
    expect(reaching('use.py', { 'ops.py': ops, 'use.py': use }, opCalls)).toEqual([]);
  });
});
