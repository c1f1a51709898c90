/**
 * What opening a real file costs: from `didOpen` to the first diagnostics of a server that has just started, and hovers
 * over every call of the file afterwards. The same client, the same places, for every server.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startLanguageServer } from './languageServer.mjs';
import { p50, p95 } from './statistics.mjs';

const runs = 5;

/** Opens `path` (below `folder`) in `runs` fresh processes and hovers. */
export async function openFile(server, folder, path) {
  const file = pathToFileURL(join(folder, path)).href;
  const text = await readFile(join(folder, path), 'utf8');
  const places = hoverPlaces(text);
  const starts = [];
  const opens = [];
  const hovers = [];
  let answered = 0;
  for (let run = 0; run < runs; run++) {
    const client = await startLanguageServer({ ...server, folder, pull: false });
    const started = performance.now();
    await client.open(file, text);
    await client.nextPublished(file);
    opens.push(performance.now() - started);
    starts.push(client.startMs);
    for (const place of places) {
      const asked = performance.now();
      const hover = await client.hover(file, place);
      hovers.push(performance.now() - asked);
      if (hover) answered++;
    }
    await client.stop();
  }
  return {
    start: p50(starts),
    open: p50(opens),
    hoverP50: p50(hovers),
    hoverP95: p95(hovers),
    hovers: hovers.length,
    answered,
  };
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
