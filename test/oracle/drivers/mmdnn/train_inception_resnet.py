"""Builds Inception-ResNet v1 and v2 from a table of networks."""
import tensorflow as tf
import tensorflow.contrib.slim as slim
from mmdnn.conversion.examples.tensorflow.models import inception_resnet_v1
from mmdnn.conversion.examples.tensorflow.models import inception_resnet_v2

networks_map = {
    'inception_resnet_v1': inception_resnet_v1.inception_resnet_v1,
    'inception_resnet_v2': inception_resnet_v2.inception_resnet_v2,
}

arg_scopes_map = {
    'inception_resnet_v1': inception_resnet_v1.inception_resnet_v1_arg_scope,
    'inception_resnet_v2': inception_resnet_v2.inception_resnet_v2_arg_scope,
}


def get_network_fn(name, num_classes, weight_decay, is_training):
    func = networks_map[name]

    def network_fn(images):
        arg_scope = arg_scopes_map[name](weight_decay=weight_decay)
        with slim.arg_scope(arg_scope):
            return func(images, num_classes, is_training=is_training)

    return network_fn


def main():
    for is_training in (True, False):
        for name in ('inception_resnet_v1', 'inception_resnet_v2'):
            with tf.Graph().as_default():
                network_fn = get_network_fn(name, 1001, 0.00004, is_training)
                network_fn(tf.placeholder(tf.float32, [2, 299, 299, 3]))


if __name__ == '__main__':
    main()
