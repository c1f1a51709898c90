"""A network that can become Keras as a whole."""

import tensorflow as tf
import tf_slim as slim


def small_network(images, is_training=False):
    with slim.arg_scope(
        [slim.conv2d, slim.fully_connected],
        weights_regularizer=slim.l2_regularizer(0.0005),
    ):
        # The first two blocks halve the image.
        with slim.arg_scope([slim.batch_norm], is_training=False), slim.arg_scope(
            [slim.conv2d], normalizer_fn=slim.batch_norm
        ):
            net = slim.conv2d(images, 32, [3, 3], scope="conv1")
            net = slim.max_pool2d(net, [2, 2], scope="pool1")
            net = slim.separable_conv2d(net, 64, [3, 3], 1, scope="conv2")
            net = slim.max_pool2d(net, [2, 2], scope="pool2")
        net = slim.flatten(net)
        net = slim.dropout(net, 0.8, is_training=is_training, scope="dropout")
        logits = slim.fully_connected(net, 10, activation_fn=None, scope="logits")
    return logits
