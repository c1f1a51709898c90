"""Loads the real arg_scope module of the pinned wheel and records what it does.

The module's only needs are `tf_contextlib.contextmanager` and `tf_decorator.make_decorator`. Our stand-ins for the two do
what the originals do, and tell a recorder of every arg_scope that is entered and of every decorated function that is
called. Which statement set a keyword is kept beside the keyword dictionaries of the scopes, which stay real dictionaries.
"""
import contextlib
import importlib.util
import inspect
import os
import sys
import types

from positions import user_frames
from values import normal_form

HERE = os.path.dirname(os.path.abspath(__file__))
LIBRARY = os.path.join(HERE, 'library.py')
VIA = {'call_repeat': 'repeat', 'call_stack': 'stack', 'call_normalizer_fn': 'normalizer_fn',
       'call_activation_fn': 'activation_fn'}


class Setting(object):
    """Where a keyword of a scope was set."""

    def __init__(self, site, entry):
        self.site = site
        self.entry = entry


class Keywords(dict):
    """The keywords of one op in a scope, with the settings that they come from."""

    def __init__(self, values, settings):
        super(Keywords, self).__init__(values)
        self.settings = settings

    def copy(self):
        return Keywords(self, dict(self.settings))

    def __setitem__(self, name, value):
        super(Keywords, self).__setitem__(name, value)
        self.settings.pop(name, None)

    def update(self, *args, **kwargs):
        super(Keywords, self).update(*args, **kwargs)
        for name in dict(*args, **kwargs):
            self.settings.pop(name, None)


class Recorder(object):
    """Collects the calls and the scopes of one run of a program."""

    def __init__(self):
        self.program = None
        self.scopes = {}
        self.calls = []
        self.entries = []
        self.managers = []
        self.signatures = {}
        self.expected = None

    def start(self, program):
        self.program = program
        self.scopes = {}
        self.calls = []
        self.entries = []
        self.expected = None

    def finish(self):
        """Closes the scopes that were never left: collected later, they would pop the stack of another program."""
        for manager in self.managers:
            manager.gen.close()
        self.managers = []

    def received(self, arguments):
        """Told by an op's body what it really got: that has to be what the signature predicted."""
        expected, self.expected = self.expected, None
        if expected is not None and any(arguments[name] is not expected[name] for name in arguments):
            raise AssertionError('an op received other arguments than were recorded')

    def entered(self, site, error):
        self.entries.append((site, error))


def describe(error):
    return {'type': type(error).__name__, 'message': str(error)}


def load_machine(path, name, recorder):
    """The real module, once more for each library, since each has a registry and a stack of its own."""
    machine = {}
    util = types.ModuleType('tensorflow.python.util')
    util.tf_contextlib = types.ModuleType('tensorflow.python.util.tf_contextlib')
    util.tf_decorator = types.ModuleType('tensorflow.python.util.tf_decorator')
    util.tf_contextlib.contextmanager = lambda function: _context_manager(function, recorder, machine)
    util.tf_decorator.make_decorator = lambda target, decorated: _decorator(target, decorated, recorder, machine)
    modules = {'tensorflow': types.ModuleType('tensorflow'), 'tensorflow.python': types.ModuleType('tensorflow.python'),
               'tensorflow.python.util': util, 'tensorflow.python.util.tf_contextlib': util.tf_contextlib,
               'tensorflow.python.util.tf_decorator': util.tf_decorator}
    before = {key: sys.modules.get(key) for key in modules}
    sys.modules.update(modules)
    try:
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        for key, old in before.items():
            if old is None:
                del sys.modules[key]
            else:
                sys.modules[key] = old
    machine['module'] = module
    return module


def _context_manager(function, recorder, machine):
    """contextlib.contextmanager, whose managers remember where they were made and tell when they are entered."""

    class _GeneratorContextManager(contextlib._GeneratorContextManager):
        def __init__(self, func, args, kwds, site=None):
            program = recorder.program
            self.site = site if site is not None else program.site(user_frames(program)[0])
            self.given = (args, dict(kwds))
            try:
                super(_GeneratorContextManager, self).__init__(func, args, kwds)
            except TypeError as error:
                recorder.entered(self.site, describe(error))
                raise

        def _recreate_cm(self):
            return self.__class__(function, self.given[0], self.given[1], self.site)

        def __enter__(self):
            try:
                scope = super(_GeneratorContextManager, self).__enter__()
            except Exception as error:
                recorder.entered(self.site, describe(error))
                raise
            recorder.entered(self.site, None)
            recorder.managers.append(self)
            _mark(scope, self, recorder, machine['module'])
            return scope

    def helper(*args, **kwds):
        return _GeneratorContextManager(function, args, kwds)

    helper.__name__ = function.__name__
    helper.__qualname__ = function.__qualname__
    helper.__module__ = function.__module__
    helper.__wrapped__ = function
    return helper


class Entry(object):
    """One entry of an arg_scope, with the dictionary that it pushed."""

    def __init__(self, site, reentry, scope):
        self.site = site
        self.reentry = reentry
        self.scope = scope


def _mark(scope, manager, recorder, module):
    """Remembers in the pushed scope which keywords this entry set."""
    args, kwds = manager.given
    settings = {name: value for name, value in kwds.items() if name != 'list_ops_or_scope'}
    listed = args[0] if args else kwds['list_ops_or_scope']
    entry = Entry(manager.site, isinstance(listed, dict), scope)
    recorder.scopes[id(scope)] = entry
    if not entry.reentry:
        for op in listed:
            key = module.arg_scope_func_key(op)
            before = dict(getattr(scope[key], 'settings', {}))
            before.update({name: Setting(manager.site, entry) for name in settings})
            scope[key] = Keywords(scope[key], before)


