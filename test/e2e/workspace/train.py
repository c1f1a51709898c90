"""Trains the network of residual_network.py."""

import tf_slim as slim

from residual_network import network
from scopes import network_arg_scope


def train(images):
    with slim.arg_scope(network_arg_scope(weight_decay=0.001, is_training=True)):
        return network(images, classes=1000)
