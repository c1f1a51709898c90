"""Run-time values in the normal form of the effective-arguments format (sections 3 and 4).

Also the stand-ins for what TensorFlow gives as values: tensors, named functions, initializers and regularizers. They do
nothing; they only say what they are. No TensorFlow is imported.
"""
import functools
import math
import re
import types

# Before Python 3.12 a comprehension is a function of its own, and stands in the names of the lambdas inside.
COMPREHENSION = re.compile(r'<(list|set|dict)comp>\.|<genexpr>\.')


class Tensor(object):
    """Stands for every tensor."""


class LibraryObject(object):
    """An initializer or regularizer: its kind and all its arguments."""

    def __init__(self, kind, args):
        self.kind = kind
        self.args = args


class DType(object):
    def __init__(self, name):
        self.name = name


class EnumMember(object):
    def __init__(self, name):
        self.name = name


def named_function(name):
    """A function of TensorFlow that takes and gives tensors."""

    def function(*args, **kwargs):
        return Tensor()

    function.__name__ = function.__qualname__ = name
    function.public_name = name
    return function


def maker(kind, parameters):
    """A library function or class that makes a LibraryObject. `parameters`: [(name, default)], in order."""
    names = [name for name, _ in parameters]

    def make(*args, **kwargs):
        values = dict(parameters)
        values.update(zip(names, args))
        values.update(kwargs)
        unknown = set(values) - set(names)
        if unknown or len(args) > len(names):
            raise TypeError('%s() does not take %s' % (kind, sorted(unknown)))
        return LibraryObject(kind, values)

    make.__name__ = make.__qualname__ = kind
    make.public_name = kind
    return make


def normal_form(value):
    """The JSON form of a value."""
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        if math.isnan(value) or math.isinf(value):
            return {'float': 'nan' if math.isnan(value) else 'inf' if value > 0 else '-inf'}
        return value
    if isinstance(value, (list, tuple)):
        return [normal_form(item) for item in value]
    if isinstance(value, dict):
        return {str(key): normal_form(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return {'set': sorted((normal_form(item) for item in value), key=repr)}
    if isinstance(value, bytes):
        return {'bytes': value.decode('latin-1')}
    if isinstance(value, Tensor):
        return {'tensor': True}
    if isinstance(value, DType):
        return {'dtype': value.name}
    if isinstance(value, EnumMember):
        return {'enum': value.name}
    if isinstance(value, LibraryObject):
        return {'object': value.kind, 'args': {name: normal_form(item) for name, item in value.args.items()}}
    if isinstance(value, functools.partial):
        keywords = {name: normal_form(item) for name, item in value.keywords.items()}
        return {'partial': normal_form(value.func), 'args': [normal_form(item) for item in value.args],
                'keywords': keywords}
    if isinstance(value, types.ModuleType):
        return {'module': value.__name__.rsplit('.', 1)[-1]}
    if callable(value):
        return {'function': function_name(value)}
    return {'instance': type(value).__name__}


def function_name(value):
    """Public name of a library function, canonical name of an op, else `__qualname__` behind the last `<locals>.`."""
    public = getattr(value, 'public_name', None)
    if public is not None:
        return public
    op = getattr(value, 'op_name', None)
    if op is not None:
        return op
    if hasattr(value, '__qualname__'):
        return COMPREHENSION.sub('', value.__qualname__.rsplit('<locals>.', 1)[-1])
    return type(value).__name__
