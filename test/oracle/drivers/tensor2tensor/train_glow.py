"""Builds the flow of Glow: encoder with data dependent initialization, then the decoder."""
import tensorflow as tf
from tensor2tensor.models.research import glow_ops
from tensor2tensor.utils import contrib

arg_scope = contrib.framework().arg_scope


def hyper_parameters(coupling):
    return tf.contrib.training.HParams(
        n_levels=2, depth=2, coupling=coupling, coupling_width=16, coupling_dropout=0.0, activation='relu',
        level_scale='prev_level', latent_dist_encoder='conv_net', latent_encoder_depth=1, latent_encoder_width=8,
        latent_apply_dilations=False, latent_activation='relu', latent_dropout=0.0, latent_architecture='single_conv')


def train(coupling):
    hparams = hyper_parameters(coupling)
    ops = [glow_ops.get_variable_ddi, glow_ops.actnorm, glow_ops.get_dropout]
    with tf.Graph().as_default():
        images = tf.placeholder(tf.float32, [2, 16, 16, 4])
        with arg_scope(ops, init=True):
            glow_ops.encoder_decoder('codec', images, hparams, eps=None, reverse=False)
        with arg_scope(ops, init=False):
            z, _, eps, _, _ = glow_ops.encoder_decoder('codec', images, hparams, eps=None, reverse=False)
            prior = glow_ops.top_prior('top_prior', [2, 4, 4, 32], learn_prior='single_conv')
            glow_ops.encoder_decoder('codec', prior.sample(), hparams, eps=eps, reverse=True, temperature=0.7)


if __name__ == '__main__':
    train('affine')
    train('additive')
