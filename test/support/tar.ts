/**
 * Reads `.tar.gz` archives (source archives of Python are some) with Node's zlib alone: plain files with names of up to
 * 255 characters. Longer names, links and devices are passed over.
 */
import { gunzipSync } from 'node:zlib';
import { safePath, type ZipMember } from './zip';

const block = 512;

/**
 * All files of an archive whose path is wanted.
 * @throws Error when it is not a readable archive or a member would land outside of the target folder
 */
export function readTarGz(archive: Buffer, wanted: (path: string) => boolean = () => true): readonly ZipMember[] {
  const bytes = gunzipSync(archive);
  const members: ZipMember[] = [];
  for (let at = 0; at + block <= bytes.length && bytes[at] !== 0;) {
    if (text(bytes, at + 257, 5) !== 'ustar') throw new Error('not a tar archive');
    const size = parseInt(text(bytes, at + 124, 12), 8);
    const prefix = text(bytes, at + 345, 155);
    const path = (prefix === '' ? '' : `${prefix}/`) + text(bytes, at, 100);
    const type = String.fromCharCode(bytes[at + 156] ?? 0);
    const start = at + block;
    if ((type === '0' || type === '\0') && wanted(path))
      members.push({ path: safePath(path), bytes: bytes.subarray(start, start + size) });
    at = start + Math.ceil(size / block) * block;
  }
  return members;
}

/** A field, up to its first zero byte. */
function text(bytes: Buffer, at: number, length: number): string {
  return bytes.toString('utf8', at, at + length).replace(/\0[\s\S]*$/, '');
}
