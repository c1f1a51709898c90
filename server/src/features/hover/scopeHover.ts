/**
 * The hover of an `arg_scope(...)`: what it sets for which ops, what that hides, what a saved scope brings back and
 * drops, which calls it reaches, and why it does nothing where it does nothing.
 */
import { code, joined, listed, paragraph, strong, type Block, type Cell, type Inline } from '../../base/markdown';
import type { Op, Overridden, ScopeSite } from '../../slim/model';
import { oneLine, shownValue } from '../effectiveCallValue';
import { counted, originText, overriddenLink, reasonInlines, valueInlines, type HoverContext } from './hoverContext';
import { failingLines, reachLine } from './reachText';
import { scopeReach, type ScopeReach } from '../scopeReach';

/** One scope. */
export function scopeHover(context: HoverContext, site: ScopeSite): readonly Block[] {
  if (site.error) return failed(site);
  if (!site.entered) return [neverEntered()];
  const reach = scopeReach(context, site);
  const isEmpty = site.form === 'dict' && site.restored.length === 0;
  return [
    ...contentOf(context, site, reach),
    ...hiddenBlocks(context, site),
    ...(isEmpty ? [] : [reachLine(context, reach, { verb: 'Reaches', none: 'No call is seen that it reaches.' })]),
    ...failingLines(context, reach),
  ];
}

/** An `arg_scope(...)` as a statement: no effect, and no error even for nonsense (A3). */
export function neverEntered(): Block {
  return paragraph(strong('Never entered'), ': without ', code('with'), ' it sets nothing.');
}

function failed(site: ScopeSite): readonly Block[] {
  const { error } = site;
  if (!error) return [];
  const message = code(`${error.type}: ${error.message}`);
  if (!site.entered) return [paragraph(strong('Never entered'), ', and entering it would fail: ', message)];
  const wrong = site.ops.filter(({ op }) => !op).map(({ text }) => [code(text)]);
  const members = wrong.length > 0 ? [paragraph('Not an op: ', ...listed(wrong))] : [];
  return [paragraph(strong('Fails'), ' when it is entered: ', message), ...members];
}

function because(reason: string | undefined): readonly Inline[] {
  return reason === undefined ? [] : [' (', ...reasonInlines(reason), ')'];
}

function contentOf(context: HoverContext, site: ScopeSite, reach: ScopeReach): readonly Block[] {
  switch (site.form) {
    case 'list':
      return listForm(site, reach);
    case 'dict':
      return dictForm(context, site);
    case 'unknown':
    case 'invalid':
      return unknownForm(site);
  }
}

// ----------------------------------------------------------------------------------------------- list form

function listForm(site: ScopeSite, reach: ScopeReach): readonly Block[] {
  const names = opNames(site.ops.flatMap(({ op }) => op ?? []));
  const unknown = site.ops.filter(({ op }) => !op);
  const blocks: Block[] = [];
  const forOps =
    names.length > 0 ? [' for ', ...listed(names.map((name) => [code(name)]))] : [' for no op that is known'];
  if (site.keywords.length === 0) blocks.push(paragraph('Sets nothing', ...forOps, '.'));
  else {
    blocks.push(paragraph('Sets', ...forOps, ', on top of the scopes outside:'));
    const rows = site.keywords.map((keyword): readonly Cell[] => [
      [code(keyword.name)],
      valueInlines(shownValue(keyword)),
      takenCell(reach, keyword.name),
    ]);
    blocks.push({ kind: 'table', head: [['argument'], ['value'], ['taken by']], rows });
  }
  if (unknown.length > 0) {
    const parts = unknown.map(({ text, reason }) => [code(text), ...because(reason)]);
    blocks.push(paragraph('Not known in the list: ', ...listed(parts)));
  }
  return blocks;
}

