/**
 * Which keyword parameters functions need so that their callers can hand down what arg_scopes set now, and what each
 * call passes. A parameter is planned only if every caller that is seen can pass what its layers receive on every way:
 * a literal, an expression of its own that means the same at the call, or a parameter that it gets in turn. Who does not
 * pass it gets what a caller outside of any scope (or in the assumed one) gets now.
 */
import type { Location } from '../../../base/span';
import type { Snapshot } from '../../../project/snapshot';
import { functionOrdinal } from '../functionOrdinal';
import type { SourceFile } from '../../../semantics/program';
import { defaultValue } from '../../../slim/library/pythonText';
import type { CallContext, CallerFrame, EffectiveArgument, FileAnalysis } from '../../../slim/model';
import { visibleText } from '../../../slim/rewrite/expressionText';
import { spellValue } from '../../../slim/rewrite/pythonText';
import { makeSite } from '../../../slim/rewrite/site';
import { calleeName, pathTo } from '../../../slim/rewrite/syntaxAt';
import type * as ast from '../../../syntax/ast';
import { walk } from '../../../syntax/visit';
import { isCallOf } from './callsOf';
import type { HandedParameter } from './handedParameter';
import { isFromOutside, observeNeeds, type Need, type Observation } from './observedArguments';

export interface PlanRequest {
  readonly snapshot: Snapshot;
  analysis(file: string): FileAnalysis | undefined;
  /** True for places that the migration may change. */
  isOurs(place: Location): boolean;
}

/** Plans the parameters of all functions of these files. */
export function planParameters(files: readonly string[], request: PlanRequest): readonly HandedParameter[] {
  const planner = new Planner(request);
  for (const file of files) {
    const source = request.snapshot.getFile(file);
    const analysis = source && request.analysis(file);
    if (!analysis || source.cells || source.tree.incomplete.length > 0) continue;
    for (const need of observeNeeds(request.snapshot, source, analysis)) planner.plan(need);
  }
  return planner.parameters;
}

/** Callers of callers are asked up to here. */
const MOST_LEVELS = 12;

class Planner {
  readonly #request: PlanRequest;
  readonly #planned = new Map<string, HandedParameter & { readonly sources: ReadonlyMap<string, string> }>();

  constructor(request: PlanRequest) {
    this.#request = request;
  }

