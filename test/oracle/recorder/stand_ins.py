"""Lets a network be imported without what its project needs elsewhere.

A *bare* package is importable without running its `__init__`; a *stub* is a module that has any name, for imports that
have no part in building a network.
"""
import importlib.util
import os
import sys
import types
from unittest import mock


def add_bare_package(name, folder):
    """Makes the modules in a folder importable below `name`, and nothing else of it run."""
    package = types.ModuleType(name)
    package.__path__ = [os.path.join(folder, *name.split('.'))]
    _add(name, package)


def add_stub(name):
    module = types.ModuleType(name)
    module.__path__ = []
    module.__spec__ = importlib.machinery.ModuleSpec(name, None, is_package=True)

    def attribute(wanted):
        if wanted.startswith('__'):
            raise AttributeError(wanted)
        value = type(wanted, (mock.MagicMock,), {}) if wanted[:1].isupper() else mock.MagicMock(name=wanted)
        setattr(module, wanted, value)
        return value

    module.__getattr__ = attribute
    _add(name, module)


def _add(name, module):
    sys.modules[name] = module
    parent, _, child = name.rpartition('.')
    if parent in sys.modules:
        setattr(sys.modules[parent], child, module)
