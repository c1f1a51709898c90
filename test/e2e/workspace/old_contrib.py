"""Every way to reach tf.contrib, none of which exists in TensorFlow 2."""

import tensorflow as tf
import tensorflow.contrib.slim as slim
import tensorflow.contrib
from tensorflow import contrib
from tensorflow.contrib import layers, rnn as rnn_ops
from tensorflow.contrib.framework import arg_scope
from tensorflow.contrib.layers.python.layers import initializers


def network(images):
    with arg_scope([slim.conv2d], weights_initializer=tf.contrib.layers.xavier_initializer()):
        net = slim.conv2d(images, 32, [3, 3])
        net = layers.batch_norm(net)
        net = contrib.layers.flatten(net)
        return tf.contrib.layers.fully_connected(net, 10)
