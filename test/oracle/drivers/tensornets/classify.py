"""Builds classification networks for training and for evaluation."""
import tensorflow as tf
from tensornets import inceptions, mobilenets, resnets, vggs


def build(network, size, is_training):
    with tf.Graph().as_default():
        inputs = tf.placeholder(tf.float32, [None, size, size, 3])
        return network(inputs, is_training=is_training, classes=1000)


def main():
    for is_training in (True, False):
        build(vggs.vgg16, 224, is_training)
    build(resnets.resnet50, 224, is_training=False)
    build(inceptions.inception1, 224, is_training=False)
    build(mobilenets.mobilenet100, 224, is_training=True)


if __name__ == '__main__':
    main()
