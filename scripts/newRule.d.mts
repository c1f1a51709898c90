/** The files of a new rule, by path from the root. */
export function newRuleFiles(name: string, version: string): Record<string, string>;
