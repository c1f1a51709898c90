"""What both sides of the proof of whole networks share: random numbers by name, and loading a program."""

import importlib
import json
import os
import sys
import zlib

import numpy as np


def arguments():
    """The runs, and the folder that the two sides exchange arrays in."""
    with open(sys.argv[1]) as file:
        return json.load(file), sys.argv[2]


def load_build(folder):
    """The function `build` of the program in a folder, whose modules have the same names in each."""
    for name in [name for name in sys.modules if name == "model" or name.split(".")[0] == "nets"]:
        del sys.modules[name]
    sys.path.insert(0, folder)
    try:
        importlib.invalidate_caches()
        return importlib.import_module("model").build
    finally:
        sys.path.remove(folder)


def generator(one, name):
    return np.random.RandomState(zlib.crc32((one["name"] + ":" + name).encode()) % 2**31)


def random_images(one):
    return generator(one, "images").normal(size=one["shape"]).astype(one["dtype"])


def random_value(one, name, shape):
    """Values that keep the numbers of a deep network in the range of its inputs; nothing is left at its default."""
    random = generator(one, name)
    last = os.path.basename(name)
    if last in ("gamma", "moving_variance"):
        value = random.uniform(0.5, 1.5, size=shape)
    elif len(shape) < 2:
        value = random.normal(scale=0.1, size=shape)
    else:
        value = random.normal(scale=np.sqrt(2.0 / np.prod(shape[:-1])), size=shape)
    return value.astype(one["dtype"])


def loss_factors(one, shape):
    """Makes a scalar of the output, so that every gradient is exercised."""
    return generator(one, "factors").normal(size=shape).astype(one["dtype"])
