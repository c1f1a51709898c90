import { describe, expect, it } from 'vitest';
import { explainFile } from '../../server/src/cli/explain/explainFile';
import { explainText } from '../../server/src/cli/reporters/explainText';
import { knownText } from '../../server/src/cli/reporters/knownText';
import { Project } from '../../server/src/project/project';
import { none, unknown, type StaticValue } from '../../server/src/semantics/staticValue';
import type { CallContext, EffectiveArgument, FileAnalysis, Op, OpCall } from '../../server/src/slim/model';
import { evaluator } from '../../server/src/slim/evaluator/evaluator';
import { parse } from '../support/parser';

const file = 'file:///w/net.py';
const text = `def net(x):
  y = op(x, 1)
net(1)
net(2)
`;
const span = (needle: string) => ({ start: text.indexOf(needle), end: text.indexOf(needle) + needle.length });
const at = (needle: string) => ({ file, span: span(needle) });

const op: Op = {
  name: 'op',
  functionName: 'op',
  libraries: ['tf_slim'],
  signature: { parameters: [] },
  scopable: true,
};

function argument(name: string, value: StaticValue, more: Partial<EffectiveArgument> = {}): EffectiveArgument {
  return { name, text: name, value, origin: { kind: 'default' }, overridden: [], certainty: 'certain', ...more };
}

function context(args: readonly EffectiveArgument[], more: Partial<CallContext> = {}): CallContext {
  const nothing = { callers: [], open: false, conditions: [], branches: [], implicitCalls: [], uncertainties: [] };
  return { ...nothing, arguments: args, ...more };
}

/** Explains an analysis that says that the one call of `text` runs in these contexts. */
function explain(contexts: readonly CallContext[], more: Partial<FileAnalysis> = {}, ofCall: Partial<OpCall> = {}) {
  const call: OpCall = {
    op,
    call: at('op(x, 1)'),
    callee: at('op'),
    calleeText: 'op',
    enclosingFunction: 'net',
    contexts,
    ...ofCall,
  };
  const analysis: FileAnalysis = { file, calls: [call], scopes: [], problems: [], ...more };
  const project = new Project({
    parse,
    evaluator: { ...evaluator, merge: () => analysis },
    readText: () => ({ kind: 'missing' }),
  });
  return explainFile(project.apply({ folders: ['file:///w'], edited: [{ file, text }] }), file);
}

/** The value that is printed for one argument. */
function explainedValue(one: EffectiveArgument, more: Partial<CallContext> = {}) {
  return explain([context([one], more)]).calls[0]?.contexts[0]?.arguments[one.name]?.value;
}

