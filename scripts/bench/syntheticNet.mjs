/**
 * Networks of any length, made by us: blocks under nested scopes in the style of real slim code, a scope function,
 * and TF 1 names that give diagnostics. The same text for the same length.
 */

const header = [
  'import tensorflow as tf',
  'import tf_slim as slim',
  '',
  '',
  'def net_arg_scope(weight_decay=0.0005):',
  '  with slim.arg_scope([slim.conv2d, slim.fully_connected],',
  '                      activation_fn=tf.nn.relu,',
  '                      weights_regularizer=slim.l2_regularizer(weight_decay)):',
  "    with slim.arg_scope([slim.conv2d], padding='SAME') as sc:",
  '      return sc',
  '',
];

const block = (i) => [
  '',
  `def block_${i}(inputs, depth=${16 + (i % 8) * 8}, is_training=True):`,
  '  """A block of an imagined network."""',
  `  with tf.variable_scope('block_${i}'):`,
  '    with slim.arg_scope(net_arg_scope()):',
  "      with slim.arg_scope([slim.conv2d, slim.max_pool2d], stride=1, padding='SAME'):",
  "        branch_0 = slim.conv2d(inputs, depth, [1, 1], scope='Conv2d_0a_1x1')",
  "        branch_1 = slim.conv2d(inputs, depth, [1, 1], scope='Conv2d_1a_1x1')",
  "        branch_1 = slim.conv2d(branch_1, depth * 2, [3, 3], scope='Conv2d_1b_3x3')",
  "        branch_2 = slim.conv2d(inputs, depth, [1, 1], scope='Conv2d_2a_1x1',",
  '                               normalizer_fn=slim.batch_norm,',
  "                               normalizer_params={'is_training': is_training})",
  "        branch_2 = slim.conv2d(branch_2, depth * 2, [5, 5], scope='Conv2d_2b_5x5')",
  "        branch_3 = slim.max_pool2d(inputs, [3, 3], scope='MaxPool_3a_3x3')",
  '        net = tf.concat([branch_0, branch_1, branch_2, branch_3], 3)',
  '      net = slim.dropout(net, 0.8, is_training=is_training)',
  "      logits = tf.contrib.layers.fully_connected(net, 10, scope='logits')",
  '  return net, logits',
  '',
];

/** A file of exactly so many lines (the last one empty). */
export function syntheticNet(lines) {
  const all = [...header];
  for (let i = 0; all.length + block(i).length < lines; i++) all.push(...block(i));
  while (all.length < lines - 1) all.push('# end');
  return `${all.join('\n')}\n`;
}
