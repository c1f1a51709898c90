/** What the suite uses of `node:assert/strict`, for the run in a browser, where there is no Node. */

function fail(message: string | undefined, otherwise: string): never {
  throw new Error(message ?? otherwise);
}

function ok(value: unknown, message?: string): asserts value {
  if (!value) fail(message, `not true: ${String(value)}`);
}

function same(actual: unknown, expected: unknown, message?: string): void {
  const [a, b] = [actual, expected].map((value) => JSON.stringify(value, undefined, 2));
  if (a !== b) fail(message, `${String(a)}\nis not\n${String(b)}`);
}

const assert = {
  ok,
  equal(actual: unknown, expected: unknown, message?: string): void {
    if (!Object.is(actual, expected)) fail(message, `${String(actual)} is not ${String(expected)}`);
  },
  deepEqual: same,
  match(text: string, pattern: RegExp, message?: string): void {
    if (!pattern.test(text)) fail(message, `${pattern.source} does not match\n${text}`);
  },
  doesNotMatch(text: string, pattern: RegExp, message?: string): void {
    if (pattern.test(text)) fail(message, `${pattern.source} matches\n${text}`);
  },
};

// The module that it stands for is imported by its default.
module.exports = assert;
