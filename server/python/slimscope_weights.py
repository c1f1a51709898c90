"""Loads a checkpoint of a TensorFlow 1 model into the Keras model that its code became.

This file is yours: `slimscope weights --loader` writes it, and it needs nothing but TensorFlow (Keras 3 or tf_keras)
and the map that `slimscope weights --output weights.json` or `slimscope migrate --weights-map` writes.

    from slimscope_weights import load_checkpoint

    model = keras.Model(inputs, network(inputs))
    print(load_checkpoint(model, "model.ckpt-1000", "weights.json"))

Every weight of the model must be found, with its shape, in exactly one variable; else nothing is changed, and the error
lists what is missing, ambiguous or of another shape. Variables that no weight takes are listed, too.

License: the same as that of Slimscope, MIT.
"""

import json
import re

import numpy as np
import tensorflow as tf

# What optimizers keep beside a variable, below its name.
SLOTS = re.compile(
    r"(Momentum|Adam(_1)?|RMSProp(_\d+)?|Adagrad(DA)?(_\d+)?|Adadelta(_\d+)?|Ftrl(_\d+)?|AdaMax(_\d+)?|"
    r"LARSOptimizer|Adam[WX]\w*|m|v|vr|vc|vs|biased|local_step|ProximalAdagrad|GradientDescent)$"
)
AVERAGE = "ExponentialMovingAverage"
# What training keeps beside the model.
BOOKKEEPING = re.compile(
    r"(.*/)?(global_step|beta[12]_power(_\d+)?|save_counter|_CHECKPOINTABLE_OBJECT_GRAPH|"
    r"current_loss_scale|good_steps|learning_rate)$"
)
# Weights that the two versions of Keras call differently.
ALIASES = {"depthwise_kernel": ["depthwise_kernel", "kernel"]}
# The scopes that TF-Slim and tf.layers invent for layers without one.
DEFAULT_SCOPES = {
    "Conv1D": r"(Conv|conv1d)",
    "Conv2D": r"(Conv|conv2d)",
    "Conv3D": r"(Conv|conv3d)",
    "Conv2DTranspose": r"(Conv2d_transpose|conv2d_transpose)",
    "Conv3DTranspose": r"(Conv3d_transpose|conv3d_transpose)",
    "SeparableConv2D": r"(SeparableConv2d|separable_conv2d)",
    "DepthwiseConv2D": r"SeparableConv2d",
    "Dense": r"(fully_connected|dense)",
    "BatchNormalization": r"(BatchNorm|batch_normalization)",
    "LayerNormalization": r"LayerNorm",
    "GroupNormalization": r"(GroupNorm|InstanceNorm|LayerNorm)",
}


def load_checkpoint(
    model, checkpoint, weights_map, scope=None, exclude=(), averages=False, names=None, by_order=False, strict=True
):
    """Loads the variables of a checkpoint into the weights of a model, all or none.

    Args:
      model: a built Keras model, or a list of layers.
      checkpoint: the path of a checkpoint (`model.ckpt-1000`, without `.index`), or of a folder with checkpoints.
      weights_map: the path of the map, or its content.
      scope: the variable scope in the checkpoint that holds the model, where several do: `"tower_0/InceptionV3"`.
      exclude: scopes of variables, or names of layers, that are not loaded: `["Logits", "AuxLogits"]`.
      averages: True to load the moving averages that `tf.train.ExponentialMovingAverage` kept, where there are any.
      names: variable scopes by the name of the layer, for what the map cannot say: `{"conv2d_3": "net/Conv_1"}`.
      by_order: True to match the layers that have no name of their own with the scopes that TensorFlow 1 numbered
        (`Conv`, `Conv_1`, ...), in the order of their numbers. Look at the report, and compare the outputs.
      strict: False to load what can be loaded where something is missing, ambiguous or of another shape.

    Returns:
      a `Report`; print it.

    Raises:
      ValueError: something is missing, ambiguous or of another shape. Nothing has been changed.
    """
    exclude = [exclude] if isinstance(exclude, str) else list(exclude)
    variables = Variables(checkpoint, averages)
    layers = layers_with_weights(model)
    report = Report()
    report.ignored = len(variables.ignored)
    entries = Entries(read_map(weights_map), names or {})
    matches = match_layers(layers, entries, variables, scope, report, exclude)
    match_by_order(layers, matches, entries, variables, report, (by_order, exclude))
    assignments = []
    taken = {}
    for layer in layers:
        if id(layer) not in matches or is_excluded(layer.name, matches[id(layer)][1], exclude):
            continue
        entry, found = matches[id(layer)]
        if found in taken and taken[found][1] is entry:
            report.ambiguous.append("%s and %s would both take `%s`" % (taken[found][0], layer.name, found))
            continue
        taken[found] = (layer.name, entry)
        assignments += match_weights(layer, entry, found, variables, report)
    used = {name for _, name, _ in assignments}
    used.update(report.touched)
    for name in sorted(variables.shapes):
        if name not in used:
            (report.excluded if is_excluded("", name, exclude) else report.extra).append(
                "%s %s" % (name, list(variables.shapes[name]))
            )
    if strict and not report.complete:
        raise ValueError("Nothing is loaded from %s:\n%s" % (checkpoint, report))
    for weight, name, value in assignments:
        weight.assign(value)
        report.loaded[name] = weight
    return report


