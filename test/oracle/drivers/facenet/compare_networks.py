"""Builds the face recognition networks side by side, from a table."""
import tensorflow as tf
from models import dummy
from models import inception_resnet_v1
from models import inception_resnet_v2
from models import squeezenet

NETWORKS = {
    'inception_resnet_v1': inception_resnet_v1.inference,
    'inception_resnet_v2': inception_resnet_v2.inference,
    'squeezenet': squeezenet.inference,
    'dummy': dummy.inference,
}


def embed(name, keep_probability, is_training, embedding_size=128):
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [4, 160, 160, 3], name='input')
        prelogits, _ = NETWORKS[name](images, keep_probability, phase_train=is_training,
                                      bottleneck_layer_size=embedding_size, weight_decay=0.0005)
        return prelogits


def main():
    for name in ['inception_resnet_v1', 'inception_resnet_v2', 'squeezenet']:
        embed(name, 0.8, True)
        embed(name, 1.0, False, embedding_size=512)
    embed('dummy', 1.0, False)


if __name__ == '__main__':
    main()
