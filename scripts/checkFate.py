"""Says which dotted names resolve in the TensorFlow of this Python: names on stdin, one per line; JSON list on stdout."""
import importlib
import json
import sys

import tensorflow as tf


def resolve(name):
    first, *rest = name.split('.')
    roots = {'tf': tf}
    try:
        value = roots[first] if first in roots else importlib.import_module(first)
    except ImportError:
        return False
    path = first
    for part in rest:
        path += '.' + part
        try:
            value = getattr(value, part)
        except (AttributeError, ImportError):
            # A name that is listed but cannot be loaded does not count: it fails for users as well.
            try:
                value = importlib.import_module(path)
            except ImportError:
                return False
    return True


names = sys.stdin.read().split()
json.dump([name for name in names if resolve(name)], sys.stdout)
