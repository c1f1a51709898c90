/**
 * Reads zip archives (wheels are zips) with Node's zlib alone: stored and deflated members, no encryption, no zip64.
 */
import { inflateRawSync } from 'node:zlib';

export interface ZipMember {
  /** Path inside the archive, with `/`; never absolute, never with `..`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/**
 * All files of an archive, or those whose path is wanted.
 * @throws Error when it is not a readable zip or a member would land outside of the target folder
 */
export function readZip(archive: Buffer, wanted: (path: string) => boolean = () => true): readonly ZipMember[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectory) throw new Error('not a zip archive');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const members: ZipMember[] = [];
  for (let i = 0; i < count; i++) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error('damaged zip directory');
    const nameLength = archive.readUInt16LE(at + 28);
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (!path.endsWith('/') && wanted(path)) members.push({ path: safePath(path), bytes: readMember(archive, at) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return members;
}

function readMember(archive: Buffer, entry: number): Uint8Array {
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const header = archive.readUInt32LE(entry + 42);
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const data = archive.subarray(start, start + size);
  if (method === 0) return data;
  if (method === 8) return inflateRawSync(data);
  throw new Error(`zip compression method ${method} is not supported`);
}

/**
 * A path that stays inside of the folder that an archive is unpacked into.
 * @throws Error for any other
 */
export function safePath(path: string): string {
  if (path.startsWith('/') || path.includes('\\') || path.split('/').includes('..')) {
    throw new Error(`member outside of the archive: ${path}`);
  }
  return path;
}
