"""Builds the pose estimation networks from their configurations."""
import tensorflow as tf
from deeplabcut.pose_estimation_tensorflow.nnets.mobilenet import PoseMobileNet
from deeplabcut.pose_estimation_tensorflow.nnets.multi import PoseMultiNet
from deeplabcut.pose_estimation_tensorflow.nnets.resnet import PoseResnet

tf.compat.v1.disable_v2_behavior()

BASE = {
    'dataset_type': 'imgaug',
    'num_joints': 4,
    'num_limbs': 3,
    'weight_decay': 0.0001,
    'location_refinement': True,
    'pairwise_predict': False,
    'partaffinityfield_predict': False,
    'intermediate_supervision': False,
    'intermediate_supervision_layer': 12,
    'stride': 8,
    'mean_pixel': [123.68, 116.779, 103.939],
}


def config(**changes):
    return dict(BASE, **changes)


def build(network, cfg):
    with tf.Graph().as_default():
        inputs = tf.compat.v1.placeholder(tf.float32, [1, 256, 256, 3])
        return network(cfg).get_net(inputs)


def single_animal():
    build(PoseResnet, config(net_type='resnet_50', intermediate_supervision=True, intermediate_supervision_layer=5))
    build(PoseMobileNet, config(net_type='mobilenet_v2_1.0'))
    build(PoseMobileNet, config(net_type='mobilenet_v2_0.35', weight_decay=0.0))


def multi_animal():
    build(PoseMultiNet, config(net_type='resnet_50', dataset_type='multi-animal-imgaug', num_idchannel=0,
                               partaffinityfield_predict=True, multi_stage=True))
    build(PoseMultiNet, config(net_type='mobilenet_v2_1.0', stride=4))


if __name__ == '__main__':
    single_animal()
    multi_animal()