describe('contexts', () => {
  const first = [{ call: at('net(1)') }];
  const second = [{ call: at('net(2)'), function: 'main' }];

  it('with equal arguments and origins are one', () => {
    const args = [argument('a', none)];
    const { calls } = explain([context(args, { callers: first }), context(args, { callers: second })]);
    expect(calls[0]?.contexts).toEqual([
      {
        callers: [{ path: 'net.py', line: 3 }],
        alsoFrom: [[{ path: 'net.py', line: 4, function: 'main' }]],
        open: false,
        arguments: { a: { text: '', value: { known: null }, origin: { kind: 'default' } } },
      },
    ]);
  });

  it('name every way to them once', () => {
    const [context0] = explain([
      context([argument('a', none)], { callers: first, alsoFrom: [second] }),
      context([argument('a', none)], { callers: second }),
    ]).calls[0]?.contexts ?? [undefined];
    expect(context0?.callers).toEqual([{ path: 'net.py', line: 3 }]);
    expect(context0?.alsoFrom).toEqual([[{ path: 'net.py', line: 4, function: 'main' }]]);
  });

  it('that differ in a value stay apart, and are numbered for people', () => {
    const explained = explain([
      context([argument('a', none)], { callers: first }),
      context([argument('a', { kind: 'int', value: 1 })], { callers: second }),
    ]);
    expect(explained.calls[0]?.contexts).toHaveLength(2);
    expect(explainText(explained).trimEnd().split('\n')).toEqual([
      'net.py:2:7 op',
      '  variant 1, called from net.py:3',
      '    a  None  default',
      '  variant 2, called from net.py:4 main',
      '    a  1  default',
    ]);
  });

  const show = (contexts: readonly CallContext[]) => explainText(explain(contexts)).trimEnd().split('\n');
  const int = (value: number) => ({ kind: 'int', value }) as const;
  const third = [{ call: at('op(x, 1)'), function: 'deep' }];

  it('that differ in nothing name all their call paths, for people', () => {
    const one = [argument('a', none)];
    expect(show([context(one, { callers: [...second, ...third], alsoFrom: [first] })])).toEqual([
      'net.py:2:7 op',
      '  the same on all 2 call paths:',
      '    net.py:4 main > net.py:2 deep',
      '    net.py:3',
      '  a  None  default',
    ]);
    expect(show([context(one, { callers: first })])[1]).toBe('  called from net.py:3');
  });

  it('share what is common, also when only the entry point tells them apart', () => {
    const open = (a: number) => [
      argument('a', int(a), { certainty: 'unlessCallerSets' }),
      argument('b', none, { certainty: 'unlessCallerSets' }),
    ];
    expect(
      show([context(open(1), { callers: first, open: true }), context(open(2), { callers: second, open: true })]),
    ).toEqual([
      // prettier-ignore
      'net.py:2:7 op',
      '  b  None  default',
      '  variant 1, called from net.py:3',
      '    a  1  default',
      '  variant 2, called from net.py:4 main',
      '    a  2  default',
      '  assuming no arg_scope outside net.py',
      '  assuming no arg_scope outside net.py:main',
    ]);
    expect(show([context(open(1), { callers: first, open: true }), context(open(1), { callers: second })])).toEqual([
      'net.py:2:7 op',
      '  the same on all 2 call paths:',
      '    net.py:3',
      '    net.py:4 main',
      '  a  1     default',
      '  b  None  default',
      '  assuming no arg_scope outside net.py',
      '  assuming no arg_scope outside net.py:main',
    ]);
  });

  it('on one path are values in turn, unless a branch decides', () => {
    const turns = [1, 2].map((a) => context([argument('a', int(a))], { callers: first }));
    expect(show(turns)).toEqual(['net.py:2:7 op', '  called from net.py:3', '  a  1, 2 in turn  default']);
    const named = [1, 2].map((a) => {
      const origin = { kind: 'call', form: 'keyword', at: at('op') } as const;
      return context([argument('a', int(a), { text: 'depth', origin })], { callers: first });
    });
    expect(show(named)[2]).toBe('  a  depth = 1, 2 in turn  call');
    const branches = [true, false].map((holds) =>
      context([argument('a', int(holds ? 1 : 2))], { conditions: [{ text: 'wide', at: at('x'), holds }] }),
    );
    expect(show(branches)).toEqual([
      'net.py:2:7 op',
      '  variant 1',
      '    a  1  default',
      '    assuming wide',
      '  variant 2',
      '    a  2  default',
      '    assuming not (wide)',
    ]);
  });

  it('of a function that is called, but not at this place, say so', () => {
    const explained = explain([context([argument('a', none)])], {}, { isUnreached: true });
    expect(explained.calls[0]?.unreached).toBe(true);
    expect(explainText(explained)).toContain(
      '\n  not reached by any call that is followed; by itself it receives:\n  a',
    );
  });
});

