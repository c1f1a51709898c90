"""Runs each converted case under Keras with the variables of the original, and prints the differences as JSON.

Usage: run_converted.py CASES.json FOLDER
With TF_USE_LEGACY_KERAS=1 it runs on Keras 2.
"""

import importlib
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
# The same kernels on both sides: in graphs oneDNN replaces some, and its gradient of max_pool3d goes to one of several equal
# values, while that of TensorFlow goes to all of them.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy as np
import tensorflow as tf

import programs

# Order of a layer's weights in Keras, by the last part of the name that slim gives the variable.
ORDER = [
    "depthwise_weights",
    "depthwise_kernel",
    "pointwise_weights",
    "pointwise_kernel",
    "weights",
    "kernel",
    "biases",
    "bias",
    "gamma",
    "beta",
    "moving_mean",
    "moving_variance",
]


# Layers with weights, in the order in which the program makes them; a model sorts them otherwise.
made = []


def record(layer_class):
    original = layer_class.__init__

    def __init__(self, *args, **kwargs):
        original(self, *args, **kwargs)
        # A class may be built upon another one of the list.
        if not any(layer is self for layer in made):
            made.append(self)

    layer_class.__init__ = __init__


for name in ["Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "Conv3DTranspose", "DepthwiseConv2D", "Dense"]:
    record(getattr(tf.keras.layers, name))
for name in ["SeparableConv1D", "SeparableConv2D"]:
    record(getattr(tf.keras.layers, name))
for name in ["BatchNormalization", "GroupNormalization", "LayerNormalization"]:
    record(getattr(tf.keras.layers, name))

# Values for the layers that a program makes while it runs, in their order.
waiting = []


def fill(layer_class):
    original = layer_class.build

    def build(self, input_shape):
        original(self, input_shape)
        if waiting:
            for weight, value in zip([self.kernel, self.bias], waiting.pop(0)):
                weight.assign(value)

    layer_class.build = build


fill(tf.keras.layers.Conv2D)


def build(case):
    made.clear()
    images = tf.keras.Input(batch_shape=case["shape"])
    namespace = {"images": images, "__name__": "case"}
    exec(compile(case["converted"], case["name"], "exec"), namespace)
    return tf.keras.Model(images, namespace["net"])


def scopes_of(stored):
    """Variables of the original, by layer (a batch_norm is a layer of its own), in order of creation."""
    layers = {}
    for key in stored.files:
        if key.startswith("variable:"):
            name = key[len("variable:"):]
            # The bias that `bias_add` adds is one of the layer before it.
            scope = os.path.dirname(name)
            layers.setdefault(scope[: -len("/BiasAdd")] if scope.endswith("/BiasAdd") else scope, []).append(name)
    for names in layers.values():
        names.sort(key=lambda name: ORDER.index(os.path.basename(name)))
    return list(layers.values())


def compare(case, folder):
    tf.keras.backend.clear_session()
    stored = np.load(os.path.join(folder, case["name"] + ".npz"))
    model = build(case)
    layers = [layer for layer in made if layer.weights]
    scopes = scopes_of(stored)
    assert len(layers) == len(scopes), (len(layers), scopes)
    by_name = {}
    for layer, names in zip(layers, scopes):
        layer.set_weights([stored["variable:" + name] for name in names])
        # Keras orders trainable ones first; the names are sorted in that order too.
        for weight, name in zip(layer.weights, ordered(layer, names)):
            by_name[name] = weight
    factors = programs.loss_factors(case, stored["output"].shape)
    trainable = [str(name) for name in stored["trainable"]]
    with tf.GradientTape() as tape:
        weights = [value_of(by_name[name]) for name in trainable]
        for weight in weights:
            tape.watch(weight)
        output = model(programs.random_images(case))
        penalty = tf.add_n(model.losses) if model.losses else tf.constant(0.0)
        scalar = tf.reduce_sum(output * factors) + penalty
    gradients = tape.gradient(scalar, weights)
    return {
        "output": difference(output, stored["output"]),
        "penalty": difference(penalty, stored["penalty"]),
        "gradient": gradient_difference(gradients, [stored["gradient:" + name] for name in trainable]),
        "moving_mean": moved(by_name, stored, "moving_mean"),
        "moving_variance": moved(by_name, stored, "moving_variance"),
        "moving_variance_exact": moved_exactly(by_name, stored, made),
        "trainable": sorted(trainable) == sorted(trainable_names(model, by_name)),
        "parameters": model.count_params() == sum(stored["variable:" + name].size for names in scopes for name in names),
        "largest": float(np.abs(stored["output"]).max()),
    }


def compare_eagerly(case, folder):
    """For a program of which only the convolutions are Keras: the rest does not take symbolic inputs."""
    stored = np.load(os.path.join(folder, case["name"] + ".npz"))
    made.clear()
    waiting[:] = [[stored["variable:" + name] for name in names] for names in scopes_of(stored)]
    expected = len(waiting)
    images = tf.constant(programs.random_images(case))
    namespace = {"images": images, "__name__": "case"}
    exec(compile(case["converted"], case["name"], "exec"), namespace)
    assert not waiting and len(made) == expected, (len(waiting), len(made), expected)
    return {
        "output": difference(namespace["net"], stored["output"]),
        "parameters": sum(layer.count_params() for layer in made)
        == sum(stored["variable:" + name].size for names in scopes_of(stored) for name in names),
        "layers": len(made),
        "largest": float(np.abs(stored["output"]).max()),
    }


def trainable_names(model, by_name):
    # In Keras 2 a frozen layer's variables still say that they are trainable.
    trainable = {id(weight) for weight in model.trainable_weights}
    return [name for name, weight in by_name.items() if id(weight) in trainable]


def ordered(layer, names):
    """set_weights takes them in the order of `layer.weights`, which Keras 2 and 3 share."""
    assert len(layer.weights) == len(names), (layer.name, names)
    return names


def value_of(weight):
    return weight.value if hasattr(weight, "value") and not callable(weight.value) else weight


def moved(by_name, stored, kind):
    """Difference of the moving averages after one step, relative to their size."""
    return max(
        [difference(weight, stored["after:" + name]) for name, weight in by_name.items() if name.endswith(kind)],
        default=0.0,
    )


def moved_exactly(by_name, stored, layers):
    """Bessel's correction N/(N-1), which a fused layer stores and others do not, is taken out or put in where N is known."""
    worst = 0.0
    for name, weight in by_name.items():
        if not name.endswith("moving_variance"):
            continue
        before, after = stored["variable:" + name], stored["after:" + name]
        [layer] = [one for one in layers if any(weight is other for other in one.weights)]
        shape = layer.input.shape if hasattr(layer, "input") else layer.get_input_at(0).shape
        count = np.prod([int(size) for size in shape]) / after.size
        kept = before * layer.momentum
        candidates = [after, kept + (after - kept) * (count - 1) / count, kept + (after - kept) * count / max(count - 1, 1)]
        worst = max(worst, min(difference(weight, one) for one in candidates))
    return worst


def gradient_difference(actual, expected):
    """Relative to the largest gradient of all: some are zero but for rounding, such as that of a bias that a later
    batch_norm takes out again."""
    scale = max([float(np.abs(one).max()) for one in expected], default=0.0)
    errors = [float(np.abs(np.asarray(one) - other).max()) for one, other in zip(actual, expected)]
    return max(errors, default=0.0) / max(scale, 1e-30)


def difference(actual, expected):
    """Largest absolute difference, relative to the largest expected value."""
    actual, expected = np.asarray(actual), np.asarray(expected)
    if actual.shape != expected.shape:
        return float("inf")
    scale = max(float(np.abs(expected).max()) if expected.size else 0.0, 1e-30)
    return float(np.abs(actual.astype(np.float64) - expected).max() / scale) if expected.size else 0.0


def draw(case, folder):
    tf.keras.backend.clear_session()
    stored = np.load(os.path.join(folder, case["name"] + ".npz"))
    model = build(case)
    names = [name for names in scopes_of(stored) for name in names]
    weights = [weight for layer in made for weight in layer.weights]
    return {
        "variables": [
            {
                "name": name,
                "original": programs.statistics(stored["variable:" + name]),
                "converted": programs.statistics(weight),
            }
            for name, weight in zip(names, weights)
        ]
    }


if __name__ == "__main__":
    cases, folder = programs.arguments()
    results = {}
    for case in cases:
        failed = os.path.join(folder, case["name"] + ".failed")
        if os.path.exists(failed):
            with open(failed, encoding="utf-8") as file:
                results[case["name"]] = {"error": file.read(), "isOriginal": True}
            continue
        try:
            how = draw if case.get("draw") else compare_eagerly if case.get("eager") else compare
            results[case["name"]] = how(case, folder)
        except Exception as error:  # Told as the result of this case; the others still run.
            results[case["name"]] = {"error": f"{type(error).__name__}: {error}"}
    keras = getattr(tf.keras, "__version__", None) or importlib.import_module("tf_keras").__version__
    print("RESULT " + json.dumps({"tensorflow": tf.__version__, "keras": keras, "cases": results}))
