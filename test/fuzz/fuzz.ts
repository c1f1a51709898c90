/**
 * Damaged documents, and random messages, through every feature, until the time is up. The same seed gives the same
 * cases; a text that breaks a promise is cut down.
 */
import { Random } from '../oracle/programs/generator/random';
import type { Seed } from './corpus';
import { checkDocument, checkEdits } from './documents';
import { checkOffers } from './edits';
import { mutate, withoutEachToken } from './mutate';
import { Broken, brokenBy } from './problem';
import { converse } from './protocol';
import { shrink } from './shrink';

/** A document that takes longer is reported: a person is waiting. */
const SLOW_MILLISECONDS = 20_000;

/** What is done to texts. `tokens` goes through one text token by token; `plain` takes them as they are. */
export const kinds = ['documents', 'edits', 'typing', 'tokens', 'protocol', 'plain'] as const;
type Kind = (typeof kinds)[number];

/** How a run is asked for. */
export interface FuzzRequest {
  readonly seed: number;
  readonly kinds: readonly Kind[];
  /** Cases of each kind; the time ends a run as well. */
  readonly count: number;
  readonly milliseconds: number;
  readonly corpus: readonly Seed[];
  /** Told of each failure. */
  onFailure(failure: Failure): void;
}

/** A promise that did not hold, with the smallest text for it. */
export interface Failure {
  readonly kind: Kind;
  readonly name: string;
  readonly how: readonly string[];
  readonly broken: Broken;
  readonly text: string;
}

/** Runs the cases and answers how many there were, by kind. */
export async function fuzz(request: FuzzRequest): Promise<ReadonlyMap<Kind, number>> {
  const counts = new Map<Kind, number>();
  const share = request.milliseconds / request.kinds.length;
  for (const kind of request.kinds) {
    const until = Date.now() + share;
    let cases = 0;
    if (kind === 'protocol') {
      counts.set(kind, await converseUntil(request, until));
      continue;
    }
    const seen = new Set<string>();
    for (const one of casesOf(kind, request)) {
      if (cases >= request.count || Date.now() > until) break;
      cases += 1;
      const broken = brokenBy(() => one.run(one.text));
      if (!broken || seen.has(broken.promise)) continue;
      seen.add(broken.promise);
      const text = shrink(one.text, (smaller) => brokenBy(() => one.run(smaller))?.promise === broken.promise);
      request.onFailure({ kind, name: one.name, how: one.how, broken, text });
    }
    counts.set(kind, cases);
  }
  return counts;
}

async function converseUntil(request: FuzzRequest, until: number): Promise<number> {
  const seen = new Set<string>();
  let cases = 0;
  for (; cases < request.count && Date.now() < until; cases += 1) {
    const seed = request.seed + cases;
    try {
      await converse(seed, request.corpus, cases % 2 === 0);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      if (seen.has(error.promise)) continue;
      seen.add(error.promise);
      request.onFailure({ kind: 'protocol', name: `--seed ${seed}`, how: [], broken: error, text: '' });
    }
  }
  return cases;
}

interface Case {
  readonly name: string;
  readonly how: readonly string[];
  readonly text: string;
  readonly run: (text: string) => void;
}

function* casesOf(kind: Kind, { corpus, seed, count }: FuzzRequest): Generator<Case> {
  const random = new Random(seed + kinds.indexOf(kind));
  if (kind === 'plain') {
    for (const { name, text } of corpus) yield { name, text, how: [], run: timed(checker(checkDocument, seed)) };
    return;
  }
  if (kind === 'tokens') {
    const { name, text } = random.pick(corpus.filter((one) => one.text.includes('arg_scope')));
    for (const { text: without, how } of withoutEachToken(text)) {
      yield { name, how, text: without, run: timed(checker(checkDocument, seed)) };
    }
    return;
  }
  for (let i = 0; i < count; i += 1) {
    const { name, text } = random.pick(corpus);
    const own = seed + i;
    if (kind === 'typing') {
      const texts = [text];
      for (let j = 0; j < 4; j += 1) texts.push(mutate(texts.at(-1) ?? '', random).text);
      const last = texts.pop() ?? '';
      yield { name, how: ['typed'], text: last, run: timed((now) => checkEdits([...texts, now, text])) };
    } else {
      const mutated = mutate(text, random);
      const crlf = random.chance(0.1) ? mutated.text.replace(/\r?\n/g, '\r\n') : mutated.text;
      yield {
        name,
        how: mutated.how,
        text: crlf,
        run: timed(checker(kind === 'edits' ? checkOffers : checkDocument, own)),
      };
    }
  }
}

/** The same places of a text each time that it is checked. */
function checker(check: (text: string, random: Random) => void, seed: number): (text: string) => void {
  return (text) => check(text, new Random(seed));
}

function timed(run: (text: string) => void): (text: string) => void {
  return (text) => {
    const start = performance.now();
    run(text);
    const took = performance.now() - start;
    if (took > SLOW_MILLISECONDS) throw new Broken('answered in time', `${Math.round(took)} ms`);
  };
}
