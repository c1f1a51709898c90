import { describe, expect, it } from 'vitest';
import { findRepairs } from '../../server/src/syntax/repair';
import { applyRepairs } from '../../server/src/syntax/repairedText';

function repaired(text: string): string {
  return applyRepairs(text, findRepairs(text).edits).text;
}

describe('repairs', () => {
  it.each([
    ['an open call', 'x = f(a, b\ny = 1\n', 'x = f(a, b)\ny = 1\n'],
    ['an open call before a keyword', 'x = f(a,\nreturn x\n', 'x = f(a,)\nreturn x\n'],
    ['several open brackets, comment kept', "d = {'a': [1  # one\ny = 1\n", "d = {'a': [1]}  # one\ny = 1\n"],
    ['a closer of the wrong kind', 'x = f([a)\n', 'x = f([a])\n'],
    ['a stray closer', 'x = f(a))\n', 'x = f(a) \n'],
    ['a header without colon', 'with a\n  b\n', 'with a:\n  b\n'],
    ['an attribute without name', 'x = slim.\n', 'x = slim._\n'],
    ['a string without end', "x = f('a)\n", "x = f('a')\n"],
    ['a string that cannot enclose anything', "x = f(a')\n", 'x = f(a )\n'],
    ['a docstring that lost a quote', 'def f():\n  ""Text.\n  """\n', 'def f():\n  """Text.\n  """\n'],
    ['text after an unclosed docstring', '"""Text.\nx = 1\n', '"""Text."""\nx = 1\n'],
    ['a bracket in the indentation', 'if a:\n  (  return b\n', 'if a:\n    return b\n'],
    ['a line typed too far to the left', 'if a:\n  b\nc = 1\n  d\n', 'if a:\n  b\n  c = 1\n  d\n'],
  ])('%s', (_, text, expected) => {
    expect(repaired(text)).toBe(expected);
    expect(findRepairs(text).damage).not.toEqual([]);
  });

  it.each([
    ['arguments on lines of their own', 'x = f(\n    a=1,\n    b=[\n        2,\n    ],\n)\n'],
    ['a header over several lines', 'with f(a,\n       b=1):\n  c\n'],
    ['a comprehension over several lines', 'x = [\n  a\n  for a in b\n  if a\n]\n'],
    ['a conditional over several lines', 'x = (a\n     if b\n     else c)\n'],
    ['keywords as the names of attributes', 'x = f(\n  a.print, b._import,\n  classes=1)\n'],
    ['numbers of all forms', 'x = [1., .5, 1e-5, 0x1F, 0777, 10L, 1_0, 2j]\n'],
    ['stars', 'def f(a, /, *, b=1, **c): g(*a, **c)\nfrom x import *\n'],
    ['relative imports', 'from . import a\nfrom .. import b\nfrom .c import (d,\n  e)\n'],
    ['a docstring with quotes', 'def f():\n  """A "quoted" \'word\', it\'s (odd."""\n  return ""\n'],
    ['source text in a string', 'x = """\ndef f():\n  pass\n"""\n'],
    ['match', 'match x:\n  case a if b:\n    pass\n'],
    ['annotations', 'x: int\ny: List[int] = []\ndef f(a: int = 1) -> int: pass\n'],
  ])('nothing in sound code: %s', (_, text) => {
    expect(findRepairs(text)).toMatchObject({ damage: [], isCertain: false });
    expect(repaired(text)).toBe(text);
  });

  it('only helps the parser with a line in brackets that is indented less than its statement', () => {
    const text = 'if a:\n    x = (b +\n  c)\n';
    expect(repaired(text)).toBe('if a:\n    x = (b +\n    c)\n');
    expect(findRepairs(text)).toMatchObject({ damage: [], isCertain: false });
  });
});

describe('applyRepairs', () => {
  it('maps spans back to the original', () => {
    const { text, toSource } = applyRepairs('abcdef', [
      { at: 1, remove: 0, insert: 'XY' },
      { at: 2, remove: 1, insert: '' },
      { at: 4, remove: 1, insert: '-' },
    ]);
    expect(text).toBe('aXYbd-f');
    // What was inserted is an empty place, what was removed lies between its neighbours.
    expect(toSource(0, 1)).toEqual({ start: 0, end: 1 });
    expect(toSource(1, 3)).toEqual({ start: 1, end: 1 });
    expect(toSource(3, 4)).toEqual({ start: 1, end: 2 });
    expect(toSource(4, 7)).toEqual({ start: 3, end: 6 });
    expect(toSource(0, 7)).toEqual({ start: 0, end: 6 });
  });

  it('puts insertions before a removal at the same place, and drops edits inside of it', () => {
    const edits = [
      { at: 1, remove: 2, insert: '' },
      { at: 2, remove: 0, insert: 'Y' },
      { at: 1, remove: 0, insert: 'X' },
    ];
    expect(applyRepairs('abcd', edits).text).toBe('aXd');
  });
});
