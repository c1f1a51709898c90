/**
 * Says what is wrong in the `[tool.slimscope]` tables of the workspace: once per mistake, in the log, as for settings of
 * the editor. A mistake that was corrected and comes back is said again.
 */
import type { Session } from './session';

/** Starts looking after each change on disk. */
export function startConfigurationReport(session: Session): void {
  let told = new Set<string>();
  session.onChanged((cause) => {
    if (cause.kind !== 'workspace') return;
    const { snapshot } = session.project;
    const problems = snapshot.configurationProblems();
    const texts = problems.map(({ file, line, text }) => `${snapshot.getPath(file)}:${line}: ${text}. The rest holds`);
    for (const text of texts) if (!told.has(text)) session.logger.warn(text);
    told = new Set(texts);
  });
}
