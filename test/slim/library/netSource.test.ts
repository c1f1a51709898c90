/**
 * Files made from facts: every form of fact, those that today's libraries do not need as well. The facts here are made
 * up; what the real ones say is judged by netSummaries.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../../server/src/base/cancel';
import { netSummaries } from '../../../server/src/slim/data/netSummaries';
import type * as ast from '../../../server/src/syntax/ast';
import type { Program } from '../../../server/src/semantics/program';
import { evaluator } from '../../../server/src/slim/evaluator/evaluator';
import { toPythonText } from '../../../server/src/slim/library/pythonText';
import type { NetFact } from '../../../server/src/slim/library/nets/netFacts';
import { makeNetSource, netSourceOf } from '../../../server/src/slim/library/nets/netSource';
import type { FileAnalysis } from '../../../server/src/slim/model';
import { memoryWorkspace } from '../../support/memoryWorkspace';
import { parse } from '../../support/parser';

const imports: readonly NetFact[] = [
  { import: 'tf_slim', as: 'slim' },
  { import: 'tf_slim.ops.arg_scope', name: 'arg_scope', as: 'arg_scope' },
  { import: 'tf_slim.ops.arg_scope', name: 'add_arg_scope', as: 'add_arg_scope' },
  { import: 'collections', as: 'collections' },
];

function sourceOf(facts: readonly NetFact[]) {
  return makeNetSource({
    module: 'odd.nets',
    file: 'odd/nets.py',
    library: 'odd 1.0',
    isPackage: false,
    facts: [...imports, ...facts],
  });
}

/** Analyses a program that can import `odd.nets`. */
function analyse(facts: readonly NetFact[], lines: readonly string[]): FileAnalysis {
  const nets = sourceOf(facts);
  const text = ['import tf_slim as slim', 'import odd.nets as nets', ...lines].join('\n');
  const workspace = memoryWorkspace([{ path: 'main.py', text }]);
  const { snapshot } = workspace;
  const program: Program = {
    getFile: (file) => (file === nets.file ? nets : snapshot.getFile(file)),
    resolveImport: (from, name, level) => (name === 'odd.nets' ? nets : snapshot.resolveImport(from, name, level)),
  };
  const main = snapshot.getFile(workspace.uri('main.py'));
  if (!main) throw new Error('main.py is there');
  return evaluator.merge(main, [evaluator.run(program, main, { mode: 'own', cancel: neverCancelled })]);
}

/** What the first call gets for a parameter. */
function valueOf({ calls }: FileAnalysis, name: string): string {
  const value = calls[0]?.contexts[0]?.arguments.find((argument) => argument.name === name)?.value;
  if (!value) return 'nothing';
  return value.kind === 'unknown' ? `unknown: ${value.reason}` : (toPythonText(value) ?? value.kind);
}

const op = { path: 'slim.conv2d' };

function isOperation(value: unknown): value is ast.BinaryOp | ast.Conditional {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  return kind === 'BinaryOp' || kind === 'Conditional';
}

describe('the text made from facts', () => {
  const facts: readonly NetFact[] = [
    { assign: 'pair', from: [3, 1], value: { tuple: [{ int: 1 }] } },
    { assign: 'quote', from: [4, 1], value: { str: "it's a \\" } },
    { assign: 'half', from: [5, 1], value: { lambda: [['x'], ['by', { float: 2 }]], body: { path: 'x' } } },
    { unknown: 'secret', reason: 'nobody knows' },
    { namedtuple: 'Pair', from: [7, 1], fields: ['left', 'right'] },
    {
      function: 'scope',
      at: [10, 1, 14, 20],
      parameters: [['stride', { int: 2 }], ['given']],
      scopes: [
        { at: [11, 8, 11, 40], ops: { list: [op] }, set: [['stride', { path: 'stride', at: [11, 30, 11, 36] }, [11, 23, 11, 36]]] }, // prettier-ignore
        { at: [12, 10, 13, 9], ops: { list: [op] }, set: [['**', { dict: [[{ str: 'rate' }, { int: 3 }]] }, [13, 1, 13, 8]]] }, // prettier-ignore
      ],
    },
    {
      function: 'unit',
      decorator: 'add_arg_scope',
      at: [20, 1, 29, 5],
      parameters: [['x'], ['depth', { int: 6 }]],
      result: 'tensor',
    },
    {
      assign: 'unit.size',
      from: [30, 1],
      value: { if: { path: 'pair' }, then: { int: 7 }, else: { constant: 'None' } },
    },
  ];

  /** Parentheses are within the spans of our operations, and not within the parser's. */
  const plain = (module: ast.Module): unknown =>
    JSON.parse(
      JSON.stringify(module, (_, value: unknown) =>
        isOperation(value) ? { ...value, span: undefined } : value,
      ).replace(/<(\w+)>/g, '_$1_'),
    );

  test('has the tree that the parser makes of it', () => {
    const { text, tree } = sourceOf(facts);
    expect(text).toContain("quote = 'it\\'s a \\\\'");
    // The hidden names are no names of Python.
    expect(plain(tree.module)).toEqual(plain(parse(text.replace(/<(\w+)>/g, '_$1_')).module));
  });

  test.each(netSummaries.map(({ module }) => module))('has the tree that the parser makes of it: %s', (module) => {
    const source = netSourceOf(module);
    expect(source?.moduleName).toBe(module);
    const read = parse((source?.text ?? '').replace(/<(\w+)>/g, '_$1_'));
    expect(read.incomplete).toEqual([]);
    expect(source && plain(source.tree.module)).toEqual(plain(read.module));
  });

  test('says its places as those of the library', () => {
    const { lines, text } = sourceOf(facts);
    const placeOf = (needle: string, offset = 0) => {
      const { line, column } = lines.positionAt(text.indexOf(needle) + offset);
      return [line + 1, column + 1];
    };
    expect(placeOf('import')).toEqual([1, 1]);
    expect(placeOf('class Pair')).toEqual([7, 1]);
    expect(placeOf('def scope')).toEqual([10, 1]);
    expect(placeOf('stride=stride')).toEqual([11, 23]);
    expect(placeOf('stride=stride', 'stride='.length)).toEqual([11, 30]);
    expect(placeOf('stride=stride', 'stride=stride'.length)).toEqual([11, 36]);
    expect(placeOf('**{')).toEqual([13, 1]);
    expect(placeOf('@add')).toEqual([20, 1]);
    // What has no place of its own is where the thing before it is.
    expect(placeOf('add_arg_scope\ndef')).toEqual([20, 1]);
  });
});

