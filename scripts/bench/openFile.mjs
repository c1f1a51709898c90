/**
 * What opening a real file costs: from `didOpen` to the first diagnostics of a server that has just started, hovers
 * over every call of the file afterwards, and a second file in the same process. The same client, the same places, for
 * every server.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startLanguageServer } from './languageServer.mjs';
import { p50, p95 } from './statistics.mjs';

const runs = 9;

/**
 * Opens `path` (below `folder`) in fresh processes of each server by turns, so that whatever else the machine does
 * meets them all alike, hovers, and opens `second`. Answers in the order of the servers.
 */
export async function openFile(servers, folder, [path, second]) {
  const files = await Promise.all([path, second].map((one) => readFrom(folder, one)));
  const measured = servers.map(() => ({ starts: [], opens: [], hovers: [], seconds: [], answered: 0 }));
  for (let run = 0; run < runs; run++) {
    for (const [i, server] of servers.entries()) await openOnce({ server, folder, files }, measured[i]);
  }
  return measured.map(({ starts, opens, hovers, seconds, answered }) => ({
    start: p50(starts),
    open: p50(opens),
    second: p50(seconds),
    hoverP50: p50(hovers),
    hoverP95: p95(hovers),
    hovers: hovers.length,
    answered,
  }));
}

async function readFrom(folder, path) {
  return { file: pathToFileURL(join(folder, path)).href, text: await readFile(join(folder, path), 'utf8') };
}

async function openOnce({ server, folder, files }, into) {
  const [first, second] = files;
  const client = await startLanguageServer({ ...server, folder, pull: false });
  into.starts.push(client.startMs);
  into.opens.push(await timeToDiagnostics(client, first));
  for (const place of hoverPlaces(first.text)) {
    const asked = performance.now();
    const hover = await client.hover(first.file, place);
    into.hovers.push(performance.now() - asked);
    if (hover) into.answered++;
  }
  into.seconds.push(await timeToDiagnostics(client, second));
  await client.stop();
}

async function timeToDiagnostics(client, { file, text }) {
  const opened = performance.now();
  await client.open(file, text);
  await client.nextPublished(file);
  return performance.now() - opened;
}

/** The name of every `slim.xxx(` or `layers.xxx(` call. */
function hoverPlaces(text) {
  return text.split('\n').flatMap((line, at) =>
    [...line.matchAll(/\b(?:slim|layers)\.(?=\w+\()/g)].map((match) => ({
      line: at,
      character: match.index + match[0].length + 1,
    })),
  );
}
