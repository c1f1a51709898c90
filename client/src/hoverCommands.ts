/**
 * The commands that a link inside a hover may run. A hover is made from the text of a file that may come from
 * anywhere, so it gets this list and never blanket trust. Links to source lines are plain `file:` links and need none.
 */
export const hoverCommands: readonly string[] = ['slimscope.openRuleDocs'];
