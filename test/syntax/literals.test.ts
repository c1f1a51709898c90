import { describe, expect, it } from 'vitest';
import { decodeNumber, decodeString, splitString } from '../../server/src/syntax/literals';

describe('decodeNumber', () => {
  it.each([
    ['0', 'int', 0],
    ['1_000', 'int', 1000],
    ['0xff', 'int', 255],
    ['0o17', 'int', 15],
    ['0b11', 'int', 3],
    ['00', 'int', 0],
    ['9007199254740991', 'int', 9007199254740991],
    ['9007199254740992', 'int', Number.NaN],
    ['1.', 'float', 1],
    ['.5', 'float', 0.5],
    ['1e-5', 'float', 1e-5],
    ['0e0', 'float', 0],
    ['2J', 'imaginary', 2],
  ] as const)('%s', (source, type, value) => {
    expect(decodeNumber(source)).toEqual({ type, value, python2: false });
  });

  it.each([
    ['10L', 10],
    ['0777', 511],
    ['0xFFL', 255],
  ])('knows the forms of Python 2: %s', (source, value) => {
    expect(decodeNumber(source)).toEqual({ type: 'int', value, python2: true });
  });
});

describe('strings', () => {
  it.each([
    ["'a'", { prefix: '', quote: "'", body: 'a' }],
    ['Rb"""a"b"""', { prefix: 'rb', quote: '"""', body: 'a"b' }],
    ['""', { prefix: '', quote: '"', body: '' }],
    ['""""""', { prefix: '', quote: '"""', body: '' }],
    ["'open", { prefix: '', quote: "'", body: 'open' }],
  ])('split: %s', (source, parts) => {
    expect(splitString(source)).toEqual(parts);
  });

  it.each([
    ['\\x41\\u00e9\\U0001F600', '', 'Aé😀'],
    ['\\101\\8\\q', '', 'A\\8\\q'],
    ['a\\\r\nb\r\nc', '', 'ab\nc'],
    ['\\U00110000', '', '\\U00110000'],
    ['\\u0041\\x41', 'b', '\\u0041A'],
    ['\\n', 'r', '\\n'],
  ])('decode: %s', (body, prefix, value) => {
    expect(decodeString(body, prefix)).toBe(value);
  });
});
