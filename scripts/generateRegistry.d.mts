/** Text of the registry for the rule files that exist. */
export function registryText(): string;
