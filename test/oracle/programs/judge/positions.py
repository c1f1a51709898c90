"""Places in the program that is run: which call expression a frame is executing.

Python 3.11 tells the exact range of the running call; older versions tell the line, and then columns are left out.
Lines and columns are 1-based, the end is exclusive, columns count UTF-16 code units.
"""
import ast
import inspect
import sys

EXACT = sys.version_info >= (3, 11)
PREFIX = '<program>/'
COMPREHENSIONS = ('<listcomp>', '<setcomp>', '<dictcomp>')


def user_frames(program):
    """The running frames of the program's own files, innermost first."""
    frames = []
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename.startswith(PREFIX):
            frames.append(frame)
        frame = frame.f_back
    return frames


def is_class_body(code):
    """True for the code of a `class` statement: of all code but a module's, only that has no fast locals."""
    return not code.co_flags & inspect.CO_OPTIMIZED and code.co_name != '<module>'


class Program(object):
    """The files of one program."""

    def __init__(self, files):
        self.files = files
        self._tables = {}
        self._positions = {}

    def path(self, file_name):
        return file_name[len(PREFIX):]

    def stack(self, frames):
        """Where each function on the way to a call stands, outermost first; the call itself comes last.

        Before Python 3.12 a comprehension is a function of its own, and so is a class body: neither is a call that the
        program makes, so that the place inside it stands for the function around it.
        """
        places = []
        inner = None
        for frame in frames:
            code = frame.f_code
            at = inner if inner is not None else frame
            inside = code.co_name in COMPREHENSIONS or is_class_body(code)
            if inside:
                inner = at
                continue
            inner = None
            place = dict(self.site(at), function=code.co_name)
            if code.co_flags & inspect.CO_GENERATOR:
                place['generator'] = True
            places.append(place)
        return places[::-1]

    def site(self, frame):
        """The call expression that a frame is executing."""
        path = self.path(frame.f_code.co_filename)
        raw = self._raw(frame) if EXACT else None
        if raw is None:
            return {'path': path, 'line': frame.f_lineno}
        line, end_line, column, end_column = raw
        return {'path': path, 'line': line, 'col': self._column(path, line, column),
                'endLine': end_line, 'endCol': self._column(path, end_line, end_column)}

    def _raw(self, frame):
        code = frame.f_code
        table = self._positions.get(code)
        if table is None:
            table = self._positions[code] = list(code.co_positions())
        raw = table[frame.f_lasti // 2]
        return raw if None not in raw else None

    def _column(self, path, line, byte_column):
        text = self.files[path].split('\n')[line - 1].encode('utf-8')[:byte_column].decode('utf-8')
        return len(text.encode('utf-16-le')) // 2 + 1

    def keyword(self, site, name):
        """Where a keyword stands in the call at a site; None for `**mapping`."""
        table = self._tables.get(site['path'])
        if table is None:
            table = self._tables[site['path']] = self._calls(site['path'])
        found = [node for node in table.get(site['line'], ())
                 if not EXACT or self._column(site['path'], node.lineno, node.col_offset) == site.get('col')]
        for node in found:
            for keyword in node.keywords:
                if keyword.arg != name:
                    continue
                if not EXACT:
                    return {'kwLine': keyword.value.lineno}
                return {'kwLine': keyword.lineno,
                        'kwCol': self._column(site['path'], keyword.lineno, keyword.col_offset)}
        return None

    def _calls(self, path):
        calls = {}
        for node in ast.walk(ast.parse(self.files[path])):
            if isinstance(node, ast.Call):
                calls.setdefault(node.lineno, []).append(node)
        return calls
