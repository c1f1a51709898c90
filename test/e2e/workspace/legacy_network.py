"""A network from the days of TensorFlow 1."""

import tensorflow as tf
import tensorflow.contrib.slim as slim
from tensorflow.contrib import rnn


def network(images, states):
    with slim.arg_scope([slim.conv2d], padding="VALID"):
        net = slim.conv2d(images, 32, [3, 3], stride=2)
        net = slim.conv2d(net, 64, [3, 3])
    cell = rnn.BasicLSTMCell(128)
    states = tf.contrib.framework.nest.flatten(states)
    return cell(slim.flatten(net), states)
