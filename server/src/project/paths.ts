/**
 * Arithmetic on file identities (URIs with `/`), without touching files.
 * A folder is written without a final `/`. Segments are percent-encoded, relative paths for people are decoded.
 */

/** The folder that holds a file or folder; a scheme's root is its own parent. */
export function parentOf(uri: string): string {
  const slash = uri.lastIndexOf('/');
  return slash <= uri.indexOf('://') + 2 ? uri : uri.slice(0, slash);
}

/** Last segment, still encoded. */
export function baseName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

/**
 * A file or folder seen from `folder`. `path` is decoded, may contain `.` and `..`, and may be absolute
 * (`/data`, `C:\\data`).
 */
export function join(folder: string, path: string): string {
  const normal = path.replace(/\\/g, '/').replace(/^([A-Za-z]):/, (_, drive: string) => `/${drive.toLowerCase()}:`);
  let result = normal.startsWith('/') ? folder.slice(0, folder.indexOf('://') + 3) : folder;
  for (const segment of normal.split('/')) {
    if (segment === '' || segment === '.') continue;
    result = segment === '..' ? parentOf(result) : `${result}/${encodeSegment(segment)}`;
  }
  return result;
}

/** True when `uri` is `folder` or lies below it. */
export function isWithin(folder: string, uri: string): boolean {
  return uri === folder || uri.startsWith(`${folder}/`);
}

/** Decoded path of `uri` seen from `folder` with `/`, or undefined when it does not lie below. */
export function relativePath(folder: string, uri: string): string | undefined {
  return uri.startsWith(`${folder}/`) ? decode(uri.slice(folder.length + 1)) : undefined;
}

/** A URI's path for people, when there is no folder to relate it to. */
export function displayPath(uri: string): string {
  return decode(uri.replace(/^file:\/\//, ''));
}

/** Encodes as editors do: everything but letters, digits and `-._~`. */
function encodeSegment(segment: string): string {
  const escape = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(segment).replace(/[!'()*]/g, escape);
}

/** Decodes percent sequences; a malformed one stays as it is. */
function decode(text: string): string {
  return text.replace(/(%[0-9A-Fa-f]{2})+/g, (sequence) => {
    try {
      return decodeURIComponent(sequence);
    } catch {
      return sequence;
    }
  });
}
