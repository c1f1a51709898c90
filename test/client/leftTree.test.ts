import { describe, expect, it } from 'vitest';
import { LeftFiles, type LeftNode } from '../../client/src/leftTree';
import type { LeftToMigrateParams, PlaceLeft } from '../../server/src/lsp/protocol';

const place = (rule: string | undefined, line: number, severity: PlaceLeft['severity'] = 'error'): PlaceLeft => ({
  ...(rule !== undefined && { rule }),
  code: `at ${line}`,
  severity,
  line,
  character: 0,
});

const toPath = (uri: string) => uri.slice('file:///w/'.length);

function filesOf(
  files: Readonly<Record<string, readonly PlaceLeft[]>>,
  more: Partial<LeftToMigrateParams> = {},
): LeftFiles {
  const left = new LeftFiles();
  const sent = Object.entries(files).map(([path, places]) => ({ uri: `file:///w/${path}`, places }));
  left.take({ checked: [], removed: [], files: sent, ...more });
  return left;
}

/** The tree as indented lines. */
function print(nodes: readonly LeftNode[], indent = ''): readonly string[] {
  return nodes.flatMap((node) => {
    switch (node.kind) {
      case 'group':
        return [`${indent}${node.rule ?? 'calls'} ${node.places}`, ...print(node.children, `${indent}  `)];
      case 'folder':
        return [
          `${indent}${node.path}/ ${node.places}, ${node.ready} of ${node.files}`,
          ...print(node.children, `${indent}  `),
        ];
      case 'file':
        return [`${indent}${node.folder}:${node.name}`, ...print(node.children, `${indent}  `)];
      case 'place':
        return [`${indent}${node.place.line}`];
    }
  });
}

const some = {
  'nets/vgg.py': [place(undefined, 3, 'info'), place('tf1-layers', 5, 'warning'), place(undefined, 9, 'info')],
  'nets/ready.py': [],
  'nets/alex.py': [place('contrib-removed', 1)],
  'train.py': [place('contrib-removed', 2), place('tf1-removed', 4)],
};

describe('the tree of what is left to migrate', () => {
  it('by rule: errors first, the calls of TF-Slim last', () => {
    expect(print(filesOf(some).roots('rule', toPath))).toEqual([
      'contrib-removed 2',
      '  :train.py',
      '    2',
      '  nets:alex.py',
      '    1',
      'tf1-removed 1',
      '  :train.py',
      '    4',
      'tf1-layers 1',
      '  nets:vgg.py',
      '    5',
      'calls 2',
      '  nets:vgg.py',
      '    3',
      '    9',
    ]);
  });

  it('by file: each folder says how many of its files are ready', () => {
    expect(print(filesOf(some).roots('file', toPath))).toEqual([
      '/ 2, 0 of 1',
      '  :train.py',
      '    2',
      '    4',
      'nets/ 4, 1 of 3',
      '  nets:alex.py',
      '    1',
      '  nets:vgg.py',
      '    3',
      '    5',
      '    9',
    ]);
  });

  it('counts files, and never calls the work done before it is', () => {
    expect(filesOf(some).progress).toEqual({ files: 4, ready: 1, places: 6, percent: 25 });
    expect(filesOf({}).progress).toEqual({ files: 0, ready: 0, places: 0, percent: 0 });
    const many = Object.fromEntries(Array.from({ length: 999 }, (_, i) => [`${i}.py`, []] as const));
    expect(filesOf({ ...many, 'last.py': [place('tf1-layers', 1)] }).progress.percent).toBe(99);
    expect(filesOf(many).progress.percent).toBe(100);
  });

  it('follows what the server tells', () => {
    const left = filesOf(some, { checked: ['file:///w'] });
    left.take({
      checked: ['file:///w'],
      removed: ['file:///w/nets/vgg.py'],
      files: [{ uri: 'file:///w/train.py', places: [] }],
    });
    expect(print(left.roots('file', toPath))).toEqual(['nets/ 1, 1 of 2', '  nets:alex.py', '    1']);
    left.clear();
    expect([left.progress.files, left.checked]).toEqual([0, []]);
  });
});