class Report:
    """What was loaded, and what was not: `loaded` has the weight by the name of the variable, the rest are texts."""

    def __init__(self):
        self.loaded = {}
        self.missing = []
        self.shapes = []
        self.ambiguous = []
        self.extra = []
        self.excluded = []
        self.notes = []
        self.ignored = 0
        # Variables that a weight would have taken, had it been sure.
        self.touched = set()

    @property
    def complete(self):
        """True when every weight of the model has its variable."""
        return not (self.missing or self.shapes or self.ambiguous)

    def __str__(self):
        lines = ["%d weights loaded" % len(self.loaded)]
        for title, items in [
            ("weights without a variable", self.missing),
            ("of another shape", self.shapes),
            ("ambiguous", self.ambiguous),
            ("variables that no weight takes", self.extra),
            ("excluded", self.excluded),
        ]:
            if items:
                lines.append("%d %s:" % (len(items), title))
                lines += ["  " + item for item in items]
        if self.ignored:
            lines.append("%d variables of optimizers and training are passed over" % self.ignored)
        return "\n".join(lines + self.notes)


class Variables:
    """The variables of a checkpoint, without what belongs to training."""

    def __init__(self, checkpoint, averages):
        self.reader = tf.train.load_checkpoint(checkpoint)
        self.all = {name: tuple(shape) for name, shape in self.reader.get_variable_to_shape_map().items()}
        self.averages = averages
        self.ignored = {name for name in self.all if self._is_of_training(name)}
        self.shapes = {name: shape for name, shape in self.all.items() if name not in self.ignored}
        self.scopes = set()
        for name in self.shapes:
            parts = name.split("/")
            self.scopes.update("/".join(parts[:count]) for count in range(len(parts)))

    def _is_of_training(self, name):
        if BOOKKEEPING.match(name):
            return True
        base, _, last = name.rpartition("/")
        if last != AVERAGE and not SLOTS.match(last):
            return False
        # Slots stand below the name of their variable, at times behind scopes of the optimizer.
        parts = base.split("/")
        return any("/".join(parts[start:]) in self.all for start in range(len(parts)))

    def value(self, name):
        average = name + "/" + AVERAGE
        if self.averages and average in self.all:
            name = average
        return np.asarray(self.reader.get_tensor(name))


class Entries:
    """The layers of the map, found by the name of a layer."""

    def __init__(self, weights_map, names):
        if weights_map.get("schemaVersion") != 1:
            raise ValueError("This loader reads maps of version 1, not %r." % weights_map.get("schemaVersion"))
        self.names = names
        self.layers = weights_map["layers"]
        self.patterns = [(to_regex(one["pattern"], r"[\w.-]*"), one) for one in self.layers if one["pattern"]]

    def find(self, layer):
        """The entries that may have made a layer: by its name, else by the patterns that say most."""
        same = [one for one in self.layers if one["class"] == type(layer).__name__]
        exact = [one for one in same if one["name"] == layer.name]
        if exact:
            return exact
        found = [one for pattern, one in self.patterns if one in same and pattern.match(layer.name)]
        known = max([len(one["pattern"].replace("*", "")) for one in found], default=0)
        return [one for one in found if len(one["pattern"].replace("*", "")) == known]

    def unnamed(self, layer):
        """An entry without a name for the class of a layer; all of them must have the same weights."""
        found = [
            one
            for one in self.layers
            if one["class"] == type(layer).__name__ and one["name"] is None and one["pattern"] in (None, "*")
        ]
        return found[0] if found else None


def read_map(weights_map):
    if isinstance(weights_map, dict):
        return weights_map
    with open(weights_map, encoding="utf-8") as file:
        return json.load(file)


def layers_with_weights(model):
    """The innermost layers that have weights, each once."""
    if isinstance(model, (list, tuple)):
        found = [inner for layer in model for inner in layers_with_weights(layer)]
    elif hasattr(model, "_flatten_layers"):
        found = [layer for layer in model._flatten_layers() if layer.weights and not holds_layers(layer)]
    else:
        found = [model]
    return list({id(layer): layer for layer in found}.values())


