"""Builds the image stylization networks: several styles in one network, and any style."""
import tensorflow.compat.v1 as tf
from magenta.models.arbitrary_image_stylization import arbitrary_image_stylization_build_model as build_model
from magenta.models.image_stylization import model, ops, vgg

tf.disable_v2_behavior()


def several_styles(num_styles):
    with tf.Graph().as_default():
        inputs = tf.placeholder(tf.float32, [4, 256, 256, 3])
        labels = tf.placeholder(tf.int32, [4])
        return model.transform(
            inputs,
            normalizer_params={
                'labels': labels,
                'num_categories': num_styles,
                'center': True,
                'scale': True
            })


def weighted_styles(num_styles, alpha):
    with tf.Graph().as_default():
        inputs = tf.placeholder(tf.float32, [4, 256, 256, 3])
        weights = tf.placeholder(tf.float32, [num_styles])
        normalizer_params = {'weights': weights, 'num_categories': num_styles, 'center': True, 'scale': True}
        return model.transform(inputs, alpha, normalizer_fn=ops.weighted_instance_norm,
                               normalizer_params=normalizer_params)


def any_style(trainable, is_training):
    with tf.Graph().as_default():
        content = tf.placeholder(tf.float32, [4, 256, 256, 3])
        style = tf.placeholder(tf.float32, [4, 256, 256, 3])
        return build_model.build_model(content, style, trainable=trainable, is_training=is_training, adds_losses=False)


def losses():
    with tf.Graph().as_default():
        return vgg.vgg_16(tf.placeholder(tf.float32, [4, 256, 256, 3]), pooling='max')


if __name__ == '__main__':
    several_styles(32)
    weighted_styles(10, 0.5)
    any_style(trainable=True, is_training=True)
    any_style(trainable=False, is_training=False)
    losses()