describe('a program that uses it', () => {
  test('gets what a factory of nested scopes sets', () => {
    const facts: readonly NetFact[] = [
      {
        function: 'scope',
        at: [1, 1, 2, 1],
        parameters: [['stride', { int: 2 }]],
        scopes: [
          { at: [1, 1, 1, 9], ops: { tuple: [op] }, set: [['stride', { path: 'stride' }, [1, 1, 1, 9]]] },
          { at: [1, 1, 1, 9], ops: { list: [op] }, set: [['**', { dict: [[{ str: 'rate' }, { int: 3 }]] }, [1, 1, 1, 9]]] }, // prettier-ignore
        ],
      },
    ];
    const analysis = analyse(facts, ['with slim.arg_scope(nets.scope(stride=5)):', '    slim.conv2d(x, 8, 3)']);
    expect(valueOf(analysis, 'stride')).toBe('5');
    expect(valueOf(analysis, 'rate')).toBe('3');
  });

  test('gets the reason of a factory that has no facts', () => {
    const facts: readonly NetFact[] = [
      { function: 'scope', at: [1, 1, 2, 1], parameters: [], result: 'unknown', reason: 'it loops' },
    ];
    const analysis = analyse(facts, ['with slim.arg_scope(nets.scope()):', '    slim.conv2d(x, 8, 3)']);
    expect(valueOf(analysis, 'stride')).toBe('unknown: the scope entered at line 3 is not known: it loops');
  });

  test('gets the reason of a variable that has no facts', () => {
    const analysis = analyse([{ unknown: 'secret', reason: 'nobody knows' }], ['slim.conv2d(x, nets.secret, 3)']);
    expect(valueOf(analysis, 'num_outputs')).toBe('unknown: nobody knows');
  });

  test('gets what functions of one expression compute', () => {
    const facts: readonly NetFact[] = [
      { function: 'size', at: [1, 1, 2, 1], parameters: [['n']], value: { left: { path: 'n' }, operator: '*', right: { int: 4 } } }, // prettier-ignore
      {
        assign: 'size.unit',
        from: [3, 1],
        value: { if: { constant: 'True' }, then: { float: 0.5 }, else: { int: 1 } },
      },
      { assign: 'third', from: [4, 1], value: { lambda: [['x'], ['y', { int: 9 }]], body: { path: 'y' } } },
      { namedtuple: 'Pair', from: [5, 1], fields: ['left', 'right'] },
    ];
    const lines = [
      'slim.conv2d(x, nets.size(2), nets.third(1), stride=nets.Pair(1, right=6).right, rate=nets.size.unit)',
    ];
    const analysis = analyse(facts, lines);
    expect(['num_outputs', 'kernel_size', 'stride', 'rate'].map((name) => valueOf(analysis, name))).toEqual([
      ...['8', '9', '6', '0.5'],
    ]);
  });

  test('does not trust what it gave away', () => {
    const facts: readonly NetFact[] = [
      { function: 'net', at: [1, 1, 2, 1], parameters: [['x'], ['params']], result: ['tensor', 'dict', 'unknown'] },
    ];
    const lines = [
      'p = {"stride": 2}',
      'net, ends, rest = nets.net(x, p)',
      'slim.conv2d(net, rest, ends["a"], stride=p["stride"])',
    ];
    const analysis = analyse(facts, lines);
    expect(['num_outputs', 'kernel_size', 'stride'].map((name) => valueOf(analysis, name).split(':')[0])).toEqual([
      ...['unknown', 'unknown', 'unknown'],
    ]);
    expect(analysis.calls[0]?.contexts[0]?.arguments[0]?.value).toMatchObject({ kind: 'unknown', isTensor: true });
  });
});