  get parameters(): readonly HandedParameter[] {
    return [...this.#planned.values()];
  }

  /** Plans one parameter for all ops, or one for each where they do not receive the same. */
  plan(need: Need): void {
    if (this.#parameter(need, 0) !== undefined) return;
    const ops = new Set(need.observations.map(({ op }) => op.name));
    if (ops.size < 2) return;
    for (const op of ops) {
      const observations = need.observations.filter((one) => one.op.name === op);
      this.#parameter({ ...need, observations }, 0);
    }
  }

  /** The parameter that hands an argument down to a function; undefined when there can be none. */
  #parameter(need: Need, level: number): HandedParameter | undefined {
    const { source, fn, keyword, observations } = need;
    const sources = sourcesByWay(observations);
    if (!sources || level > MOST_LEVELS) return undefined;
    const ops = new Set(observations.map(({ op }) => op.name));
    const before = this.#known(need, sources);
    const key = `${source.file} ${fn.span.start} ${keyword}`;
    if (before === 'other') return undefined;
    if (before) {
      const merged = { ...before, ops: new Set([...before.ops, ...ops]) };
      this.#planned.set(key, merged);
      return merged;
    }
    if (!this.#request.isOurs({ file: source.file, span: fn.name.span })) return undefined;
    const name = nameFor(source, fn, keyword);
    const defaultText = defaultOf(observations);
    if (name === undefined || defaultText === undefined || !canGetParameter(fn)) return undefined;
    const attempt = new Map(this.#planned);
    const calls = this.#calls(need, { defaultText, level });
    if (!calls) {
      this.#planned.clear();
      for (const [known, one] of attempt) this.#planned.set(known, one);
      return undefined;
    }
    const parameter = {
      file: source.file,
      ordinal: functionOrdinal(source, fn),
      function: fn.name.name,
      span: fn.span,
      name,
      keyword,
      ops,
      defaultText,
      calls,
      sources,
    };
    this.#planned.set(key, parameter);
    return parameter;
  }

  /** A parameter that was planned for other layers of the same function. */
  #known({ source, fn, keyword }: Need, sources: ReadonlyMap<string, string>) {
    const known = this.#planned.get(`${source.file} ${fn.span.start} ${keyword}`);
    if (!known) return undefined;
    const isSame = [...sources].every(([way, one]) => known.sources.get(way) === one);
    return isSame ? known : 'other';
  }

  /** What each call of the function has to pass; undefined when one cannot. */
  #calls(
    need: Need,
    at: { readonly defaultText: string; readonly level: number },
  ): HandedParameter['calls'] | undefined {
    const { file } = need.source;
    const sites = new Map<string, { readonly frame: CallerFrame; readonly observations: Observation[] }>();
    for (const one of need.observations) {
      const frame = one.frames.at(-1);
      if (!frame) continue;
      const key = `${frame.call.file} ${frame.call.span.start} ${frame.call.span.end}`;
      const known = sites.get(key);
      if (known) known.observations.push(one);
      else sites.set(key, { frame, observations: [one] });
    }
    const calls: { readonly call: Location; readonly text: string }[] = [];
    for (const { frame, observations } of sites.values()) {
      const literal = commonLiteral(observations);
      if (literal === at.defaultText && observations.every(({ argument }) => argument.origin.kind === 'default'))
        continue;
      const text = this.#passed(need, { frame, observations, level: at.level }) ?? literal;
      if (text === undefined) return undefined;
      if (text === at.defaultText) continue;
      if (!this.#request.isOurs(frame.call) || !this.#canPass(frame.call, need)) return undefined;
      calls.push({ call: frame.call, text });
    }
    return calls.sort((a, b) => (a.call.file === file ? 0 : 1) - (b.call.file === file ? 0 : 1));
  }

  /** An expression of the caller, or a parameter that it gets in turn. */
  #passed(
    need: Need,
    at: { readonly frame: CallerFrame; readonly observations: readonly Observation[]; readonly level: number },
  ): string | undefined {
    const { frame, observations, level } = at;
    const { snapshot } = this.#request;
    const source = snapshot.getFile(frame.call.file);
    const around = source && callerOf(source, frame.call);
    if (!source || !around) return undefined;
    const { caller } = around;
    const isInherited =
      caller && observations.every(({ argument }) => isFromOutside(argument, source.file, caller.span));
    if (isInherited) {
      const outer = observations.map((one) => ({ ...one, frames: one.frames.slice(0, -1) }));
      return this.#parameter({ ...need, source, fn: caller, observations: outer }, level + 1)?.name;
    }
    const [first] = observations;
    const expression = first?.argument.expression;
    if (!expression || observations.some(({ argument }) => !isAt(argument, expression))) return undefined;
    return this.#visible(source, frame.call, first);
  }

  #visible(source: SourceFile, call: Location, { op, argument }: Observation): string | undefined {
    const { expression } = argument;
    const { snapshot } = this.#request;
    const analysis = this.#request.analysis(source.file);
    if (!analysis || !expression) return undefined;
    // What is asked is a matter of names: which op is called makes no difference.
    const any = { op, call, callee: call, calleeText: '', contexts: [nothingKnown] };
    const site = makeSite({ program: snapshot, source, analysis, call: any });
    return site && visibleText(site, expression);
  }

  /** True when a keyword can be added to a call, and it calls this function and no other. */
  #canPass(call: Location, { source, fn, keyword }: Need): boolean {
    const { snapshot } = this.#request;
    const caller = snapshot.getFile(call.file);
    const node = caller && callNode(caller, call);
    if (!caller || !node || caller.cells || calleeName(node) === undefined) return false;
    // What is unpacked cannot hold it, or the call would fail today.
    const takesAny = fn.parameters.some(({ form }) => form === 'doubleStar');
    if (node.args.some(({ form, name }) => (form === 'doubleStar' && takesAny) || name?.name === keyword)) return false;
    return isCallOf(snapshot, { caller, node }, { source, fn });
  }
}

