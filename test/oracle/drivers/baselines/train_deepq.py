"""Builds the value networks of deep Q-learning."""
import tensorflow as tf
from baselines.deepq import models
from baselines.deepq.experiments.atari.model import dueling_model, model


def value_network(q_func, shape, num_actions):
    with tf.Graph().as_default():
        return q_func(tf.placeholder(tf.float32, shape), num_actions, scope='q_func')


if __name__ == '__main__':
    value_network(models.mlp([64]), [None, 4], 2)
    pong = models.cnn_to_mlp(convs=[(32, 8, 4), (64, 4, 2), (64, 3, 1)], hiddens=[256], dueling=True)
    value_network(pong, [None, 84, 84, 4], 6)
    value_network(models.cnn_to_mlp(convs=[(16, 4, 2)], hiddens=[32, 32]), [None, 84, 84, 4], 3)
    value_network(model, [None, 84, 84, 4], 6)
    value_network(dueling_model, [None, 84, 84, 4], 6)