function takenCell(reach: ScopeReach, name: string): Cell {
  const taken = reach.taken.filter((one) => one.name === name).length;
  const others = reach.overridden.filter((one) => one.name === name).length;
  const own = others > 0 ? `, ${others} ${others === 1 ? 'sets its own' : 'set their own'}` : '';
  return [taken === 0 && others === 0 ? 'no call' : `${counted(taken, 'call')}${own}`];
}

function unknownForm(site: ScopeSite): readonly Block[] {
  const settings = site.keywords.map(({ name, text }) => [code(`${name}=${text}`)]);
  const what = settings.length > 0 ? [': it may set ', ...listed(settings), ' for any op'] : [''];
  return [paragraph('Which ops this scope configures is not known', ...what, '.')];
}

// ----------------------------------------------------------------------------------------------- dict form

/** A saved scope replaces everything outside (A3): equal settings of several ops share a row. */
function dictForm(context: HoverContext, site: ScopeSite): readonly Block[] {
  const rows = new Map<string, { readonly ops: string[]; readonly cells: readonly Cell[]; readonly from: Cell }>();
  for (const { op, arguments: args } of site.restored) {
    for (const argument of args) {
      const from = originText(context, argument.origin);
      const value = valueInlines(shownValue(argument));
      const key = JSON.stringify([argument.name, value, from]);
      const known = rows.get(key);
      if (known) known.ops.push(op.name);
      else rows.set(key, { ops: [op.name], cells: [[code(argument.name)], value], from });
    }
  }
  if (rows.size === 0) return [paragraph('Clears the scopes outside: every op has its own defaults again.')];
  return [
    paragraph('Replaces the scopes outside by ', savedText(context, site), ':'),
    {
      kind: 'table',
      head: [['argument'], ['value'], ['for, from']],
      rows: [...rows.values()].map(({ ops, cells, from }) => [
        ...cells,
        [...joined(ops.map((name) => [code(name)])), '; ', ...from],
      ]),
    },
  ];
}

/** The dictionary as written: `vgg_arg_scope(weight_decay=0.1)`. */
function savedText(context: HoverContext, site: ScopeSite): Inline {
  const text = argumentsText(context, site);
  return text === '' || text.length > 60 ? 'a saved one' : code(text);
}

function argumentsText({ source }: HoverContext, { call, callee }: ScopeSite): string {
  const text = oneLine(source.text.slice(callee.span.end, call.span.end));
  return text.replace(/^\(\s*(list_ops_or_scope\s*=\s*)?/, '').replace(/,?\s*\)$/, '');
}

// -------------------------------------------------------------------------------------------- what is hidden

interface Hidden {
  readonly op: Op;
  readonly keyword: string;
  readonly outer: Overridden;
}

function hiddenBlocks(context: HoverContext, site: ScopeSite): readonly Block[] {
  return [
    ...hiddenList(context, 'Hides from outside:', site.overrides),
    ...hiddenList(context, 'Drops from outside:', site.dropped),
  ];
}

function hiddenList(context: HoverContext, title: string, hidden: readonly Hidden[]): readonly Block[] {
  const items = new Map<string, { readonly ops: string[]; readonly what: readonly Inline[] }>();
  for (const { op, keyword, outer } of hidden) {
    const value = valueInlines(shownValue(outer));
    const what = [code(keyword), ' ', ...value, ' from ', overriddenLink(context, outer)];
    const key = JSON.stringify(what);
    const known = items.get(key);
    if (known) known.ops.push(op.name);
    else items.set(key, { ops: [op.name], what });
  }
  if (items.size === 0) return [];
  const list = [...items.values()].map(({ ops, what }) => [...what, ', for ', ...listed(opList(ops))]);
  return [paragraph(title), { kind: 'list', items: list }];
}

function opList(names: readonly string[]): readonly (readonly Inline[])[] {
  return [...new Set(names)].map((name) => [code(name)]);
}

/** Names of ops, each once. */
export function opNames(ops: readonly Op[]): readonly string[] {
  return [...new Set(ops.map(({ name }) => name))];
}