const nothingKnown: CallContext = {
  callers: [],
  open: false,
  conditions: [],
  branches: [],
  arguments: [],
  implicitCalls: [],
  uncertainties: [],
};

/** What each way gives; undefined when the ops do not get the same on one of them. */
function sourcesByWay(observations: readonly Observation[]): ReadonlyMap<string, string> | undefined {
  const sources = new Map<string, string>();
  for (const { argument, frames } of observations) {
    const way = frames.map(({ call }) => `${call.file} ${call.span.start}`).join(' ');
    const source = sourceOf(argument);
    if (source === undefined || (sources.has(way) && sources.get(way) !== source)) return undefined;
    sources.set(way, source);
  }
  return sources;
}

/** An expression at a place; a value, where there is none. */
function sourceOf(argument: EffectiveArgument): string | undefined {
  const { expression } = argument;
  if (expression && argument.origin.kind !== 'default') return `${expression.file} ${expression.span.start}`;
  return literalOf(argument);
}

/** The literal of a value; of a default only where it can be told that it holds. */
function literalOf({ origin, text, value }: EffectiveArgument): string | undefined {
  const known = origin.kind === 'default' && value.kind === 'unknown' ? undefined : value;
  const byText = origin.kind === 'default' ? defaultValue(text) : undefined;
  return known && spellValue(byText ?? known, (one) => `'${one}'`);
}

/** The value that all have in common, as a literal. */
function commonLiteral(observations: readonly Observation[]): string | undefined {
  const [first, ...others] = new Set(observations.map(({ argument }) => literalOf(argument)));
  return others.length === 0 ? first : undefined;
}

/** What callers get that are not seen: below an assumed scope its value, else the op's default. */
function defaultOf(observations: readonly Observation[]): string | undefined {
  const entry = observations.find(({ frames }) => frames.length === 0);
  if (entry) return literalOf(entry.argument);
  const defaults = new Set(
    observations.map(({ op, argument }) => {
      const parameter = op.signature.parameters.find(({ name }) => name === argument.name);
      return parameter?.default === undefined
        ? undefined
        : spellValue(defaultValue(parameter.default), (one) => `'${one}'`);
    }),
  );
  const [only, another] = defaults;
  return another === undefined ? only : undefined;
}

function isAt({ expression, origin }: EffectiveArgument, place: Location): boolean {
  if (origin.kind !== 'argScope' || origin.reentered) return false;
  return expression?.file === place.file && expression.span.start === place.span.start;
}

/** A name that nothing in the function, and no variable of its module, has. */
function nameFor(source: SourceFile, fn: ast.FunctionDef, keyword: string): string | undefined {
  const taken = new Set(source.scopes.module.bindings.keys());
  walk(fn, (node) => {
    if (node.kind === 'Name') taken.add(node.name);
    if (node.kind === 'Parameter') taken.add(node.name.name);
  });
  return [keyword, `layer_${keyword}`].find((name) => !taken.has(name));
}

/** Other decorators may call the function in ways of their own. */
function canGetParameter(fn: ast.FunctionDef): boolean {
  return fn.decorators.every((decorator) => {
    const name =
      decorator.kind === 'Name' ? decorator.name : decorator.kind === 'Attribute' ? decorator.attribute.name : '';
    return ['add_arg_scope', 'staticmethod', 'classmethod'].includes(name);
  });
}

/** The function that holds a call; `caller` is undefined at module level. */
function callerOf(source: SourceFile, call: Location): { readonly caller: ast.FunctionDef | undefined } | undefined {
  const around = pathTo(source.tree.module, call.span).findLast(
    (node) => node.kind === 'FunctionDef' || node.kind === 'Lambda',
  );
  if (around?.kind === 'Lambda') return undefined;
  return { caller: around };
}

function callNode(source: SourceFile, { span }: Location): ast.Call | undefined {
  return pathTo(source.tree.module, span).find(
    (node): node is ast.Call => node.kind === 'Call' && node.span.start === span.start && node.span.end === span.end,
  );
}
