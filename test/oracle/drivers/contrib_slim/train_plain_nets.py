"""Trains and evaluates the networks that are called directly, each with the scope of its authors and without one."""
import tensorflow as tf
import tensorflow.contrib.slim as slim
from tensorflow.contrib.slim.python.slim.nets import alexnet
from tensorflow.contrib.slim.python.slim.nets import overfeat
from tensorflow.contrib.slim.python.slim.nets import vgg


def images(size):
    return tf.placeholder(tf.float32, [2, size, size, 3])


def train_alexnet():
    with tf.Graph().as_default():
        with slim.arg_scope(alexnet.alexnet_v2_arg_scope()):
            alexnet.alexnet_v2(images(224), 1000, is_training=True)


def evaluate_alexnet():
    with tf.Graph().as_default():
        with slim.arg_scope(alexnet.alexnet_v2_arg_scope(weight_decay=0.0)):
            alexnet.alexnet_v2(images(224), 1000, is_training=False)


def train_overfeat():
    with tf.Graph().as_default():
        with slim.arg_scope(overfeat.overfeat_arg_scope()):
            overfeat.overfeat(images(231), 1000, is_training=True)


def evaluate_overfeat():
    with tf.Graph().as_default():
        with slim.arg_scope(overfeat.overfeat_arg_scope()):
            overfeat.overfeat(images(231), 1000, is_training=False)


def train_vgg(network):
    with tf.Graph().as_default():
        with slim.arg_scope(vgg.vgg_arg_scope(weight_decay=0.0005)):
            network(images(224), 1000, is_training=True)


def evaluate_vgg(network):
    with tf.Graph().as_default():
        with slim.arg_scope(vgg.vgg_arg_scope()):
            network(images(224), 1000, is_training=False)


def without_scope(network, size):
    for is_training in (True, False):
        with tf.Graph().as_default():
            network(images(size), 1000, is_training=is_training)


train_alexnet()
evaluate_alexnet()
train_overfeat()
evaluate_overfeat()
for vgg_network in [vgg.vgg_a, vgg.vgg_16, vgg.vgg_19]:
    train_vgg(vgg_network)
    evaluate_vgg(vgg_network)
    without_scope(vgg_network, 224)
without_scope(alexnet.alexnet_v2, 224)
without_scope(overfeat.overfeat, 231)
