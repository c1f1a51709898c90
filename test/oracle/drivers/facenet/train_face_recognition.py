"""Builds the face recognition networks, looked up by name as a training script does."""
import importlib

import tensorflow as tf


def embed(model_def, keep_probability, is_training, weight_decay=0.0):
    network = importlib.import_module(model_def)
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [4, 160, 160, 3], name='input')
        prelogits, _ = network.inference(images, keep_probability, phase_train=is_training,
                                         bottleneck_layer_size=512, weight_decay=weight_decay)
        return tf.nn.l2_normalize(prelogits, 1, 1e-10, name='embeddings')


if __name__ == '__main__':
    embed('models.inception_resnet_v1', 0.4, True, weight_decay=5e-4)
    embed('models.inception_resnet_v1', 1.0, False)
    embed('models.inception_resnet_v2', 0.8, True, weight_decay=2e-4)
    embed('models.inception_resnet_v2', 1.0, False)
    embed('models.squeezenet', 0.5, True, weight_decay=1e-4)
    embed('models.dummy', 1.0, True)
