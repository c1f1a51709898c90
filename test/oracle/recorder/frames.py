"""Which running frames belong to the recorded code, and where they stand.

A frame is `user` (the recorded source, or one of our drivers), `library` (TensorFlow and slim, whose own calls are not the
user's), `nets` (networks that slim ships, unless they are what is recorded) or `other` (the standard library, foreign
packages). Lines and columns are 1-based, ends exclusive, columns count
UTF-16 code units. Works the same on Python 3.7, which tells no columns, and on 3.11: `executing` finds the call that a
frame is in, `asttokens` its end where the syntax tree does not say it.
"""
import ast
import gc
import inspect
import os

import asttokens
import executing

COMPREHENSIONS = ('<listcomp>', '<setcomp>', '<dictcomp>', '<genexpr>')


class Workspace(object):
    """The folder that is recorded and the drivers beside it."""

    def __init__(self, root, code, drivers, library, renamed):
        """`code`: what is recorded, as prefixes below `root`; `renamed`: (prefix on disk, prefix in an import)."""
        self.root = os.path.realpath(root) + os.sep
        self.code = [os.path.realpath(os.path.join(root, one)) for one in code]
        self.drivers = os.path.realpath(drivers) + os.sep
        self.library = [os.path.realpath(one) + os.sep for one in library]
        self.renamed = renamed
        self._kinds = {}
        self._sites = {}
        self._tokens = {}

    def kind(self, file_name):
        kind = self._kinds.get(file_name)
        if kind is None:
            kind = self._kinds[file_name] = self._kind_of(os.path.realpath(file_name))
        return kind

    def _kind_of(self, path):
        if path.startswith(self.drivers) or any(path == one or path.startswith(one + os.sep) for one in self.code):
            return 'user'
        if not any(path.startswith(one) for one in self.library):
            return 'other'
        return 'nets' if os.path.basename(os.path.dirname(path)) == 'nets' else 'library'

    def path(self, file_name):
        """Path in the compared workspace: as the code is imported, drivers at the top."""
        path = os.path.realpath(file_name)
        if path.startswith(self.drivers):
            return path[len(self.drivers):].replace(os.sep, '/')
        path = path[len(self.root):].replace(os.sep, '/')
        for on_disk, imported in self.renamed:
            if path.startswith(on_disk):
                return imported + path[len(on_disk):]
        return path

    def user_frame(self, frame):
        """The nearest frame of the recorded code."""
        while frame is not None and self.kind(frame.f_code.co_filename) != 'user':
            frame = frame.f_back
        return frame

    def stack(self, frame):
        """Where each function on the way to a call stands, outermost first; the call's own place comes last.

        A comprehension and a class body are functions for Python but no calls of the program: the place inside one stands
        for the function around it.
        """
        places, inner = [], None
        while frame is not None:
            code = frame.f_code
            if self.kind(code.co_filename) == 'user':
                at = inner or frame
                inner = at if code.co_name in COMPREHENSIONS or _is_class_body(code) else None
                if inner is None:
                    site = self.site(at)
                    place = {'path': site.path, 'line': site.line, 'function': code.co_name}
                    if site.col is not None:
                        place['col'] = site.col
                    places.append(place)
            frame = frame.f_back
        return places[::-1]

    def site(self, frame):
        """The call expression that a frame is executing."""
        # Code objects of different files are equal when they do the same.
        code, site = self._sites.get((id(frame.f_code), frame.f_lasti), (None, None))
        if code is None:
            site = self._locate(frame)
            # The search leaves exceptions that hold frames, and frames hold managers that end when they are freed.
            gc.collect(1)
            self._sites[id(frame.f_code), frame.f_lasti] = frame.f_code, site
        return site

    def _locate(self, frame):
        found = executing.Source.executing(frame)
        path = self.path(frame.f_code.co_filename)
        if not isinstance(found.node, ast.Call):
            return Site(path, frame.f_lineno)
        text = self._text(frame.f_code.co_filename, found.source)
        start, end = text.range_of(found.node)
        keywords = {one.arg: text.keyword(one) for one in found.node.keywords if one.arg is not None}
        return Site(path, start[0], start[1], end[0], end[1], keywords)

    def _text(self, file_name, source):
        text = self._tokens.get(file_name)
        if text is None:
            text = self._tokens[file_name] = SourceText(source)
        return text


class Site(object):
    """One call expression. Without columns when it could not be told which one of its line it is."""

    def __init__(self, path, line, col=None, end_line=None, end_col=None, keywords=None):
        self.path = path
        self.line = line
        self.col = col
        self.end_line = end_line
        self.end_col = end_col
        self.keywords = keywords or {}

    def to_json(self):
        place = {'path': self.path, 'line': self.line}
        if self.col is not None:
            place.update({'col': self.col, 'endLine': self.end_line, 'endCol': self.end_col})
        return place


class SourceText(object):
    """Positions of nodes in a file, by its tokens."""

    def __init__(self, source):
        self.tokens = asttokens.ASTTokens(source.text, tree=source.tree)
        self.lines = source.text.split('\n')

    def range_of(self, node):
        first, last = node.first_token, node.last_token
        return self._position(first.start), self._position(last.end)

    def keyword(self, node):
        """Where `name` of `name=value` stands: two tokens before the value, whose parentheses belong to no node."""
        token = node.value.first_token
        while not (token.string == '=' and self.tokens.prev_token(token).string == node.arg):
            token = self.tokens.prev_token(token)
        return self._position(self.tokens.prev_token(token).start)

    def _position(self, start):
        line, column = start
        return line, len(self.lines[line - 1][:column].encode('utf-16-le')) // 2 + 1


def _is_class_body(code):
    """True for the code of a `class` statement: of all code but a module's, only that has no fast locals."""
    return not code.co_flags & inspect.CO_OPTIMIZED and code.co_name != '<module>'
