/**
 * Takes variants of a call apart: where one argument depends on one step of the call path only, and another argument on
 * another step, each step is told once instead of every combination. Three sizes under four programs are seven facts, not
 * twelve.
 */
import type { CallerFrame, Op } from '../slim/model';
import type { CallPath } from './callWays';
import { lookOfArgument, type Variant, type Varying } from './effectiveCallView';

/** What the arguments are on all paths through one call. */
export interface Factor {
  readonly frame: CallerFrame;
  readonly arguments: readonly Varying[];
  readonly implicit: readonly (Varying & { readonly op: Op })[];
}

type Step = (path: CallPath) => CallerFrame | undefined;

/** The factors; undefined where the variants are fewer, or some argument depends on more than one step. */
export function factorVariants(variants: readonly Variant[]): readonly Factor[] | undefined {
  const ways = variants.flatMap(({ ways: all }) => all);
  if (ways.some(({ path, conditions }) => path.length === 0 || conditions.length > 0)) return undefined;
  const depth = Math.max(...ways.map(({ path }) => path.length));
  // The call nearest to the op comes first, since it says most.
  const indices = [...Array(depth).keys()];
  const steps = [...indices.map(fromEnd), ...indices.map(fromStart)];
  const all = settingsOf(variants);
  const chosen = new Map<Step, Setting[]>();
  for (const setting of all) {
    const step = deciding(steps, variants, setting);
    if (!step) return undefined;
    chosen.set(step, [...(chosen.get(step) ?? []), setting]);
  }
  const factors = [...chosen].flatMap(([step, settings]) => factorsOf(step, settings, variants));
  if (factors.length >= variants.length) return undefined;
  // What scopes set cannot be read at the call, and comes first.
  return [...factors.filter(isInherited), ...factors.filter((factor) => !isInherited(factor))];
}

function fromStart(index: number): Step {
  return (path) => path[index];
}

function fromEnd(index: number): Step {
  return (path) => path[path.length - 1 - index];
}

function isInherited(factor: Factor): boolean {
  return [...factor.arguments, ...factor.implicit].some(({ found }) =>
    found.some(({ origin }) => origin.kind === 'argScope' || origin.kind === 'default'),
  );
}

/** Everything that differs, each once; a normalizer that only some variants have counts as well. */
function settingsOf(variants: readonly Variant[]): readonly Setting[] {
  const own = new Map(variants.flatMap((one) => one.arguments).map((one) => [one.name, ownSetting(one)] as const));
  const implicit = new Map(
    variants
      .flatMap((one) => one.implicit)
      .map((one) => [`${one.op.functionName} ${one.name}`, implicitSetting(one)] as const),
  );
  return [...own.values(), ...implicit.values()];
}

/** Finds one argument, or one argument of the normalizer, in a variant. */
type Setting =
  | { readonly isImplicit: false; find(variant: Variant): Varying | undefined }
  | { readonly isImplicit: true; find(variant: Variant): Variant['implicit'][number] | undefined };

function ownSetting({ name }: Varying): Setting {
  return { isImplicit: false, find: (variant) => variant.arguments.find((one) => one.name === name) };
}

function implicitSetting({ op, name }: Variant['implicit'][number]): Setting {
  return {
    isImplicit: true,
    find: (variant) => variant.implicit.find((one) => one.name === name && one.op.functionName === op.functionName),
  };
}

/** The step with the fewest calls that decides an argument. */
function deciding(steps: readonly Step[], variants: readonly Variant[], setting: Setting): Step | undefined {
  let best: { readonly step: Step; readonly count: number } | undefined;
  for (const step of steps) {
    const looks = new Map<string, string>();
    const isDecided = variants.every((variant) => {
      const look = JSON.stringify(setting.find(variant)?.found.map(lookOfArgument) ?? []);
      return variant.ways.every(({ path }) => {
        const key = keyOf(step(path));
        const known = looks.get(key) ?? look;
        looks.set(key, known);
        return key !== '' && known === look;
      });
    });
    if (isDecided && looks.size < (best?.count ?? Infinity)) best = { step, count: looks.size };
  }
  return best?.step;
}

function factorsOf(step: Step, settings: readonly Setting[], variants: readonly Variant[]): readonly Factor[] {
  const factors = new Map<string, Factor>();
  for (const variant of variants) {
    for (const { path } of variant.ways) {
      const frame = step(path);
      if (!frame || factors.has(keyOf(frame))) continue;
      const own = settings.flatMap((one) => (one.isImplicit ? [] : (one.find(variant) ?? [])));
      const implicit = settings.flatMap((one) => (one.isImplicit ? (one.find(variant) ?? []) : []));
      factors.set(keyOf(frame), { frame, arguments: own, implicit });
    }
  }
  return [...factors.values()];
}

function keyOf(frame: CallerFrame | undefined): string {
  return frame ? `${frame.call.file}#${frame.call.span.start}` : '';
}
