"""What the loader does with checkpoints that fit, and with those that do not. Prints the names of the checks that held.

Usage: run_loader.py FOLDER
With TF_USE_LEGACY_KERAS=1 it runs on Keras 2.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np
import tensorflow as tf

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "server", "python"))
from slimscope_weights import load_checkpoint

keras = tf.keras
tf1 = tf.compat.v1
folder = sys.argv[1]
held = []


def checkpoint(name, variables):
    """Writes a checkpoint with these shapes, each variable full of a number of its own."""
    path = os.path.join(folder, name)
    with tf.Graph().as_default(), tf1.Session() as session:
        made = [
            tf1.get_variable(key, initializer=np.full(shape, index + 1, np.float32))
            for index, (key, shape) in enumerate(variables.items())
        ]
        session.run(tf1.global_variables_initializer())
        tf1.train.Saver(made).save(session, path, write_meta_graph=False, write_state=False)
    return path


def dense(name, scope=None, pattern=None, transform="identity"):
    weights = [
        {"weight": "kernel", "variables": ["weights", "kernel"], "transform": transform},
        {"weight": "bias", "variables": ["biases", "bias"], "transform": "identity"},
    ]
    return {"name": name, "pattern": pattern, "class": "Dense", "scope": scope, "weights": weights, "at": "net.py:1"}


def model(*names):
    inputs = outputs = keras.Input([3])
    for name in names:
        outputs = keras.layers.Dense(3, name=name)(outputs)
    return keras.Model(inputs, outputs)


def layers_map(*layers):
    return {"schemaVersion": 1, "layers": list(layers)}


def first(net, index=0):
    return float(np.asarray(net.weights[index]).ravel()[0])


def fails(net, *args, **kwargs):
    before = [np.array(weight) for weight in net.weights]
    try:
        load_checkpoint(net, *args, **kwargs)
    except ValueError as error:
        assert all(np.array_equal(one, weight) for one, weight in zip(before, net.weights)), "something has changed"
        return str(error)
    raise AssertionError("it loaded")


def check(name, condition, shown):
    assert condition, "%s: %s" % (name, shown)
    held.append(name)


def pair(scope):
    return {scope + "/weights": [3, 3], scope + "/biases": [3]}


fits = checkpoint("fits", pair("net/fc/a"))
net = model("fc_a")
report = load_checkpoint(net, fits, layers_map(dense("fc_a", "fc/a")))
check("a scope in front", first(net) == 1 and sorted(report.loaded) == ["net/fc/a/biases", "net/fc/a/weights"], report)
report = load_checkpoint(model("net_fc_a"), fits, layers_map(dense(None, pattern="*_a")))
check("a pattern", len(report.loaded) == 2 and not report.extra, report)

training = dict(pair("fc"), global_step=[], beta1_power=[])
training.update({"fc/weights/Adam": [3, 3], "fc/weights/Adam_1": [3, 3], "fc/weights/ExponentialMovingAverage": [3, 3]})
path = checkpoint("training", training)
net = model("fc")
report = load_checkpoint(net, path, layers_map(dense("fc")))
check("training is passed over", report.ignored == 5 and not report.extra and first(net) == 1, report)
load_checkpoint(net, path, layers_map(dense("fc")), averages=True)
check("averages", first(net) == 7 and first(net, 1) == 2, first(net))

text = fails(model("fc_a", "other"), fits, layers_map(dense("fc_a"), dense("other")))
check("missing", "1 weights without a variable" in text and "other: no variables for it" in text, text)
text = fails(model("fc_a", "new"), fits, layers_map(dense("fc_a")))
check("a layer that the map lacks", "new (Dense): the map has no such layer" in text, text)
path = checkpoint("shape", {"fc/weights": [3, 5], "fc/biases": [3]})
text = fails(model("fc"), path, layers_map(dense("fc")))
check("another shape", "fc.kernel is [3, 3], `fc/weights` is [3, 5]" in text, text)
report = load_checkpoint(model("fc"), path, layers_map(dense("fc")), strict=False)
check("what can be loaded", list(report.loaded) == ["fc/biases"] and len(report.shapes) == 1, report)

path = checkpoint("two", dict(pair("a/b_c"), **pair("a_b/c")))
text = fails(model("a_b_c"), path, layers_map(dense("a_b_c")))
check("ambiguous", "a_b_c: `a/b_c`, `a_b/c`" in text, text)
net = model("a_b_c")
report = load_checkpoint(net, path, layers_map(dense("a_b_c", "a_b/c")))
check("the map knows the scope", first(net) == 3 and len(report.extra) == 2, report)
net = model("a_b_c")
load_checkpoint(net, path, layers_map(dense("a_b_c")), names={"a_b_c": "a_b/c"})
check("named by hand", first(net) == 3, first(net))

path = checkpoint("towers", dict(pair("tower_0/fc"), **pair("tower_1/fc")))
text = fails(model("fc"), path, layers_map(dense("fc")))
check("two towers", "tower_0/fc" in text and "tower_1/fc" in text, text)
net = model("fc")
load_checkpoint(net, path, layers_map(dense("fc")), scope="tower_1")
check("the scope that is meant", first(net) == 3, first(net))

path = checkpoint("head", dict(pair("net/fc"), **{"net/Logits/weights": [3, 9], "net/Logits/biases": [9]}))
net = model("fc", "Logits")
report = load_checkpoint(net, path, layers_map(dense("fc"), dense("Logits")), exclude=["Logits"])
check("excluded", len(report.loaded) == 2 and len(report.excluded) == 2 and first(net) == 1, report)

keras.backend.clear_session()
path = checkpoint("numbered", dict(pair("fully_connected"), **pair("fully_connected_1")))
net = model(None, None)
text = fails(net, path, layers_map(dense(None)))
check("a hint for layers without names", "by order it would be `fully_connected_1`" in text, text)
load_checkpoint(net, path, layers_map(dense(None)), by_order=True)
check("by order", (first(net), first(net, 2)) == (1, 3), (first(net), first(net, 2)))

path = checkpoint("convolution", {"fc/weights": [1, 1, 3, 3], "fc/biases": [3]})
net = model("fc")
load_checkpoint(net, path, layers_map(dense("fc", transform={"reshape": [3, 3]})))
check("reshaped", first(net) == 1, first(net))
text = fails(net, path, {"schemaVersion": 2, "layers": []})
check("a map of another version", "maps of version 1" in text, text)

print("RESULT " + json.dumps(held))
