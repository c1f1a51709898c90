"""Notes what every decorated op receives, one row per call site and op, one context per distinct set of arguments.

Calls that the library makes for itself (`conv2d` is `convolution`) are left out; those that it makes on behalf of the user
are rows at the user's call: the layers of `repeat` and `stack`, a `normalizer_fn`, an `activation_fn`.
"""
import functools
import inspect
import json
import os
import sys

from values import CANONICAL_OPS

HERE = os.path.dirname(os.path.abspath(__file__))


class Calls(object):

    def __init__(self, workspace, values):
        self._workspace = workspace
        self._values = values
        self._rows = {}
        self.driver = None

    def wrap(self, scopes, function, decorated):
        """An op that tells of its calls, from a function and what the library's `add_arg_scope` made of it."""
        op = Op(function, decorated, scopes, self._user_definition(function))

        @functools.wraps(decorated)
        def recorded(*args, **kwargs):
            self._note(op, recorded, args, kwargs, sys._getframe(1))
            return decorated(*args, **kwargs)

        return recorded

    def _user_definition(self, function):
        code = getattr(inspect.unwrap(function), '__code__', None)
        if code is None or self._workspace.kind(code.co_filename) == 'library':
            return None
        return {'path': self._workspace.path(code.co_filename), 'line': code.co_firstlineno}

    def _note(self, op, recorded, args, kwargs, frame):
        frame = self._behind_recorder(frame)
        via = self._via(recorded, frame)
        user = self._workspace.user_frame(frame)
        if via is None or user is None:
            return
        scope = op.scopes.current(op.decorated)
        try:
            bound = op.signature.bind(*args, **dict(scope, **kwargs))
        except TypeError:
            return  # The call itself raises the same.
        self._add(op, via, self._workspace.site(user), self._workspace.stack(user),
                  self._arguments(op, bound, kwargs, scope))

    def _behind_recorder(self, frame):
        while frame is not None and os.path.dirname(os.path.abspath(frame.f_code.co_filename)) == HERE:
            frame = frame.f_back
        return frame

    def _via(self, recorded, frame):
        """How the user's call led here: '' for a plain call, None for a call that the library makes for itself."""
        kind = self._workspace.kind(frame.f_code.co_filename)
        if kind == 'user':
            return ''
        role = _role(recorded, frame) if kind == 'library' else 'indirect'
        if role is None or kind == 'nets':
            return None
        found = [role]
        while True:
            frame = frame.f_back
            kind = None if frame is None else self._workspace.kind(frame.f_code.co_filename)
            if kind == 'user':
                return '/'.join(found)
            if kind in (None, 'nets'):
                return None
            repeated = _repeats(frame) if kind == 'library' else None
            if repeated:
                found.insert(0, repeated)

    def _arguments(self, op, bound, kwargs, scope):
        given = set(bound.arguments)
        bound.apply_defaults()
        described = {}
        for name, value in bound.arguments.items():
            kind = op.signature.parameters[name].kind
            if kind is inspect.Parameter.VAR_KEYWORD:
                for key, one in value.items():
                    described[key] = self._argument(op, key, one, kwargs, scope)
            elif kind is inspect.Parameter.VAR_POSITIONAL:
                if value:
                    described['*' + name] = {'value': self._values.form(value), 'from': 'call'}
            elif name in given:
                described[name] = self._argument(op, name, value, kwargs, scope)
            else:
                described[name] = {'value': self._values.form(value), 'from': 'default'}
        return described

    def _argument(self, op, name, value, kwargs, scope):
        if name in kwargs or name not in scope:
            return {'value': self._values.form(value), 'from': 'call'}
        return {'value': self._values.form(value), 'from': 'scope', 'scope': op.scopes.origin(op.decorated, name)}

    def _add(self, op, via, site, stack, arguments):
        key = (site.path, site.line, site.col or 0, site.end_line or 0, site.end_col or 0, op.name, via)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = dict(site.to_json(), op=op.name)
            if via:
                row['via'] = via
            if op.definition:
                row['userOp'] = op.definition
            row['contexts'] = {}
        digest = json.dumps(arguments, sort_keys=True)
        context = row['contexts'].get(digest)
        if context is None:
            row['contexts'][digest] = {'driver': self.driver, 'stack': stack, 'args': arguments}
        elif stack != context['stack'] and stack not in context.setdefault('otherStacks', []):
            context['otherStacks'].append(stack)

    def to_json(self):
        rows = [dict(self._rows[key], contexts=list(self._rows[key]['contexts'].values())) for key in sorted(self._rows)]
        for row in rows:
            for context in row['contexts']:
                if context.get('otherStacks') == []:
                    del context['otherStacks']
        return rows


class Op(object):

    def __init__(self, function, decorated, scopes, definition):
        self.name = CANONICAL_OPS.get(function.__name__, function.__name__)
        self.signature = inspect.signature(function)
        self.decorated = decorated
        self.scopes = scopes
        self.definition = definition


def _repeats(frame):
    name = frame.f_code.co_name
    return name if name in ('repeat', 'stack') and frame.f_locals.get('layer') is not None else None


def _role(recorded, frame):
    """What a library function calls the op for; None when the op is its own affair."""
    repeats = _repeats(frame)
    if repeats:
        return repeats
    for name in ('normalizer_fn', 'activation_fn'):
        value = frame.f_locals.get(name)
        while isinstance(value, functools.partial):
            value = value.func
        if value is recorded:
            return name
    return None
