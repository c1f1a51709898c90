"""Scope functions that the networks of this folder share."""

import tensorflow as tf
import tf_slim as slim


def network_arg_scope(weight_decay=0.0005, is_training=False):
    """Convolutions with batch normalization and a weight penalty."""
    batch_norm_params = {
        "decay": 0.997,
        "epsilon": 0.001,
        "is_training": is_training,
    }
    with slim.arg_scope(
        [slim.conv2d],
        padding="SAME",
        weights_regularizer=slim.l2_regularizer(weight_decay),
        normalizer_fn=slim.batch_norm,
        normalizer_params=batch_norm_params,
    ) as sc:
        return sc
