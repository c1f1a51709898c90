"""Python expressions as facts: places, expressions over the parameters of a function, its local variables.

Part of scripts/generateNetSummaries.py, which says what facts are. Whatever has no words here raises NotExpressible.
"""
import ast
import copy


class NotExpressible(Exception):
    """Something that the facts have no words for."""


class Source:
    """One file, with positions as editors count them: one-based lines and one-based UTF-16 columns."""

    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            text = file.read()
        self.lines = text.split('\n')
        self.tree = ast.parse(text)

    def column(self, line, offset):
        before = self.lines[line - 1].encode('utf-8')[:offset].decode('utf-8')
        return len(before.encode('utf-16-le')) // 2 + 1

    def span(self, node):
        return [node.lineno, self.column(node.lineno, node.col_offset),
                node.end_lineno, self.column(node.end_lineno, node.end_col_offset)]

    def start(self, node):
        """Where a definition starts; at the `@` of its first decorator."""
        decorators = getattr(node, 'decorator_list', [])
        if not decorators:
            return self.span(node)[:2]
        line, column = self.span(decorators[0])[:2]
        at = self.lines[line - 1].rindex('@', 0, column - 1)
        return [line, at + 1]


def dotted(node):
    """`a.b.c` of a chain of attributes; None for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return before and f'{before}.{node.attr}'
    return None


def without_docstring(body):
    first = body[0] if body else None
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return body[1:] if is_text else body


def is_container(expression):
    return 'dict' in expression or 'list' in expression or any(
        is_container(expression[part]) for part in ('then', 'else') if part in expression)


class Expressions:
    """Turns Python expressions into facts. Local variables are replaced by what they stand for."""

    OPERATORS = {ast.Add: '+', ast.Sub: '-', ast.Mult: '*', ast.FloorDiv: '//', ast.Mod: '%'}

    def __init__(self, source, known, parameters=()):
        self.source = source
        self.known = known
        self.parameters = set(parameters)
        self.locals = {}
        self.uses = {}

    def convert(self, node, unpacked=False):
        """`unpacked` is true behind `**`, which copies, so that it does not matter who else holds the container."""
        fact = self.convert_inner(node, unpacked)
        return {**fact, 'at': self.source.span(node)}

    def convert_inner(self, node, unpacked):
        if isinstance(node, ast.Name) and node.id in self.locals:
            return self.local(node.id, unpacked)
        path = dotted(node)
        if path:
            root = path.split('.')[0]
            if root in self.locals or (root not in self.known and root not in self.parameters):
                raise NotExpressible(f'the name `{path}`')
            return {'path': path}
        if isinstance(node, ast.Constant):
            return self.constant(node.value)
        if isinstance(node, (ast.List, ast.Tuple)):
            items = [self.convert(item) for item in node.elts]
            return {'list' if isinstance(node, ast.List) else 'tuple': items}
        if isinstance(node, ast.Dict) and None not in node.keys:
            return {'dict': [[self.convert(key), self.convert(value)] for key, value in zip(node.keys, node.values)]}
        if isinstance(node, ast.Call):
            return {'call': self.convert_inner(node.func, False), 'args': self.arguments(node)}
        if isinstance(node, ast.BinOp) and type(node.op) in self.OPERATORS:
            return {'left': self.convert(node.left), 'operator': self.OPERATORS[type(node.op)],
                    'right': self.convert(node.right)}
        if isinstance(node, ast.IfExp):
            return {'if': self.convert(node.test), 'then': self.convert(node.body), 'else': self.convert(node.orelse)}
        if isinstance(node, ast.Lambda):
            inner = Expressions(self.source, self.known, self.parameters | {arg.arg for arg in node.args.args})
            return {'lambda': parameters_of(self, node.args), 'body': inner.convert(node.body)}
        raise NotExpressible(f'a {type(node).__name__}')

    def local(self, name, unpacked):
        value = self.locals[name]
        if is_container(value) and not unpacked:
            self.uses[name] = self.uses.get(name, 0) + 1
            if self.uses[name] > 1:
                raise NotExpressible(f'the container `{name}` that two places share')
        return copy.deepcopy(value)

    @staticmethod
    def constant(value):
        if value is None or isinstance(value, bool):
            return {'constant': str(value)}
        for name, kind in (('int', int), ('float', float), ('str', str)):
            if isinstance(value, kind):
                return {name: value}
        raise NotExpressible(f'the constant {value!r}')

    def arguments(self, call):
        """`[keyword, value]`; the keyword is empty for a positional argument and `**` for an unpacked mapping."""
        return [['', self.convert(arg)] for arg in call.args] + [
            [keyword.arg or '**', self.convert(keyword.value, unpacked=keyword.arg is None)] for keyword in call.keywords]

    def place(self, keyword):
        """Where a keyword argument is written, with its `**`."""
        if keyword.arg is not None:
            return self.source.span(keyword)
        at = self.source.span(keyword.value)
        stars = self.source.lines[at[0] - 1].rindex('**', 0, at[1] - 1)
        return [at[0], stars + 1, at[2], at[3]]

    def assign(self, statement):
        """A local variable, or an `if` whose two sides set the same ones."""
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name):
                self.locals[target.id] = self.convert(statement.value)
                return
        if isinstance(statement, ast.If):
            test = self.convert(statement.test)
            before = dict(self.locals)
            sides = []
            for body in (statement.body, statement.orelse):
                self.locals = dict(before)
                for inner in body:
                    self.assign(inner)
                sides.append(self.locals)
            then, otherwise = sides
            if set(then) != set(otherwise):
                raise NotExpressible('a variable that is set on one side of an `if` only')
            self.locals = {name: then[name] if then[name] == otherwise[name] else
                           {'if': copy.deepcopy(test), 'then': then[name], 'else': otherwise[name],
                            'at': then[name]['at']} for name in then}
            return
        raise NotExpressible(f'a statement of kind {type(statement).__name__} at line {statement.lineno}')


def without_places(fact):
    """Places are kept inside functions only: they are where arguments come from."""
    if isinstance(fact, dict):
        return {key: without_places(value) for key, value in fact.items() if key != 'at'}
    return [without_places(item) for item in fact] if isinstance(fact, list) else fact


def parameters_of(expressions, args):
    """`[name]` or `[name, default]` of each parameter."""
    if args.vararg or args.kwarg or args.kwonlyargs or getattr(args, 'posonlyargs', []):
        raise NotExpressible('a parameter that is not a plain one')
    required = len(args.args) - len(args.defaults)
    facts = [[arg.arg] for arg in args.args]
    for fact, default in zip(facts[required:], args.defaults):
        fact.append(without_places(expressions.convert(default)))
    return facts
