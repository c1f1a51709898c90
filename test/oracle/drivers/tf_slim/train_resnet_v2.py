"""Builds the ResNet v2 networks: classification in several depths, and a dense one for segmentation."""
import tensorflow.compat.v1 as tf
import tf_slim as slim
from tf_slim.nets import resnet_utils
from tf_slim.nets import resnet_v2

tf.disable_v2_behavior()


def classify(network, is_training):
    with tf.Graph().as_default():
        inputs = tf.placeholder(tf.float32, [2, 224, 224, 3])
        with slim.arg_scope(resnet_utils.resnet_arg_scope()):
            network(inputs, 1000, is_training=is_training)


def segment(is_training=False):
    with tf.Graph().as_default():
        inputs = tf.placeholder(tf.float32, [2, 321, 321, 3])
        with slim.arg_scope(resnet_utils.resnet_arg_scope(weight_decay=0.0002, batch_norm_decay=0.9)):
            resnet_v2.resnet_v2_50(inputs, 21, is_training=is_training, global_pool=False, output_stride=16)


def bare():
    with tf.Graph().as_default():
        resnet_v2.resnet_v2_50(tf.placeholder(tf.float32, [2, 224, 224, 3]), 1000)


if __name__ == '__main__':
    classify(resnet_v2.resnet_v2_50, is_training=True)
    classify(resnet_v2.resnet_v2_50, is_training=False)
    classify(resnet_v2.resnet_v2_101, is_training=True)
    classify(resnet_v2.resnet_v2_152, is_training=True)
    classify(resnet_v2.resnet_v2_200, is_training=True)
    segment()
    bare()