def _decorator(target, decorated, recorder, machine):
    """tf_decorator.make_decorator, whose result records each call."""

    def op(*args, **kwargs):
        return _call(target, decorated, args, kwargs, recorder, machine['module'])

    op.__name__ = getattr(target, '__name__', op.__name__)
    op.__module__ = getattr(target, '__module__', op.__module__)
    op.__doc__ = getattr(target, '__doc__', None)
    op.__dict__.update(decorated.__dict__)
    for name, value in getattr(target, '__dict__', {}).items():
        op.__dict__.setdefault(name, value)
    op.__wrapped__ = target
    op.target_qualname = getattr(target, '__qualname__', op.__name__)
    return op


def _via():
    """What the library's own frames between the user's call and here say: `repeat`, `normalizer_fn`, ..."""
    found = []
    frame = sys._getframe(2)
    while frame is not None:
        code = frame.f_code
        if code.co_filename == LIBRARY:
            if code.co_name == 'call_convolution':
                return None
            if code.co_name in VIA:
                found.append(VIA[code.co_name])
        elif code.co_filename.startswith('<program>'):
            break
        frame = frame.f_back
    return '/'.join(reversed(found))


def _call(target, decorated, args, kwargs, recorder, module):
    via = _via()
    if via is None:
        return decorated(*args, **kwargs)
    key = module.arg_scope_func_key(target)
    scope = module.current_arg_scope().get(key, {})
    merged = dict(scope)
    merged.update(kwargs)
    call = _describe_call(target, via, recorder)
    recorder.calls.append(call)
    is_library = getattr(target, 'is_library_op', False)
    bound, error = _bind(target, args, merged, recorder)
    if bound is not None:
        call['args'] = _arguments(bound, kwargs, scope, _Origins(recorder, module))
    recorder.expected = dict(bound.arguments) if bound is not None and is_library else None
    try:
        return decorated(*args, **kwargs)
    except Exception as raised:
        if error is not None or (is_library and _from_convolution(raised)):
            call['error'] = describe(raised)
        raise
    finally:
        refused = recorder.expected is not None
        recorder.expected = None
        if refused or (error is not None and 'error' not in call):
            raise AssertionError('the call was bound otherwise than its signature says: %s' % call)


def _from_convolution(error):
    """True when the library's own call of `convolution` failed to bind."""
    traceback, inside = error.__traceback__, False
    depth = 0
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename == LIBRARY and code.co_name == 'call_convolution':
            inside = True
        if code.co_filename == LIBRARY and code.co_name in VIA and depth > 0:
            return False
        depth += code.co_filename == LIBRARY
        traceback = traceback.tb_next
    return inside


def _describe_call(target, via, recorder):
    program = recorder.program
    frames = user_frames(program)
    call = {'site': program.site(frames[0]), 'stack': program.stack(frames),
            'op': getattr(target, 'op_name', None) or target.__name__}
    if via:
        call['via'] = via
    if not getattr(target, 'is_library_op', False):
        code = target.__code__
        call['userOp'] = {'path': program.path(code.co_filename), 'line': code.co_firstlineno}
    return call


def _bind(target, args, merged, recorder):
    signature = recorder.signatures.get(target)
    if signature is None:
        signature = recorder.signatures[target] = inspect.signature(target, follow_wrapped=False)
    try:
        return signature.bind(*args, **merged), None
    except TypeError as error:
        return None, error


def _arguments(bound, kwargs, scope, origins):
    given = set(bound.arguments)
    bound.apply_defaults()
    described = {}
    for name, value in bound.arguments.items():
        kind = bound.signature.parameters[name].kind
        if kind is inspect.Parameter.VAR_POSITIONAL:
            described['*' + name] = {'value': normal_form(value), 'from': 'call' if value else 'default'}
        elif kind is inspect.Parameter.VAR_KEYWORD:
            for key, item in value.items():
                described[key] = _argument(key, item, True, kwargs, scope, origins)
        else:
            described[name] = _argument(name, value, name in given, kwargs, scope, origins)
    return described


def _argument(name, value, given, kwargs, scope, origins):
    if not given:
        return {'value': normal_form(value), 'from': 'default'}
    if name in kwargs or name not in scope:
        return {'value': normal_form(value), 'from': 'call'}
    return {'value': normal_form(value), 'from': 'scope', 'scope': origins.of(name, scope)}


class _Origins(object):
    """Where the keywords of scopes come from, as seen from the present stack."""

    def __init__(self, recorder, module):
        self.program = recorder.program
        found = [recorder.scopes.get(id(scope)) for scope in reversed(module._ARGSTACK)]
        self.active = [entry for entry in found if entry is not None]

    def of(self, name, scope):
        setting = getattr(scope, 'settings', {}).get(name)
        if setting is None:
            return None
        origin = dict(setting.site)
        keyword = self.program.keyword(setting.site, name)
        if keyword is not None:
            origin.update(keyword)
        if setting.entry not in self.active:
            for entry in self.active:
                if entry.reentry:
                    origin['reentered'] = {'path': entry.site['path'], 'line': entry.site['line']}
                    break
        return origin
