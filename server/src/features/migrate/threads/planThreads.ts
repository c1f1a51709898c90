/**
 * What helper functions of a network have to be handed so that their layers can be named, and their results kept, as
 * under the variable scopes of their callers: the name so far (`prefix`) and the dictionary (`end_points`). Planned for
 * the functions between one that makes a collection and a layer that fills it; all of them, or none.
 */
import type { Location } from '../../../base/span';
import type { Snapshot } from '../../../project/snapshot';
import { functionOrdinal } from '../functionOrdinal';
import type { SourceFile } from '../../../semantics/program';
import { findCollections, scopesByParameter, uniqueFunctions } from '../../../slim/keras/findNetworks';
import { namesInTemplate, templateOf } from '../../../slim/keras/scopeTemplate';
import { openVariableScopes, variableScopeArgument } from '../../../slim/keras/surroundings';
import type { CallerFrame, FileAnalysis, OpCall } from '../../../slim/model';
import { quoteLike, readFileStyle } from '../../../slim/rewrite/fileStyle';
import { pathTo } from '../../../slim/rewrite/syntaxAt';
import type * as ast from '../../../syntax/ast';
import { walk } from '../../../syntax/visit';
import type { HandedParameter } from '../parameters/handedParameter';
import { isCallOf } from '../parameters/callsOf';

/** The names of the parameters. */
export const threadNames = { prefix: 'prefix', endPoints: 'end_points' } as const;

export interface ThreadPlan {
  readonly parameters: readonly HandedParameter[];
  /** The functions that are handed the two, by file. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string>>;
  /** The variables that name the collections. */
  readonly collections: ReadonlySet<string>;
}

/** A plan for nothing. */
export const noThreads: ThreadPlan = { parameters: [], functions: new Map(), collections: new Set() };

export interface ThreadRequest {
  readonly snapshot: Snapshot;
  readonly files: readonly string[];
  analysis(file: string): FileAnalysis | undefined;
  isOurs(place: Location): boolean;
}

/** Plans for all files, or answers {@link noThreads}. */
export function planThreads(request: ThreadRequest): ThreadPlan {
  const threader = new Threader(request);
  return threader.plan() ?? noThreads;
}

/** A function that makes a collection. */
interface Owner {
  readonly source: SourceFile;
  readonly fn: ast.FunctionDef;
  readonly collection: string;
  readonly dictionary: string;
}

/** A function that is handed the two, and the calls that hand them. */
interface Handed {
  readonly source: SourceFile;
  readonly fn: ast.FunctionDef;
  readonly calls: Map<string, { readonly call: Location; readonly prefix: string; readonly endPoints: string }>;
}

class Threader {
  readonly #request: ThreadRequest;
  readonly #handed = new Map<ast.FunctionDef, Handed>();

  constructor(request: ThreadRequest) {
    this.#request = request;
  }

  plan(): ThreadPlan | undefined {
    const owners = this.#owners();
    if (owners.length === 0) return undefined;
    const chains = this.#request.files.flatMap((file) =>
      (this.#request.analysis(file)?.calls ?? []).flatMap((call) => this.#chains(file, call, owners)),
    );
    if (chains.length === 0) return undefined;
    // All functions first: a call inside one of them hands on what it was handed.
    for (const { steps } of chains) for (const { to } of steps) if (!this.#add(to)) return undefined;
    for (const { owner, steps } of chains) {
      for (const { frame, to } of steps) if (!this.#link(owner, frame, to)) return undefined;
    }
    const functions = new Map<string, Set<string>>();
    for (const { source, fn } of this.#handed.values()) {
      functions.set(source.file, (functions.get(source.file) ?? new Set()).add(fn.name.name));
    }
    return {
      parameters: [...this.#handed.values()].flatMap(parametersOf),
      functions,
      collections: new Set(chains.map(({ owner }) => owner.collection)),
    };
  }

  #owners(): readonly Owner[] {
    return this.#request.files.flatMap((file) => {
      const source = this.#request.snapshot.getFile(file);
      if (!source || source.cells || source.tree.incomplete.length > 0) return [];
      const functions = [...uniqueFunctions(source)];
      return findCollections(source, false).flatMap(({ owner, use }) => {
        const fn = functions.find(({ name }) => name.name === owner);
        return fn ? [{ source, fn, collection: use.collection, dictionary: use.dictionary }] : [];
      });
    });
  }

