/**
 * Virtual environments of Python with pinned packages, for the tests that run TensorFlow. Kept under .cache/, and made
 * again when the pins change.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface PythonEnvironment {
  readonly folder: string;
  /** The path of the file with the pins. */
  readonly requirements: string;
  /** `3.7`; the Python of the path when absent. */
  readonly version?: string;
}

/**
 * The Python of an environment with exactly the pinned packages.
 * @throws Error when there is no such Python, or the packages cannot be installed
 */
export function preparePythonEnvironment({ folder, requirements, version }: PythonEnvironment): string {
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = readFileSync(requirements, 'utf8');
  const marker = join(folder, 'requirements.txt');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return python;
  mkdirSync(folder, { recursive: true });
  execFileSync(findPython(version), ['-m', 'venv', '--clear', folder], { stdio: 'inherit' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '2', '-r', requirements];
  execFileSync(python, pip, { stdio: 'inherit' });
  writeFileSync(marker, wanted);
  return python;
}

/** A Python of this version: on the path, or one that pyenv has. */
function findPython(version: string | undefined): string {
  if (version === undefined) return process.platform === 'win32' ? 'python' : 'python3';
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => name.startsWith(`${version}.`)) : [];
  const candidates = [`python${version}`, ...installed.map((name) => join(pyenv, name, 'bin', 'python'))];
  const found = candidates.find((python) => {
    const run = spawnSync(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' });
    return run.status === 0 && run.stdout.trim() === version;
  });
  if (found === undefined) throw new Error(`Python ${version} is needed; looked for ${candidates.join(', ')}`);
  return found;
}
