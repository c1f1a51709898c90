"""Tells which dotted names exist in the installed TensorFlow: reads JSON names from stdin, prints those that do.

For judging what other tools say is missing. A name exists when it can be imported, or reached by attributes.
"""

import importlib
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def exists(name):
    parts = name.split(".")
    for i in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:i]))
        except Exception:
            continue
        try:
            for part in parts[i:]:
                found = getattr(found, part)
        except Exception:  # also errors that lazy modules raise
            return False
        return True
    return False


json.dump([name for name in json.load(sys.stdin) if exists(name)], sys.stdout)
