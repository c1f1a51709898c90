"""Paints images with pattern producing networks."""
import tensorflow as tf
from lucid.optvis.param.cppn import cppn


def paint(width, **kwargs):
    with tf.Graph().as_default():
        return cppn(width, **kwargs)


def relu_painting():
    with tf.Graph().as_default():
        return cppn(64, num_hidden_channels=12, num_layers=3, activation_func=tf.nn.relu)


paint(64)
paint(128, batch=2, num_output_channels=4, normalize=True)
relu_painting()
