import { describe, expect, it } from 'vitest';
import { matcher } from '../../server/src/project/glob';
import { displayPath, isWithin, join, parentOf, relativePath } from '../../server/src/project/paths';

describe('paths of URIs', () => {
  it.each([
    ['nets', 'file:///w/nets'],
    ['a b/(c)', 'file:///w/a%20b/%28c%29'],
    ['./x/../y', 'file:///w/y'],
    ['../other', 'file:///other'],
    ['/abs/lib', 'file:///abs/lib'],
    ['C:\\libs\\py', 'file:///c%3A/libs/py'],
    ['../../../..', 'file:///w'.slice(0, 7)],
  ])('join a folder with %s', (path, expected) => {
    expect(join('file:///w', path)).toBe(expected);
  });

  it('stop at the root', () => {
    expect(parentOf('file:///a')).toBe('file://');
    expect(parentOf('file://')).toBe('file://');
    expect(parentOf('untitled:Untitled-1')).toBe('untitled:Untitled-1');
  });

  it('relate files to folders by whole segments', () => {
    expect(relativePath('file:///w', 'file:///w/a%20b.py')).toBe('a b.py');
    expect(relativePath('file:///w', 'file:///w2/a.py')).toBeUndefined();
    expect(isWithin('file:///w', 'file:///w')).toBe(true);
    expect(isWithin('file:///w', 'file:///w2')).toBe(false);
  });

  it('are shown decoded, even when they are encoded wrongly', () => {
    expect(displayPath('file:///w/%E4%BD%A0.py')).toBe('/w/你.py');
    expect(displayPath('file:///w/%FF.py')).toBe('/w/%FF.py');
  });
});

describe('globs', () => {
  it.each([
    ['build', 'build/lib/a.py', true],
    ['build', 'deep/build/a.py', true],
    ['build', 'rebuild/a.py', false],
    ['/build', 'deep/build/a.py', false],
    ['./build', 'build/a.py', true],
    ['a/b', 'a/b/c.py', true],
    ['a/b', 'x/a/b/c.py', false],
    ['**/gen_*.py', 'x/y/gen_ops.py', true],
    ['**/gen_*.py', 'gen_ops.py', true],
    ['*.pb.py', 'x/model.pb.py', true],
    ['a/**/z.py', 'a/z.py', true],
    ['a/**', 'a/b/c.py', true],
    ['t?st', 'test/a.py', true],
    ['t?st', 'tst/a.py', false],
    ['v1.2', 'v1x2/a.py', false],
    ['', 'a.py', false],
  ])('%j on %s: %s', (glob, path, expected) => {
    expect(matcher([glob])(path)).toBe(expected);
  });
});
