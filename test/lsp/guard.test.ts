import { LSPErrorCodes, type CancellationToken } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../server/src/base/cancel';
import { contentModified, guard, type GuardContext, type GuardedRequest } from '../../server/src/lsp/guard';
import { createTestClock } from './testClock';

/** Runs a request under a guard; `milliseconds` is how long it takes. */
async function guarded(compute: GuardedRequest<string>['compute'], milliseconds = 0) {
  const clock = createTestClock();
  const log: string[] = [];
  const note = (level: string) => (message: string) => void log.push(`${level}: ${message.split('\n')[0] ?? ''}`);
  let internalErrors = 0;
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
    versionOf: () => 7,
    reportInternalError: () => void internalErrors++,
  };
  const token: CancellationToken = {
    isCancellationRequested: false,
    onCancellationRequested: () => ({ dispose: () => undefined }),
  };
  const answer = guard<string>(context, {
    method: 'test/request',
    uri: 'file:///a.py',
    token,
    harmless: 'harmless',
    stale: contentModified,
    compute(cancel) {
      clock.advance(milliseconds);
      return compute(cancel);
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
});
