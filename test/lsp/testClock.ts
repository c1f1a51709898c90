/**
 * A clock that only moves when the test says so; what is due at once still runs by itself.
 */
import type { Clock } from '../../server/src/project/ports';

export interface TestClock extends Clock {
  /** Moves on and runs what is due, in order. */
  advance(milliseconds: number): void;
}

/** Makes a clock at time 0. */
export function createTestClock(): TestClock {
  let now = 0;
  let waiting: { readonly due: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds, run) {
      if (milliseconds === 0) {
        const immediate = setImmediate(run);
        return () => clearImmediate(immediate);
      }
      const timer = { due: now + milliseconds, run };
      waiting.push(timer);
      return () => void (waiting = waiting.filter((one) => one !== timer));
    },
    advance(milliseconds) {
      now += milliseconds;
      const due = waiting.filter((timer) => timer.due <= now).sort((a, b) => a.due - b.due);
      waiting = waiting.filter((timer) => timer.due > now);
      for (const timer of due) timer.run();
    },
  };
}
