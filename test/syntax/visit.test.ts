import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { walk } from '../../server/src/syntax/visit';
import { readMarkdownCases } from '../support/markdownCases';
import { parse } from '../support/parser';

/** Parts of nodes that are not nodes themselves. */
const parts: ReadonlySet<string> = new Set(['Identifier', 'DottedName', 'FormattedText', 'FormattedField']);

/** Every node that an object holds anywhere, found without knowing its shape. */
function reachable(value: unknown, found: Set<unknown> = new Set()): Set<unknown> {
  if (typeof value !== 'object' || value === null) return found;
  if ('kind' in value && 'span' in value && !parts.has(String(value.kind))) found.add(value);
  for (const inner of Object.values(value)) reachable(inner, found);
  return found;
}

const folder = fileURLToPath(new URL('./cases/', import.meta.url));
const sources = readdirSync(folder)
  .flatMap((name) => readMarkdownCases(readFileSync(`${folder}/${name}`, 'utf8')).cases)
  .flatMap((one) => one.blocks.filter((block) => block.language === 'py').map((block) => [one.name, block.text]));

describe('walk', () => {
  it.each(sources)('reaches every node once: %s', (_, text) => {
    const { module } = parse(text ?? '');
    const visited: unknown[] = [];
    walk(module, (node) => {
      visited.push(node);
    });
    expect(new Set(visited).size).toBe(visited.length);
    expect(new Set(visited)).toEqual(reachable(module));
  });

  it('visits parents first, in source order, and tells the way down', () => {
    const seen: string[] = [];
    walk(parse('x = f(a, b=1)\n').module, (node, parents) => {
      seen.push(`${parents.map(({ kind }) => kind[0]).join('')} ${node.kind}`);
    });
    expect(seen).toEqual([
      ' Module',
      'M Assign',
      'MA Name',
      'MA Call',
      'MAC Name',
      'MAC Argument',
      'MACA Name',
      'MAC Argument',
      'MACA Number',
    ]);
  });

  it('leaves out what is inside a node when told so', () => {
    const kinds: string[] = [];
    walk(parse('def f():\n  g()\nh()\n').module, (node) => {
      kinds.push(node.kind);
      return node.kind === 'FunctionDef' ? 'skip' : undefined;
    });
    expect(kinds).toEqual(['Module', 'FunctionDef', 'ExpressionStatement', 'Call', 'Name']);
  });
});
