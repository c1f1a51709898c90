"""The normal form of run-time values: JSON that says what an op received, independent of modules and versions.

Objects that hide their arguments in a closure (slim's initializers and regularizers) are described when they are made: see
`Values.describe`. Knows TensorFlow by the names of its classes only, so that it needs no TensorFlow.
"""
import enum
import functools
import inspect
import json
import math
import types

CANONICAL_OPS = {
    'convolution1d': 'conv1d',
    'convolution2d': 'conv2d',
    'convolution3d': 'conv3d',
    'convolution2d_transpose': 'conv2d_transpose',
    'convolution3d_transpose': 'conv3d_transpose',
    'convolution2d_in_plane': 'conv2d_in_plane',
    'separable_convolution2d': 'separable_conv2d',
}

# Class in TensorFlow's init_ops -> public name, arguments.
INITIALIZERS = {
    'Zeros': ('zeros_initializer', ()),
    'Ones': ('ones_initializer', ()),
    'Constant': ('constant_initializer', ('value',)),
    'RandomUniform': ('random_uniform_initializer', ('minval', 'maxval')),
    'RandomNormal': ('random_normal_initializer', ('mean', 'stddev')),
    'TruncatedNormal': ('truncated_normal_initializer', ('mean', 'stddev')),
    'UniformUnitScaling': ('uniform_unit_scaling_initializer', ('factor',)),
    'VarianceScaling': ('variance_scaling_initializer', ('scale', 'mode', 'distribution')),
    'GlorotUniform': ('glorot_uniform_initializer', ()),
    'GlorotNormal': ('glorot_normal_initializer', ()),
    'Orthogonal': ('orthogonal_initializer', ('gain',)),
    'Identity': ('identity_initializer', ('gain',)),
}

TENSORS = ('Tensor', 'SymbolicTensor', 'SparseTensor', 'RaggedTensor', 'Variable', 'RefVariable',
           'BaseResourceVariable', 'PartitionedVariable', 'KerasTensor')
MAX_DEPTH = 8
MAX_ARRAY = 16


class Values(object):
    """Describes values for one run."""

    def __init__(self):
        self._described = {}
        self._names = {}

    def describe(self, value, kind, arguments):
        """Says what an object is that cannot tell it itself."""
        self._described[id(value)] = (value, _object(kind, {k: self.form(v) for k, v in arguments.items()}))

    def name_functions(self, namespaces):
        """The public names of TensorFlow's functions, found in the first of the namespaces that has them."""
        for namespace in namespaces:
            for name in dir(namespace):
                value = getattr(namespace, name, None) if not name.startswith('_') else None
                if callable(value) and not isinstance(value, types.ModuleType):
                    self._names.setdefault(id(value), (value, name))

    def form(self, value, depth=0):
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, enum.Enum):
            return {'enum': value.name}
        if isinstance(value, (int, float)):
            return value if math.isfinite(value) else {'float': repr(float(value))}
        if isinstance(value, bytes):
            return {'bytes': value.decode('latin-1')}
        if depth > MAX_DEPTH:
            return {'instance': type(value).__name__}
        inner = functools.partial(self.form, depth=depth + 1)
        if isinstance(value, (list, tuple)):
            return [inner(one) for one in value]
        if isinstance(value, dict):
            return {self._key(key): inner(one) for key, one in value.items()}
        if isinstance(value, (set, frozenset)):
            return {'set': sorted((inner(one) for one in value), key=repr)}
        known = self._described.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        return self._of_library(value, inner)

    def _key(self, key):
        """Plain keys as Python writes them; others by their normal form, since Python would write addresses."""
        plain = key is None or isinstance(key, (bool, int, float, str))
        return str(key) if plain else json.dumps(self.form(key), sort_keys=True)

    def _of_library(self, value, inner):
        kind = type(value)
        if kind.__module__.startswith('numpy') and hasattr(value, 'ndim'):
            return _array(value, inner)
        if kind.__name__ == 'Dimension':
            return value.value
        if kind.__name__ == 'TensorShape':
            return [getattr(one, 'value', one) for one in value.dims or []]
        if kind.__name__ == 'DType':
            return {'dtype': value.name}
        if kind.__name__ == 'VariableScope':
            return _object('variable_scope', {'name': value.name})
        if _is_tensor(value):
            return {'tensor': True}
        if kind.__name__ in INITIALIZERS and 'init_ops' in kind.__module__:
            return self._initializer(value, inner)
        if 'regularizers' in kind.__module__ and hasattr(value, 'get_config'):
            return _object('keras.' + kind.__name__.lower(), {k: inner(v) for k, v in value.get_config().items()})
        return self._callable(value, inner)

    def _initializer(self, value, inner):
        name, arguments = INITIALIZERS[type(value).__name__]
        described = {}
        for argument in arguments + ('seed',):
            found = getattr(value, argument, getattr(value, '_' + argument, None))
            if argument != 'seed' or found is not None:
                described[argument] = inner(found)
        return _object(name, described)

    def _callable(self, value, inner):
        if isinstance(value, functools.partial):
            return {'partial': inner(value.func), 'args': [inner(one) for one in value.args],
                    'keywords': {key: inner(one) for key, one in value.keywords.items()}}
        if inspect.isclass(value) and value.__name__ in INITIALIZERS and 'init_ops' in value.__module__:
            return {'function': INITIALIZERS[value.__name__][0]}
        if isinstance(value, types.ModuleType):
            return {'module': value.__name__.rsplit('.', 1)[-1]}
        plain = (type, types.FunctionType, types.BuiltinFunctionType, types.MethodType)
        if isinstance(value, plain) or hasattr(value, '__wrapped__'):
            return {'function': self._function_name(value)}
        return {'callable' if callable(value) else 'instance': type(value).__name__}

    def _function_name(self, value):
        known = self._names.get(id(value))
        if known is not None and known[0] is value:
            return CANONICAL_OPS.get(known[1], known[1])
        name = getattr(value, '__qualname__', None) or value.__name__
        name = name.rsplit('<locals>.', 1)[-1]
        return CANONICAL_OPS.get(name, name)


def _object(kind, arguments):
    return {'object': kind, 'args': arguments}


def _array(value, inner):
    if value.ndim == 0:
        return inner(value.item())
    if value.size <= MAX_ARRAY:
        return {'ndarray': value.tolist()}
    return {'ndarray': None, 'shape': list(value.shape)}


def _is_tensor(value):
    return any(base.__name__ in TENSORS and base.__module__.startswith(('tensorflow', 'tf_keras', 'keras'))
               for base in type(value).__mro__)
