/**
 * What opening a real file costs: from `didOpen` to the first diagnostics of a server that has just started, and hovers
 * over every call of the file afterwards. The same client, the same places, for every server.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startLanguageServer } from './languageServer.mjs';
import { p50, p95 } from './statistics.mjs';

const runs = 9;

/**
 * Opens `path` (below `folder`) in fresh processes of each server by turns, so that whatever else the machine does
 * meets them all alike, and hovers. Answers in the order of the servers.
 */
export async function openFile(servers, folder, path) {
  const file = pathToFileURL(join(folder, path)).href;
  const text = await readFile(join(folder, path), 'utf8');
  const measured = servers.map(() => ({ starts: [], opens: [], hovers: [], answered: 0 }));
  for (let run = 0; run < runs; run++) {
    for (const [i, server] of servers.entries()) await openOnce({ server, folder, file, text }, measured[i]);
  }
  return measured.map(({ starts, opens, hovers, answered }) => ({
    start: p50(starts),
    open: p50(opens),
    hoverP50: p50(hovers),
    hoverP95: p95(hovers),
    hovers: hovers.length,
    answered,
  }));
}

async function openOnce({ server, folder, file, text }, into) {
  const client = await startLanguageServer({ ...server, folder, pull: false });
  into.starts.push(client.startMs);
  const opened = performance.now();
  await client.open(file, text);
  await client.nextPublished(file);
  into.opens.push(performance.now() - opened);
  for (const place of hoverPlaces(text)) {
    const asked = performance.now();
    const hover = await client.hover(file, place);
    into.hovers.push(performance.now() - asked);
    if (hover) into.answered++;
  }
  await client.stop();
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
