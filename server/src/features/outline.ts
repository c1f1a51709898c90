/**
 * The outline of a file's networks: functions with op calls, in them variable scopes as they nest, in those the layers by
 * the names that their variables get. From the file alone. A symbol is its line, not its body: which function the cursor is
 * in is for the Python server to say, and its outline stays the one that editors follow.
 */
import type { CancelToken } from '../base/cancel';
import type { Snapshot } from '../project/snapshot';
import type { SourceFile } from '../semantics/program';
import { isVariableScope, variableScopeArgument } from '../slim/keras/surroundings';
import type { EffectiveArgument, OpCall } from '../slim/model';
import type * as ast from '../syntax/ast';
import { childrenOf, walk as visit } from '../syntax/visit';
import { oneLine, shortened, shownValue } from './effectiveCallValue';
import type { OutlineSymbol } from './model';

const LONGEST_NAME = 40;
/** Arguments that tell the size of a layer, in this order. */
const SIZES = ['num_outputs', 'num_units', 'depth', 'filters', 'units', 'kernel_size'] as const;

/** The symbols of a file; empty when it has no op call. */
export function outline(
  snapshot: Snapshot,
  file: string,
  { cancel }: { readonly cancel: CancelToken },
): readonly OutlineSymbol[] {
  const source = snapshot.getFile(file);
  const calls = (source && snapshot.quickAnalysis(file, cancel)?.calls) ?? [];
  if (!source || calls.length === 0) return [];
  const byStart = new Map<string, OpCall>();
  for (const one of calls) {
    const key = `${one.call.span.start}-${one.call.span.end}`;
    if (one.via !== 'normalizer_fn' && one.via !== 'activation_fn' && !byStart.has(key)) byStart.set(key, one);
  }
  return symbolsIn({ source, calls: byStart, texts: new Map() }, source.tree.module);
}

interface Walk {
  readonly source: SourceFile;
  readonly calls: ReadonlyMap<string, OpCall>;
  /** Variables that hold a text here: people write `end_point = 'Mixed_5b'` above the scope. */
  readonly texts: Map<string, string>;
}

function symbolsIn(walk: Walk, node: ast.Node): readonly OutlineSymbol[] {
  return childrenOf(node).flatMap((child) => symbolsOf(walk, child));
}

function symbolsOf(walk: Walk, node: ast.Node): readonly OutlineSymbol[] {
  switch (node.kind) {
    case 'FunctionDef':
    case 'ClassDef': {
      const children = symbolsIn({ ...walk, texts: new Map() }, node);
      const kind = node.kind === 'ClassDef' ? 'class' : 'function';
      if (children.length === 0) return [];
      return [{ kind, name: node.name.name, detail: '', span: node.name.span, children }];
    }
    case 'If':
    case 'For':
    case 'While':
    case 'Try':
    case 'Match':
      return symbolsOfBranches(walk, node);
    case 'With':
      return symbolsOfWith(walk, node);
    case 'Assign': {
      const found = symbolsIn(walk, node);
      noteTexts(walk, node);
      return found;
    }
    case 'Call': {
      // Arguments are computed first.
      const inside = symbolsIn(walk, node);
      const call = walk.calls.get(`${node.span.start}-${node.span.end}`);
      return call ? [...inside, layerSymbol(call)] : inside;
    }
    default:
      return symbolsIn(walk, node);
  }
}

function noteTexts({ texts }: Walk, { targets, value }: ast.Assign): void {
  for (const target of targets) {
    if (target.kind !== 'Name') continue;
    if (value.kind === 'String') texts.set(target.name, value.value);
    else texts.delete(target.name);
  }
}

/** What may run, or run again, leaves no text behind that was set in it. */
function symbolsOfBranches(walk: Walk, node: ast.Node): readonly OutlineSymbol[] {
  const inner = new Map(walk.texts);
  const names = new Set<string>();
  visit(node, (one) => {
    if (one.kind === 'Assign') one.targets.forEach((target) => target.kind === 'Name' && names.add(target.name));
  });
  if (node.kind === 'For' || node.kind === 'While') names.forEach((name) => inner.delete(name));
  const found = symbolsIn({ ...walk, texts: inner }, node);
  names.forEach((name) => walk.texts.delete(name));
  return found;
}

/** The scopes that a `with` opens, one in the other; only those that something is in. */
function symbolsOfWith(walk: Walk, node: ast.With): readonly OutlineSymbol[] {
  const headers = node.items.map(({ context }) => ({
    context,
    symbols: symbolsOf(walk, context),
    name: isVariableScope(context) ? variableScopeName(walk, context) : undefined,
  }));
  const body = node.body.flatMap((child) => symbolsOf(walk, child));
  return headers.reduceRight<readonly OutlineSymbol[]>((children, { context, symbols, name }) => {
    if (name === undefined || children.length === 0) return [...symbols, ...children];
    return [...symbols, { kind: 'variableScope', name, detail: '', span: context.span, children }];
  }, body);
}

/** `Mixed_5b`; where it is no literal, what is written: `name`. */
function variableScopeName({ source, texts }: Walk, call: ast.Call): string {
  const given = ['name_or_scope', 'default_name'].flatMap((name) => {
    const value = variableScopeArgument(call, name);
    return value === undefined || value === 'unpacked' ? [] : [value];
  });
  for (const value of given) {
    const text = value.kind === 'String' ? value.value : value.kind === 'Name' ? texts.get(value.name) : undefined;
    if (text !== undefined) return text;
  }
  const [first] = given;
  return shortened(oneLine(first ? source.text.slice(first.span.start, first.span.end) : '(…)'), LONGEST_NAME);
}

function layerSymbol(call: OpCall): OutlineSymbol {
  const args = call.contexts[0]?.arguments ?? [];
  // What slim calls a scope is a name in tf.layers.
  const parameter = call.op.libraries.includes('tf.layers') ? 'name' : 'scope';
  const names = [...new Set(call.contexts.flatMap(({ arguments: all }) => scopeNames(all, parameter)))];
  const sizes = SIZES.flatMap((size) => args.find(({ name }) => name === size) ?? []).flatMap(sizeText);
  const op = call.via === 'repeat' || call.via === 'stack' ? `${call.via} ${call.op.name}` : call.op.name;
  const [first, last] = [names[0], names.at(-1)];
  // A loop runs the call under one name after the other.
  const named = first === last || last === undefined ? first : `${first ?? ''} … ${last}`;
  return {
    kind: 'layer',
    name: named ?? op,
    detail: [...(named === undefined ? [] : [op]), ...sizes].join(' '),
    span: call.call.span,
    children: [],
  };
}

/** What the call or a scope gives as the name, if anything. */
function scopeNames(args: readonly EffectiveArgument[], parameter: string): readonly string[] {
  const scope = args.find(({ name, origin }) => name === parameter && origin.kind !== 'default');
  if (!scope || scope.value.kind === 'none') return [];
  if (scope.value.kind === 'str' && scope.value.value !== '') return [scope.value.value];
  return [shortened(oneLine(scope.text), LONGEST_NAME)];
}

function sizeText(argument: EffectiveArgument): readonly string[] {
  if (argument.origin.kind === 'default' || argument.origin.kind === 'missing') return [];
  const { text, computed } = shownValue(argument);
  return [shortened(computed?.length === 1 ? computed.join() : text, 16)];
}
