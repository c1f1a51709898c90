/**
 * The core of the suite inside the extension host of a browser: a web worker, with no Node and no disk. The files are those
 * of the other run; instead of Mocha, which wants one or the other, a few lines run them.
 */
interface Test {
  readonly title: string;
  readonly body: () => unknown;
}

const tests: Test[] = [];
let around = '';

Object.assign(globalThis, {
  suite(title: string, body: () => void): void {
    around = title;
    body();
  },
  suiteSetup: (body: () => unknown): void => void tests.push({ title: `${around} setup`, body }),
  test: (title: string, body: () => unknown): void => void tests.push({ title: `${around} ${title}`, body }),
});

/** Called by VS Code; a rejection is a failure. Each test is one line on the console. */
export async function run(): Promise<void> {
  await import('../suite/activation.test');
  await import('../suite/hover.test');
  await import('../suite/diagnostics.test');
  await import('../suite/callers.test');
  let failures = 0;
  for (const { title, body } of tests) {
    const started = Date.now();
    const error = await Promise.resolve()
      .then(body)
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    if (error !== undefined) failures++;
    const entry = {
      title,
      state: error === undefined ? 'passed' : 'failed',
      duration: Date.now() - started,
      error: error instanceof Error ? error.stack : error,
    };

    console.log(`slimscope-test ${JSON.stringify(entry)}`);
  }
  if (failures > 0 || tests.length === 0) throw new Error(`${failures} failed`);
}
