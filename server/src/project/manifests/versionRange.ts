/**
 * Which generations of TensorFlow a version specifier admits: PEP 440 (`>=1.4,<2`), Poetry (`^1.15`, `||`) and conda
 * (`=1.15`, `1.15.*`) in one reader, since their forms do not contradict each other. Only release numbers count:
 * pre-releases and builds are read as the release that they lead to, and `!=` narrows nothing.
 */
import { newestTarget, type Target } from '../target';

type Version = readonly number[];

/** An interval of versions. Without an end it goes on for ever. */
interface Interval {
  readonly from: Version;
  readonly fromIncluded: boolean;
  readonly to?: Version;
  readonly toIncluded: boolean;
}

/** The generations that a specifier can tell apart, old to new; tf_keras is another package. */
const generations: readonly (readonly [Target, Interval])[] = [
  ['1.15', { from: [0], fromIncluded: true, to: [2], toIncluded: false }],
  ['2.0-2.15', { from: [2], fromIncluded: true, to: [2, 16], toIncluded: false }],
  ['2.16', { from: [2, 16], fromIncluded: true, toIncluded: false }],
];

const everything: Interval = { from: [0], fromIncluded: true, toIncluded: false };

/** What a specifier says about the generation. */
export interface AdmittedGeneration {
  /** The newest one that it admits. */
  readonly target: Target;
  /** False when it admits the newest TensorFlow and older ones too: then it decides nothing. */
  readonly isPin: boolean;
}

/** Reads a specifier; undefined when it is not understood or admits nothing. The empty one admits everything. */
export function admittedGeneration(specifier: string): AdmittedGeneration | undefined {
  const intervals = specifier.split(/\|\|?/).map(readConjunction);
  if (intervals.some((interval) => interval === undefined)) return undefined;
  const admitted = generations.filter(([, generation]) =>
    intervals.some((interval) => interval && isOverlap(interval, generation)),
  );
  const newest = admitted.at(-1);
  return newest && { target: newest[0], isPin: newest[0] !== newestTarget || admitted.length === 1 };
}

/** `>=1.4,<2.0`, `>=1.4 <2.0`, `~=1.15` */
function readConjunction(text: string): Interval | undefined {
  const spaced = text.trim().replace(/([=<>!~^])\s+/g, '$1');
  let result = everything;
  for (const clause of spaced.split(/[\s,]+/)) {
    if (clause === '' || clause === '*' || clause.startsWith('!=')) continue;
    const interval = readClause(clause);
    if (!interval) return undefined;
    result = intersection(result, interval);
  }
  return result;
}

function readClause(clause: string): Interval | undefined {
  // A conda clause may end with the build: `1.15.0=py37_0`.
  const match = /^(===?|~=|[<>]=?|\^|~|=)?v?(\d+(?:\.\d+)*)(\.\*)?([^=]*)(?:=.*)?$/.exec(clause);
  if (!match) return undefined;
  const [, operator = '==', digits = '', star, rest = ''] = match;
  if (rest !== '' && !/^[-.+_]?[a-z]|^[-+]/i.test(rest)) return undefined;
  const version = digits.split('.').map(Number);
  if (star !== undefined && (operator === '==' || operator === '=' || operator === '===')) return family(version);
  switch (operator) {
    case '=':
      return family(version);
    case '==':
    case '===':
      return { from: version, fromIncluded: true, to: version, toIncluded: true };
    case '~=':
      return version.length < 2 ? undefined : { ...family(version.slice(0, -1)), from: version };
    case '~':
      return { ...family(version.slice(0, 2)), from: version };
    case '^':
      return { ...family(caretFamily(version)), from: version };
    case '>=':
    case '>':
      return { from: version, fromIncluded: operator === '>=', toIncluded: false };
    default:
      return { ...everything, to: version, toIncluded: operator === '<=' };
  }
}

/** All versions that begin so: `1.15` and `1.15.3`. */
function family(version: Version): Interval {
  const next = [...version.slice(0, -1), (version.at(-1) ?? 0) + 1];
  return { from: version, fromIncluded: true, to: next, toIncluded: false };
}

/** `^1.15` keeps the first number that is not 0. */
function caretFamily(version: Version): Version {
  const first = version.findIndex((part) => part > 0);
  return first < 0 ? version : version.slice(0, first + 1);
}

function intersection(a: Interval, b: Interval): Interval {
  const lower = compare(a.from, b.from);
  const from = lower > 0 || (lower === 0 && !a.fromIncluded) ? a : b;
  const start = { from: from.from, fromIncluded: from.fromIncluded };
  if (!a.to) return { ...start, ...(b.to && { to: b.to }), toIncluded: b.toIncluded };
  if (!b.to) return { ...start, to: a.to, toIncluded: a.toIncluded };
  const upper = compare(a.to, b.to);
  const to = upper < 0 || (upper === 0 && !a.toIncluded) ? a : b;
  return { ...start, ...(to.to && { to: to.to }), toIncluded: to.toIncluded };
}

function isOverlap(a: Interval, b: Interval): boolean {
  const { from, fromIncluded, to, toIncluded } = intersection(a, b);
  if (!to) return true;
  const order = compare(from, to);
  return order < 0 || (order === 0 && fromIncluded && toIncluded);
}

function compare(a: Version, b: Version): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
