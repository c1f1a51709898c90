"""Builds the generative models: encoder and decoder of each."""
import tensorflow as tf
from generative.models import dfc_vae
from generative.models import dfc_vae_large
from generative.models import dfc_vae_resnet


def train(vae):
    with tf.Graph().as_default():
        size = vae.get_image_size()
        images = tf.placeholder(tf.float32, [8, size, size, 3])
        mean, log_variance = vae.encoder(images, True)
        epsilon = tf.random_normal((tf.shape(mean)[0], 100))
        return vae.decoder(mean + tf.exp(log_variance / 2) * epsilon, True)


def generate(vae):
    with tf.Graph().as_default():
        return vae.decoder(tf.placeholder(tf.float32, [8, 100]), False)


for vae_def in (dfc_vae, dfc_vae_large, dfc_vae_resnet):
    train(vae_def.Vae(100))
    generate(vae_def.Vae(100))
