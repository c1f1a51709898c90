"""Builds the Inception networks for training and for evaluation, chosen by name."""
import tensorflow as tf
import tensorflow.contrib.slim as slim
from tensorflow.contrib.slim.nets import inception

NETWORKS = {
    'inception_v1': (inception.inception_v1, inception.inception_v1_arg_scope, 224),
    'inception_v2': (inception.inception_v2, inception.inception_v2_arg_scope, 224),
    'inception_v3': (inception.inception_v3, inception.inception_v3_arg_scope, 299),
}


def build(name, is_training):
    network, arg_scope, size = NETWORKS[name]
    with tf.Graph().as_default():
        inputs = tf.placeholder(tf.float32, [2, size, size, 3])
        with slim.arg_scope(arg_scope()):
            logits, end_points = network(inputs, num_classes=1001, is_training=is_training)
    return logits, end_points


def build_without_scope(name):
    network, _, size = NETWORKS[name]
    with tf.Graph().as_default():
        inputs = tf.placeholder(tf.float32, [2, size, size, 3])
        return network(inputs)


def main():
    build('inception_v1', is_training=True)
    build('inception_v1', is_training=False)
    build('inception_v2', is_training=True)
    build('inception_v2', is_training=False)
    build('inception_v3', is_training=True)
    build('inception_v3', is_training=False)
    build_without_scope('inception_v1')
    build_without_scope('inception_v2')
    build_without_scope('inception_v3')


if __name__ == '__main__':
    main()
