import { createHash } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSourceOrSkip, pythonFiles } from './openSources';
import { readTarGz } from './tar';
import { readZip } from './zip';

/** Builds a small archive by hand; checksums and dates stay empty, because the reader does not look at them. */
function makeZip(
  files: readonly { readonly path: string; readonly text: string; readonly deflate: boolean }[],
): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { path, text, deflate } of files) {
    const name = Buffer.from(path);
    const data = deflate ? deflateRawSync(Buffer.from(text)) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(deflate ? 8 : 0, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, name, data);
    entries.push(entry, name);
    offset += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...entries, end]);
}

describe('readZip', () => {
  it('reads stored and deflated members', () => {
    const archive = makeZip([
      { path: 'a/b.py', text: 'x = 1\n'.repeat(50), deflate: true },
      { path: 'c.py', text: 'ü', deflate: false },
    ]);
    const members = readZip(archive).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]);
    expect(members).toEqual([
      ['a/b.py', 'x = 1\n'.repeat(50)],
      ['c.py', 'ü'],
    ]);
  });

  it('refuses what is no archive, and members that would land elsewhere', () => {
    expect(() => readZip(Buffer.from('<html>'))).toThrow('not a zip archive');
    expect(() => readZip(makeZip([{ path: '../evil.py', text: '', deflate: false }]))).toThrow('outside');
  });
});

/** A header and the padded content of a file. */
function tarMember(path: string, content: string, type = '0'): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write(type, 156);
  header.write('ustar', 257);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

describe('readTarGz', () => {
  const end = Buffer.alloc(1024);

  it('reads files, and passes over folders and what is not wanted', () => {
    const members = [tarMember('a/', '', '5'), tarMember('a/b.py', 'x = 1\n'.repeat(200)), tarMember('c.py', '')];
    const archive = gzipSync(Buffer.concat([...members, end]));
    const read = (wanted?: (path: string) => boolean): unknown =>
      readTarGz(archive, wanted).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]);
    expect(read()).toEqual([
      ['a/b.py', 'x = 1\n'.repeat(200)],
      ['c.py', ''],
    ]);
    expect(read((path) => path === 'c.py')).toEqual([['c.py', '']]);
  });

  it('refuses what is no archive, and members that would land elsewhere', () => {
    expect(() => readTarGz(gzipSync(Buffer.alloc(1024, 'x')))).toThrow('not a tar archive');
    expect(() => readTarGz(gzipSync(Buffer.concat([tarMember('../evil.py', ''), end])))).toThrow('outside');
  });
});

const folder = await openSourceOrSkip('tf_slim');

describe.skipIf(folder === undefined)('tf_slim from PyPI', () => {
  it('has the nets that the tests and the README speak of, byte for byte', async () => {
    const files = await pythonFiles(folder ?? '');
    expect(files).toContain('tf_slim/nets/inception_v3.py');
    expect(files.length).toBe(86);
    const bytes = await readFile(join(folder ?? '', 'tf_slim/nets/vgg.py'));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      'a58c2b0bf8f1586635a1c7d26f22236e3dabf7379cf82de1f5420fc4cfbe1636',
    );
  });
});