  /** The ways from an owner to a call in another function that fills its collection. */
  #chains(file: string, call: OpCall, owners: readonly Owner[]) {
    const source = this.#request.snapshot.getFile(file);
    if (!source) return [];
    return call.contexts.flatMap((context) => {
      const argument = context.arguments.find(({ name }) => name === 'outputs_collections');
      const { expression } = argument ?? {};
      const owner = owners.find(
        (one) => expression?.file === one.source.file && isNamed(one, expression.span.start, expression.span.end),
      );
      if (!owner) return [];
      return [context.callers, ...(context.alsoFrom ?? [])].flatMap((frames) => {
        const first = frames.findIndex(({ call: at }) => at.file === owner.source.file && isInside(owner.fn, at));
        if (first < 0) return [];
        const inner = frames.slice(first);
        const steps = inner.flatMap((frame, at) => {
          const next = inner[at + 1]?.call ?? call.call;
          const to = this.#functionAround(next);
          return to ? [{ frame, to }] : [];
        });
        return steps.length === inner.length ? [{ owner, steps }] : [];
      });
    });
  }

  #functionAround({ file, span }: Location): { readonly source: SourceFile; readonly fn: ast.FunctionDef } | undefined {
    const source = this.#request.snapshot.getFile(file);
    const fn = source && functionAlong(pathTo(source.tree.module, span));
    return source && fn ? { source, fn } : undefined;
  }

  #add({ source, fn }: { readonly source: SourceFile; readonly fn: ast.FunctionDef }): boolean {
    if (this.#handed.has(fn)) return true;
    const isFree = !mentions(fn, threadNames.prefix) && !mentions(fn, threadNames.endPoints);
    const isOurs = this.#request.isOurs({ file: source.file, span: fn.name.span });
    const isPlain = fn.decorators.every((one) =>
      /(?:^|\.)add_arg_scope$/.test(source.text.slice(one.span.start, one.span.end)),
    );
    const takesAny = fn.parameters.some(({ form }) => form === 'doubleStar' || form === 'star');
    if (!isFree || !isOurs || !isPlain || takesAny || !uniqueFunctions(source).has(fn)) return false;
    this.#handed.set(fn, { source, fn, calls: new Map() });
    return true;
  }

  /** Notes what a call has to hand to a function; false when it cannot. */
  #link(
    owner: Owner,
    { call }: CallerFrame,
    to: { readonly source: SourceFile; readonly fn: ast.FunctionDef },
  ): boolean {
    const handed = this.#handed.get(to.fn);
    const source = this.#request.snapshot.getFile(call.file);
    const node = source && callAt(source, call);
    const from = this.#functionAround(call);
    if (!handed || !source || !node || !from || !this.#request.isOurs(call)) return false;
    if (!isCallOf(this.#request.snapshot, { caller: source, node }, to)) return false;
    const isHanded = this.#handed.has(from.fn);
    if (!isHanded && from.fn !== owner.fn) return false;
    const prefix = prefixAt(source, call, from.fn, isHanded);
    if (prefix === undefined) return false;
    const style = readFileStyle(source);
    const text = prefix.includes('{') ? `f${quoteLike(style, prefix)}` : quoteLike(style, prefix);
    const written = {
      call,
      prefix: prefix === '{prefix}' ? threadNames.prefix : text,
      endPoints: isHanded ? threadNames.endPoints : owner.dictionary,
    };
    handed.calls.set(`${call.file} ${call.span.start} ${call.span.end}`, written);
    return true;
  }
}

function parametersOf({ source, fn, calls }: Handed): readonly HandedParameter[] {
  const common = {
    file: source.file,
    ordinal: functionOrdinal(source, fn),
    function: fn.name.name,
    span: fn.span,
    keyword: '',
    ops: new Set<string>(),
  };
  const all = [...calls.values()];
  return [
    {
      ...common,
      name: threadNames.prefix,
      defaultText: "''",
      calls: all.map(({ call, prefix }) => ({ call, text: prefix })),
    },
    {
      ...common,
      name: threadNames.endPoints,
      defaultText: 'None',
      calls: all.map(({ call, endPoints }) => ({ call, text: endPoints })),
    },
  ];
}

/** The name of the variable scopes that are open at a call, with a slash behind each. */
function prefixAt(source: SourceFile, call: Location, fn: ast.FunctionDef, isHanded: boolean): string | undefined {
  const path = pathTo(source.tree.module, call.span);
  const own = scopesByParameter(source, fn);
  const loops = path.flatMap((node) => (node.kind === 'For' ? [...namesOf(node.target)] : []));
  let template = '';
  for (const open of openVariableScopes(path).reverse()) {
    const parameter = own.find(({ item }) => item.context === open.call);
    if (parameter) return `{${parameter.parameter}}/${template}`;
    const name = variableScopeArgument(open.call, 'name_or_scope');
    const text =
      name === undefined || name === 'unpacked' || name.kind === 'Name'
        ? undefined
        : templateOf({ text: source.text, resolve: () => undefined }, name);
    if (text === undefined || [...namesInTemplate(text)].some((one) => !loops.includes(one))) return undefined;
    template = `${text}/${template}`;
  }
  return isHanded ? `{prefix}${template}` : template;
}

function isNamed({ fn, collection }: Owner, start: number, end: number): boolean {
  let found = false;
  walk(fn, (node) => {
    if (node.span.start !== start || node.span.end !== end) return;
    const only = node.kind === 'List' || node.kind === 'Tuple' ? node.elements[0] : node;
    if (only?.kind === 'Name' && only.name === collection) found = true;
  });
  return found;
}

function isInside(fn: ast.FunctionDef, { span }: Location): boolean {
  return fn.span.start <= span.start && span.end <= fn.span.end;
}

function functionAlong(path: readonly ast.Node[]): ast.FunctionDef | undefined {
  const around = path.findLast((node) => node.kind === 'FunctionDef' || node.kind === 'Lambda');
  return around?.kind === 'FunctionDef' ? around : undefined;
}

function callAt(source: SourceFile, { span }: Location): ast.Call | undefined {
  return pathTo(source.tree.module, span).find(
    (node): node is ast.Call => node.kind === 'Call' && node.span.start === span.start && node.span.end === span.end,
  );
}

function mentions(fn: ast.FunctionDef, name: string): boolean {
  let found = fn.parameters.some((parameter) => parameter.name.name === name);
  walk(fn, (node) => {
    if (node.kind === 'Name' && node.name === name) found = true;
  });
  return found;
}

function namesOf(target: ast.Expression): ReadonlySet<string> {
  const names = new Set<string>();
  walk(target, (node) => {
    if (node.kind === 'Name') names.add(node.name);
  });
  return names;
}
