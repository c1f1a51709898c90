"""Stand-ins for TF-Slim's ops with the real names and the real signatures.

The signatures are those of the pinned wheel: each function under `@add_arg_scope` in its layer modules is compiled from
its own syntax tree with another body. The bodies do what matters to arg_scope: convolutions of a fixed rank call
`convolution` by position, layers call their `normalizer_fn` with `normalizer_params` and then their `activation_fn`
(A2, A9), `repeat` and `stack` call the layer (A8). Everything returns a tensor.
"""
import ast
import functools
import os

from values import EnumMember, LibraryObject, DType, Tensor, maker, named_function

LAYER_FILES = ('layers/layers.py', 'layers/normalization.py')
VARIABLE_FILES = ('ops/variables.py',)
HIDDEN = ('_inner_flatten',)
CANONICAL = {
    'convolution1d': 'conv1d', 'convolution2d': 'conv2d', 'convolution3d': 'conv3d',
    'convolution2d_transpose': 'conv2d_transpose', 'convolution3d_transpose': 'conv3d_transpose',
    'convolution2d_in_plane': 'conv2d_in_plane', 'separable_convolution2d': 'separable_conv2d',
}
DIMENSIONS = {'convolution1d': 1, 'convolution2d': 2, 'convolution3d': 3}

FUNCTIONS = {name: named_function(name) for name in ('relu', 'relu6', 'elu', 'sigmoid', 'tanh', 'softplus',
                                                     'leaky_relu', 'identity', 'crelu', 'selu')}

INITIALIZERS = {
    'truncated_normal_initializer': maker('truncated_normal_initializer', [('mean', 0.0), ('stddev', 1.0)]),
    'random_normal_initializer': maker('random_normal_initializer', [('mean', 0.0), ('stddev', 1.0)]),
    'constant_initializer': maker('constant_initializer', [('value', 0)]),
    'zeros_initializer': maker('zeros_initializer', []),
    'ones_initializer': maker('ones_initializer', []),
}

SLIM_OBJECTS = {
    'xavier_initializer': maker('xavier_initializer', [('uniform', True)]),
    'variance_scaling_initializer': maker(
        'variance_scaling_initializer', [('factor', 2.0), ('mode', 'FAN_IN'), ('uniform', False)]),
    'l2_regularizer': maker('l2_regularizer', [('scale', None)]),
    'l1_regularizer': maker('l1_regularizer', [('scale', None)]),
    'l1_l2_regularizer': maker('l1_l2_regularizer', [('scale_l1', 1.0), ('scale_l2', 1.0)]),
}
SLIM_OBJECTS['xavier_initializer_conv2d'] = SLIM_OBJECTS['xavier_initializer']


class Namespace(object):
    def __init__(self, **attributes):
        self.__dict__.update(attributes)


def _definition_names():
    """What the default values in the wheel's sources refer to."""
    keys = Namespace(UPDATE_OPS='update_ops', GLOBAL_VARIABLES='variables', WEIGHTS='weights', BIASES='biases',
                     ACTIVATIONS='activations', LOSSES='losses')
    return dict(
        nn=Namespace(**FUNCTIONS), initializers=Namespace(**SLIM_OBJECTS), init_ops=Namespace(**INITIALIZERS),
        ops=Namespace(GraphKeys=keys), dtypes=Namespace(float32=DType('float32')), functools=functools,
        variables=Namespace(VariableSynchronization=Namespace(AUTO=EnumMember('AUTO')),
                            VariableAggregation=Namespace(NONE=EnumMember('NONE'))))


class Sources(object):
    """The parsed layer modules of the wheel, read once."""

    def __init__(self, folder):
        self.trees = []
        for name in LAYER_FILES + VARIABLE_FILES:
            with open(os.path.join(folder, name)) as file:
                self.trees.append((name, ast.parse(file.read())))


def make_library(sources, machine, module_prefix, received):
    """All public names of one library (tf_slim or contrib), with `machine` as its arg_scope module.

    received(arguments): told by the body of each op.
    """
    public = {}
    for file_name, tree in sources.trees:
        module = module_prefix + '.' + file_name[:-3].replace('/', '.')
        if module_prefix != 'tf_slim' and file_name.startswith('ops/'):
            module = 'tensorflow.contrib.framework.python.ops.variables'
        _define(tree, module, machine, received, public)
    for name in ('arg_scope', 'add_arg_scope', 'current_arg_scope', 'has_arg_scope', 'arg_scoped_arguments',
                 'arg_scope_func_key'):
        public[name] = getattr(machine, name)
    public.update(SLIM_OBJECTS)
    layers = module_prefix + '.layers.layers'
    for name, function in (('repeat', _repeat), ('stack', _stack)):
        public[name] = _in_module(function, name, layers)
    return public


