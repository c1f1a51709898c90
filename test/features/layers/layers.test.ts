/**
 * The layers view. A `layers` block is the table as the command line prints it, for the network around `$0` (or the last
 * one of the first file); ```` ```layers ?x28x28x1 ```` gives the shape of the input, ```` ```layers context=1 ```` chooses
 * a context. A `scopes` block is the map of the scopes: each keyword with the layers that it reaches, and `not` those for
 * which something else is set.
 */
import { describe, expect, it } from 'vitest';
import { layersOf } from '../../../server/src/features/layers/layers';
import type { LayersView, ScopeNode } from '../../../server/src/features/layers/layersModel';
import { layersText } from '../../../server/src/features/layers/layersText';
import type { GoldenContext } from '../../support/mdtest';
import { mdtest } from '../../support/mdtest';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';

function viewOf(workspace: MemoryWorkspace, { fixture, block }: GoldenContext): LayersView {
  const [cursor] = fixture.cursors();
  const path = cursor?.path ?? fixture.files[0]?.path ?? '';
  const names = Object.keys(block.attributes);
  const shape = names.find((name) => /^[?\d]/.test(name));
  const context = block.attributes['context'];
  const view = layersOf(workspace.snapshot, {
    file: workspace.uri(path),
    ...(cursor && { offset: cursor.offset }),
    ...(shape !== undefined && { inputShape: shape }),
    ...(typeof context === 'string' && { context: Number(context) }),
  });
  if (!view) throw new Error(`no file ${path}`);
  return view;
}

const noPlace = { path: '', line: 0, column: 0 };

mdtest<MemoryWorkspace>({
  folder: new URL('./', import.meta.url),
  setup: (fixture) => memoryWorkspace(fixture.files, fixture.settings, fixture.others),
  goldens: {
    layers: (workspace, context) => layersText(viewOf(workspace, context), 'table', () => noPlace),
    scopes: (workspace, context) => {
      const { scopes } = viewOf(workspace, context);
      return scopes.flatMap((node) => outline(node, '')).join('\n');
    },
    contexts: (workspace, context) =>
      viewOf(workspace, context)
        .contexts.map(({ label, others }) => `${label}${others > 0 ? ` (+${others})` : ''}`)
        .join('\n'),
  },
});

function outline(node: ScopeNode, indent: string): readonly string[] {
  if (node.kind === 'layer') return [`${indent}${node.index}`];
  const children = node.children.flatMap((child) => outline(child, `${indent}  `));
  if (node.kind === 'variables') return [`${indent}${node.name}/`, ...children];
  const keywords = node.keywords.map(({ name, text, reaches, hiddenAt }) => {
    const hidden = hiddenAt.length > 0 ? ` not ${hiddenAt.join(' ')}` : '';
    return `${indent}  ${name}=${text} -> ${reaches.join(' ')}${hidden}`;
  });
  return [`${indent}arg_scope ${node.label}`, ...keywords, ...children];
}

describe('layers as text', () => {
  const text = [
    'import tf_slim as slim',
    'def net(inputs):',
    '    net = slim.conv2d(inputs, 8, 3, scope="=HYPERLINK(\\"http://x\\")|<b>")',
    '    return slim.flatten(net)',
  ].join('\n');
  const workspace = memoryWorkspace([{ path: 'net.py', text }]);
  const view = layersOf(workspace.snapshot, { file: workspace.uri('net.py'), inputShape: '2x4x4x1' });
  const place = { path: 'net.py', line: 3, column: 11 };

  it('in CSV is no formula, and quoted where it has to be', () => {
    expect(view && layersText(view, 'csv', () => place)).toBe(
      [
        'index,name,op,arguments,output,trainable,non_trainable,shared,path,line,note',
        `1,"'=HYPERLINK(""http://x"")|<b>",conv2d,"num_outputs=8, kernel_size=3",2x4x4x8,80,0,false,net.py,3,`,
        '2,flatten,flatten,,2x128,0,0,false,net.py,3,',
        '',
      ].join('\r\n'),
    );
  });

  it('in Markdown breaks no cell', () => {
    const markdown = view && layersText(view, 'markdown', () => place);
    expect(markdown).toContain(
      '| 1 | `=HYPERLINK("http://x")\\|<b>` | `conv2d` | `num_outputs=8, kernel_size=3` | 2x4x4x8 | 80 |',
    );
    expect(markdown).toContain('Layers: 2, Parameters: 80, Trainable: 80, Not trainable: 0');
  });

  it('in JSON says all', () => {
    expect(JSON.parse((view && layersText(view, 'json', () => place)) ?? '')).toMatchObject({
      schemaVersion: 1,
      network: 'net',
      networks: ['net'],
      input: { parameter: 'inputs', shape: '2x4x4x1', from: 'typed' },
      layers: [
        { op: 'conv2d', output: '2x4x4x8', parameters: { trainable: 80, nonTrainable: 0 }, path: 'net.py', line: 3 },
        { op: 'flatten', output: '2x128' },
      ],
      total: { trainable: 80, nonTrainable: 0 },
    });
  });

  it('of a shape that is none says so, and shows the rest', () => {
    const wrong = layersOf(workspace.snapshot, { file: workspace.uri('net.py'), inputShape: 'large' });
    expect(wrong?.input).toEqual({ parameter: 'inputs', shape: '', from: 'unknown', problem: '`large` is no shape: write one like ?x224x224x3' }); // prettier-ignore
    expect(wrong?.layers).toHaveLength(2);
  });
});
