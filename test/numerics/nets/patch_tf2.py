"""Makes tf_slim 1.1.0 run on TensorFlow 2 versions that are newer than itself."""

import sys

import tensorflow.compat.v1 as tf1
import tf_keras.src.legacy_tf_layers.normalization
from tensorflow.python.framework import ops

# tf_slim knows the class by the module where it was defined until TensorFlow 2.14.
if not hasattr(ops, "Tensor"):
    ops.Tensor = tf1.Tensor

# TensorFlow looks for the old layer where tf_keras had it until it moved its sources.
sys.modules["tf_keras.legacy_tf_layers.normalization"] = tf_keras.src.legacy_tf_layers.normalization
