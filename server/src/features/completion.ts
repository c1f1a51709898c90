/**
 * Completion inside `arg_scope(...)`: the keywords that every op of the list takes, and the ops that may stand in the list.
 * No Python server knows either. Inside calls of ops, and behind a dot, completion is theirs.
 */
import type { CancelToken } from '../base/cancel';
import { contains, type Span } from '../base/span';
import type { Snapshot } from '../project/snapshot';
import type { SourceFile } from '../semantics/program';
import { slimFunctions } from '../slim/signatures/libraryFunctions';
import { resolveLibraryName } from '../slim/library/libraryNames';
import type { Op, ScopeSite } from '../slim/model';
import { scopeAlong } from '../slim/rewrite/syntaxAt';
import { visibleModules } from '../slim/rewrite/visibleModules';
import type * as ast from '../syntax/ast';
import { findPath } from '../syntax/visit';
import type { CompletionResult } from './model';
import { openCall } from './openCall';

/** The list at an offset; empty where there is nothing to add to what others offer. */
export function completion(
  snapshot: Snapshot,
  file: string,
  offset: number,
  { cancel }: { readonly cancel: CancelToken },
): readonly CompletionResult[] {
  const source = snapshot.getFile(file);
  const call = source && scopeCallAt(source, offset);
  if (!source || !call) return [];
  const site = snapshot.quickAnalysis(file, cancel)?.scopes.find((one) => isSame(one.call.span, call.span));
  if (!site || site.form === 'dict') return [];
  const word = wordAt(source.text, offset);
  if (source.text[word.start - 1] === '.') return [];
  const [list, ...others] = call.args;
  if (!list || contains(list.span, word)) return isInList(source, list, word) ? ops(source, call, site, word) : [];
  const isName = others.every(({ span, form }) => !contains(span, word) || isSame(span, word) || form === 'keyword');
  const isValue = others.some(({ name, span }) => name && name.span.end < word.start && contains(span, word));
  return isName && !isValue ? keywords(source, call, site, word) : [];
}

/** False where the syntax alone says that there is nothing to offer: then nothing has to be evaluated. */
export function mayComplete(snapshot: Snapshot, file: string, offset: number): boolean {
  const source = snapshot.getFile(file);
  return source !== undefined && scopeCallAt(source, offset) !== undefined;
}

/** The call around the offset, when its callee may be `arg_scope`. */
function scopeCallAt(source: SourceFile, offset: number): ast.Call | undefined {
  const call = openCall(source, offset);
  if (!call) return undefined;
  const { callee } = call;
  const name = callee.kind === 'Attribute' ? callee.attribute.name : callee.kind === 'Name' ? callee.name : '';
  return name.includes('arg_scope') ? call : undefined;
}

function wordAt(text: string, offset: number): Span {
  const start = offset - (/\w*$/.exec(text.slice(Math.max(0, offset - 80), offset))?.[0].length ?? 0);
  return { start, end: offset + (/^\w*/.exec(text.slice(offset, offset + 80))?.[0].length ?? 0) };
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

// ---------------------------------------------------------------------------------------------- keywords

function keywords(source: SourceFile, call: ast.Call, site: ScopeSite, word: Span): readonly CompletionResult[] {
  const listed = site.ops.flatMap(({ op }) => op ?? []);
  const [first, ...others] = listed;
  if (!first || listed.length < site.ops.length) return [];
  const given = new Set(call.args.flatMap(({ name }) => (name && !isSame(name.span, word) ? [name.name] : [])));
  const hasValue = /^\s*=(?!=)/.test(source.text.slice(word.end));
  const parameters = settable(first).filter(
    ({ name }) => !given.has(name) && others.every((op) => settable(op).some((one) => one.name === name)),
  );
  return parameters.map(({ name }, rank) => ({
    kind: 'keyword',
    label: hasValue ? name : `${name}=`,
    detail: defaultsOf(listed, name),
    documentation: listed.map((op) => `- \`${op.name}\`: default \`${defaultOf(op, name)}\``).join('\n'),
    span: word,
    rank,
  }));
}

/** Parameters that a scope can set; the first one is the tensor, which every call gives by its place. */
function settable({ signature }: Op): Op['signature']['parameters'] {
  return signature.parameters
    .slice(1)
    .filter(({ kind, default: byDefault }) => byDefault !== undefined && !kind.startsWith('var'));
}

/** `default 'SAME'`, or the defaults of all ops where they differ. */
function defaultsOf(listed: readonly Op[], name: string): string {
  return `default ${[...new Set(listed.map((op) => defaultOf(op, name)))].join(' | ')}`;
}

function defaultOf({ signature }: Op, name: string): string {
  return signature.parameters.find((one) => one.name === name)?.default ?? '';
}

// --------------------------------------------------------------------------------------------------- ops

/** True in the brackets of the list, where a new element stands or begins. */
function isInList(source: SourceFile, list: ast.Argument | undefined, word: Span): boolean {
  const value = list?.value;
  if (value?.kind !== 'List' && value?.kind !== 'Tuple') return false;
  const before = source.text.slice(value.span.start, word.start).trimEnd();
  return value.span.start < word.start && /[[(,]$/.test(before);
}

/** Ops of the library whose `arg_scope` this is, through the imports that the file has. */
function ops(source: SourceFile, call: ast.Call, site: ScopeSite, word: Span): readonly CompletionResult[] {
  const path = findPath(source.tree.module, call.span.start);
  const modules = visibleModules(source, scopeAlong(source, path), call.span.start);
  const namespace = namespaceOf(source.text.slice(call.callee.span.start, call.callee.span.end), modules);
  if (!namespace) return [];
  const { name: prefix, module } = namespace;
  const listed = new Set(site.ops.flatMap(({ op, at }) => (op && !isSame(at.span, word) ? [op.functionName] : [])));
  const names = slimFunctions
    .filter((one) => one.scopable && !one.partialOf && !listed.has(one.functionName))
    .map(({ name }) => name)
    .filter((name) => resolveLibraryName(`${module}.${name}`, 'attribute').kind === 'op')
    .sort();
  return names.map((name, rank) => ({
    kind: 'op',
    label: `${prefix}.${name}`,
    detail: `${module}.${name}`,
    documentation: '',
    span: word,
    rank,
  }));
}

/** The name through which the file reaches ops: that of the `arg_scope` itself, else one of the same library. */
function namespaceOf(
  callee: string,
  modules: ReadonlyMap<string, string>,
): { readonly name: string; readonly module: string } | undefined {
  const dot = callee.lastIndexOf('.');
  const head = callee.slice(0, Math.max(dot, 0));
  const path = dot < 0 ? modules.get(callee) : `${modules.get(head) ?? ''}.${callee.slice(dot + 1)}`;
  const scope = resolveLibraryName(path ?? '', 'any');
  if (scope.kind !== 'scopeApi') return undefined;
  const names = [head, ...modules.keys()].flatMap((name) => {
    const module = modules.get(name);
    const op = module === undefined ? undefined : resolveLibraryName(`${module}.conv2d`, 'attribute');
    return module !== undefined && op?.kind === 'op' && op.library === scope.library ? [{ name, module }] : [];
  });
  return names[0];
}
