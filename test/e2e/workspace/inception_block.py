"""Parts of an Inception-style network: hover over the slim calls to see what they really receive."""

import tensorflow as tf
import tf_slim as slim

from scopes import network_arg_scope


def stem(images):
    with slim.arg_scope([slim.conv2d, slim.max_pool2d], stride=1, padding="VALID"):
        net = slim.conv2d(images, 32, [3, 3], stride=2, scope="conv1")
        net = slim.conv2d(net, 64, [3, 3], padding="SAME", scope="conv2")
        return slim.max_pool2d(net, [3, 3], stride=2, scope="pool1")


def block(net):
    with slim.arg_scope(network_arg_scope()):
        with slim.arg_scope([slim.conv2d, slim.avg_pool2d], stride=1):
            narrow = slim.conv2d(net, 64, [1, 1], scope="narrow")
            wide = slim.conv2d(net, 48, [1, 1], scope="wide_1x1")
            wide = slim.conv2d(wide, 64, [5, 5], scope="wide_5x5")
            pooled = slim.avg_pool2d(net, [3, 3], padding="SAME", scope="pool")
            pooled = slim.conv2d(pooled, 32, [1, 1], normalizer_fn=None, scope="pool_1x1")
            return tf.concat([narrow, wide, pooled], axis=3)


def reduction(net):
    with slim.arg_scope(network_arg_scope()):
        with slim.arg_scope([slim.conv2d, slim.max_pool2d], stride=2, padding="VALID"):
            small = slim.conv2d(net, 96, [3, 3], scope="small")
            pooled = slim.max_pool2d(net, [3, 3], scope="pool")
            return tf.concat([small, pooled], axis=3)


def head(net, classes):
    net = slim.conv2d(net, 128, [1, 1], reuse=True, scope="shared")
    return tf.layers.conv2d(net, classes, 1, name="logits")
