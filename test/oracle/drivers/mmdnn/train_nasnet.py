"""Builds NASNet in its three sizes, each below the scope of its authors."""
import tensorflow as tf
from mmdnn.conversion.examples.tensorflow.models import nasnet

slim = tf.contrib.slim


def build(network, arg_scope, size, num_classes, is_training):
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [2, size, size, 3])
        with slim.arg_scope(arg_scope):
            return network(images, num_classes, is_training=is_training)


build(nasnet.build_nasnet_cifar, nasnet.nasnet_cifar_arg_scope(), 32, 10, is_training=True)
build(nasnet.build_nasnet_mobile, nasnet.nasnet_mobile_arg_scope(), 224, 1001, is_training=True)
build(nasnet.build_nasnet_mobile, nasnet.nasnet_mobile_arg_scope(), 224, 1001, is_training=False)
build(nasnet.build_nasnet_large, nasnet.nasnet_large_arg_scope(weight_decay=0.0), 331, 1001, is_training=False)
