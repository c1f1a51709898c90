import { expect, test } from 'vitest';
import { LineIndex } from '../../server/src/base/lineIndex';
import { Project } from '../../server/src/project/project';
import type { Program } from '../../server/src/semantics/program';
import { usesOf } from '../../server/src/semantics/qualifiedNames';
import type { QualifiedUse } from '../../server/src/semantics/qualifiedNames';
import { mdtest } from '../support/mdtest';
import { evaluator } from '../../server/src/slim/evaluator/evaluator';
import { parse } from '../support/parser';

const root = 'file:///workspace';

function program(files: readonly { readonly path: string; readonly text: string }[]): Program {
  const project = new Project({
    parse,
    evaluator,
    readText: () => ({ kind: 'missing' }),
  });
  return project.apply({
    folders: [root],
    edited: files.map(({ path, text }) => ({ file: `${root}/${path}`, text })),
  });
}

function uses(workspace: Program, path: string): readonly QualifiedUse[] {
  const source = workspace.getFile(`${root}/${path}`);
  if (!source) throw new Error(`no file ${path}`);
  return usesOf(workspace, source);
}

/** `3:5 slim.conv2d -> tensorflow.contrib.slim.conv2d`, with where it came from when not from this very place. */
function show(workspace: Program, path: string, use: QualifiedUse): string {
  const source = workspace.getFile(`${root}/${path}`);
  const at = source?.lines.positionAt(use.span.start) ?? { line: 0, column: 0 };
  const targets = use.targets.map((target) => {
    const steps = target.steps.map(({ location }) => {
      const file = workspace.getFile(location.file);
      const line = (file?.lines.positionAt(location.span.start).line ?? 0) + 1;
      return location.file === source?.file ? `${line}` : `${file?.path}:${line}`;
    });
    return target.path + (target.viaStar ? ' (star)' : '') + (steps.length > 0 ? ` via ${steps.join(', ')}` : '');
  });
  const flags = (use.certain ? '' : ' uncertain') + (use.guarded ? ' guarded' : use.conditional ? ' conditional' : '');
  const text = source?.text.slice(use.span.start, use.span.end).replaceAll('\n', ' ');
  return `${at.line + 1}:${at.column + 1} ${text} -> ${targets.join(' | ')}${flags}`;
}

mdtest({
  folder: new URL('./qualifiedNames/', import.meta.url),
  setup: (fixture) => program(fixture.files),
  goldens: {
    uses: (workspace, { fixture, block }) => {
      const path = block.attributes['file'] ?? fixture.files.at(-1)?.path ?? 'main.py';
      const only = block.attributes['only'];
      return uses(workspace, path)
        .filter((use) => only === undefined || use.targets.some((target) => target.path.includes(only)))
        .map((use) => show(workspace, path, use) + '\n')
        .join('');
    },
  },
});

test('very long chains and deep code neither overflow the stack nor take more than linear time', () => {
  const chain = 'tf' + '.a'.repeat(20_000);
  const aliases = Array.from({ length: 5_000 }, (_, i) => `a${i + 1} = a${i}\n`).join('');
  const nested = 'f('.repeat(1_500) + 'tf.contrib.slim' + ')'.repeat(1_500);
  const text = `import tensorflow as tf\nx = ${chain}\na0 = tf.contrib\n${aliases}y = ${nested}\n`;
  const found = uses(program([{ path: 'main.py', text }]), 'main.py');
  const index = new LineIndex(text);
  expect(found.filter((use) => index.positionAt(use.span.start).line === 1)).toHaveLength(1);
  expect(found.some((use) => use.targets[0]?.path === 'tensorflow.contrib.slim')).toBe(true);
  // An alias of an alias of an alias: followed for a while, then given up without a claim.
  expect(found.filter((use) => use.targets[0]?.path === 'tensorflow.contrib').length).toBeGreaterThan(10);
});

test('every use lies in the text, is reported once, and uses are sorted', () => {
  const text = 'import tensorflow as tf\n\nslim = tf.contrib.slim\nslim.conv2d(slim.conv2d(tf.x, 1), tf.contrib.y)\n';
  const found = uses(program([{ path: 'main.py', text }]), 'main.py');
  const spans = found.map((use) => `${use.span.start}-${use.span.end}`);
  expect(new Set(spans).size).toBe(spans.length);
  expect(found.map((use) => text.slice(use.span.start, use.span.end))).toEqual([
    'tensorflow',
    'tf.contrib.slim',
    'slim.conv2d',
    'slim.conv2d',
    'tf.x',
    'tf.contrib.y',
  ]);
});
