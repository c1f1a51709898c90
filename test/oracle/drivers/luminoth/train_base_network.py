"""Builds the base networks of the detectors, configured by dictionaries."""
import tensorflow as tf
from easydict import EasyDict
from luminoth.models.base import BaseNetwork, TruncatedBaseNetwork


def classify(config, is_training):
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [1, 224, 224, 3])
        return BaseNetwork(EasyDict(config))(images, is_training=is_training)


def detect():
    config = EasyDict({
        'architecture': 'resnet_v1_101',
        'endpoint': 'block3',
        'output_stride': 16,
        'train_batch_norm': False,
        'freeze_tail': False,
        'use_tail': True,
        'arg_scope': {'weight_decay': 0.0005},
    })
    with tf.Graph().as_default():
        network = TruncatedBaseNetwork(config)
        features = network(tf.placeholder(tf.float32, [1, 600, 600, 3]), is_training=True)
        return network._build_tail(features, is_training=True)


if __name__ == '__main__':
    classify({'architecture': 'truncated_vgg_16', 'arg_scope': {'weight_decay': 0.001}}, is_training=True)
    classify({'architecture': 'truncated_vgg_16'}, is_training=False)
    detect()
