"""Builds the autoencoder of the synthesizer."""
import tensorflow.compat.v1 as tf
from magenta.models.nsynth.baseline.models.ae_configs import nfft_1024

tf.disable_v2_behavior()


class HParams(object):
    num_latent = 1984
    n_fft = 1024
    mag_only = True


def reconstruct(is_training):
    hparams = HParams()
    with tf.Graph().as_default():
        spectrogram = tf.placeholder(tf.float32, [8, 512, 256, 1])
        code = nfft_1024.encode(spectrogram, hparams, is_training)
        return nfft_1024.decode(code, {'pitch': tf.placeholder(tf.int32, [8, 1])}, hparams, is_training=is_training)


reconstruct(True)
reconstruct(False)
