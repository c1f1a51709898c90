#!/usr/bin/env python3
"""Looks at the public names of a real TensorFlow; scripts/generateTensorflowNames.mjs makes the table from that.

Usage: python generateTensorflowNames.py walk OUTPUT            under TensorFlow 1.15
       python generateTensorflowNames.py resolve NAMES OUTPUT   under TensorFlow 2, NAMES being the output of `walk`

`walk` lists what `tf.*` of TensorFlow 1 offers, without contrib and compat. `resolve` says what each of these names is
in TensorFlow 2: an object of `tf`, one of `tf.compat.v1`, and under which other public name of `tf` the very same object
stands. Sameness is identity of Python objects; nothing is concluded from spelling. A keyword counts as gone only when the
function was called with it and refused it.
"""
import ast
import inspect
import json
import re
import sys
import textwrap
import types
import warnings

warnings.filterwarnings('ignore')

import tensorflow as tf  # noqa: E402
from tensorflow.python.util import tf_decorator, tf_inspect  # noqa: E402

# Neither part of the interface of version 1 (a look at the other one), nor ours (contrib has a table of its own).
LEFT_OUT = ('contrib', 'compat.v1', 'compat.v2')


def kind_of(value):
    if isinstance(value, types.ModuleType):
        return 'module'
    if inspect.isclass(value):
        return 'class'
    return 'function' if callable(value) else 'value'


def is_interface(module):
    """Modules that exist to export names; others are exported whole by accident and have no public members."""
    return '_api' in module.__name__ or '.api.' in module.__name__ or module is tf


def names_in(module):
    try:
        return sorted(name for name in set(dir(module)) if not name.startswith('_'))
    except Exception:  # a lazy module that cannot be loaded here
        return []


def get(module, name):
    """The attribute, or None with the error that reading it raises."""
    try:
        return getattr(module, name), None
    except Exception as error:
        return None, '%s: %s' % (type(error).__name__, error)


def walk(module, prefix, visit, above=()):
    for name in names_in(module):
        dotted = prefix + name
        value, error = get(module, name)
        if dotted in LEFT_OUT or dotted.startswith('__') or error is not None:
            continue
        visit(dotted, value)
        is_open = isinstance(value, types.ModuleType) and is_interface(value)
        if is_open and not any(value is one for one in above) and len(above) < 6:
            walk(value, dotted + '.', visit, above + (value,))


# ------------------------------------------------------------------------------------------------- signatures


def default_text(value):
    if value is None or isinstance(value, (bool, int, float, str)):
        text = repr(value)
        return '?' if ' ' in text else text
    if isinstance(value, tf.DType if hasattr(tf, 'DType') else ()):
        return 'tf.' + value.name
    if isinstance(value, (tuple, list)) and all(isinstance(item, (int, float)) for item in value):
        return repr(tuple(value)).replace(' ', '')
    return '?'


def parameters_of(value):
    """`['x', 'keep_prob=None', '**kwargs']`; None when Python cannot say."""
    if inspect.isclass(value) and type(value).__call__ is not type.__call__:
        return None  # a metaclass takes the arguments first, and may take others
    target = value.__init__ if inspect.isclass(value) else value
    try:
        signature = tf_inspect.signature(target) if hasattr(tf_inspect, 'signature') else inspect.signature(target)
    except Exception:
        try:
            signature = inspect.signature(target)
        except Exception:
            return None
    texts = []
    for i, parameter in enumerate(signature.parameters.values()):
        if i == 0 and inspect.isclass(value):
            continue
        if parameter.kind == parameter.VAR_POSITIONAL:
            texts.append('*' + parameter.name)
        elif parameter.kind == parameter.VAR_KEYWORD:
            texts.append('**' + parameter.name)
        else:
            if parameter.kind == parameter.KEYWORD_ONLY and not any(text.startswith('*') for text in texts):
                texts.append('*')
            has_default = parameter.default is not parameter.empty
            texts.append(parameter.name + ('=' + default_text(parameter.default) if has_default else ''))
    return texts


def refuses(value, keyword):
    """True when calling it with nothing but this keyword raises the TypeError for an unknown one."""
    try:
        value(**{keyword: None})
    except TypeError as error:
        return 'unexpected keyword' in str(error) and repr(keyword) in str(error)
    except Exception:
        return False
    return False


def seen_parameters(old, value):
    """The parameters, if what they leave out of the old ones is really refused; None when Python says otherwise."""
    new = parameters_of(value)
    if new is None or old is None or any(text.startswith('*') for text in new):
        return new
    names = [text.split('=')[0] for text in new]
    lost = [name for name in (text.split('=')[0] for text in old) if name not in names and not name.startswith('*')]
    return new if all(refuses(value, name) for name in lost) else None


