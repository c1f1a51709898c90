"""Counts the uses of tf.contrib in Python files, with nothing but Python's own ast.

The yardstick for `npm run accuracy:lint`: it shares no code and no method with Slimscope. It resolves names lexically, in
one file at a time: imports, plain assignments of a dotted name, and Python's scopes. It does not follow values through
calls, attributes of objects or other files, and it runs nothing.

    python3 countContrib.py FOLDER    prints {"files": [{"path", "uses": [...]} or {"path", "unparsed": reason}]}

A use is one imported name, one `import a.b.c`, or the longest dotted name that starts at a name. Each has its 1-based
line and column, `certain` (every binding of the name means the same root), and `guarded` (below a `try` with handlers,
or an `if` or conditional expression).
"""

import ast
import json
import os
import re
import sys
import warnings

CONTRIB = re.compile(r"^tensorflow(\.compat\.v[12])?\.contrib(\.|$)")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
OTHER = None  # a binding that is no dotted name


class Scope:
    """One scope: what its names are bound to, as dotted names still to be resolved in `where`, or OTHER."""

    def __init__(self, parent, is_class=False):
        self.parent = parent
        self.is_class = is_class
        self.bindings = {}
        self.outer = {}  # declared global or nonlocal: the scope that has them

    def owner(self, name):
        return self.outer.get(name, self)

    def bind(self, name, value, where):
        self.owner(name).bindings.setdefault(name, []).append((value, where))

    def module(self):
        return self if self.parent is None else self.parent.module()

    def find(self, name):
        """The scope that a load of the name reads: class bodies are seen only from themselves."""
        scope = self.owner(name)
        first = True
        while scope is not None:
            if name in scope.bindings and (first or not scope.is_class):
                return scope
            scope, first = scope.parent, False
        return None


