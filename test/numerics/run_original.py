"""Runs each case under real tf_slim in graph mode and writes its variables, outputs, losses and gradients.

Usage: run_original.py CASES.json FOLDER
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
# The same kernels on both sides: in graphs oneDNN replaces some, and its gradient of max_pool3d goes to one of several equal
# values, while that of TensorFlow goes to all of them.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import sys
import types

import numpy as np
import tensorflow.compat.v1 as tf1
import tf_keras.src.legacy_tf_layers.convolutional
import tf_keras.src.legacy_tf_layers.core
import tf_keras.src.legacy_tf_layers.normalization
import tf_keras.src.legacy_tf_layers.pooling

from tensorflow.python.framework import ops

import programs

tf1.disable_eager_execution()

# tf_slim 1.1.0 knows the class by the module where it was defined until TensorFlow 2.14.
if not hasattr(ops, "Tensor"):
    ops.Tensor = tf1.Tensor

# TensorFlow looks for the old layer where tf_keras had it until it moved its sources.
sys.modules["tf_keras.legacy_tf_layers.normalization"] = tf_keras.src.legacy_tf_layers.normalization


# The graph as written: the optimizer fuses layers only for some activations, and stops at the others.
session_config = tf1.ConfigProto()
session_config.graph_options.rewrite_options.disable_meta_optimizer = True


# What `tf.layers` was: TensorFlow 2 hides it behind a lazy module that Keras 3 cannot serve.
legacy = tf_keras.src.legacy_tf_layers
tf1.layers = types.SimpleNamespace(
    **{
        name: value
        for module in [legacy.convolutional, legacy.core, legacy.normalization, legacy.pooling]
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__
    }
)


def build(case, shape):
    namespace = {"images": tf1.placeholder(tf1.float32, shape, name="images"), "__name__": "case"}
    # The cases say `import tensorflow as tf` and mean TensorFlow 1.
    source = case["original"].replace("import tensorflow as tf\n", "import tensorflow.compat.v1 as tf\n")
    exec(compile(source, case["name"], "exec"), namespace)
    return namespace["images"], namespace["net"]


def run(case, folder):
    with tf1.Graph().as_default(), tf1.Session(config=session_config) as session:
        images, net = build(case, case["shape"])
        variables = tf1.global_variables()
        session.run(tf1.global_variables_initializer())
        values = [
            programs.random_value(case, index, variable.op.name, variable.shape.as_list())
            for index, variable in enumerate(variables)
        ]
        load(session, variables, values)
        feed = {images: programs.random_images(case)}
        output = session.run(net, feed)
        penalties = tf1.get_collection(tf1.GraphKeys.REGULARIZATION_LOSSES)
        scalar = tf1.reduce_sum(net * programs.loss_factors(case, output.shape))
        scalar += tf1.add_n(penalties) if penalties else 0.0
        trainable = tf1.trainable_variables()
        result = {
            "output": output,
            "penalty": session.run(tf1.add_n(penalties), feed) if penalties else np.float32(0),
        }
        for variable, value in zip(variables, values):
            result["variable:" + variable.op.name] = value
        for variable, gradient in zip(trainable, tf1.gradients(scalar, trainable)):
            result["gradient:" + variable.op.name] = session.run(gradient, feed)
        # One step, also where running the net updates the moving averages by itself.
        load(session, variables, values)
        session.run([net, tf1.get_collection(tf1.GraphKeys.UPDATE_OPS)], feed)
        for variable in variables:
            result["after:" + variable.op.name] = session.run(variable)
        result["trainable"] = np.array([variable.op.name for variable in trainable])
        np.savez(os.path.join(folder, case["name"] + ".npz"), **result)


def load(session, variables, values):
    for variable, value in zip(variables, values):
        variable.load(value, session)


def draw(case, folder):
    """The initial values of a kernel that is large enough to tell 0.3 % of standard deviation apart."""
    with tf1.Graph().as_default(), tf1.Session(config=session_config) as session:
        build(case, case["shape"])
        session.run(tf1.global_variables_initializer())
        values = {
            "variable:" + variable.op.name: session.run(variable)
            for variable in tf1.global_variables()
        }
        np.savez(os.path.join(folder, case["name"] + ".npz"), **values)


if __name__ == "__main__":
    cases, folder = programs.arguments()
    for case in cases:
        try:
            (draw if case.get("draw") else run)(case, folder)
        except Exception as error:
            if not case.get("random"):
                raise
            with open(os.path.join(folder, case["name"] + ".failed"), "w", encoding="utf-8") as file:
                file.write(f"{type(error).__name__}: {error}")
