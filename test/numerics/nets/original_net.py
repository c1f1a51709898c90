"""Runs networks under real tf_slim in graph mode; writes their checkpoints, outputs, losses and gradients.

Usage: original_net.py RUNS.json FOLDER
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np
import tensorflow.compat.v1 as tf1

import shared
from batch_norm_64 import fused_batch_norm
from tensorflow.python.ops import nn

if not tf1.__version__.startswith("1"):
    import patch_tf2  # noqa: F401  Makes tf_slim 1.1.0 run on a TensorFlow that is newer than itself.

tf1.disable_eager_execution()
tf1.logging.set_verbosity(tf1.logging.ERROR)

config = tf1.ConfigProto()
# The graph as written: the optimizer fuses layers only for some activations, and stops at the others.
config.graph_options.rewrite_options.disable_meta_optimizer = True


real_batch_norm = nn.fused_batch_norm


def run(one, folder):
    build = shared.load_build(os.path.join(one["folder"], "original"))
    nn.fused_batch_norm = real_batch_norm if one["dtype"] == "float32" else fused_batch_norm
    with tf1.Graph().as_default(), tf1.Session(config=config) as session:
        images = tf1.placeholder(one["dtype"], one["shape"], name="images")
        net, end_points = build(images, one["isTraining"])
        outputs = {"net": net}
        outputs.update((key, value) for key, value in end_points.items() if isinstance(value, tf1.Tensor))
        variables = tf1.global_variables()
        values = {
            variable.op.name: shared.random_value(one, variable.op.name, variable.shape.as_list())
            for variable in variables
        }
        session.run(tf1.global_variables_initializer())
        for variable in variables:
            variable.load(values[variable.op.name], session)
        tf1.train.Saver(variables).save(
            session, os.path.join(folder, one["name"] + ".ckpt"), write_meta_graph=False, write_state=False
        )
        feed = {images: shared.random_images(one)}
        result = {"output:" + key: value for key, value in session.run(outputs, feed).items()}
        penalties = tf1.get_collection(tf1.GraphKeys.REGULARIZATION_LOSSES)
        penalty = tf1.add_n(penalties) if penalties else tf1.constant(0.0, one["dtype"])
        result["penalty"] = session.run(penalty)
        scalar = tf1.reduce_sum(net * shared.loss_factors(one, result["output:net"].shape)) + penalty
        trainable = tf1.trainable_variables()
        gradients = tf1.gradients(scalar, trainable)
        pairs = [(variable, gradient) for variable, gradient in zip(trainable, gradients) if gradient is not None]
        for (variable, _), gradient in zip(pairs, session.run([gradient for _, gradient in pairs], feed)):
            result["gradient:" + variable.op.name] = gradient
        session.run([net, tf1.get_collection(tf1.GraphKeys.UPDATE_OPS)], feed)
        for variable in variables:
            if "moving_" in variable.op.name:
                result["after:" + variable.op.name] = session.run(variable)
        result["parameters"] = sum(value.size for value in values.values())
        np.savez(os.path.join(folder, one["name"] + ".npz"), **result)


if __name__ == "__main__":
    runs, folder = shared.arguments()
    errors = {}
    for one in runs:
        try:
            run(one, folder)
        except Exception as error:  # Told as the result of this network; the others still run.
            errors[one["name"]] = "%s: %s" % (type(error).__name__, error)
    print("RESULT " + json.dumps({"tensorflow": tf1.__version__, "python": sys.version.split()[0], "errors": errors}))