def _define(tree, module, machine, received, public):
    namespace = dict(_definition_names(), __name__=module, received=received, finish=_finish)
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Str, ast.Name, ast.Call)):
            target = node.targets[0].id
            wanted = isinstance(node.value, ast.Str) or target in LATER
            if wanted and not target.startswith('legacy_'):
                exec(compile(ast.Module(body=[node], type_ignores=[]), module, 'exec'), namespace)
                if not isinstance(node.value, ast.Str):
                    public[target] = namespace[target]
        elif isinstance(node, ast.FunctionDef) and _is_decorated(node):
            _define_op(node, module, machine, namespace)
            if node.name not in HIDDEN:
                public[node.name] = namespace[node.name]


LATER = ('elu', 'relu', 'relu6', 'linear', 'conv1d', 'conv2d', 'conv3d', 'conv2d_transpose', 'conv3d_transpose',
         'conv2d_in_plane', 'separable_conv2d')


def _is_decorated(node):
    return any(isinstance(one, ast.Name) and one.id == 'add_arg_scope' for one in node.decorator_list)


def _define_op(node, module, machine, namespace):
    text = 'def f():\n    arguments = locals()\n    received(arguments)\n    return finish(%r, arguments, globals())'
    body = ast.parse(text % node.name).body[0].body
    definition = ast.FunctionDef(name=node.name, args=node.args, body=body, decorator_list=[], returns=None,
                                 lineno=1, col_offset=0, type_params=[])
    tree = ast.fix_missing_locations(ast.Module(body=[definition], type_ignores=[]))
    exec(compile(tree, module, 'exec'), namespace)
    function = namespace[node.name]
    function.op_name = CANONICAL.get(node.name, node.name)
    function.is_library_op = True
    namespace[node.name] = machine.add_arg_scope(function)


def _finish(name, arguments, module):
    """The part of an op's body that arg_scope can see."""
    if name in DIMENSIONS:
        call_convolution(module['convolution'], arguments, DIMENSIONS[name])
    if arguments.get('normalizer_fn') is not None:
        call_normalizer_fn(arguments['normalizer_fn'], arguments['normalizer_params'] or {})
    if arguments.get('activation_fn') is not None:
        call_activation_fn(arguments['activation_fn'])
    return Tensor()


def call_convolution(convolution, arguments, dimensions):
    """The library's own call: all 19 by position. Recorded as part of the call that the user wrote."""
    values = dict(arguments, activation_fn=None, normalizer_fn=None)
    order = ('inputs', 'num_outputs', 'kernel_size', 'stride', 'padding', 'data_format', 'rate', 'activation_fn',
             'normalizer_fn', 'normalizer_params', 'weights_initializer', 'weights_regularizer', 'biases_initializer',
             'biases_regularizer', 'reuse', 'variables_collections', 'outputs_collections', 'trainable', 'scope')
    return convolution(*[values[name] for name in order], conv_dims=dimensions)


def call_normalizer_fn(function, params):
    return function(Tensor(), **params)


def call_activation_fn(function):
    return function(Tensor())


def _in_module(function, name, module):
    def copy(*args, **kwargs):
        return function(*args, **kwargs)

    copy.__name__ = copy.__qualname__ = name
    copy.__module__ = module
    return copy


def _layer_name(layer, otherwise):
    if hasattr(layer, '__name__'):
        return layer.__name__
    if hasattr(layer, 'func') and hasattr(layer.func, '__name__'):
        return layer.func.__name__
    return otherwise


def _repeat(inputs, repetitions, layer, *args, **kwargs):
    scope = kwargs.pop('scope', None)
    if scope is None:
        scope = _layer_name(layer, 'repeat')
    for i in range(repetitions):
        kwargs['scope'] = '%s_%d' % (scope, i + 1)
        inputs = call_repeat(layer, inputs, args, kwargs)
    return inputs


def _stack(inputs, layer, stack_args, **kwargs):
    scope = kwargs.pop('scope', None)
    if not isinstance(stack_args, (list, tuple)):
        raise ValueError('stack_args need to be a list or tuple')
    if scope is None:
        scope = _layer_name(layer, 'stack')
    for i, args in enumerate(stack_args):
        kwargs['scope'] = '%s_%d' % (scope, i + 1)
        inputs = call_stack(layer, inputs, args if isinstance(args, (list, tuple)) else [args], kwargs)
    return inputs


def call_repeat(layer, inputs, args, kwargs):
    return layer(inputs, *args, **kwargs)


def call_stack(layer, inputs, args, kwargs):
    return layer(inputs, *args, **kwargs)
