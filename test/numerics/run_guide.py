"""Runs the code of the guide's pages, each as one program. Usage: run_guide.py PAGES.json

With TF_USE_LEGACY_KERAS=1 it runs on Keras 2. A program that raises, or whose own assertion fails, ends the run.
"""

import json
import os
import runpy
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

with open(sys.argv[1], encoding="utf-8") as file:
    pages = json.load(file)
for page in pages:
    # A file of its own: `tf.function` reads the source.
    program = f"{sys.argv[1]}.{os.path.basename(page['name'])}.py"
    with open(program, "w", encoding="utf-8") as file:
        file.write(page["source"])
    runpy.run_path(program)
print(f"RESULT {len(pages)}")
