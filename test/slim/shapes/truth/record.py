"""Records the shapes and variables that TensorFlow gives to networks of tf_slim, and to the small ones of cases.py.

    python record.py OUT

For each network, in order: the output shape of every layer that names its output, and all variables.
"""
import importlib
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', '..', 'oracle', 'recorder'))
os.environ['TF_USE_LEGACY_KERAS'] = '1'
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

import tensorflow.compat.v1 as tf  # noqa: E402
import tf_slim as slim  # noqa: E402
from tf_slim.layers import utils  # noqa: E402
from compatibility import mend_tensorflow2  # noqa: E402

mend_tensorflow2()

outputs = []
collect = utils.collect_named_outputs


def noting(collections, alias, result):
    # Whoever names the output of a block is no layer of the library.
    if sys._getframe(1).f_code.co_filename.endswith(('layers/layers.py', 'layers/normalization.py')):
        outputs.append([alias.rstrip('/'), result.get_shape().as_list()])
    return collect(collections, alias, result)


utils.collect_named_outputs = noting


def record(build, shape):
    outputs.clear()
    with tf.Graph().as_default():
        build(tf.placeholder(tf.float32, shape))
        trained = {variable.name for variable in tf.trainable_variables()}
        variables = [
            [variable.name.split(':')[0], variable.get_shape().as_list(), variable.name in trained]
            for variable in tf.global_variables()
        ]
    # A normalizer stands after its layer in the list, whose last word is what the layer itself says.
    layers = [one for i, one in enumerate(outputs) if not is_inside(one[0], outputs[i + 1:])]
    return {'layers': layers, 'variables': variables}


def is_inside(name, following):
    return any(name.startswith(other + '/') for other, _ in following[:2])


def network(entry):
    module = importlib.import_module('tf_slim.nets.' + entry['module'])
    given = eval('dict(%s)' % entry.get('arguments', ''))

    def build(inputs):
        scope = getattr(module, entry['scope'])() if 'scope' in entry else {}
        with slim.arg_scope(scope):
            getattr(module, entry['function'])(inputs, **given)

    return build


def main(out):
    with open(os.path.join(HERE, 'networks.json')) as file:
        networks = json.load(file)
    truth = {'networks': [record(network(entry), entry['input']) for entry in networks], 'cases': {}}
    sys.path.insert(0, HERE)
    with open(os.path.join(HERE, 'cases.py')) as file:
        found = re.findall(r'^# (\S+)\ndef (\w+)\(', file.read(), re.M)
    cases = importlib.import_module('cases')
    for shape, name in found:
        dims = [None if dim == '?' else int(dim) for dim in shape.split('x')]
        truth['cases'][name] = dict(record(getattr(cases, name), dims), input=dims)
    with open(out, 'w') as file:
        json.dump(truth, file, separators=(',', ':'))
        file.write('\n')


main(sys.argv[1])