def dotted(node):
    """['tf', 'contrib', 'slim'] of a chain that starts at a name, else None."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id] + parts[::-1] if isinstance(node, ast.Name) else None


def meanings(scope, parts, seen=()):
    """Every absolute dotted name that the chain can denote, and OTHER."""
    found = scope.find(parts[0])
    if found is None or (id(found), parts[0]) in seen:
        return {OTHER}
    result = set()
    for value, where in found.bindings[parts[0]]:
        if value is OTHER:
            result.add(OTHER)
        elif value[0] == "/":  # an import: already absolute
            result.add(".".join([value[1:]] + parts[1:]))
        else:
            rest = meanings(where, value.split("."), seen + ((id(found), parts[0]),))
            result |= {one if one is OTHER else ".".join([one] + parts[1:]) for one in rest}
    return result


class Bind(ast.NodeVisitor):
    """First pass: makes the scopes, and fills them."""

    def __init__(self, tree):
        self.scopes = {}
        self.scope = self.scopes[tree] = Scope(None)
        self.generic_visit(tree)

    def inside(self, node, children, is_class=False):
        before, self.scope = self.scope, Scope(self.scope, is_class)
        self.scopes[node] = self.scope
        for child in children:
            self.visit(child)
        self.scope = before

    def visit(self, node):
        if isinstance(node, FUNCTIONS):
            self.function(node)
        elif isinstance(node, ast.ClassDef):
            self.scope.bind(node.name, OTHER, self.scope)
            for child in node.decorator_list + node.bases + node.keywords:
                self.visit(child)
            self.inside(node, node.body, is_class=True)
        elif isinstance(node, COMPREHENSIONS):
            self.visit(node.generators[0].iter)
            self.inside(node, parts_of_comprehension(node))
        else:
            super().visit(node)

    def function(self, node):
        arguments = node.args
        if not isinstance(node, ast.Lambda):
            self.scope.bind(node.name, OTHER, self.scope)
        for child in outside_of_function(node):
            self.visit(child)
        every = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
        every += [one for one in (arguments.vararg, arguments.kwarg) if one]
        before, self.scope = self.scope, Scope(self.scope)
        self.scopes[node] = self.scope
        for one in every:
            self.scope.bind(one.arg, OTHER, self.scope)
        for child in node.body if isinstance(node.body, list) else [node.body]:
            self.visit(child)
        self.scope = before

    def visit_Global(self, node):
        for name in node.names:
            self.scope.outer[name] = self.scope.module()

    def visit_Nonlocal(self, node):
        for name in node.names:
            found = self.scope.parent.find(name) if self.scope.parent else None
            if found:
                self.scope.outer[name] = found

    def visit_Import(self, node):
        for alias in node.names:
            if alias.asname:
                self.scope.bind(alias.asname, "/" + alias.name, self.scope)
            else:
                root = alias.name.split(".")[0]
                self.scope.bind(root, "/" + root, self.scope)

    def visit_ImportFrom(self, node):
        for alias in node.names:
            if alias.name != "*":
                value = OTHER if node.level else "/%s.%s" % (node.module, alias.name)
                self.scope.bind(alias.asname or alias.name, value, self.scope)

    def assign(self, target, value):
        if isinstance(target, ast.Name):
            parts = dotted(value) if value is not None else None
            self.scope.bind(target.id, ".".join(parts) if parts else OTHER, self.scope)
        elif isinstance(target, (ast.Tuple, ast.List)):
            pairs = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
            fits = len(pairs) == len(target.elts) and not any(isinstance(one, ast.Starred) for one in target.elts + pairs)
            for i, one in enumerate(target.elts):
                self.assign(one, pairs[i] if fits else None)
        else:
            self.visit(target)

    def visit_Assign(self, node):
        for target in node.targets:
            self.assign(target, node.value)
        self.visit(node.value)

    def visit_AnnAssign(self, node):
        if node.value is not None:
            self.assign(node.target, node.value)
            self.visit(node.value)
        self.visit(node.annotation)

    def visit_NamedExpr(self, node):
        self.assign(node.target, node.value)
        self.visit(node.value)

    def visit_ExceptHandler(self, node):
        if node.name:
            self.scope.bind(node.name, OTHER, self.scope)
        self.generic_visit(node)

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store):
            self.scope.bind(node.id, OTHER, self.scope)


def outside_of_function(node):
    """What of a function is evaluated where it is defined."""
    arguments = node.args
    every = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
    every += [one for one in (arguments.vararg, arguments.kwarg) if one]
    result = [*arguments.defaults, *(one for one in arguments.kw_defaults if one)]
    result += [one.annotation for one in every if one.annotation]
    if not isinstance(node, ast.Lambda):
        result += node.decorator_list + ([node.returns] if node.returns else [])
    return result


def parts_of_comprehension(node):
    result = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    for i, clause in enumerate(node.generators):
        result += [clause.target, *clause.ifs, *([clause.iter] if i else [])]
    return result


class Count(ast.NodeVisitor):
    """Second pass: the uses."""

    def __init__(self, tree, lines, scopes):
        self.scopes = scopes
        self.scope = scopes[tree]
        self.lines = lines
        self.guards = 0
        self.uses = []
        self.generic_visit(tree)

    def add(self, node, form, names):
        contrib = sorted(one for one in names if one is not OTHER and CONTRIB.match(one))
        if contrib:
            line = self.lines[node.lineno - 1].encode("utf-8")
            use = {"line": node.lineno, "column": len(line[: node.col_offset].decode("utf-8")) + 1, "form": form}
            use.update(path=contrib[0], certain=len(contrib) == len(names), guarded=self.guards > 0)
            self.uses.append(use)

    def visit(self, node):
        if node in self.scopes and not isinstance(node, ast.Module):
            if isinstance(node, ast.ClassDef):
                outside, inside = node.decorator_list + node.bases + node.keywords, node.body
            elif isinstance(node, COMPREHENSIONS):
                outside, inside = [node.generators[0].iter], parts_of_comprehension(node)
            else:
                outside = outside_of_function(node)
                inside = node.body if isinstance(node.body, list) else [node.body]
            for child in outside:
                self.visit(child)
            before, self.scope = self.scope, self.scopes[node]
            for child in inside:
                self.visit(child)
            self.scope = before
        elif isinstance(node, (ast.If, ast.IfExp)) or (isinstance(node, ast.Try) and node.handlers):
            self.guards += 1
            self.generic_visit(node)
            self.guards -= 1
        else:
            super().visit(node)

    def visit_Import(self, node):
        for alias in node.names:
            self.add(alias, "import", {alias.name})

    def visit_ImportFrom(self, node):
        if not node.level:
            for alias in node.names:
                name = node.module if alias.name == "*" else "%s.%s" % (node.module, alias.name)
                self.add(alias, "from", {name})

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load):
            self.add(node, "name", meanings(self.scope, [node.id]))

    def visit_Attribute(self, node):
        parts = dotted(node)
        if parts is None:
            self.generic_visit(node)
        elif isinstance(node.ctx, ast.Load):
            self.add(node, "attribute", meanings(self.scope, parts))
        else:  # `a.b.c = 1` reads a.b
            self.visit(node.value)


def count(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8-sig")
        lines = re.split("\r\n|\r|\n", text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        return {"unparsed": "%s: %s" % (type(error).__name__, getattr(error, "msg", error))}
    uses = Count(tree, lines, Bind(tree).scopes).uses
    return {"uses": sorted(uses, key=lambda one: (one["line"], one["column"]))}


def main(folder):
    sys.setrecursionlimit(20000)
    files = []
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            if name.endswith(".py"):
                path = os.path.join(here, name)
                files.append({"path": os.path.relpath(path, folder).replace(os.sep, "/"), **count(path)})
    json.dump({"files": sorted(files, key=lambda one: one["path"])}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
