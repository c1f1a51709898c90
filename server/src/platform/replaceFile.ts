/**
 * Writes a changed text back to a file of this computer: in its encoding, with its mode, all or nothing. The new content
 * is written beside the file and takes its place by a rename; a symbolic link stays one.
 * Never throws, and never writes over a file that has changed since it was read.
 */
import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, chownSync, constants, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodePython } from './decodePython';
import { encodePython } from './encodePython';

/** @returns why the file was left as it is; undefined when it was written */
export function replaceFile(file: string, before: string, after: string): string | undefined {
  try {
    const path = realpathSync(fileURLToPath(file));
    accessSync(path, constants.W_OK);
    const bytes = readFileSync(path);
    if (decodePython(bytes) !== before) return 'it has changed since it was read';
    const encoded = encodePython(bytes, after);
    if (!encoded) return 'its encoding cannot be written without a loss';
    replaceBytes(path, encoded);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function replaceBytes(path: string, bytes: Uint8Array): void {
  const { mode, uid, gid } = statSync(path);
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(beside, bytes, { flag: 'wx' });
    keepOwner(beside, uid, gid);
    chmodSync(beside, mode & 0o7777);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Only root may give files away; for everyone else the file is already theirs, or stays with who wrote it. */
function keepOwner(path: string, uid: number, gid: number): void {
  const made = statSync(path);
  if (made.uid === uid && made.gid === gid) return;
  try {
    chownSync(path, uid, gid);
  } catch {
    // The content matters more than the owner.
  }
}
