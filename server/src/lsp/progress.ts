/**
 * Work-done progress for work that takes long, and for that alone: the client hears of it after a second.
 */
import { inBackground } from './background';
import type { Session } from './session';

const longAfter = 1000;

/** Runs `work`; shows `title` as progress once it has lasted a second, if the client can. */
export async function showProgressWhenLong<T>(session: Session, title: string, work: () => Promise<T>): Promise<T> {
  if (!session.client.progress) return work();
  let isOver = false;
  let end: () => void = () => undefined;
  const revoke = session.clock.after(longAfter, () => {
    const shown = session.connection.window.createWorkDoneProgress().then((progress) => {
      if (isOver) return;
      progress.begin(title);
      end = () => progress.done();
    });
    inBackground(session.logger, 'showing progress', shown);
  });
  try {
    return await work();
  } finally {
    isOver = true;
    revoke();
    end();
  }
}
