/**
 * Hovers over real networks, all of them: every call and every argument answers, every table is whole, nothing else
 * answers, and a file that is cut off anywhere breaks nothing.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { hover } from '../../../server/src/features/hover';
import { walk } from '../../../server/src/syntax/visit';
import { memoryWorkspace, type MemoryWorkspace } from '../../support/memoryWorkspace';
import { openSourceOrSkip, pythonFiles } from '../../support/openSources';

const folder = await openSourceOrSkip('tf_slim');
const nets = ['alexnet', 'inception_v3', 'resnet_utils', 'resnet_v1', 'vgg'].map((name) => `tf_slim/nets/${name}.py`);

describe.skipIf(!folder)('hovers over the networks of tf_slim', () => {
  let files: readonly { readonly path: string; readonly text: string }[];
  let workspace: MemoryWorkspace;

  beforeAll(async () => {
    const root = folder ?? '';
    const paths = (await pythonFiles(root)).filter((path) => path.startsWith('tf_slim/'));
    files = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })));
    workspace = memoryWorkspace(files);
  });

  test.each(nets)('every call of %s and each of its arguments', (path) => {
    const uri = workspace.uri(path);
    const analysis = workspace.snapshot.analysis(uri);
    const source = workspace.snapshot.getFile(uri);
    if (!analysis || !source) throw new Error(`no ${path}`);
    const calls = new Map(analysis.calls.map((call) => [call.call.span.start, call]));
    let hovered = 0;
    walk(source.tree.module, (node) => {
      const call = node.kind === 'Call' ? calls.get(node.span.start) : undefined;
      if (node.kind !== 'Call' || !call || call.call.span.end !== node.span.end) return;
      for (const { span } of [node.callee, ...node.args]) {
        const text = show(workspace, path, span.end);
        expect(text, source.text.slice(span.start, span.end)).toContain('```python\n');
        checkTables(text);
        hovered++;
      }
    });
    expect(hovered).toBeGreaterThan(analysis.calls.length);
  });

  test.each(nets)('every scope of %s and each of its keywords', (path) => {
    const analysis = workspace.snapshot.analysis(workspace.uri(path));
    const text = workspace.text(path);
    for (const { callee, keywords } of analysis?.scopes ?? []) {
      checkTables(show(workspace, path, callee.span.end));
      for (const { name, at } of keywords) {
        // `**params` holds several keywords and speaks for the whole scope.
        const expected = text.startsWith('**', at.span.start) ? '| argument |' : `**\`${name}\`**`;
        expect(show(workspace, path, at.span.start)).toContain(expected);
      }
    }
    expect(analysis?.scopes.length ?? 0).toBeGreaterThan(path.endsWith('resnet_v1.py') ? 1 : 2);
  });

  test('nothing else answers, and nothing fails', () => {
    const path = 'tf_slim/nets/vgg.py';
    const text = workspace.text(path);
    const answering = new Set<string>();
    for (let offset = 0; offset <= text.length; offset++) {
      const found = hover(workspace.snapshot, workspace.uri(path), offset, options);
      if (found) answering.add(text.slice(found.span.start, found.span.end));
    }
    const words = [...answering].filter((one) => /^[\w.]+$/.test(one) && !one.includes('.')).sort();
    // Arguments that are plain names and numbers, the word `with`, and the scopes themselves.
    expect(words).toMatchInlineSnapshot(`
      [
        "1",
        "128",
        "2",
        "256",
        "3",
        "4",
        "4096",
        "512",
        "64",
        "arg_scope",
        "dropout_keep_prob",
        "inputs",
        "layers",
        "net",
        "num_classes",
        "regularizers",
        "utils",
        "with",
      ]
    `);
  });

  test('a file that ends anywhere', () => {
    const path = 'tf_slim/nets/alexnet.py';
    const text = workspace.text(path);
    const start = text.indexOf('with variable_scope');
    for (let end = start; end < text.length; end += 97) {
      const cut = memoryWorkspace([{ path, text: text.slice(0, end) }]);
      for (let offset = Math.max(0, end - 60); offset <= end; offset += 6) show(cut, path, offset);
    }
    expect(start).toBeGreaterThan(0);
  });
});

const options = { cancel: neverCancelled, link: () => 'file:///x.py#L1,1' };

function show(workspace: MemoryWorkspace, path: string, offset: number): string {
  const result = hover(workspace.snapshot, workspace.uri(path), offset, options);
  return result?.markdown ?? '';
}

/** Every row has as many cells as the head. */
function checkTables(markdown: string): void {
  const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
  for (const row of rows) expect(row.split(/(?<!\\)\|/).length, row).toBe(5);
}
