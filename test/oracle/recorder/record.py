"""Runs the drivers of a source under real TensorFlow and writes what every op call received.

    python record.py --root FOLDER --code tf_slim/nets --drivers FOLDER --out FILE.json.gz

The format is that of docs/oracle.md. Drivers are plain scripts that build networks; each runs as `__main__`.
"""
import argparse
import gzip
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)


def prepare():
    """Before TensorFlow is imported: no GPU, little noise, Keras 2."""
    os.environ['TF_USE_LEGACY_KERAS'] = '1'
    os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
    os.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'
    os.environ['CUDA_VISIBLE_DEVICES'] = ''
    sys.dont_write_bytecode = True
    sys.setrecursionlimit(10000)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--root', required=True, help='folder that imports of the recorded code start from')
    parser.add_argument('--code', action='append', required=True, help='folder or file below it that is recorded')
    parser.add_argument('--drivers', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--bare', action='append', default=[], help='package whose __init__ does not run')
    parser.add_argument('--stub', action='append', default=[], help='module that is replaced by an empty one')
    parser.add_argument('--only', help='run this driver alone, and print its failure in full')
    return parser.parse_args()


def library_folders():
    """Where TensorFlow and slim are installed, without importing them."""
    folders = []
    for folder in sys.path:
        for name in ('tensorflow', 'tensorflow_core', 'tf_slim', 'tf_keras'):
            if os.path.isdir(os.path.join(folder, name)):
                folders.append(os.path.join(folder, name))
    return folders


def main():
    options = parse_arguments()
    prepare()
    from calls import Calls
    from compatibility import mend_tensorflow2
    from frames import Workspace
    from libraries import Libraries
    from stand_ins import add_bare_package, add_stub
    from values import Values

    sys.path.insert(1, os.path.abspath(options.root))
    sys.path.insert(1, os.path.abspath(options.drivers))
    workspace = Workspace(options.root, options.code, options.drivers, library_folders(),
                          [('tensorflow_core/', 'tensorflow/')])
    values = Values()
    calls = Calls(workspace, values)
    sys.meta_path.insert(0, Libraries(workspace, calls, values))
    import tensorflow
    tf = tensorflow.compat.v1
    if tensorflow.__version__.startswith('2.'):
        mend_tensorflow2()
    values.name_functions([tf.nn, tf.math, tf, tf.image, tf.losses, tf.initializers])
    for name in options.bare:
        add_bare_package(name, os.path.abspath(options.root))
    for name in options.stub:
        add_stub(name)

    drivers = sorted(name for name in os.listdir(options.drivers) if name.endswith('.py'))
    failed = [name for name in drivers if options.only in (None, name) and not run(options, name, calls, tf)]
    rows = calls.to_json()
    if not failed:
        write(options.out, {'schemaVersion': 1, 'tensorflow': tensorflow.__version__, 'python': sys.version.split()[0],
                            'rows': rows})
    print('%d rows, %d contexts' % (len(rows), sum(len(row['contexts']) for row in rows)))
    sys.exit(1 if failed else 0)


def run(options, name, calls, tf):
    """Runs one driver; false when it failed."""
    path = os.path.join(os.path.realpath(options.drivers), name)
    with open(path) as source:
        code = compile(source.read(), path, 'exec')
    calls.driver = name
    sys.argv = [name]
    tf.reset_default_graph()
    start = time.time()
    try:
        exec(code, {'__name__': '__main__', '__file__': path, '__builtins__': __builtins__})
    except Exception as error:  # pylint: disable=broad-except
        print('%s failed: %s: %s' % (name, type(error).__name__, error))
        if options.only:
            raise
        return False
    print('%s %.0f s' % (name, time.time() - start), flush=True)
    return True


def write(path, content):
    """The same bytes for the same content."""
    text = json.dumps(content, separators=(',', ':'), sort_keys=True)
    with open(path, 'wb') as out:
        with gzip.GzipFile(filename='', fileobj=out, mode='wb', mtime=0) as packed:
            packed.write(text.encode('utf-8'))


if __name__ == '__main__':
    main()
