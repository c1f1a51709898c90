/**
 * What one keystroke costs: over the wire (edit, then pulled diagnostics), and inside (parse, evaluation, rules).
 */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { startLanguageServer } from './languageServer.mjs';
import { p50, p95 } from './statistics.mjs';
import { syntheticNet } from './syntheticNet.mjs';

const warmUp = 20;
const measured = 100;

/** Types into a file of so many lines, over the wire. */
export async function typeOverTheWire(server, folder, lines) {
  const text = syntheticNet(lines);
  const file = pathToFileURL(join(folder, `net_${lines}.py`)).href;
  const client = await startLanguageServer({ ...server, folder, pull: true });
  await client.open(file, text);
  await client.pull(file);
  const times = [];
  for (let i = 0; i < warmUp + measured; i++) {
    const position = typingPlace(text, i);
    const started = performance.now();
    await client.change(file, { start: position, end: position }, String(i % 10));
    await client.pull(file);
    if (i >= warmUp) times.push(performance.now() - started);
  }
  await client.stop();
  return { lines, p50: p50(times), p95: p95(times) };
}

/** The same inside the process, by stage. `core` is the bundled core. */
export function typeInside(core, parse, lines) {
  const { Project, evaluator, diagnostics } = core;
  const project = new Project({ parse, evaluator, readText: () => ({ kind: 'missing' }) });
  const file = 'file:///bench/net.py';
  const stages = { parse: [], analysis: [], rules: [] };
  let text = syntheticNet(lines);
  for (let i = 0; i < warmUp + measured; i++) {
    const { line, character } = typingPlace(text, i);
    const offset = text.split('\n', line).join('\n').length + 1 + character;
    text = text.slice(0, offset) + String(i % 10) + text.slice(offset);
    const snapshot = project.apply({ edited: [{ file, text }] });
    const marks = [performance.now()];
    snapshot.getFile(file);
    marks.push(performance.now());
    snapshot.analysis(file);
    marks.push(performance.now());
    diagnostics(snapshot, file, { cancel: { isCancelled: false } });
    marks.push(performance.now());
    if (i < warmUp) continue;
    ['parse', 'analysis', 'rules'].forEach((stage, at) => stages[stage].push(marks[at + 1] - marks[at]));
  }
  return { lines, parse: p50(stages.parse), analysis: p50(stages.analysis), rules: p50(stages.rules) };
}

/** Behind the digits of a `depth=` somewhere in the file: the edit changes values, and the code stays whole. */
function typingPlace(text, i) {
  const lines = text.split('\n');
  const places = lines.flatMap((line, at) => (line.includes('depth=') ? [at] : []));
  const line = places[(i * 7) % places.length];
  return { line, character: lines[line].indexOf('depth=') + 'depth='.length };
}
