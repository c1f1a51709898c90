"""What the two sides of the numerical proof share: reading cases, random inputs, comparing arrays."""

import json
import os
import sys

import numpy as np


def read_cases(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def random_images(case):
    """The same numbers on both sides: the seed comes from the name of the case."""
    generator = np.random.default_rng(seed_of(case))
    return generator.normal(size=case["shape"]).astype(np.float32)


def random_value(case, index, name, shape):
    """A value for a variable; variances are positive, and small enough for epsilon to matter."""
    generator = np.random.default_rng(seed_of(case) + 1000 + index)
    if name.endswith("moving_variance"):
        return generator.uniform(1e-6, 1e-4, size=shape).astype(np.float32)
    return generator.normal(scale=0.3, size=shape).astype(np.float32)


def loss_factors(case, shape):
    """Makes a scalar of the output, so that every gradient is exercised."""
    generator = np.random.default_rng(seed_of(case) + 1)
    return generator.normal(size=shape).astype(np.float32)


def seed_of(case):
    return sum(ord(character) * (index + 1) for index, character in enumerate(case["name"])) % 100000


def statistics(values):
    values = np.asarray(values, dtype=np.float64).ravel()
    return {
        "mean": float(values.mean()),
        "std": float(values.std()),
        "min": float(values.min()),
        "max": float(values.max()),
    }


def arguments():
    """Path of the cases, and the folder that the two sides exchange arrays in."""
    cases, folder = sys.argv[1:3]
    os.makedirs(folder, exist_ok=True)
    return read_cases(cases), folder
