#!/usr/bin/env python3
"""Writes server/src/slim/data/tfSlimModules.ts: which name of which tf_slim module is what.

Usage: python3 scripts/generateTfSlimModules.py FOLDER [OUTPUT]

FOLDER holds an unpacked tf_slim 1.1.0 wheel (the folder that contains `tf_slim/`). The package is imported with
TensorFlow replaced by empty stand-ins, so neither TensorFlow nor a network is needed; what a star import or a
submodule of the same name does to a namespace is thereby observed and not deduced.
Only maintainers run this, after a new release of tf_slim. It needs Python 3.7 or newer and the package `six`, `numpy`.
"""
import ast
import contextlib
import importlib.abc
import importlib.machinery
import json
import os
import sys
import types


def is_dunder(name):
    return name.startswith('__')


class StandInClass(type):
    """A class whose every attribute is another such class: enough for `tf.GraphKeys.LOSSES` in a default."""

    def __getattr__(cls, name):
        if is_dunder(name):
            raise AttributeError(name)
        value = stand_in(name, cls.__module__)
        setattr(cls, name, value)
        return value


def stand_in(name, module):
    return StandInClass(name, (object,), {'__module__': module, '__init__': lambda self, *a, **k: None,
                                          '__call__': lambda self, *a, **k: a[0] if a else None})


class StandInModule(types.ModuleType):
    def __getattr__(self, name):
        if is_dunder(name):
            raise AttributeError(name)
        value = stand_in(name, self.__name__)
        setattr(self, name, value)
        return value


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.split('.')[0] in ('tensorflow', 'google'):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return StandInModule(spec.name)

    def exec_module(self, module):
        module.__path__ = []


def prepare_tensorflow():
    """Gives the few TensorFlow helpers that decide about names their real meaning."""
    sys.meta_path.insert(0, Finder())
    import tensorflow.python.util.all_util as all_util
    import tensorflow.python.util.deprecation as deprecation
    import tensorflow.python.util.tf_contextlib as tf_contextlib
    import tensorflow.python.util.tf_decorator as tf_decorator
    same = lambda *a, **k: (lambda function: function)
    deprecation.deprecated = deprecation.deprecated_args = same
    tf_contextlib.contextmanager = contextlib.contextmanager
    tf_decorator.make_decorator = lambda target, wrapper, *a, **k: wrapper

    def remove_undocumented(module, allowed, *_):
        names = vars(sys.modules[module])
        for name in [n for n in names if n not in allowed and not n.startswith('_')]:
            del names[name]

    all_util.remove_undocumented = remove_undocumented
    all_util.make_all = lambda module: [n for n in vars(sys.modules[module]) if not n.startswith('_')]


def own_names(module):
    """Names that the module's own statements define (not those that it imports)."""
    with open(module.__file__, encoding='utf-8') as source:
        tree = ast.parse(source.read())
    names = set()
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign):
            names.update(t.id for t in statement.targets if isinstance(t, ast.Name))
    return names


def describe_modules():
    modules = {n: m for n, m in sys.modules.items() if n.split('.')[0] == 'tf_slim' and not n.endswith('_test')}
    own = OWN
    defined = {}
    # A package that assigns `arg_scope = arg_scope_lib.arg_scope` only renames: files come before packages.
    for name in sorted(modules, key=lambda n: (hasattr(modules[n], '__path__'), -n.count('.'), n)):
        for attribute in sorted(own[name]):
            defined.setdefault(id(getattr(modules[name], attribute, name)), (name, attribute))
    table = {}
    for name in sorted(modules):
        row = {}
        for attribute, value in sorted(vars(modules[name]).items()):
            if attribute.startswith('_') or type(value).__module__ == '__future__':
                continue
            source, entry = describe_name(name, attribute, value, own[name], defined)
            row.setdefault(source, []).append(entry)
        table[name] = {source: ' '.join(entries) for source, entries in sorted(row.items())}
    return table


def describe_name(module, attribute, value, own, defined):
    if isinstance(value, types.ModuleType):
        return 'modules', attribute if value.__name__ == module + '.' + attribute else attribute + '=' + value.__name__
    if isinstance(value, StandInClass) and not value.__module__.startswith('tf_slim'):
        return 'modules', attribute + '=' + value.__module__ + '.' + value.__name__
    source, original = defined.get(id(value), (module, attribute))
    if attribute in own and source == module:
        return module, attribute
    return source, attribute if attribute in OWN.get(source, ()) else attribute + '=' + original


OWN = {}


def main():
    folder = sys.argv[1]
    output = sys.argv[2] if len(sys.argv) > 2 else os.path.join(
        os.path.dirname(__file__), '..', 'server', 'src', 'slim', 'data', 'tfSlimModules.ts')
    prepare_tensorflow()
    sys.path.insert(0, folder)
    import tf_slim
    import tf_slim.layers.sparse_ops
    import tf_slim.nets
    import tf_slim.ops.framework_ops
    for name, module in list(sys.modules.items()):
        if name.split('.')[0] == 'tf_slim':
            OWN[name] = own_names(module)
    # `nets`, `sparse_ops` and `framework_ops` are attributes only after an import of their own.
    for parent, child in (('tf_slim', 'nets'), ('tf_slim.layers', 'sparse_ops'), ('tf_slim.ops', 'framework_ops')):
        delattr(sys.modules[parent], child)
    table = describe_modules()
    lines = ['/**',
             ' * Names of the modules of tf_slim 1.1.0. Written by scripts/generateTfSlimModules.py; do not edit.',
             ' * Module -> module that defines the names -> names, separated by blanks; `a=b` where the original is called b.',
             ' * `modules` lists names that are modules or belong to other libraries; `a=m` where that is not the submodule a.',
             ' */',
             'export const tfSlimModules: { readonly [module: string]: { readonly [source: string]: string } } =']
    lines.append('  ' + json.dumps(table, indent=2).replace('\n', '\n  ') + ';')
    with open(output, 'w', encoding='utf-8') as out:
        out.write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
