#!/usr/bin/env python3
"""Writes server/src/slim/data/netSummaries.ts: what tf_slim.nets and tensorflow.contrib.slim.nets define, as facts.

Usage: python3 scripts/generateNetSummaries.py TF_SLIM TENSORFLOW [--output FILE]

TF_SLIM is the folder that contains `tf_slim/` of an unpacked tf_slim 1.1.0 wheel, TENSORFLOW the one that contains
`tensorflow_core/` of an unpacked tensorflow 1.15.5 wheel, or the same as `tensorflow/`. Of the latter, only
`contrib/slim/nets.py` and `contrib/slim/python/slim/nets/` are read, and need be there.
Only maintainers run this. It needs Python 3.8 or newer and nothing else.

A function of these modules is one of three things:
* a scope factory: which ops get which keyword with which value, as an expression over its parameters;
* a function whose whole body is one expression, which is kept;
* anything else: its signature and what kind of objects it returns; its body is not kept.
Nothing is approximated: a factory of another shape becomes an unknown with the reason, and whatever else is not
understood ends the run with an error.
"""
import argparse
import ast
import json
import os
import sys

sys.dont_write_bytecode = True
from support.netExpressions import (  # noqa: E402
    Expressions, NotExpressible, Source, dotted, parameters_of, without_docstring, without_places)

HERE = os.path.dirname(os.path.abspath(__file__))
OUTPUT = os.path.join(HERE, '..', 'server', 'src', 'slim', 'data', 'netSummaries.ts')
NETS = ['alexnet', 'inception', 'inception_v1', 'inception_v2', 'inception_v3', 'overfeat', 'resnet_utils',
        'resnet_v1', 'resnet_v2', 'vgg']
CONTRIB = 'tensorflow.contrib.slim.python.slim.nets'

# Modules whose functions give a tensor when they are given tensors. `collect_named_outputs` gives back its last
# argument.
TENSOR_MODULES = {'array_ops', 'math_ops', 'nn_ops', 'layers', 'layers_lib'}
TENSOR_HELPERS = {'utils.collect_named_outputs'}
DICT_HELPERS = {'utils.convert_collection_to_dict'}


# ----------------------------------------------------------------------------------------------------- functions

def is_arg_scope(node):
    return isinstance(node, ast.Call) and dotted(node.func) == 'arg_scope'


def scope_fact(expressions, call):
    if len(call.args) != 1 or isinstance(call.args[0], ast.Starred):
        raise NotExpressible(f'the arg_scope at line {call.lineno}')
    ops, *settings = expressions.arguments(call)
    return {'at': expressions.source.span(call), 'ops': ops[1],
            'set': [[*setting, expressions.place(keyword)] for setting, keyword in zip(settings, call.keywords)]}


def factory_fact(expressions, body):
    """The scopes of `with arg_scope(..): with arg_scope(..) as sc: return sc`, outermost first."""
    for statement in body[:-1]:
        expressions.assign(statement)
    scopes, at = [], body[-1]
    while isinstance(at, ast.With):
        if len(at.items) != 1 or not is_arg_scope(at.items[0].context_expr) or len(at.body) != 1:
            raise NotExpressible(f'the `with` at line {at.lineno}')
        scopes.append(scope_fact(expressions, at.items[0].context_expr))
        saved, at = at.items[0].optional_vars, at.body[0]
    is_returned = scopes and isinstance(at, ast.Return) and isinstance(saved, ast.Name) and dotted(at.value) == saved.id
    if not is_returned:
        raise NotExpressible('a factory that does not return its innermost scope')
    return {'scopes': scopes}


def is_factory(function):
    """True when the function returns what an arg_scope gave with `as`."""
    saved = {dotted(item.optional_vars) for node in ast.walk(function) if isinstance(node, ast.With)
             for item in node.items if is_arg_scope(item.context_expr) and item.optional_vars is not None}
    return any(isinstance(node, ast.Return) and node.value is not None and dotted(node.value) in saved
               for node in ast.walk(function))


def check_balanced(function):
    """A function whose body is not kept must leave the stack of scopes as it was."""
    entered = {id(item.context_expr) for node in ast.walk(function) if isinstance(node, ast.With)
               for item in node.items}
    for node in ast.walk(function):
        if is_arg_scope(node) and id(node) not in entered:
            raise NotExpressible(f'an arg_scope at line {node.lineno} that no `with` enters')
        if isinstance(node, ast.Name) and node.id == 'current_arg_scope':
            raise NotExpressible(f'current_arg_scope at line {node.lineno}')


def always_returns(body):
    """True when no path falls off the end, which would return None."""
    last = body[-1]
    if isinstance(last, ast.With):
        return always_returns(last.body)
    if isinstance(last, ast.If):
        return bool(last.orelse) and always_returns(last.body) and always_returns(last.orelse)
    return isinstance(last, (ast.Return, ast.Raise))


