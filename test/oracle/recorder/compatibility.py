"""Mends what TensorFlow 2 moved away from under tf_slim: names only, no behaviour."""
import importlib
import sys


def mend_tensorflow2():
    """TensorFlow looks for the old layers where tf_keras had them until it moved its sources."""
    for name in ('', '.base', '.convolutional', '.core', '.normalization', '.pooling'):
        sys.modules['tf_keras.legacy_tf_layers' + name] = importlib.import_module('tf_keras.src.legacy_tf_layers' + name)
    base = importlib.import_module('tf_keras.src.layers.convolutional.base_conv')
    base.Conv._convolution_op = property(lambda layer: layer.convolution_op)
