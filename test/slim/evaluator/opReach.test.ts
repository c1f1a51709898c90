/**
 * What may lead to an op, by names alone: nothing that does may be held back, and what plainly does not should be.
 */
import { describe, expect, it } from 'vitest';
import type * as ast from '../../../server/src/syntax/ast';
import { opReach } from '../../../server/src/slim/evaluator/opReach';
import { walk } from '../../../server/src/syntax/visit';
import { memoryWorkspace } from '../../support/memoryWorkspace';

/** The functions of `path` that may lead to an op. */
function reaching(path: string, files: Readonly<Record<string, string>>): string[] {
  const { snapshot, uri } = memoryWorkspace(Object.entries(files).map(([name, text]) => ({ path: name, text })));
  const source = snapshot.getFile(uri(path));
  if (!source) throw new Error(`no file ${path}`);
  const functions: ast.FunctionDef[] = [];
  walk(source.tree.module, (node) => void (node.kind === 'FunctionDef' && functions.push(node)));
  const reach = opReach(snapshot, source);
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
