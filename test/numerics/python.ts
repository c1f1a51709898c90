/**
 * The Python side of the numerical proof: virtual environments with pinned packages, kept under .cache/. When they
 * cannot be made, for want of PyPI, the proof is skipped with a clear line, unless it is required.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preparePythonEnvironment } from '../support/pythonEnvironment';

const here = fileURLToPath(new URL('./', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

/** `tf2`: the newest TensorFlow, Keras 3, tf_keras, tf_slim. `tf1`: TensorFlow 1.15, on Python 3.7. */
const environments = {
  tf2: { folder: join(root, '.cache', 'numerics'), requirements: join(here, 'requirements.txt') },
  tf1: {
    folder: join(root, '.cache', 'numerics-tf1'),
    requirements: join(here, 'requirements-tf1.txt'),
    version: '3.7',
  },
};

/** The Python of an environment, made if need be; or undefined, after saying why there is none. */
export function findPython(name: keyof typeof environments): string | undefined {
  try {
    return preparePythonEnvironment(environments[name]);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    process.stderr.write(`no ${name === 'tf1' ? 'TensorFlow 1.15' : 'TensorFlow'}: ${reason}\n`);
    return undefined;
  }
}

/** The Python that everything needs; without it the tests are skipped, or fail where SLIMSCOPE_REQUIRE_NUMERICS is set. */
export function pythonOrSkip(): string | undefined {
  const python = findPython('tf2');
  if (python !== undefined) return python;
  const message = 'the numerical proof needs Python 3 and TensorFlow from PyPI';
  if (process.env['SLIMSCOPE_REQUIRE_NUMERICS']) throw new Error(message);
  process.stderr.write(`skipped: ${message}\n`);
  return undefined;
}

/** Runs a script of this folder and gives the JSON that it prints behind `RESULT`, else all that it prints. */
export function runPython(
  python: string,
  script: string,
  options: { readonly args: readonly string[]; readonly variables?: Readonly<Record<string, string>> },
): string {
  const output = execFileSync(python, ['-W', 'ignore', join(here, script), ...options.args], {
    encoding: 'utf8',
    env: { ...process.env, ...options.variables },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return (
    output
      .split('\n')
      .find((line) => line.startsWith('RESULT '))
      ?.slice('RESULT '.length) ?? output
  );
}
