"""A whole network: "Slimscope: Show Layers" lists its layers with shapes and parameters, and draws its scopes."""

import tensorflow.compat.v1 as tf
import tf_slim as slim

from scopes import network_arg_scope


def tower(net, depth):
    with tf.variable_scope(None, "tower", [net]):
        with slim.arg_scope([slim.conv2d, slim.avg_pool2d], stride=1):
            narrow = slim.conv2d(net, depth, [1, 1], scope="narrow")
            wide = slim.conv2d(net, depth // 2, [1, 1], scope="reduce")
            wide = slim.conv2d(wide, depth, [3, 3], scope="wide")
            pooled = slim.avg_pool2d(net, [3, 3], padding="SAME", scope="pool")
            return tf.concat([narrow, wide, pooled], axis=3)


def image_network(images, classes=10, is_training=False):
    with tf.variable_scope("Images"):
        with slim.arg_scope(network_arg_scope(is_training=is_training)):
            with slim.arg_scope([slim.conv2d, slim.max_pool2d], stride=2, padding="VALID"):
                net = slim.conv2d(images, 32, [3, 3], scope="conv1")
                net = slim.conv2d(net, 64, [3, 3], stride=1, padding="SAME", scope="conv2")
                net = slim.max_pool2d(net, [3, 3], scope="pool1")
            net = tower(net, 64)
            net = slim.max_pool2d(net, [2, 2], scope="pool2")
            net = tower(net, 128)
            net = slim.conv2d(net, 96, [1, 1], normalizer_fn=None, scope="mix")
        net = tf.reduce_mean(net, [1, 2])
        net = slim.dropout(net, 0.8, is_training=is_training, scope="dropout")
        return slim.fully_connected(net, classes, activation_fn=None, scope="logits")


image_network.default_image_size = 96
