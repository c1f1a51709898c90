# Small networks, each of which shows what one kind of layer or function does to shapes and variables. The comment above a
# function is the shape of its input. They run under TensorFlow when the truth is recorded, and are read by the analysis.
import tensorflow.compat.v1 as tf
import tf_slim as slim


# ?x28x30x3
def conv_same(inputs):
    net = slim.conv2d(inputs, 8, [3, 5], stride=2)
    return slim.conv2d(net, 4, 3, stride=[1, 2], padding='SAME', biases_initializer=None)


# ?x28x30x3
def conv_valid(inputs):
    net = slim.conv2d(inputs, 8, [3, 5], padding='VALID')
    net = slim.conv2d(net, 8, 3, stride=2, padding='valid')
    return slim.conv2d(net, 2, [4, 1], rate=[2, 3], padding='VALID')


# 2x28x28x3
def conv_rate(inputs):
    return slim.conv2d(inputs, 8, 3, rate=4, padding='SAME', normalizer_fn=slim.batch_norm)


# ?x3x20x24
def conv_channels_first(inputs):
    with slim.arg_scope([slim.conv2d, slim.max_pool2d, slim.avg_pool2d, slim.batch_norm], data_format='NCHW'):
        net = slim.conv2d(inputs, 6, 3, stride=2, normalizer_fn=slim.batch_norm, normalizer_params={'scale': True})
        net = slim.max_pool2d(net, 2, padding='SAME')
        return slim.avg_pool2d(net, [3, 2], stride=1)


# ?x40x4
def conv_one_dimension(inputs):
    return slim.conv1d(inputs, 6, 5, stride=2, padding='VALID')


# ?x8x10x12x2
def conv_three_dimensions(inputs):
    net = slim.conv3d(inputs, 6, [1, 3, 3], stride=2)
    net = slim.max_pool3d(net, 2)
    return slim.avg_pool3d(net, [1, 2, 2], stride=1, padding='SAME')


# ?x?x?x3
def conv_any_size(inputs):
    net = slim.conv2d(inputs, 8, 3, stride=2, padding='VALID')
    net = slim.max_pool2d(net, 2)
    net = tf.reduce_mean(net, [1, 2], keepdims=True)
    return slim.conv2d(net, 5, 1)


# ?x16x16x3
def unnamed_scopes(inputs):
    net = slim.conv2d(inputs, 4, 3)
    net = slim.conv2d(net, 4, 3)
    with tf.variable_scope('block'):
        net = slim.conv2d(net, 4, 3)
        net = slim.batch_norm(net)
        net = slim.batch_norm(net, scale=True, center=False)
    with tf.variable_scope(None, 'block', [net]):
        net = slim.conv2d(net, 4, 3)
    with tf.variable_scope('block'):
        net = slim.conv2d(net, 4, 3, scope='again')
    return slim.fully_connected(slim.flatten(net), 3)


# ?x16x16x3
def shared_variables(inputs):
    net = slim.conv2d(inputs, 3, 3, scope='shared')
    net = slim.conv2d(net, 3, 3, scope='shared', reuse=True)
    with tf.variable_scope('shared', reuse=True) as scope:
        pass
    with tf.variable_scope('other') as scope:
        net = slim.conv2d(net, 3, 3, scope='a')
    with tf.variable_scope(scope, reuse=True):
        return slim.conv2d(net, 3, 3, scope='a')


# ?x14x15x6
def transposed(inputs):
    net = slim.conv2d_transpose(inputs, 4, 3, stride=2)
    net = slim.conv2d_transpose(net, 5, [4, 2], stride=[2, 3], padding='VALID', normalizer_fn=slim.batch_norm)
    return slim.conv2d_transpose(net, 2, 1, stride=1, biases_initializer=None)


# ?x4x5x6x2
def transposed_three_dimensions(inputs):
    return slim.conv3d_transpose(inputs, 4, [3, 2, 1], stride=2, padding='VALID')


# ?x20x20x6
def separable(inputs):
    net = slim.separable_conv2d(inputs, 8, 3, 2, stride=2)
    net = slim.separable_conv2d(net, None, [3, 5], depth_multiplier=2, padding='VALID', normalizer_fn=slim.batch_norm)
    return slim.separable_conv2d(net, None, 3, 1, rate=2)


