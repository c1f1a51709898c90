/**
 * The Python side of the numerical proof: a virtual environment with pinned packages, kept under .cache/.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('./', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const environment = join(root, '.cache', 'numerics');
const binaries = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');

/** Makes the environment unless it has exactly these requirements. */
export function preparePython(): void {
  const wanted = readFileSync(join(here, 'requirements.txt'), 'utf8');
  const marker = join(environment, 'requirements.txt');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  mkdirSync(environment, { recursive: true });
  const system = process.platform === 'win32' ? 'python' : 'python3';
  execFileSync(system, ['-m', 'venv', environment], { stdio: 'inherit' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(here, 'requirements.txt')];
  execFileSync(join(binaries, 'python'), pip, { stdio: 'inherit' });
  writeFileSync(marker, wanted);
}

/** Runs a script of this folder and gives what it prints. */
export function runPython(script: string, args: readonly string[], variables: Record<string, string> = {}): string {
  return execFileSync(join(binaries, 'python'), [join(here, script), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...variables },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
