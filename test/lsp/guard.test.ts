import { LSPErrorCodes, type CancellationToken } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../server/src/base/cancel';
import { contentModified, guard, type GuardContext, type GuardedRequest } from '../../server/src/lsp/guard';
import type { Progress } from '../../server/src/project/snapshot';
import { createTestClock } from './testClock';

/** Runs a request under a guard; `milliseconds` is how long it takes; `change` is what happens between its pieces. */
async function guarded(
  compute: GuardedRequest<string>['compute'],
  milliseconds = 0,
  prepare?: (change: { cancel(): void; edit(): void }) => Iterable<Progress>,
) {
  const clock = createTestClock();
  const log: string[] = [];
  const note = (level: string) => (message: string) => void log.push(`${level}: ${message.split('\n')[0] ?? ''}`);
  let internalErrors = 0;
  let version = 7;
  let isCancelled = false;
  const context: GuardContext = {
    clock,
    logger: {
      error: note('error'),
      warn: note('warn'),
      info: note('info'),
      debug: note('debug'),
      trace: () => undefined,
    },
    whenReady: () => Promise.resolve(),
    versionOf: () => version,
    reportInternalError: () => void internalErrors++,
    quietIn: () => 0,
  };
  const token: CancellationToken = {
    get isCancellationRequested() {
      return isCancelled;
    },
    onCancellationRequested: () => ({ dispose: () => undefined }),
  };
  const answer = guard<string>(context, {
    method: 'test/request',
    uri: 'file:///a.py',
    token,
    harmless: 'harmless',
    stale: contentModified,
    ...(prepare && {
      prepare: () => prepare({ cancel: () => (isCancelled = true), edit: () => version++ }),
    }),
    compute(cancel) {
      clock.advance(milliseconds);
      return compute(cancel, undefined);
    },
  });
  const settled = await answer.catch((error: unknown) => error);
  return { settled, log, internalErrors };
}

describe('a guarded request', () => {
  it('gives its result', async () => {
    expect(await guarded(() => 'result')).toEqual({ settled: 'result', log: [], internalErrors: 0 });
  });

  it('that notices its cancellation on the way is answered as cancelled', async () => {
    const { settled, internalErrors } = await guarded(() => {
      throw new Cancelled();
    });
    expect(settled).toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect(internalErrors).toBe(0);
  });

  it('that refuses keeps its own error', async () => {
    const { settled, log } = await guarded(() => {
      throw contentModified();
    });
    expect(settled).toMatchObject({ code: LSPErrorCodes.ContentModified });
    expect(log).toEqual([]);
  });

  it('that fails is logged once and answered harmlessly', async () => {
    expect(
      await guarded(() => {
        throw new TypeError('a bug');
      }),
    ).toEqual({
      settled: 'harmless',
      log: ['error: internal error in test/request file:///a.py version 7: TypeError: a bug'],
      internalErrors: 1,
    });
  });

  it.each([
    [100, []],
    [101, ['info: test/request file:///a.py took 101 ms']],
    [501, ['warn: slow: test/request file:///a.py took 501 ms']],
  ])('that takes %i ms leaves %j in the log', async (milliseconds, expected) => {
    expect((await guarded(() => 'result', milliseconds)).log).toEqual(expected);
  });

  it('lets others have a turn between the pieces of its work', async () => {
    const order: string[] = [];
    const { settled } = await guarded(
      () => {
        order.push('answer');
        return 'result';
      },
      0,
      function* () {
        for (const piece of ['one', 'two']) {
          order.push(piece);
          setImmediate(() => order.push(`other after ${piece}`));
          yield { done: 1, total: 2 };
        }
      },
    );
    expect(settled).toBe('result');
    expect(order).toEqual(['one', 'other after one', 'two', 'other after two', 'answer']);
  });

  it.each([
    ['cancelled', LSPErrorCodes.RequestCancelled],
    ['edited', LSPErrorCodes.ContentModified],
  ])('that is %s between two pieces does no more of them', async (what, code) => {
    const done: string[] = [];
    const { settled, internalErrors } = await guarded(
      () => {
        done.push('answer');
        return 'result';
      },
      0,
      function* (change) {
        done.push('one');
        if (what === 'cancelled') change.cancel();
        else change.edit();
        yield { done: 1, total: 2 };
        done.push('two');
      },
    );
    expect(settled).toMatchObject({ code });
    expect({ done, internalErrors }).toEqual({ done: ['one'], internalErrors: 0 });
  });

  it('that fails in a piece is answered harmlessly', async () => {
    const { settled, internalErrors } = await guarded(
      () => 'result',
      0,
      function* (): Generator<Progress> {
        throw new Error('bug');
      },
    );
    expect({ settled, internalErrors }).toEqual({ settled: 'harmless', internalErrors: 1 });
  });
});