def source_of(value):
    try:
        target = value.__init__ if inspect.isclass(value) else value
        return textwrap.dedent(inspect.getsource(tf_decorator.unwrap(target)[1]))
    except Exception:
        return ''


ALIAS = re.compile(r'''deprecated_argument_lookup\(\s*["'](\w+)["'],\s*\1,\s*["'](\w+)["'],\s*\2\)''')


def aliases_of(value):
    """{old: new} of parameters that the function itself takes for one another."""
    return {old: new for new, old in ALIAS.findall(source_of(value))}


def raises_when_eager(value):
    """True for `if context.executing_eagerly(): raise RuntimeError(...)` in the function's own first level."""
    try:
        function = ast.parse(source_of(value)).body[0]
    except Exception:
        return False
    for statement in getattr(function, 'body', []):
        if isinstance(statement, ast.If) and 'executing_eagerly()' in ast.dump(statement.test).replace(
                "attr='executing_eagerly', ctx=Load()), args=[], keywords=[])", 'executing_eagerly()'):
            if isinstance(statement.test, ast.Call) and isinstance(statement.body[0], ast.Raise):
                return True
    return False


# ------------------------------------------------------------------------------------------------------ TF 1


def walk_names(output):
    names = {}

    def visit(dotted, value):
        kind = kind_of(value)
        entry = {'kind': kind}
        if kind in ('class', 'function'):
            entry['parameters'] = parameters_of(value)
            aliases = aliases_of(value)
            if aliases:
                entry['aliases'] = aliases
        names[dotted] = entry

    walk(tf, '', visit)
    write(output, {'version': tf.__version__, 'names': names})


# ------------------------------------------------------------------------------------------------------ TF 2


def is_shareable(value):
    """Small values are one object wherever they come from."""
    return kind_of(value) in ('class', 'function') or isinstance(value, tf.DType)


def best_name(names):
    """Of several names of one object the documented one: TensorFlow lists the main one first, else the shortest."""
    return sorted(names, key=lambda name: (name.startswith(('raw_ops.', 'compat.')), name.count('.'), len(name), name))[0]


def export_names(value):
    undecorated = tf_decorator.unwrap(value)[1] if callable(value) else value
    return [name for name in (getattr(undecorated, '_tf_api_names', None) or ()) if not name.startswith('__')]


def resolve_names(source, output):
    with open(source) as file:
        wanted = json.load(file)['names']
    places = {}

    def visit(dotted, value):
        if is_shareable(value):
            places.setdefault(id(value), (value, []))[1].append(dotted)

    walk(tf, '', visit)
    v1 = tf.compat.v1
    found = {name: resolve_one(name, wanted[name].get('parameters'), v1, places) for name in wanted}
    write(output, {'version': tf.__version__, 'names': found})


def follow(root, dotted):
    value, error = root, None
    for part in dotted.split('.'):
        value, error = get(value, part)
        if error is not None:
            return None, error
    return value, None


def resolve_one(name, parameters, v1, places):
    now, now_error = follow(tf, name)
    old, old_error = follow(v1, name)
    entry = {}
    if now_error is None:
        entry['tf'] = kind_of(now)
        if entry['tf'] in ('class', 'function'):
            is_raw = name.startswith('raw_ops.')  # its parameters are not kept
            entry['parameters'] = parameters_of(now) if is_raw else seen_parameters(parameters, now)
    if old_error is None:
        entry['v1'] = kind_of(old)
        if entry['v1'] in ('class', 'function'):
            if raises_when_eager(old):
                entry['graphOnly'] = True
            if now_error is not None:
                entry['v1parameters'] = parameters_of(old)
    elif 'Keras 3' in old_error or "keras.__internal__" in old_error:
        entry['v1error'] = old_error.splitlines()[0]
    if now_error is None and old_error is None:
        entry['isSame'] = now is old
    if now_error is not None and old_error is None and is_shareable(old):
        names = places.get(id(old), (None, []))[1]
        exported = [one for one in export_names(old) if one in names]
        if names:
            entry['renamed'] = exported[0] if exported else best_name(names)
    return entry


def write(path, data):
    with open(path, 'w') as file:
        json.dump(data, file, indent=1, sort_keys=True)


if __name__ == '__main__':
    if sys.argv[1] == 'walk':
        walk_names(sys.argv[2])
    else:
        resolve_names(sys.argv[2], sys.argv[3])
