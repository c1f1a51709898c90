/**
 * Cuts a program down while it keeps failing: drops statements and whole files, puts the bodies of blocks in their place,
 * drops arguments. Greedy, until nothing more can go or the time is over.
 */
import type { GeneratedProgram, Line } from './generator/lines';

/** How long one program is cut, in milliseconds. */
const PATIENCE = 20_000;

/** The smallest program found for which `fails` still holds. */
export async function minimise(
  program: GeneratedProgram,
  fails: (candidate: GeneratedProgram) => Promise<boolean>,
): Promise<GeneratedProgram> {
  const end = Date.now() + PATIENCE;
  let smallest = program;
  // What could not go before mostly cannot go now: each search goes on where the last one succeeded.
  let from = 0;
  while (Date.now() < end) {
    const found = await firstFailing(smallest, from, fails, end);
    if (found) {
      smallest = found.candidate;
      from = found.index;
    } else if (from === 0) break;
    else from = 0;
  }
  return smallest;
}

async function firstFailing(
  program: GeneratedProgram,
  from: number,
  fails: (candidate: GeneratedProgram) => Promise<boolean>,
  end: number,
): Promise<{ readonly candidate: GeneratedProgram; readonly index: number } | undefined> {
  let index = 0;
  for (const candidate of smaller(program)) {
    if (index++ < from) continue;
    if (Date.now() > end) return undefined;
    if (await fails(candidate)) return { candidate, index: index - 1 };
  }
  return undefined;
}

function* smaller(program: GeneratedProgram): Generator<GeneratedProgram> {
  const { files } = program;
  for (let i = 0; i < files.length; i++) {
    const file = files[i];
    if (!file) continue;
    if (file.path !== 'main.py') yield { ...program, files: files.filter((one) => one !== file) };
    for (const lines of smallerLines(file.lines)) {
      yield { ...program, files: files.map((one) => (one === file ? { ...file, lines } : one)) };
    }
  }
  if (program.worlds.length > 1) {
    for (const world of program.worlds) yield { ...program, worlds: [world] };
  }
}

function* smallerLines(lines: readonly Line[]): Generator<readonly Line[]> {
  for (let size = lines.length; size >= 1; size = Math.floor(size / 2)) {
    for (let i = 0; i + size <= lines.length; i += size) yield [...lines.slice(0, i), ...lines.slice(i + size)];
  }
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line) continue;
    const replaced = (by: readonly Line[]): readonly Line[] => [...lines.slice(0, i), ...by, ...lines.slice(i + 1)];
    if (line.body) {
      yield replaced(line.body);
      for (const body of smallerLines(line.body)) yield replaced([{ ...line, body }]);
    }
    for (const text of smallerTexts(line.text)) yield replaced([{ ...line, text }]);
  }
}

/** The text without one of its comma-separated parts. */
function* smallerTexts(text: string): Generator<string> {
  const commas = [...text.matchAll(/, /g)].map((match) => match.index);
  for (const at of commas) {
    const end = endOfPart(text, at + 2);
    yield text.slice(0, at) + text.slice(end);
  }
  for (const match of text.matchAll(/[([{]/g)) {
    const start = match.index + 1;
    const end = endOfPart(text, start);
    if (end > start) yield text.slice(0, start) + text.slice(end).replace(/^, /, '');
  }
}

/** The end of the part that starts at an offset: the next comma or closing bracket of its own level. */
function endOfPart(text: string, start: number): number {
  let level = 0;
  for (let i = start; i < text.length; i++) {
    const character = text[i] ?? '';
    if ('([{'.includes(character)) level++;
    else if (')]}'.includes(character) && --level < 0) return i;
    else if (character === ',' && level === 0) return i;
  }
  return text.length;
}
