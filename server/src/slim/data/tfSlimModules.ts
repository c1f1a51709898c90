/**
 * Names of the modules of tf_slim 1.1.0. Written by scripts/generateTfSlimModules.py; do not edit.
 * Module -> module that defines the names -> names, separated by blanks; `a=b` where the original is called b.
 * `modules` lists names that are modules or belong to other libraries; `a=m` where that is not the submodule a.
 */
export const tfSlimModules: { readonly [module: string]: { readonly [source: string]: string } } =
  {
    "tf_slim": {
      "modules": "arg_scope_lib=tf_slim.ops.arg_scope array_ops=tensorflow.python.ops.array_ops bucketization_op=tf_slim.layers.bucketization_op check_ops=tensorflow.python.ops.check_ops clip_ops=tensorflow.python.ops.clip_ops control_flow_ops=tensorflow.python.ops.control_flow_ops data data_decoder=tf_slim.data.data_decoder data_provider=tf_slim.data.data_provider dataset=tf_slim.data.dataset dataset_data_provider=tf_slim.data.dataset_data_provider dtypes=tensorflow.python.framework.dtypes evaluation init_ops=tensorflow.python.ops.init_ops initializers=tf_slim.layers.initializers layers=tf_slim.layers.layers learning losses math_ops=tensorflow.python.ops.math_ops metrics model_analyzer moving_averages=tensorflow.python.training.moving_averages normalization=tf_slim.layers.normalization ops=tensorflow.python.framework.ops optimizer_=tensorflow.python.training.optimizer optimizers=tf_slim.layers.optimizers parallel_reader=tf_slim.data.parallel_reader prefetch_queue=tf_slim.data.prefetch_queue queues random_ops=tensorflow.python.ops.random_ops regularizers=tf_slim.layers.regularizers rev_block_lib=tf_slim.layers.rev_block_lib six=six summaries summary=tensorflow.python.summary.summary tfexample_decoder=tf_slim.data.tfexample_decoder train=tensorflow.python.training.training train_eval=tf_slim.training.evaluation training=tf_slim.training.training utils=tf_slim.layers.utils vars_=tensorflow.python.ops.variables vs=tensorflow.python.ops.variable_scope",
      "tf_slim.layers.bucketization_op": "bucketize",
      "tf_slim.layers.initializers": "variance_scaling_initializer xavier_initializer xavier_initializer_conv2d",
      "tf_slim.layers.layers": "GDN avg_pool2d avg_pool3d batch_norm bias_add conv1d conv2d conv2d_in_plane conv2d_transpose conv3d conv3d_transpose convolution convolution1d convolution2d convolution2d_in_plane convolution2d_transpose convolution3d convolution3d_transpose dense_to_sparse dropout elu flatten fully_connected gdn images_to_sequence layer_norm legacy_fully_connected legacy_linear legacy_relu linear max_pool2d max_pool3d maxout one_hot_encoding pool relu relu6 repeat scale_gradient separable_conv2d separable_convolution2d sequence_to_images softmax spatial_softmax stack unit_norm",
      "tf_slim.layers.normalization": "group_norm instance_norm",
      "tf_slim.layers.optimizers": "OPTIMIZER_CLS_NAMES OPTIMIZER_SUMMARIES adaptive_clipping_fn optimize_loss",
      "tf_slim.layers.regularizers": "apply_regularization l1_l2_regularizer l1_regularizer l2_regularizer sum_regularizer",
      "tf_slim.layers.rev_block_lib": "RevBlock recompute_grad rev_block",
      "tf_slim.layers.summaries": "summarize_activation summarize_activations summarize_biases summarize_collection summarize_tensor summarize_tensors summarize_variables summarize_weights",
      "tf_slim.ops.arg_scope": "add_arg_scope arg_scope arg_scope_func_key arg_scoped_arguments current_arg_scope has_arg_scope",
      "tf_slim.ops.variables": "VariableDeviceChooser add_model_variable assert_global_step assert_or_get_global_step assign_from_checkpoint assign_from_checkpoint_fn assign_from_values assign_from_values_fn create_global_step filter_variables get_global_step get_local_variables get_model_variables get_or_create_global_step get_trainable_variables get_unique_variable get_variable_full_name get_variables get_variables_by_name get_variables_by_suffix get_variables_to_restore global_variable local_variable model_variable variable"
    },
    "tf_slim.data": {
      "modules": "data_decoder data_provider dataset dataset_data_provider parallel_reader prefetch_queue tfexample_decoder"
    },
    "tf_slim.data.data_decoder": {
      "modules": "abc=abc six=six",
      "tf_slim.data.data_decoder": "DataDecoder"
    },
    "tf_slim.data.data_provider": {
      "modules": "abc=abc six=six",
      "tf_slim.data.data_provider": "DataProvider"
    },
    "tf_slim.data.dataset": {
      "tf_slim.data.dataset": "Dataset"
    },
    "tf_slim.data.dataset_data_provider": {
      "modules": "data_provider=tf_slim.data.data_provider parallel_reader=tf_slim.data.parallel_reader",
      "tf_slim.data.dataset_data_provider": "DatasetDataProvider"
    },
    "tf_slim.data.parallel_reader": {
      "modules": "data_flow_ops=tensorflow.python.ops.data_flow_ops gfile=tensorflow.python.platform.gfile io_ops=tensorflow.python.ops.io_ops math_ops=tensorflow.python.ops.math_ops ops=tensorflow.python.framework.ops queue_runner=tensorflow.python.training.queue_runner summary=tensorflow.python.summary.summary tf_dtypes=tensorflow.python.framework.dtypes tf_input=tensorflow.python.training.input",
      "tf_slim.data.parallel_reader": "ParallelReader get_data_files parallel_read single_pass_read"
    },
    "tf_slim.data.prefetch_queue": {
      "modules": "data_flow_ops=tensorflow.python.ops.data_flow_ops math_ops=tensorflow.python.ops.math_ops ops=tensorflow.python.framework.ops queue_runner=tensorflow.python.training.queue_runner summary=tensorflow.python.summary.summary",
      "tf_slim.data.prefetch_queue": "prefetch_queue"
    },
    "tf_slim.data.tfexample_decoder": {
      "modules": "abc=abc array_ops=tensorflow.python.ops.array_ops check_ops=tensorflow.python.ops.check_ops constant_op=tensorflow.python.framework.constant_op control_flow_ops=tensorflow.python.ops.control_flow_ops data_decoder=tf_slim.data.data_decoder dtypes=tensorflow.python.framework.dtypes image_ops=tensorflow.python.ops.image_ops map_fn=tensorflow.python.ops.map_fn math_ops=tensorflow.python.ops.math_ops ops=tensorflow.python.framework.ops parsing_ops=tensorflow.python.ops.parsing_ops six=six sparse_ops=tensorflow.python.ops.sparse_ops sparse_tensor=tensorflow.python.framework.sparse_tensor",
      "tf_slim.data.tfexample_decoder": "BackupHandler BoundingBox BoundingBoxSequence Image ItemHandler ItemHandlerCallback KeypointsSequence LookupTensor NumBoxesSequence SparseTensor TFExampleDecoder TFSequenceExampleDecoder Tensor"
    },
    "tf_slim.evaluation": {
      "modules": "StopAfterNEvalsHook=tensorflow.python.training._StopAfterNEvalsHook evaluation=tf_slim.training.evaluation get_or_create_eval_step=tensorflow.python.training._get_or_create_eval_step monitored_session=tensorflow.python.training.monitored_session summary=tensorflow.python.summary.summary tf_saver=tensorflow.python.training.saver",
      "tf_slim.evaluation": "evaluate_once evaluation_loop",
      "tf_slim.training.evaluation": "SummaryAtEndHook checkpoints_iterator evaluate_repeatedly wait_for_new_checkpoint"
    },
    "tf_slim.layers": {
      "modules": "array_ops=tensorflow.python.ops.array_ops bucketization_op check_ops=tensorflow.python.ops.check_ops clip_ops=tensorflow.python.ops.clip_ops control_flow_ops=tensorflow.python.ops.control_flow_ops dtypes=tensorflow.python.framework.dtypes init_ops=tensorflow.python.ops.init_ops initializers layers math_ops=tensorflow.python.ops.math_ops moving_averages=tensorflow.python.training.moving_averages normalization ops=tensorflow.python.framework.ops optimizer_=tensorflow.python.training.optimizer optimizers random_ops=tensorflow.python.ops.random_ops regularizers rev_block_lib six=six summaries summary=tensorflow.python.summary.summary train=tensorflow.python.training.training utils vars_=tensorflow.python.ops.variables vs=tensorflow.python.ops.variable_scope",
      "tf_slim.layers.bucketization_op": "bucketize",
      "tf_slim.layers.initializers": "variance_scaling_initializer xavier_initializer xavier_initializer_conv2d",
      "tf_slim.layers.layers": "GDN avg_pool2d avg_pool3d batch_norm bias_add conv1d conv2d conv2d_in_plane conv2d_transpose conv3d conv3d_transpose convolution convolution1d convolution2d convolution2d_in_plane convolution2d_transpose convolution3d convolution3d_transpose dense_to_sparse dropout elu flatten fully_connected gdn images_to_sequence layer_norm legacy_fully_connected legacy_linear legacy_relu linear max_pool2d max_pool3d maxout one_hot_encoding pool relu relu6 repeat scale_gradient separable_conv2d separable_convolution2d sequence_to_images softmax spatial_softmax stack unit_norm",
      "tf_slim.layers.normalization": "group_norm instance_norm",
      "tf_slim.layers.optimizers": "OPTIMIZER_CLS_NAMES OPTIMIZER_SUMMARIES adaptive_clipping_fn optimize_loss",
      "tf_slim.layers.regularizers": "apply_regularization l1_l2_regularizer l1_regularizer l2_regularizer sum_regularizer",
      "tf_slim.layers.rev_block_lib": "RevBlock recompute_grad rev_block",
      "tf_slim.layers.summaries": "summarize_activation summarize_activations summarize_biases summarize_collection summarize_tensor summarize_tensors summarize_variables summarize_weights"
    },
    "tf_slim.layers.bucketization_op": {
      "modules": "math_ops=tensorflow.python.ops.math_ops",
      "tf_slim.layers.bucketization_op": "bucketize"
    },
    "tf_slim.layers.initializers": {
      "modules": "dtypes=tensorflow.python.framework.dtypes math=math random_ops=tensorflow.python.ops.random_ops",
      "tf_slim.layers.initializers": "variance_scaling_initializer xavier_initializer xavier_initializer_conv2d"
    },
    "tf_slim.layers.layers": {
      "modules": "array_ops=tensorflow.python.ops.array_ops base=tensorflow.python.layers.base check_ops=tensorflow.python.ops.check_ops constant_op=tensorflow.python.framework.constant_op convolutional_layers=tensorflow.python.layers.convolutional core_layers=tensorflow.python.layers.core custom_gradient=tensorflow.python.ops.custom_gradient dtypes=tensorflow.python.framework.dtypes functools=functools init_ops=tensorflow.python.ops.init_ops initializers=tf_slim.layers.initializers input_spec=tensorflow.python.keras.engine.input_spec linalg_ops=tensorflow.python.ops.linalg_ops math_ops=tensorflow.python.ops.math_ops moving_averages=tensorflow.python.training.moving_averages nn=tensorflow.python.ops.nn normalization_layers=tensorflow.python.layers.normalization ops=tensorflow.python.framework.ops pooling_layers=tensorflow.python.layers.pooling six=six sparse_ops=tensorflow.python.ops.sparse_ops sparse_tensor=tensorflow.python.framework.sparse_tensor standard_ops=tensorflow.python.ops.standard_ops tensor_shape=tensorflow.python.framework.tensor_shape tf=tensorflow.compat.v1 tf_variables=tensorflow.python.ops.variables utils=tf_slim.layers.utils variable_scope=tensorflow.python.ops.variable_scope variables=tf_slim.ops.variables",
      "tf_slim.layers.layers": "DATA_FORMAT_NCDHW DATA_FORMAT_NCHW DATA_FORMAT_NDHWC DATA_FORMAT_NHWC GDN avg_pool2d avg_pool3d batch_norm bias_add conv1d conv2d conv2d_in_plane conv2d_transpose conv3d conv3d_transpose convolution convolution1d convolution2d convolution2d_in_plane convolution2d_transpose convolution3d convolution3d_transpose dense_to_sparse dropout elu flatten fully_connected gdn images_to_sequence layer_norm legacy_fully_connected legacy_linear legacy_relu linear max_pool2d max_pool3d maxout one_hot_encoding poincare_normalize pool relu relu6 repeat scale_gradient separable_conv2d separable_convolution2d sequence_to_images softmax spatial_softmax stack unit_norm",
      "tf_slim.ops.arg_scope": "add_arg_scope"
    },
    "tf_slim.layers.normalization": {
      "modules": "array_ops=tensorflow.python.ops.array_ops init_ops=tensorflow.python.ops.init_ops math_ops=tensorflow.python.ops.math_ops nn=tensorflow.python.ops.nn ops=tensorflow.python.framework.ops tf=tensorflow.compat.v1 utils=tf_slim.layers.utils variable_scope=tensorflow.python.ops.variable_scope variables=tf_slim.ops.variables",
      "tf_slim.layers.layers": "DATA_FORMAT_NCHW DATA_FORMAT_NHWC",
      "tf_slim.layers.normalization": "group_norm instance_norm",
      "tf_slim.ops.arg_scope": "add_arg_scope"
    },
    "tf_slim.layers.optimizers": {
      "modules": "array_ops=tensorflow.python.ops.array_ops check_ops=tensorflow.python.ops.check_ops clip_ops=tensorflow.python.ops.clip_ops control_flow_ops=tensorflow.python.ops.control_flow_ops dtypes=tensorflow.python.framework.dtypes init_ops=tensorflow.python.ops.init_ops math_ops=tensorflow.python.ops.math_ops moving_averages=tensorflow.python.training.moving_averages ops=tensorflow.python.framework.ops optimizer_=tensorflow.python.training.optimizer random_ops=tensorflow.python.ops.random_ops six=six summary=tensorflow.python.summary.summary train=tensorflow.python.training.training vars_=tensorflow.python.ops.variables vs=tensorflow.python.ops.variable_scope",
      "tf_slim.layers.optimizers": "OPTIMIZER_CLS_NAMES OPTIMIZER_SUMMARIES adaptive_clipping_fn optimize_loss"
    },
    "tf_slim.layers.regularizers": {
      "modules": "constant_op=tensorflow.python.framework.constant_op logging=tensorflow.python.platform.tf_logging math_ops=tensorflow.python.ops.math_ops nn=tensorflow.python.ops.nn numbers=numbers ops=tensorflow.python.framework.ops standard_ops=tensorflow.python.ops.standard_ops",
      "tf_slim.layers.regularizers": "apply_regularization l1_l2_regularizer l1_regularizer l2_regularizer sum_regularizer"
    },
    "tf_slim.layers.rev_block_lib": {
      "modules": "arg_scope_lib=tf_slim.ops.arg_scope array_ops=tensorflow.python.ops.array_ops backprop=tensorflow.python.eager.backprop base=tensorflow.python.layers.base control_flow_ops=tensorflow.python.ops.control_flow_ops control_flow_util=tensorflow.python.ops.control_flow_util custom_gradient=tensorflow.python.ops.custom_gradient dtypes=tensorflow.python.framework.dtypes framework_ops=tensorflow.python.framework.ops functools=functools gradients_impl=tensorflow.python.ops.gradients_impl logging=tensorflow.python.platform.tf_logging math_ops=tensorflow.python.ops.math_ops nest=tensorflow.python.util.nest np=numpy re=re six=six tf2=tensorflow.python.tf2 tf_inspect=tensorflow.python.util.tf_inspect variable_scope=tensorflow.python.ops.variable_scope variables_lib=tensorflow.python.ops.variables",
      "tf_slim.layers.rev_block_lib": "LAYER_RE RevBlock enable_with_args recompute_grad rev_block xrange=xrange"
    },
    "tf_slim.layers.sparse_ops": {
      "modules": "array_ops=tensorflow.python.ops.array_ops compat=tensorflow.python.util.compat dtypes=tensorflow.python.framework.dtypes math_ops=tensorflow.python.ops.math_ops ops=tensorflow.python.framework.ops sparse_tensor=tensorflow.python.framework.sparse_tensor",
      "tf_slim.layers.sparse_ops": "dense_to_sparse_tensor indicators_to_sparse_ids sparse_row_envelope"
    },
    "tf_slim.layers.summaries": {
      "modules": "dtypes=tensorflow.python.framework.dtypes functools=functools ops=tensorflow.python.framework.ops re=re standard_ops=tensorflow.python.ops.standard_ops summary=tensorflow.python.summary.summary",
      "tf_slim.layers.summaries": "summarize_activation summarize_activations summarize_biases summarize_collection summarize_tensor summarize_tensors summarize_variables summarize_weights"
    },
    "tf_slim.layers.utils": {
      "modules": "control_flow_ops=tensorflow.python.ops.control_flow_ops ops=tensorflow.python.framework.ops tensor_shape=tensorflow.python.framework.tensor_shape tensor_util=tensorflow.python.framework.tensor_util variables=tensorflow.python.ops.variables",
      "tf_slim.layers.utils": "NamedOutputs OrderedDict=OrderedDict append_tensor_alias channel_dimension collect_named_outputs constant_value convert_collection_to_dict gather_tensors_aliases get_tensor_aliases get_variable_collections last_dimension n_positive_integers namedtuple=namedtuple smart_cond static_cond two_element_tuple"
    },
    "tf_slim.learning": {
      "modules": "array_ops=tensorflow.python.ops.array_ops clip_ops=tensorflow.python.ops.clip_ops config_pb2=tensorflow.core.protobuf.config_pb2 constant_op=tensorflow.python.framework.constant_op control_flow_ops=tensorflow.python.ops.control_flow_ops errors=tensorflow.python.framework.errors file_io=tensorflow.python.lib.io.file_io logging=tensorflow.python.platform.tf_logging lookup_ops=tensorflow.python.ops.lookup_ops math_ops=tensorflow.python.ops.math_ops ops=tensorflow.python.framework.ops os=os summary=tensorflow.python.summary.summary supervisor=tensorflow.python.training.supervisor sync_replicas_optimizer=tensorflow.python.training.sync_replicas_optimizer sys=sys tf_optimizer=tensorflow.python.training.optimizer tf_saver=tensorflow.python.training.saver time=time timeline=tensorflow.python.client.timeline training=tf_slim.training.training training_util=tensorflow.python.training.training_util variables=tensorflow.python.ops.variables",
      "tf_slim.learning": "add_gradients_summaries clip_gradient_norms create_train_op multiply_gradients train train_step"
    },
    "tf_slim.losses": {
      "modules": "metric_learning",
      "tf_slim.losses.loss_ops": "absolute_difference add_loss compute_weighted_loss cosine_distance get_losses get_regularization_losses get_total_loss hinge_loss log_loss mean_pairwise_squared_error mean_squared_error sigmoid_cross_entropy softmax_cross_entropy sparse_softmax_cross_entropy",
      "tf_slim.losses.metric_learning": "cluster_loss contrastive_loss lifted_struct_loss npairs_loss npairs_loss_multilabel triplet_semihard_loss"
    },
    "tf_slim.losses.loss_ops": {
      "modules": "array_ops=tensorflow.python.ops.array_ops deprecated_argument_lookup=tensorflow.python.util.deprecation.deprecated_argument_lookup dtypes=tensorflow.python.framework.dtypes math_ops=tensorflow.python.ops.math_ops nn=tensorflow.python.ops.nn nn_ops=tensorflow.python.ops.nn_ops ops=tensorflow.python.framework.ops",
      "tf_slim.losses.loss_ops": "absolute_difference add_loss compute_weighted_loss cosine_distance deprecated=deprecated deprecated_args=deprecated_args get_losses get_regularization_losses get_total_loss hinge_loss log_loss mean_pairwise_squared_error mean_squared_error sigmoid_cross_entropy softmax_cross_entropy sparse_softmax_cross_entropy",
      "tf_slim.ops.arg_scope": "add_arg_scope"
    },
    "tf_slim.losses.metric_learning": {
      "modules": "array_ops=tensorflow.python.ops.array_ops control_flow_ops=tensorflow.python.ops.control_flow_ops dtypes=tensorflow.python.framework.dtypes importlib=importlib logging_ops=tensorflow.python.ops.logging_ops math_ops=tensorflow.python.ops.math_ops nn=tensorflow.python.ops.nn ops=tensorflow.python.framework.ops script_ops=tensorflow.python.ops.script_ops sparse_ops=tensorflow.python.ops.sparse_ops sparse_tensor=tensorflow.python.framework.sparse_tensor summary=tensorflow.python.summary.summary tensor_shape=tensorflow.python.framework.tensor_shape",
      "tf_slim.losses.metric_learning": "HAS_SKLEARN=HAS_SKLEARN cluster_loss compute_augmented_facility_locations compute_augmented_facility_locations_pam compute_clustering_score compute_facility_energy compute_gt_cluster_score contrastive_loss get_cluster_assignment lifted_struct_loss masked_maximum masked_minimum npairs_loss npairs_loss_multilabel pairwise_distance triplet_semihard_loss update_1d_tensor update_all_medoids update_medoid_per_cluster"
    },
    "tf_slim.metrics": {
      "modules": "classification histogram_ops metric_ops",
      "tf_slim.metrics.classification": "accuracy f1_score",
      "tf_slim.metrics.histogram_ops": "auc_using_histogram",
      "tf_slim.metrics.metric_ops": "aggregate_metric_map aggregate_metrics auc_with_confidence_intervals cohen_kappa count precision_at_recall precision_recall_at_equal_thresholds recall_at_precision sparse_recall_at_top_k streaming_accuracy streaming_auc streaming_concat streaming_covariance streaming_curve_points streaming_dynamic_auc streaming_false_negative_rate streaming_false_negative_rate_at_thresholds streaming_false_negatives streaming_false_negatives_at_thresholds streaming_false_positive_rate streaming_false_positive_rate_at_thresholds streaming_false_positives streaming_false_positives_at_thresholds streaming_mean streaming_mean_absolute_error streaming_mean_cosine_distance streaming_mean_iou streaming_mean_relative_error streaming_mean_squared_error streaming_mean_tensor streaming_pearson_correlation streaming_percentage_less streaming_precision streaming_precision_at_thresholds streaming_recall streaming_recall_at_k streaming_recall_at_thresholds streaming_root_mean_squared_error streaming_sensitivity_at_specificity streaming_sparse_average_precision_at_k streaming_sparse_average_precision_at_top_k streaming_sparse_precision_at_k streaming_sparse_precision_at_top_k streaming_sparse_recall_at_k streaming_specificity_at_sensitivity streaming_true_negatives streaming_true_negatives_at_thresholds streaming_true_positives streaming_true_positives_at_thresholds"
    },
    "tf_slim.metrics.classification": {
      "modules": "array_ops=tensorflow.python.ops.array_ops dtypes=tensorflow.python.framework.dtypes math_ops=tensorflow.python.ops.math_ops metrics_impl=tensorflow.python.ops.metrics_impl ops=tensorflow.python.framework.ops tf=tensorflow.compat.v1 variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.metrics.classification": "accuracy f1_score"
    },
    "tf_slim.metrics.histogram_ops": {
      "modules": "array_ops=tensorflow.python.ops.array_ops cm=tensorflow.python.ops.confusion_matrix control_flow_ops=tensorflow.python.ops.control_flow_ops dtypes=tensorflow.python.framework.dtypes histogram_ops=tensorflow.python.ops.histogram_ops init_ops=tensorflow.python.ops.init_ops math_ops=tensorflow.python.ops.math_ops ops=tensorflow.python.framework.ops variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.metrics.histogram_ops": "auc_using_histogram"
    },
    "tf_slim.metrics.metric_ops": {
      "modules": "array_ops=tensorflow.python.ops.array_ops check_ops=tensorflow.python.ops.check_ops collections_lib=collections confusion_matrix=tensorflow.python.ops.confusion_matrix control_flow_ops=tensorflow.python.ops.control_flow_ops dtypes=tensorflow.python.framework.dtypes math_ops=tensorflow.python.ops.math_ops metrics=tensorflow.python.ops.metrics metrics_impl=tensorflow.python.ops.metrics_impl nn=tensorflow.python.ops.nn ops=tensorflow.python.framework.ops state_ops=tensorflow.python.ops.state_ops tf=tensorflow.compat.v1 variable_scope=tensorflow.python.ops.variable_scope weights_broadcast_ops=tensorflow.python.ops.weights_broadcast_ops",
      "tf_slim.metrics.metric_ops": "aggregate_metric_map aggregate_metrics auc_with_confidence_intervals cohen_kappa count deprecated=deprecated precision_at_recall precision_recall_at_equal_thresholds recall_at_precision sparse_recall_at_top_k streaming_accuracy streaming_auc streaming_concat streaming_covariance streaming_curve_points streaming_dynamic_auc streaming_false_negative_rate streaming_false_negative_rate_at_thresholds streaming_false_negatives streaming_false_negatives_at_thresholds streaming_false_positive_rate streaming_false_positive_rate_at_thresholds streaming_false_positives streaming_false_positives_at_thresholds streaming_mean streaming_mean_absolute_error streaming_mean_cosine_distance streaming_mean_iou streaming_mean_relative_error streaming_mean_squared_error streaming_mean_tensor streaming_pearson_correlation streaming_percentage_less streaming_precision streaming_precision_at_thresholds streaming_recall streaming_recall_at_k streaming_recall_at_thresholds streaming_root_mean_squared_error streaming_sensitivity_at_specificity streaming_sparse_average_precision_at_k streaming_sparse_average_precision_at_top_k streaming_sparse_precision_at_k streaming_sparse_precision_at_top_k streaming_sparse_recall_at_k streaming_specificity_at_sensitivity streaming_true_negatives streaming_true_negatives_at_thresholds streaming_true_positives streaming_true_positives_at_thresholds"
    },
    "tf_slim.model_analyzer": {
      "tf_slim.model_analyzer": "analyze_ops analyze_vars tensor_description"
    },
    "tf_slim.nets": {
      "modules": "alexnet inception inception_v1 inception_v2 inception_v3 overfeat resnet_utils resnet_v1 resnet_v2 vgg",
      "tf_slim.nets": "make_all=make_all"
    },
    "tf_slim.nets.alexnet": {
      "modules": "array_ops=tensorflow.python.ops.array_ops init_ops=tensorflow.python.ops.init_ops layers=tf_slim.layers.layers layers_lib=tf_slim.layers.layers nn_ops=tensorflow.python.ops.nn_ops regularizers=tf_slim.layers.regularizers utils=tf_slim.layers.utils variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.nets.alexnet": "alexnet_v2 alexnet_v2_arg_scope trunc_normal",
      "tf_slim.ops.arg_scope": "arg_scope"
    },
    "tf_slim.nets.inception": {
      "tf_slim.nets.inception_v1": "inception_v1 inception_v1_arg_scope inception_v1_base",
      "tf_slim.nets.inception_v2": "inception_v2 inception_v2_arg_scope inception_v2_base",
      "tf_slim.nets.inception_v3": "inception_v3 inception_v3_arg_scope inception_v3_base"
    },
    "tf_slim.nets.inception_v1": {
      "modules": "array_ops=tensorflow.python.ops.array_ops init_ops=tensorflow.python.ops.init_ops initializers=tf_slim.layers.initializers layers=tf_slim.layers.layers layers_lib=tf_slim.layers.layers nn_ops=tensorflow.python.ops.nn_ops ops=tensorflow.python.framework.ops regularizers=tf_slim.layers.regularizers variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.nets.inception_v1": "inception_v1 inception_v1_arg_scope inception_v1_base trunc_normal",
      "tf_slim.ops.arg_scope": "arg_scope"
    },
    "tf_slim.nets.inception_v2": {
      "modules": "array_ops=tensorflow.python.ops.array_ops init_ops=tensorflow.python.ops.init_ops initializers=tf_slim.layers.initializers layers=tf_slim.layers.layers layers_lib=tf_slim.layers.layers nn_ops=tensorflow.python.ops.nn_ops ops=tensorflow.python.framework.ops regularizers=tf_slim.layers.regularizers variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.nets.inception_v2": "inception_v2 inception_v2_arg_scope inception_v2_base trunc_normal",
      "tf_slim.ops.arg_scope": "arg_scope"
    },
    "tf_slim.nets.inception_v3": {
      "modules": "array_ops=tensorflow.python.ops.array_ops init_ops=tensorflow.python.ops.init_ops initializers=tf_slim.layers.initializers layers=tf_slim.layers.layers layers_lib=tf_slim.layers.layers nn_ops=tensorflow.python.ops.nn_ops ops=tensorflow.python.framework.ops regularizers=tf_slim.layers.regularizers variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.nets.inception_v3": "inception_v3 inception_v3_arg_scope inception_v3_base trunc_normal",
      "tf_slim.ops.arg_scope": "arg_scope"
    },
    "tf_slim.nets.overfeat": {
      "modules": "array_ops=tensorflow.python.ops.array_ops init_ops=tensorflow.python.ops.init_ops layers=tf_slim.layers.layers layers_lib=tf_slim.layers.layers nn_ops=tensorflow.python.ops.nn_ops regularizers=tf_slim.layers.regularizers utils=tf_slim.layers.utils variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.nets.overfeat": "overfeat overfeat_arg_scope trunc_normal",
      "tf_slim.ops.arg_scope": "arg_scope"
    },
    "tf_slim.nets.resnet_utils": {
      "modules": "array_ops=tensorflow.python.ops.array_ops collections=collections initializers=tf_slim.layers.initializers layers=tf_slim.layers.layers layers_lib=tf_slim.layers.layers nn_ops=tensorflow.python.ops.nn_ops ops=tensorflow.python.framework.ops regularizers=tf_slim.layers.regularizers utils=tf_slim.layers.utils variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.nets.resnet_utils": "Block conv2d_same resnet_arg_scope stack_blocks_dense subsample",
      "tf_slim.ops.arg_scope": "add_arg_scope arg_scope"
    },
    "tf_slim.nets.resnet_v1": {
      "modules": "layers=tf_slim.layers.layers layers_lib=tf_slim.layers.layers math_ops=tensorflow.python.ops.math_ops nn_ops=tensorflow.python.ops.nn_ops resnet_utils=tf_slim.nets.resnet_utils utils=tf_slim.layers.utils variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.nets.resnet_utils": "resnet_arg_scope",
      "tf_slim.nets.resnet_v1": "bottleneck resnet_v1 resnet_v1_101 resnet_v1_152 resnet_v1_200 resnet_v1_50 resnet_v1_block",
      "tf_slim.ops.arg_scope": "add_arg_scope arg_scope"
    },
    "tf_slim.nets.resnet_v2": {
      "modules": "layers=tf_slim.layers.layers layers_lib=tf_slim.layers.layers math_ops=tensorflow.python.ops.math_ops nn_ops=tensorflow.python.ops.nn_ops resnet_utils=tf_slim.nets.resnet_utils utils=tf_slim.layers.utils variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.nets.resnet_utils": "resnet_arg_scope",
      "tf_slim.nets.resnet_v2": "bottleneck resnet_v2 resnet_v2_101 resnet_v2_152 resnet_v2_200 resnet_v2_50 resnet_v2_block",
      "tf_slim.ops.arg_scope": "add_arg_scope arg_scope"
    },
    "tf_slim.nets.vgg": {
      "modules": "array_ops=tensorflow.python.ops.array_ops init_ops=tensorflow.python.ops.init_ops layers=tf_slim.layers.layers layers_lib=tf_slim.layers.layers nn_ops=tensorflow.python.ops.nn_ops regularizers=tf_slim.layers.regularizers utils=tf_slim.layers.utils variable_scope=tensorflow.python.ops.variable_scope",
      "tf_slim.nets.vgg": "vgg_16 vgg_19 vgg_a vgg_arg_scope vgg_d vgg_e",
      "tf_slim.ops.arg_scope": "arg_scope"
    },
    "tf_slim.ops": {
      "modules": "arg_scope variables"
    },
    "tf_slim.ops.arg_scope": {
      "modules": "tf_contextlib=tensorflow.python.util.tf_contextlib tf_decorator=tensorflow.python.util.tf_decorator",
      "tf_slim.ops.arg_scope": "add_arg_scope arg_scope arg_scope_func_key arg_scoped_arguments current_arg_scope has_arg_scope"
    },
    "tf_slim.ops.framework_ops": {
      "modules": "ops=tensorflow.python.framework.ops",
      "tf_slim.ops.framework_ops": "get_graph_from_inputs get_name_scope"
    },
    "tf_slim.ops.variables": {
      "modules": "arg_scope=tf_slim.ops.arg_scope array_ops=tensorflow.python.ops.array_ops control_flow_ops=tensorflow.python.ops.control_flow_ops dtypes=tensorflow.python.framework.dtypes functools=functools logging=tensorflow.python.platform.tf_logging ops=tensorflow.python.framework.ops re=re saver_pb2=tensorflow.core.protobuf.saver_pb2 tf=tensorflow.compat.v1 tf_device=tensorflow.python.framework.device_spec tf_saver=tensorflow.python.training.saver training_util=tensorflow.python.training.training_util variable_scope=tensorflow.python.ops.variable_scope variables=tensorflow.python.ops.variables",
      "tf_slim.ops.variables": "VariableDeviceChooser add_model_variable assert_global_step assert_or_get_global_step assign_from_checkpoint assign_from_checkpoint_fn assign_from_values assign_from_values_fn create_global_step deprecated=deprecated filter_variables get_global_step get_local_variables get_model_variables get_or_create_global_step get_trainable_variables get_unique_variable get_variable_full_name get_variables get_variables_by_name get_variables_by_suffix get_variables_to_restore global_variable local_variable model_variable variable"
    },
    "tf_slim.queues": {
      "modules": "contextlib=contextlib coordinator=tensorflow.python.training.coordinator ops=tensorflow.python.framework.ops threading=threading",
      "tf_slim.queues": "NestedQueueRunnerError QueueRunners"
    },
    "tf_slim.summaries": {
      "modules": "logging_ops=tensorflow.python.ops.logging_ops nn=tensorflow.python.ops.nn_impl ops=tensorflow.python.framework.ops summary=tensorflow.python.summary.summary",
      "tf_slim.summaries": "add_histogram_summaries add_histogram_summary add_image_summaries add_image_summary add_scalar_summaries add_scalar_summary add_zero_fraction_summaries add_zero_fraction_summary"
    },
    "tf_slim.training": {
      "modules": "evaluation training"
    },
    "tf_slim.training.evaluation": {
      "modules": "StopAfterNEvalsHook=tensorflow.python.training._StopAfterNEvalsHook basic_session_run_hooks=tensorflow.python.training.basic_session_run_hooks checkpoint_management=tensorflow.python.training.checkpoint_management evaluate_once=tensorflow.python.training._evaluate_once evaluation=tensorflow.python.training.evaluation get_or_create_eval_step=tensorflow.python.training._get_or_create_eval_step logging=tensorflow.python.platform.tf_logging monitored_session=tensorflow.python.training.monitored_session session_run_hook=tensorflow.python.training.session_run_hook summary=tensorflow.python.summary.summary tf=tensorflow.compat.v1 time=time training_util=tensorflow.python.training.training_util",
      "tf_slim.training.evaluation": "SummaryAtEndHook checkpoints_iterator evaluate_repeatedly wait_for_new_checkpoint"
    },
    "tf_slim.training.training": {
      "modules": "array_ops=tensorflow.python.ops.array_ops clip_ops=tensorflow.python.ops.clip_ops control_flow_ops=tensorflow.python.ops.control_flow_ops logging=tensorflow.python.platform.tf_logging monitored_session=tensorflow.python.training.monitored_session ops=tensorflow.python.framework.ops summary=tensorflow.python.summary.summary tf_optimizer=tensorflow.python.training.optimizer tf_variables=tensorflow.python.ops.variables training_util=tensorflow.python.training.training_util",
      "tf_slim.training.training": "add_gradients_summaries clip_gradient_norms clip_gradient_norms_fn create_train_op multiply_gradients train"
    }
  };