def holds_layers(layer):
    return any(inner is not layer and inner.weights for inner in layer._flatten_layers())


# ------------------------------------------------------------------------------------------------ from names to scopes


def match_layers(layers, entries, variables, scope, report, exclude):
    """Entry and variable scope of each layer that is told by its name, by the identity of the layer."""
    candidates = {}
    for layer in layers:
        if layer.name in entries.names:
            found = find_by_hand(layer, entries, variables, report)
        else:
            found = [
                (entry, path, prefix)
                for entry in entries.find(layer)
                for path, prefix in candidate_scopes(layer, entry, variables, scope)
            ]
        candidates[id(layer)] = found
        is_known = found or entries.find(layer) or entries.unnamed(layer)
        if not is_known and layer.name not in entries.names and not is_excluded(layer.name, "", exclude):
            report.missing.append("%s (%s): the map has no such layer" % (layer.name, type(layer).__name__))
        elif not found and entries.find(layer) and not is_excluded(layer.name, "", exclude):
            where = "" if scope is None else " below `%s`" % scope
            report.missing.append("%s: no variables for it%s; %s" % (layer.name, where, wanted(entries.find(layer)[0])))
    sure = {found[0][2] for found in candidates.values() if len({path for _, path, _ in found}) == 1}
    matches = {}
    for layer in layers:
        found = candidates[id(layer)]
        if len({path for _, path, _ in found}) > 1:
            found = [one for one in found if one[2] in sure] or found
        paths = sorted({path for _, path, _ in found})
        if len(paths) == 1:
            matches[id(layer)] = found[0][:2]
        elif paths and not is_excluded(layer.name, "", exclude):
            report.ambiguous.append("%s: `%s`; say which with `scope` or `names`" % (layer.name, "`, `".join(paths)))
            report.touched.update(name for name in variables.shapes if name.rpartition("/")[0] in paths)
    return matches


def find_by_hand(layer, entries, variables, report):
    path = entries.names[layer.name].strip("/")
    found = entries.find(layer) or [entries.unnamed(layer)]
    if found[0] is None:
        report.missing.append("%s: the map has no %s without a name" % (layer.name, type(layer).__name__))
    elif path not in variables.scopes:
        report.missing.append("%s: there is no scope `%s`" % (layer.name, path))
    else:
        return [(found[0], path, "")]
    return []


def candidate_scopes(layer, entry, variables, scope):
    """Scopes that the name of a layer may stand for, and what stands before that: '/' has become '_' in names."""
    known = entry["scope"] and to_regex(entry["scope"], r".*", before=r"(?:.*/)?")
    for path in sorted(variables.scopes):
        flat = flatten(path)
        if flat != layer.name and not flat.endswith("_" + layer.name):
            continue
        prefix = flat[: len(flat) - len(layer.name)].rstrip("_")
        if scope is not None and not is_below(path, scope.strip("/"), prefix):
            continue
        if (known is None or known == "" or known.match(path)) and has_variables(layer, entry, path, variables):
            yield path, prefix


def is_below(path, scope, prefix):
    return (path == scope or path.startswith(scope + "/") or not scope) and prefix in ("", flatten(scope))


def has_variables(layer, entry, path, variables):
    """True when some weight of the layer has a variable there: what lacks another is to be told."""
    return any(
        join(path, variable) in variables.shapes
        for weight in entry["weights"]
        if weight_of(layer, weight["weight"]) is not None
        for variable in weight["variables"]
    )


def match_by_order(layers, matches, entries, variables, report, options):
    """The layers without names of their own, class by class, with the scopes that nothing else takes."""
    by_order, exclude = options
    waiting = {}
    for layer in layers:
        is_open = id(layer) not in matches and layer.name not in entries.names and not entries.find(layer)
        is_open = is_open and not is_excluded(layer.name, "", exclude)
        entry = entries.unnamed(layer) if is_open else None
        if entry:
            waiting.setdefault(type(layer).__name__, []).append((layer, entry))
    taken = {path for _, path in matches.values()}
    for name, pairs in sorted(waiting.items()):
        pairs.sort(key=lambda pair: natural(pair[0].name))
        free = [
            path
            for path in sorted(variables.scopes, key=natural)
            if path not in taken and may_be_default(name, path) and has_variables(*pairs[0], path, variables)
        ]
        fits = len(free) == len(pairs) and all(
            shapes_fit(layer, entry, path, variables) for (layer, entry), path in zip(pairs, free)
        )
        if fits and by_order:
            for (layer, entry), path in zip(pairs, free):
                matches[id(layer)] = (entry, path)
                report.notes.append("by order: %s <- %s" % (layer.name, path))
            continue
        for index, (layer, entry) in enumerate(pairs):
            hint = "; by order it would be `%s` (`by_order=True`)" % free[index] if fits else ""
            report.missing.append(
                "%s: a %s without a name of its own (%s)%s" % (layer.name, name, entry["at"], hint or "; see `names`")
            )


