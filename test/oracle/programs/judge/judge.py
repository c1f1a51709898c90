"""The judge: runs small programs under the real arg_scope and says what every op call received.

    python3 judge.py TF_SLIM_FOLDER < programs > truths

TF_SLIM_FOLDER is the unpacked package of tf_slim 1.1.0. Each line of the input is a program,
`{"files": {path: text}, "worlds": [{name: value}]}`: `main.py` is run once in each world, whose names the program imports
from the module `outside`. Each line of the output is its truth, `{"rows": [...], "scopes": [...], "ends": [...]}`: rows
have the shape of a truth file (docs/oracle.md), scopes tell how each arg_scope entry went, ends what ended each run.
"""
import contextlib
import gc
import importlib.abc
import importlib.machinery
import io
import json
import os
import sys
import types

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from library import FUNCTIONS, INITIALIZERS, Sources, make_library
from positions import PREFIX, Program
from recording import Recorder, describe, load_machine
from values import DType, Tensor, named_function


class ProgramFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the modules of the running program from its texts."""

    def __init__(self):
        self.modules = {}

    def find_spec(self, name, path=None, target=None):
        if name not in self.modules:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=self.modules[name][0].endswith('__init__.py'))

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        path, text = self.modules[module.__name__]
        exec(compile(text, PREFIX + path, 'exec'), module.__dict__)


def module_name(path):
    parts = path[:-3].split('/')
    return '.'.join(parts[:-1] if parts[-1] == '__init__' else parts)


def fake_module(name, attributes):
    module = types.ModuleType(name)
    module.__dict__.update(attributes)
    module.__path__ = []
    sys.modules[name] = module
    return module


def install(folder, recorder):
    """Puts `tensorflow` and `tf_slim` of our own into sys.modules. Returns the two arg_scope modules."""
    sources = Sources(folder)
    path = os.path.join(folder, 'ops', 'arg_scope.py')
    slim_machine = load_machine(path, 'tf_slim.ops.arg_scope', recorder)
    contrib_machine = load_machine(path, 'tensorflow.contrib.framework.python.ops.arg_scope', recorder)
    slim = make_library(sources, slim_machine, 'tf_slim', recorder.received)
    contrib = make_library(sources, contrib_machine, 'tensorflow.contrib.layers.python', recorder.received)
    core = dict(INITIALIZERS, float32=DType('float32'), identity=FUNCTIONS['identity'], sigmoid=FUNCTIONS['sigmoid'],
                tanh=FUNCTIONS['tanh'], placeholder=lambda *args, **kwargs: Tensor(),
                constant=lambda *args, **kwargs: Tensor())
    tensorflow = fake_module('tensorflow', core)
    tensorflow.nn = fake_module('tensorflow.nn', FUNCTIONS)
    tensorflow.contrib = fake_module('tensorflow.contrib', {})
    tensorflow.contrib.slim = fake_module('tensorflow.contrib.slim', contrib)
    tensorflow.contrib.layers = fake_module('tensorflow.contrib.layers', contrib)
    scope_names = {name: contrib[name] for name in contrib_machine.__all__}
    tensorflow.contrib.framework = fake_module('tensorflow.contrib.framework', scope_names)
    fake_module('tf_slim', slim)
    ops = fake_module('tf_slim.ops', {'arg_scope': slim_machine})
    sys.modules['tf_slim'].ops = ops
    sys.modules['tf_slim.ops.arg_scope'] = slim_machine
    return [slim_machine, contrib_machine]


class Judge(object):
    def __init__(self, folder):
        self.recorder = Recorder()
        self.machines = install(folder, self.recorder)
        self.registered = [dict(machine._DECORATED_OPS) for machine in self.machines]
        self.finder = ProgramFinder()
        sys.meta_path.insert(0, self.finder)

    def judge(self, program):
        rows, scopes, ends = {}, {}, []
        for number, world in enumerate(program['worlds']):
            ends.append(self._run(program['files'], world))
            for call in self.recorder.calls:
                _add_call(rows, call, 'world %d' % number)
            for site, error in self.recorder.entries:
                row = scopes.setdefault(json.dumps(site), dict(site, entries=[]))
                if error not in row['entries']:
                    row['entries'].append(error)
        return {'rows': [dict(row, contexts=list(row['contexts'].values())) for row in rows.values()],
                'scopes': list(scopes.values()), 'ends': ends}

    def _run(self, files, world):
        for machine, registered in zip(self.machines, self.registered):
            machine._ARGSTACK[:] = [{}]
            machine._DECORATED_OPS.clear()
            machine._DECORATED_OPS.update(registered)
        for name in self.finder.modules:
            sys.modules.pop(name, None)
        self.finder.modules = {module_name(path): (path, text) for path, text in files.items()}
        fake_module('outside', world)
        self.recorder.start(Program(files))
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                __import__('main')
        except Exception as error:
            return dict(describe(error), line=_main_line(error))
        finally:
            self.recorder.finish()
        return None


def _main_line(error):
    """The line of main.py whose statement ended the run."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_frame.f_code.co_filename != PREFIX + 'main.py':
        traceback = traceback.tb_next
    return traceback.tb_lineno if traceback is not None else 0


def _add_call(rows, call, driver):
    site = call.pop('site')
    stack = call.pop('stack')
    context = {'stack': stack, 'driver': driver}
    for name in ('args', 'error'):
        if name in call:
            context[name] = call.pop(name)
    key = json.dumps([site, call])
    row = rows.setdefault(key, dict(site, contexts={}, **call))
    same = json.dumps([stack, context.get('args'), context.get('error')])
    known = row['contexts'].setdefault(same, context)
    known['count'] = known.get('count', 0) + 1


def main():
    judge = Judge(sys.argv[1])
    # When Python collects a suspended arg_scope, its stack is popped: that must not happen in the middle of a program.
    gc.disable()
    for number, text in enumerate(sys.stdin):
        if number % 200 == 0:
            gc.collect()
        result = judge.judge(json.loads(text))
        sys.__stdout__.write(json.dumps(result, separators=(',', ':')) + '\n')
        sys.__stdout__.flush()


if __name__ == '__main__':
    main()
