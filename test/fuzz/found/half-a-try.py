try:
    import tf_slim as slim
except ImportError
with slim.arg_scope([slim.conv2d], stride=2
    slim.conv2d(x, 8, [3, 3]
