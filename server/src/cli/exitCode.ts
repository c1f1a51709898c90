/**
 * What the exit codes of the command line mean. Public: scripts rely on them.
 */
export const exitCode = {
  /** Done; `check` found no error and no warning. */
  clean: 0,
  /** `check` found errors or warnings. */
  findings: 1,
  /** An internal error; the output may be incomplete. */
  internal: 2,
  /** A setting has a value that is not allowed. */
  badConfiguration: 3,
  /** The command line itself is wrong. */
  badArguments: 4,
} as const;
