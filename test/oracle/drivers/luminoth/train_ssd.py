"""Uses the truncated network directly, as a single shot detector does."""
import tensorflow as tf
import tensorflow.contrib.slim as slim
from luminoth.models.base import truncated_vgg

with tf.Graph().as_default():
    with slim.arg_scope(truncated_vgg.vgg_arg_scope(weight_decay=0.0005)):
        feature_map, end_points = truncated_vgg.truncated_vgg_16(tf.placeholder(tf.float32, [1, 300, 300, 3]))
        net = slim.conv2d(feature_map, 1024, [3, 3], rate=6, scope='conv6')
        net = slim.conv2d(net, 1024, [1, 1], scope='conv7')