def may_be_default(class_name, path):
    """True unless the scope has a default name of another class."""
    for part in reversed(path.split("/")):
        kinds = [name for name, base in DEFAULT_SCOPES.items() if re.match(base + r"(_\d+)?$", part)]
        if kinds:
            return class_name in kinds
        return True
    return True


def shapes_fit(layer, entry, path, variables):
    for weight in entry["weights"]:
        own = weight_of(layer, weight["weight"])
        shapes = [variables.shapes.get(join(path, variable)) for variable in weight["variables"]]
        if own is not None and tuple(own.shape) not in [shape_after(weight, one) for one in shapes if one is not None]:
            return False
    return True


# ---------------------------------------------------------------------------------------------- from scopes to weights


def match_weights(layer, entry, path, variables, report):
    """Weight, variable and value for each weight of a layer."""
    found = []
    known = set()
    for weight in entry["weights"]:
        own = weight_of(layer, weight["weight"])
        if own is None:
            continue
        known.add(id(own))
        label = "%s.%s" % (layer.name, weight["weight"])
        here = [join(path, one) for one in weight["variables"] if join(path, one) in variables.shapes]
        fitting = [one for one in here if shape_after(weight, variables.shapes[one]) == tuple(own.shape)]
        report.touched.update(here)
        if not here:
            report.missing.append("%s: there is no `%s`" % (label, join(path, weight["variables"][0])))
        elif len(fitting) == 1:
            value = transformed(weight, variables.value(fitting[0]))
            found.append((own, fitting[0], value.astype(as_numpy_type(own))))
        elif fitting:
            report.ambiguous.append("%s: `%s`" % (label, "`, `".join(fitting)))
        else:
            shape = list(shape_after(weight, variables.shapes[here[0]]) or variables.shapes[here[0]])
            report.shapes.append("%s is %s, `%s` is %s" % (label, list(own.shape), here[0], shape))
    # Keras counts the draws of random layers among the weights.
    for own in layer.weights:
        if id(own) not in known and "seed" not in own.name:
            report.missing.append("%s: the map does not know its weight `%s`" % (layer.name, own.name))
    return found


def weight_of(layer, name):
    """The variable of a layer, None when it has none: a bias that is switched off."""
    for one in ALIASES.get(name, [name]):
        weight = getattr(layer, one, None)
        if weight is not None:
            return weight
    return None


def transformed(weight, value):
    transform = weight["transform"]
    if transform == "identity":
        return value
    if "transpose" in transform:
        return np.transpose(value, transform["transpose"])
    return np.reshape(value, transform["reshape"])


def shape_after(weight, shape):
    """The shape of a variable once it is transformed; None when it cannot be."""
    transform = weight["transform"]
    if transform == "identity":
        return tuple(shape)
    if "transpose" in transform:
        order = transform["transpose"]
        return tuple(shape[axis] for axis in order) if sorted(order) == list(range(len(shape))) else None
    if "reshape" not in transform:
        raise ValueError("This loader knows no transform %r." % transform)
    new = tuple(transform["reshape"])
    return new if int(np.prod(new)) == int(np.prod(shape)) else None


def as_numpy_type(weight):
    return tf.as_dtype(weight.dtype).as_numpy_dtype


# ---------------------------------------------------------------------------------------------------------------- texts


def is_excluded(layer_name, path, exclude):
    for one in exclude:
        flat = "_%s_" % flatten(one.strip("/"))
        if "/%s/" % one.strip("/") in "/%s/" % path or (layer_name and flat in "_%s_" % layer_name):
            return True
    return False


def flatten(path):
    return path.replace("/", "_")


def join(path, variable):
    return path + "/" + variable if path else variable


def to_regex(pattern, hole, before=""):
    return re.compile(before + hole.join(re.escape(part) for part in pattern.split("*")) + r"\Z")


def natural(name):
    """Sorts `conv2d` before `conv2d_1`, and `conv2d_2` before `conv2d_10`."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def wanted(entry):
    return "it needs `%s` in a scope like its name" % "`, `".join(one["variables"][0] for one in entry["weights"])
