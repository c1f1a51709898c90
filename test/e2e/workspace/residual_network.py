"""A residual network. Its layers get their arguments from those who call it: train.py and evaluate.py."""

import tf_slim as slim


def unit(net, depth, stride=1):
    shortcut = slim.conv2d(net, depth, [1, 1], stride=stride, activation_fn=None, scope="shortcut")
    net = slim.conv2d(net, depth, [3, 3], stride=stride, scope="conv1")
    net = slim.conv2d(net, depth, [3, 3], activation_fn=None, scope="conv2")
    return slim.max_pool2d(shortcut + net, [2, 2], scope="pool")


def network(images, classes):
    net = slim.conv2d(images, 32, [3, 3], stride=2, scope="stem")
    net = unit(net, 64)
    net = unit(net, 128, stride=2)
    net = unit(net, 256, stride=2)
    return slim.fully_connected(slim.flatten(net), classes, activation_fn=None, scope="logits")
