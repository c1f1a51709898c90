"""The fused batch normalization of TensorFlow 1, which knows single precision only, written out for double precision.

In double precision a difference between two programs is one of their mathematics: rounding, which deep networks in
training multiply by thousands, is out of the way.
"""

import tensorflow.compat.v1 as tf1


def fused_batch_norm(
    x, scale, offset, mean=None, variance=None, epsilon=0.001, data_format="NHWC", is_training=True, name=None, **_
):
    # TensorFlow 1 raises a smaller epsilon to this value, later versions do not.
    if tf1.__version__.startswith("1"):
        epsilon = max(epsilon, 1.001e-5)
    channels = 3 if data_format == "NHWC" else 1
    axes = [axis for axis in range(4) if axis != channels]
    if is_training:
        mean, variance = tf1.nn.moments(x, axes)
    shape = [-1 if axis == channels else 1 for axis in range(4)]
    factors = [tf1.reshape(one, shape) for one in (mean, variance, offset, scale)]
    count = tf1.cast(tf1.size(x) / tf1.size(mean), x.dtype)
    # What is stored is the unbiased estimate.
    stored = variance * count / tf1.maximum(count - 1, 1) if is_training else variance
    return tf1.nn.batch_normalization(x, *factors, epsilon), mean, stored
