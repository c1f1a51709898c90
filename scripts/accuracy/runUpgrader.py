"""Runs the engine of tf_upgrade_v2 on files, one by one, and prints what it reports as JSON.

    python runUpgrader.py FOLDER < paths     prints {"seconds", "reports": [{path, line, column, message}], "failed": [...]}

Run by a Python that has TensorFlow. The seconds leave out the import of TensorFlow, which the tool pays at each start.
"""

import contextlib
import json
import os
import re
import sys
import time

from tensorflow.tools.compatibility import ast_edits, tf_upgrade_v2


def main(folder):
    paths = sys.stdin.read().split("\n")
    sources = {path: open(os.path.join(folder, path), encoding="utf-8").read() for path in paths if path}
    reports, failed = [], []
    start = time.perf_counter()
    for path, text in sources.items():
        try:
            converter = ast_edits.ASTCodeUpgrader(tf_upgrade_v2.TFAPIChangeSpec(upgrade_compat_v1_import=True))
            with contextlib.redirect_stdout(sys.stderr):  # it prints while it analyses
                parsed, _, log, _ = converter.update_string_pasta(text, path)
        except Exception as error:  # its parser or printer gave up: the file is counted, not hidden
            failed.append({"path": path, "reason": "%s: %s" % (type(error).__name__, error)})
            continue
        if not parsed:
            failed.append({"path": path, "reason": "does not parse"})  # then the log is one text
            continue
        for entry in log:  # texts: "INFO line 45:13: Renamed ..." or "45:13: INFO: Renamed ..."
            found = re.match(r"(?:\w+ line )?(\d+):(\d+): (.*)", entry, re.S)
            if found is None:
                raise ValueError("unknown form of report: %r" % entry)
            line, column, message = found.groups()
            reports.append({"path": path, "line": int(line), "column": int(column) + 1, "message": message})
    json.dump({"seconds": time.perf_counter() - start, "reports": reports, "failed": failed}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