describe('values', () => {
  it('rest on every condition, and on the absence of outer scopes where those could set them', () => {
    const conditions = [
      { text: 'is_training', at: at('x'), holds: false },
      { text: 'x', at: at('x'), holds: true },
    ];
    expect(explainedValue(argument('a', none), { conditions })).toEqual({
      known: null,
      assuming: ['not (is_training)', 'x'],
    });
    const uncertainties = [{ reason: 'it is called only if `f` is its default', condition: '`f` is its default' }];
    expect(explainedValue(argument('a', none), { uncertainties })).toEqual({
      known: null,
      assuming: ['`f` is its default'],
    });
    expect(explainedValue(argument('a', none, { certainty: 'unlessCallerSets' }), { conditions })).toEqual({
      known: null,
      assuming: ['not (is_training)', 'x', 'no arg_scope outside net.py:net'],
    });
  });

  it('name the entry point whose callers are not seen', () => {
    const one = argument('a', none, { certainty: 'unlessCallerSets' });
    const value = explainedValue(one, { callers: [{ call: at('net(1)') }] });
    expect(value).toEqual({ known: null, assuming: ['no arg_scope outside net.py'] });
  });

  it('that are known only for default parameters say so', () => {
    const assumed = {
      value: { kind: 'bool', value: true },
      assuming: 'the parameters of `net` have their defaults',
    } as const;
    expect(explainedValue(argument('a', unknown('parameter'), { assumed }))).toEqual({
      known: true,
      assuming: ['the parameters of `net` have their defaults'],
    });
  });

  it.each([
    [unknown('parameter `a` of `net`'), 'parameter `a` of `net`'],
    [{ kind: 'list', items: [none, unknown('read from a file')] }, 'read from a file'],
    [{ kind: 'dict', entries: [[{ kind: 'str', value: 'a' }, unknown('of a loop')]] }, 'of a loop'],
    [{ kind: 'choice', options: [none, none] }, 'one of 2 values, depending on the branch taken'],
    [{ kind: 'scope', description: 'the saved scope `sc`' }, 'the saved scope `sc`'],
    [
      { kind: 'instance', class: { kind: 'class', name: 'Config', definition: at('net') } },
      'an object of class `Config`',
    ],
    [{ kind: 'partial', target: unknown('parameter `f`'), args: [] }, 'parameter `f`'],
  ] as const)('that are not known give the reason of their first unknown part (%#)', (value, reason) => {
    expect(explainedValue(argument('a', value as StaticValue))).toEqual({ unknown: reason });
  });

  it('that are missing are left out, next to the error', () => {
    const error = { type: 'TypeError', message: 'missing', cause: 'missingArgument', at: at('op') } as const;
    const { calls } = explain([context([argument('a', none, { origin: { kind: 'missing' } })], { error })]);
    expect(calls[0]?.contexts[0]).toMatchObject({ arguments: {}, error: { type: 'TypeError', message: 'missing' } });
  });
});

describe('problems', () => {
  it('have a place when they are about the file', () => {
    const problems = [{ reason: 'too long', at: at('op(x, 1)') }, { reason: 'in general' }];
    expect(explain([], { problems }).problems).toEqual([
      { reason: 'too long', line: 2, column: 7 },
      { reason: 'in general' },
    ]);
  });
});

describe('values for people', () => {
  it.each([
    [null, 'None'],
    [true, 'True'],
    [0.5, '0.5'],
    ["it's", "'it\\'s'"],
    [[3, 3], '[3, 3]'],
    [{ tensor: true }, 'a tensor'],
    [{ function: 'relu' }, 'relu'],
    [{ object: 'l2_regularizer', args: { scale: 0.1 } }, 'l2_regularizer(scale=0.1)'],
    [{ partial: { function: 'batch_norm' }, args: [1], keywords: { decay: 0.9 } }, 'partial(batch_norm, 1, decay=0.9)'],
    [{ set: [1, 2] }, '{1, 2}'],
    [{ float: 'inf' }, 'inf'],
    [{ is_training: false }, "{'is_training': False}"],
  ] as const)('%j is written %s', (value, expected) => {
    expect(knownText(value)).toBe(expected);
  });
});
