"""Patches the arg_scope machinery of a library when it is imported; on disk nothing changes.

Knows the two homes of TF-Slim: `tf_slim`, and `tensorflow.contrib` of TensorFlow 1.
"""
import functools
import importlib.abc
import importlib.machinery
import inspect
import sys

from scopes import Scopes

# What each maker's result is described by.
DESCRIBED = {
    'initializers': {
        'variance_scaling_initializer': ('factor', 'mode', 'uniform'),
        'xavier_initializer': ('uniform',),
    },
    'regularizers': {
        'l1_regularizer': ('scale',),
        'l2_regularizer': ('scale',),
        'l1_l2_regularizer': ('scale_l1', 'scale_l2'),
        'sum_regularizer': ('regularizer_list',),
    },
}
ALIASES = {'xavier_initializer_conv2d': 'xavier_initializer'}


class Libraries(importlib.abc.MetaPathFinder):

    def __init__(self, workspace, calls, values):
        self._workspace = workspace
        self._calls = calls
        self._values = values
        self._patches = {}
        for package in ('tf_slim.ops.', 'tensorflow.contrib.framework.python.ops.',
                        'tensorflow_core.contrib.framework.python.ops.'):
            self._patches[package + 'arg_scope'] = self._patch_arg_scope
        for package in ('tf_slim.layers.', 'tensorflow.contrib.layers.python.layers.',
                        'tensorflow_core.contrib.layers.python.layers.'):
            for module in DESCRIBED:
                self._patches[package + module] = functools.partial(self._patch_makers, DESCRIBED[module])

    def find_spec(self, name, path=None, target=None):
        patch = self._patches.get(name)
        spec = importlib.machinery.PathFinder.find_spec(name, path) if patch else None
        if spec is not None:
            spec.loader = _PatchedLoader(spec.loader, patch)
        return spec

    def _patch_arg_scope(self, module):
        scopes = Scopes(module, self._workspace)
        real_scope, real_add = module.arg_scope, module.add_arg_scope

        @functools.wraps(real_scope)
        def arg_scope(list_ops_or_scope, **kwargs):
            return scopes.arg_scope(sys._getframe(1), list_ops_or_scope, kwargs)

        @functools.wraps(real_add)
        def add_arg_scope(func):
            return self._calls.wrap(scopes, func, real_add(func))

        module.arg_scope, module.add_arg_scope = arg_scope, add_arg_scope

    def _patch_makers(self, makers, module):
        for name, arguments in makers.items():
            setattr(module, name, self._describing(getattr(module, name), name, arguments))
        for alias, name in ALIASES.items():
            if hasattr(module, alias):
                setattr(module, alias, getattr(module, name))

    def _describing(self, maker, name, arguments):
        signature = inspect.signature(maker)

        @functools.wraps(maker)
        def described(*args, **kwargs):
            made = maker(*args, **kwargs)
            if callable(made):
                bound = signature.bind(*args, **kwargs)
                bound.apply_defaults()
                seed = ('seed',) if bound.arguments.get('seed') is not None else ()
                self._values.describe(made, name, {one: bound.arguments[one] for one in arguments + seed})
            return made

        return described


class _PatchedLoader(importlib.abc.Loader):

    def __init__(self, loader, patch):
        self._loader = loader
        self._patch = patch

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._patch(module)