class Results:
    """What the functions of all modules return, by kind: tensor, dict, a list of kinds for a tuple, or unknown."""

    def __init__(self, modules):
        """`modules`: the functions of each module, by name."""
        self.modules = modules
        self.found = {}

    def of(self, module, name):
        if (module, name) not in self.found:
            self.found[module, name] = 'unknown'
            self.found[module, name] = self.infer(module, self.modules[module][name])
        return self.found[module, name]

    def home(self, module, name):
        """The module that defines what `name` is in `module`: itself, or the only one that has the name."""
        homes = [other for other, functions in self.modules.items() if name in functions]
        return module if module in homes else homes[0] if len(homes) == 1 else None

    def infer(self, module, function):
        variables = {arg.arg: 'given' for arg in function.args.args}
        for _ in range(8):
            before = dict(variables)
            for node in ast.walk(function):
                if isinstance(node, ast.Assign):
                    self.bind(variables, node.targets[0], self.kind(module, node.value, variables))
            if variables == before:
                break
        returned = [self.kind(module, node.value, variables) for node in ast.walk(function)
                    if isinstance(node, ast.Return)]
        if not always_returns(function.body):
            return 'unknown'
        kind = returned[0]
        for other in returned[1:]:
            kind = self.join(kind, other)
        return self.settled(kind)

    def settled(self, kind):
        """A parameter that is handed back is a tensor: these functions take tensors first and give them back."""
        if isinstance(kind, tuple):
            return [self.settled(part) for part in kind]
        return 'tensor' if kind == 'given' else kind

    def bind(self, variables, target, kind):
        if isinstance(target, ast.Name):
            variables[target.id] = self.join(variables[target.id], kind) if target.id in variables else kind
        elif isinstance(target, ast.Tuple):
            fits = isinstance(kind, tuple) and len(kind) == len(target.elts)
            parts = kind if fits else ['unknown'] * len(target.elts)
            for one, part in zip(target.elts, parts):
                self.bind(variables, one, part)

    def join(self, a, b):
        if a == b or b == 'given':
            return a
        if a == 'given':
            return b
        if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
            return tuple(self.join(x, y) for x, y in zip(a, b))
        return 'unknown'

    def kind(self, module, node, variables):
        if isinstance(node, ast.Name):
            return variables.get(node.id, 'unknown')
        if isinstance(node, ast.Tuple):
            return tuple(self.kind(module, item, variables) for item in node.elts)
        if isinstance(node, ast.Dict):
            return 'dict'
        if isinstance(node, ast.Subscript):
            return 'tensor' if dotted(node.value) == 'end_points' else 'unknown'
        path = dotted(node.func) if isinstance(node, ast.Call) else None
        if path is None:
            return 'unknown'
        prefix, _, name = path.rpartition('.')
        if path in DICT_HELPERS:
            return 'dict'
        # A unit of a block takes and gives a tensor, as `Block` documents.
        if prefix in TENSOR_MODULES or path in TENSOR_HELPERS or path == 'block.unit_fn':
            return 'tensor'
        home = self.home(module, name)
        if home is not None:
            kind = self.of(home, name)
            return tuple(kind) if isinstance(kind, list) else kind
        return 'unknown'


def function_fact(module, source, known, results, node):
    expressions = Expressions(source, known)
    fact = {'function': node.name, 'at': source.start(node) + source.span(node)[2:],
            'parameters': parameters_of(expressions, node.args)}
    decorators = [dotted(decorator) for decorator in node.decorator_list]
    if decorators not in ([], ['add_arg_scope']):
        raise NotExpressible(f'the decorators of `{node.name}`')
    if decorators:
        fact['decorator'] = decorators[0]
    inner = Expressions(source, known, [arg.arg for arg in node.args.args])
    body = without_docstring(node.body)
    if is_factory(node):
        try:
            return {**fact, **factory_fact(inner, body)}
        except NotExpressible as problem:
            return {**fact, 'result': 'unknown', 'reason': f'the summary has no words for {problem}'}
    check_balanced(node)
    if len(body) == 1 and isinstance(body[0], ast.Return):
        return {**fact, 'value': inner.convert(body[0].value)}
    return {**fact, 'result': results.of(module, node.name)}


# ------------------------------------------------------------------------------------------------------- modules

def class_fact(source, node):
    """`class Block(collections.namedtuple('Block', [..]))` with a docstring at most."""
    base = node.bases[0] if len(node.bases) == 1 else None
    is_namedtuple = isinstance(base, ast.Call) and dotted(base.func) == 'collections.namedtuple' and len(base.args) == 2
    if not is_namedtuple or base.keywords or node.decorator_list or without_docstring(node.body):
        raise NotExpressible(f'the class `{node.name}`')
    return {'namedtuple': node.name, 'from': source.start(node), 'fields': ast.literal_eval(base.args[1])}


