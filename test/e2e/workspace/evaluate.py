"""Evaluates the network of residual_network.py."""

import tf_slim as slim

from residual_network import network
from scopes import network_arg_scope


def evaluate(images):
    with slim.arg_scope(network_arg_scope()):
        return network(images, classes=1000)
