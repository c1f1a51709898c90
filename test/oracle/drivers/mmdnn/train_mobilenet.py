"""Builds MobileNet v1 and v2 in several widths, for training and for evaluation."""
import tensorflow as tf
from mmdnn.conversion.examples.tensorflow.models import mobilenet_v1
from mmdnn.conversion.examples.tensorflow.models.mobilenet import mobilenet_v2

slim = tf.contrib.slim


def train_v1(depth_multiplier):
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [2, 224, 224, 3])
        scope = mobilenet_v1.mobilenet_v1_arg_scope(is_training=True, weight_decay=0.0001)
        with slim.arg_scope(scope):
            mobilenet_v1.mobilenet_v1(images, num_classes=1001, is_training=True, depth_multiplier=depth_multiplier)


def evaluate_v1():
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [2, 160, 160, 3])
        with slim.arg_scope(mobilenet_v1.mobilenet_v1_arg_scope(is_training=False)):
            mobilenet_v1.mobilenet_v1(images, num_classes=1001, is_training=False, depth_multiplier=0.25)


def train_v2():
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [2, 224, 224, 3])
        with slim.arg_scope(mobilenet_v2.training_scope(bn_decay=0.99)):
            mobilenet_v2.mobilenet(images, num_classes=1001)


def evaluate_v2(depth_multiplier):
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [2, 224, 224, 3])
        with slim.arg_scope(mobilenet_v2.training_scope(is_training=False)):
            mobilenet_v2.mobilenet(images, depth_multiplier=depth_multiplier, min_depth=8, divisible_by=8)


def main():
    for depth_multiplier in (1.0, 0.5):
        train_v1(depth_multiplier)
    evaluate_v1()
    train_v2()
    evaluate_v2(1.4)
    evaluate_v2(depth_multiplier=0.35)


if __name__ == '__main__':
    main()