def statement_facts(module, source, known, results, node):
    if isinstance(node, ast.ImportFrom):
        if node.module == '__future__':
            return []
        if node.level or any(alias.name == '*' for alias in node.names):
            raise NotExpressible(f'the import at line {node.lineno}')
        return [{'import': node.module, 'name': alias.name, 'as': alias.asname or alias.name} for alias in node.names]
    if isinstance(node, ast.Import):
        if any('.' in alias.name for alias in node.names):
            raise NotExpressible(f'the import at line {node.lineno}')
        return [{'import': alias.name, 'as': alias.asname or alias.name} for alias in node.names]
    if isinstance(node, ast.FunctionDef):
        return [function_fact(module, source, known, results, node)]
    if isinstance(node, ast.ClassDef):
        return [class_fact(source, node)]
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = dotted(node.targets[0])
        if target == '__all__':
            return [{'unknown': target, 'reason': '`__all__` is computed when the package is imported'}]
        if target and target.count('.') <= 1:
            value = without_places(Expressions(source, known).convert(node.value))
            return [{'assign': target, 'from': source.start(node), 'value': value}]
    raise NotExpressible(f'the statement at line {node.lineno}')


def names_of(node):
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name for alias in node.names]
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def summarize(library, modules):
    """`modules`: (module name, file name for people, path on disk, is package)."""
    sources = [(module, shown, Source(path), is_package) for module, shown, path, is_package in modules]
    results = Results({module: {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}
                       for module, _, source, _ in sources})
    summaries = []
    for module, shown, source, is_package in sources:
        known, facts = set(), []
        for node in without_docstring(source.tree.body):
            try:
                facts += statement_facts(module, source, known, results, node)
            except NotExpressible as problem:
                raise SystemExit(f'{shown}: the facts have no words for {problem}')
            known.update(names_of(node))
        summaries.append({'module': module, 'file': shown, 'library': library, 'isPackage': is_package, 'facts': facts})
    return summaries


def tf_slim_modules(folder):
    base = os.path.join(folder, 'tf_slim', 'nets')
    yield 'tf_slim.nets', 'tf_slim/nets/__init__.py', os.path.join(base, '__init__.py'), True
    for name in NETS:
        yield f'tf_slim.nets.{name}', f'tf_slim/nets/{name}.py', os.path.join(base, f'{name}.py'), False


def contrib_modules(folder):
    package = next((name for name in ('tensorflow_core', 'tensorflow') if
                    os.path.isdir(os.path.join(folder, name, 'contrib'))), 'tensorflow_core')
    slim = os.path.join(folder, package, 'contrib', 'slim')
    shown = 'tensorflow/contrib/slim'
    yield 'tensorflow.contrib.slim.nets', f'{shown}/nets.py', os.path.join(slim, 'nets.py'), False
    inner = ('python', 'slim', 'nets')
    yield CONTRIB, f'{shown}/python/slim/nets/__init__.py', os.path.join(slim, *inner, '__init__.py'), True
    for name in NETS:
        path = os.path.join(slim, *inner, f'{name}.py')
        yield f'{CONTRIB}.{name}', f'{shown}/python/slim/nets/{name}.py', path, False


def check_complete(modules):
    """No net of the package may be left out because nobody knew of it."""
    for folder in {os.path.dirname(path) for _, _, path, is_package in modules if is_package}:
        there = {name[:-3] for name in os.listdir(folder) if name.endswith('.py') and not name.endswith('_test.py')}
        if there - {'__init__'} != set(NETS):
            raise SystemExit(f'{folder} holds other modules than this generator knows: {sorted(there)}')


def render(libraries):
    lines = []
    for _, summaries in libraries:
        for summary in summaries:
            head = {key: value for key, value in summary.items() if key != 'facts'}
            lines.append('  {' + ', '.join(f'{key}: {json.dumps(value)}' for key, value in head.items()) + ', facts: [')
            lines += [f'    {json.dumps(fact)},' for fact in summary['facts']]
            lines.append('  ]},')
    body = '\n'.join(lines)
    versions = ' and '.join(version for version, _ in libraries)
    return f"""/**
 * Generated by scripts/generateNetSummaries.py from {versions}: do not edit.
 * The facts about the nets that the two libraries ship; library/nets/netFacts.ts says what they mean.
 */
import type {{ NetModule }} from '../library/nets/netFacts';

// prettier-ignore
export const netSummaries: readonly NetModule[] = [
{body}
];
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('tf_slim')
    parser.add_argument('tensorflow')
    parser.add_argument('--output', default=OUTPUT)
    options = parser.parse_args()
    libraries = []
    for version, modules in (('tf_slim 1.1.0', list(tf_slim_modules(options.tf_slim))),
                             ('tensorflow 1.15.5', list(contrib_modules(options.tensorflow)))):
        check_complete(modules)
        libraries.append((version, summarize(version, modules)))
    with open(options.output, 'w', encoding='utf-8', newline='\n') as file:
        file.write(render(libraries))


if __name__ == '__main__':
    main()
