"""Runs migrated networks under Keras with the checkpoints of the originals; prints the differences as JSON.

Usage: converted_net.py RUNS.json FOLDER
With TF_USE_LEGACY_KERAS=1 it runs on Keras 2.
"""

import importlib
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np
import tensorflow as tf

import shared

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "server", "python"))
from slimscope_weights import load_checkpoint

keras = tf.keras


def compare(one, folder):
    keras.backend.clear_session()
    keras.backend.set_floatx(one["dtype"])
    stored = np.load(os.path.join(folder, one["name"] + ".npz"))
    build = shared.load_build(os.path.join(one["folder"], "converted"))
    inputs = keras.Input(batch_shape=one["shape"])
    net, end_points = build(inputs, one["isTraining"])
    outputs = {"net": net}
    outputs.update((key, value) for key, value in end_points.items() if is_symbolic(value))
    model = keras.Model(inputs, outputs)
    report = load_checkpoint(model, os.path.join(folder, one["name"] + ".ckpt"), os.path.join(one["folder"], "weights.json"))
    images = shared.random_images(one)
    names = [key[len("gradient:"):] for key in stored.files if key.startswith("gradient:")]
    with tf.GradientTape() as tape:
        weights = [value_of(report.loaded[name]) for name in names]
        for weight in weights:
            tape.watch(weight)
        actual = model(images)
        penalty = tf.add_n(model.losses) if model.losses else tf.constant(0.0, one["dtype"])
        scalar = tf.reduce_sum(actual["net"] * shared.loss_factors(one, actual["net"].shape)) + penalty
    gradients = tape.gradient(scalar, weights)
    expected = {key[len("output:"):]: stored[key] for key in stored.files if key.startswith("output:")}
    after = {key[len("after:"):]: stored[key] for key in stored.files if key.startswith("after:")}
    result = {
        "missingEndPoints": sorted(set(expected) - set(actual)),
        "outputs": {key: difference(actual[key], value) for key, value in expected.items() if key in actual},
        "largest": float(np.abs(expected["net"]).max()),
        "penalty": difference(penalty, stored["penalty"]),
        "gradient": gradient_difference(gradients, [stored["gradient:" + name] for name in names]),
        "movingMean": moved(report, after, "moving_mean"),
        "movingVariance": moved(report, after, "moving_variance"),
        "parameters": [int(model.count_params()), int(stored["parameters"])],
        "loaded": len(report.loaded),
        "extra": report.extra,
    }
    # What training did to the moving averages is taken back, so that both models start equally.
    load_checkpoint(model, os.path.join(folder, one["name"] + ".ckpt"), os.path.join(one["folder"], "weights.json"))
    result["saved"] = saved_difference(model, images, actual, os.path.join(folder, one["name"] + ".keras"))
    return result


def saved_difference(model, images, actual, path):
    model.save(path)
    again = keras.models.load_model(path)(images)
    os.remove(path)
    again = again if isinstance(again, dict) else dict(zip(sorted(actual), again))
    return max(difference(again[key], value) for key, value in actual.items())


def is_symbolic(value):
    return keras.backend.is_keras_tensor(value)


def value_of(weight):
    return weight.value if hasattr(weight, "value") and not callable(weight.value) else weight


def moved(report, after, kind):
    """Largest difference of the moving averages after one step, each relative to its size."""
    return max([difference(report.loaded[name], value) for name, value in after.items() if kind in name], default=0.0)


def gradient_difference(actual, expected):
    """Relative to the largest gradient of all: some are zero but for rounding."""
    scale = max([float(np.abs(one).max()) for one in expected], default=0.0)
    errors = [
        float("inf") if one is None else float(np.abs(np.asarray(one) - other).max())
        for one, other in zip(actual, expected)
    ]
    return max(errors, default=0.0) / max(scale, 1e-30)


def difference(actual, expected):
    """Largest absolute difference, relative to the largest expected value."""
    actual, expected = np.asarray(actual), np.asarray(expected)
    if actual.shape != expected.shape:
        return float("inf")
    scale = max(float(np.abs(expected).max()) if expected.size else 0.0, 1e-30)
    return float(np.abs(actual.astype(np.float64) - expected).max() / scale) if expected.size else 0.0


if __name__ == "__main__":
    runs, folder = shared.arguments()
    results = {}
    for one in runs:
        start = time.time()
        try:
            results[one["name"]] = dict(compare(one, folder), seconds=round(time.time() - start, 1))
        except Exception as error:  # Told as the result of this network; the others still run.
            results[one["name"]] = {"error": "%s: %s" % (type(error).__name__, str(error)[:2000])}
            if os.environ.get("SLIMSCOPE_NUMERICS_TRACE"):
                import traceback

                traceback.print_exc()
    version = getattr(keras, "__version__", None) or importlib.import_module("tf_keras").__version__
    print("RESULT " + json.dumps({"tensorflow": tf.__version__, "keras": version, "nets": results}))