# ?x20x20x6
def in_plane(inputs):
    net = slim.conv2d_in_plane(inputs, [3, 1], stride=[2, 1])
    return slim.conv2d_in_plane(net, 3, padding='VALID', normalizer_fn=slim.layer_norm)


# ?x21x22x4
def pools(inputs):
    net = slim.max_pool2d(inputs, [3, 3])
    net = slim.avg_pool2d(net, 2, stride=1, padding='SAME')
    net = slim.pool(net, [2, 3], 'MAX', stride=1, dilation_rate=2)
    return slim.pool(net, 2, 'AVG', padding='SAME', stride=2)


# ?x7x8x12
def norms(inputs):
    net = slim.layer_norm(inputs, scale=False)
    net = slim.layer_norm(net, begin_params_axis=2)
    net = slim.instance_norm(net, center=False)
    net = slim.group_norm(net, groups=4)
    net = slim.batch_norm(net, trainable=False, scope='frozen')
    net = slim.unit_norm(net, 3)
    return slim.bias_add(net)


# ?x7x8x12
def dense(inputs):
    net = slim.fully_connected(inputs, 5, normalizer_fn=slim.batch_norm, activation_fn=None)
    net = slim.flatten(net)
    net = slim.dropout(net, 0.5)
    net = slim.fully_connected(net, 6, biases_initializer=None)
    net = slim.relu(net, 4)
    net = slim.stack(net, slim.fully_connected, [8, 16], scope='fc')
    return slim.softmax(net)


# ?x12x12x3
def repeated(inputs):
    net = slim.repeat(inputs, 2, slim.conv2d, 8, [3, 3], scope='conv1')
    net = slim.repeat(net, 3, slim.conv2d, 4, 3)
    return slim.stack(net, slim.conv2d, [(8, 3), (16, [1, 1])])


# ?x8x8x6
def special(inputs):
    net = slim.maxout(inputs, 3)
    net = slim.spatial_softmax(net)
    return slim.one_hot_encoding(tf.argmax(net, 1), 7)


# ?x12x14x3
def functions(inputs):
    net = tf.pad(inputs, [[0, 0], [1, 2], [3, 0], [0, 0]])
    a = slim.conv2d(net, 4, 1)
    b = slim.conv2d(net, 4, 1)
    net = tf.nn.relu(a + b) * 2
    net = tf.concat([net, a, b], axis=-1)
    net = slim.conv2d(net, 2, 3)
    net = tf.concat(values=[net, net], axis=1)
    net = slim.conv2d(net, 2, 1, scope='tall')
    net = tf.transpose(net, [0, 3, 1, 2])
    net = tf.reshape(net, [-1, 30 * 34])
    net = slim.fully_connected(net, 9)
    net = tf.expand_dims(tf.expand_dims(net, 1), 1)
    net = slim.conv2d(net, 3, 1, scope='one')
    net = tf.squeeze(net, [1, 2])
    return slim.fully_connected(net, 2)


# ?x12x14x3
def asks_for_shapes(inputs):
    shape = inputs.get_shape().as_list()
    net = slim.conv2d(inputs, shape[3] * 2, [shape[1], 3], padding='VALID')
    depth = net.shape[-1]
    if depth == 6:
        net = slim.conv2d(net, 9, 1)
    else:
        net = slim.conv2d(net, 100, 1)
    net = tf.image.resize_bilinear(net, [4, 5])
    kernel = net.get_shape()[1:3]
    net = slim.avg_pool2d(net, kernel, stride=1)
    units = slim.utils.last_dimension(net.get_shape(), min_rank=4)
    return slim.fully_connected(tf.reshape(net, [-1, units]), units // 2)


# ?x16x16x3
def own_functions(inputs):
    def block(net, depth, stride=1, scope=None):
        with tf.variable_scope(scope, 'block', [net]) as sc:
            residual = slim.conv2d(net, depth, 3, stride=stride, scope='a')
            residual = slim.conv2d(residual, depth, 3, activation_fn=None, scope='b')
            shortcut = slim.conv2d(net, depth, 1, stride=stride, activation_fn=None, scope='shortcut')
            return slim.utils.collect_named_outputs('outputs', sc.name, tf.nn.relu(residual + shortcut))

    net = inputs
    for depth, stride in [(4, 1), (8, 2), (8, 2)]:
        net = block(net, depth, stride)
    normalizer = lambda net: slim.batch_norm(net, scale=True)
    return slim.conv2d(net, 5, 1, normalizer_fn=normalizer)
