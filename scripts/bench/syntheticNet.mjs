/**
 * Networks of any length, made by us: blocks under nested scopes, a scope function, and TF 1 names that give
 * diagnostics. As dense in calls of slim as tf_slim's own networks (one on seven lines). The same text for the same
 * length.
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
  `def block_${i}(inputs,`,
  `            depth=${16 + (i % 8) * 8},`,
  '            is_training=True,',
  '            reuse=None,',
  `            scope='block_${i}'):`,
  '  """A block of an imagined network.',
  '',
  '  Four branches see the same input and are joined along the channels.',
  '',
  '  Args:',
  '    inputs: a tensor of rank four.',
  '    depth: number of channels of the first branch; the others follow from it.',
  '    is_training: whether batch norm and dropout work as in training.',
  '    reuse: whether the variables exist already.',
  '    scope: name of the variable scope.',
  '',
  '  Returns:',
  '    The joined tensor, and the logits of the side head.',
  '  """',
  '  end_points = {}',
  '  batch_norm_params = {',
  "      'is_training': is_training,",
  "      'decay': 0.995,",
  '  }',
  '',
  "  with tf.variable_scope(scope, 'Block', [inputs], reuse=reuse):",
  '    with slim.arg_scope(net_arg_scope()):',
  "      with slim.arg_scope([slim.conv2d, slim.max_pool2d], stride=1, padding='SAME'):",
  "        with tf.variable_scope('Branch_0'):",
  "          branch_0 = slim.conv2d(inputs, depth, [1, 1], scope='Conv2d_0a_1x1')",
  "        with tf.variable_scope('Branch_1'):",
  "          branch_1 = slim.conv2d(inputs, depth, [1, 1], scope='Conv2d_0a_1x1')",
  '          branch_1 = slim.conv2d(',
  "              branch_1, depth * 2, [3, 3], scope='Conv2d_0b_3x3')",
  "        with tf.variable_scope('Branch_2'):",
  '          # The normalizer is given here and not by the scope.',
  '          branch_2 = slim.conv2d(',
  '              inputs,',
  '              depth,',
  '              [1, 1],',
  '              normalizer_fn=slim.batch_norm,',
  '              normalizer_params=batch_norm_params,',
  "              scope='Conv2d_0a_1x1')",
  "        with tf.variable_scope('Branch_3'):",
  "          branch_3 = slim.max_pool2d(inputs, [3, 3], scope='MaxPool_0a_3x3')",
  '        net = tf.concat(axis=3, values=[branch_0, branch_1, branch_2, branch_3])',
  "        end_points['joined'] = net",
  '',
  '      net = slim.dropout(net, keep_prob=0.8, is_training=is_training)',
  "      logits = tf.contrib.layers.fully_connected(net, 10, scope='logits')",
  "      end_points['logits'] = logits",
  '  return net, end_points',
  '',
];

/** A file of exactly so many lines (the last one empty). */
export function syntheticNet(lines) {
  const all = [...header];
  for (let i = 0; all.length + block(i).length < lines; i++) all.push(...block(i));
  while (all.length < lines - 1) all.push('# end');
  return `${all.join('\n')}\n`;
}
