/**
 * Signature help in a call of an op that inherits something: its signature with the values that hold if the call says
 * nothing. Where nothing is inherited the Python server's signature is as good, and stands alone. While someone types, the
 * callers are not looked for: then it is what the file says by itself.
 */
import type { CancelToken } from '../base/cancel';
import { touches, type Span } from '../base/span';
import { lineText } from '../semantics/lineText';
import type { Snapshot } from '../project/snapshot';
import type { SourceFile } from '../semantics/program';
import { isNetFile, netFilePath } from '../slim/library/nets/netSource';
import type { OpCall, ScopeOrigin } from '../slim/model';
import type { SignatureParameter } from '../slim/signatures/signature';
import type * as ast from '../syntax/ast';
import { viewCall, type EffectiveCallView } from './effectiveCallView';
import { shortened, shownValue, type Written } from './effectiveCallValue';
import type { SignatureResult } from './model';
import { openCall } from './openCall';

const LONGEST_VALUE = 40;

/** The signature at an offset; undefined where there is nothing to add. */
export function signatureHelp(
  snapshot: Snapshot,
  file: string,
  offset: number,
  { cancel }: { readonly cancel: CancelToken },
): SignatureResult | undefined {
  const source = snapshot.getFile(file);
  const node = source && openCall(source, offset);
  if (!source || !node) return undefined;
  const analysis = snapshot.isPrepared(file) ? snapshot.analysis(file, cancel) : snapshot.quickAnalysis(file, cancel);
  const calls = (analysis?.calls ?? []).filter(({ call, via }) => isSame(call.span, node.span) && via === undefined);
  const [call, ...others] = calls;
  if (!call || others.length > 0) return undefined;
  const view = viewCall(call);
  const texts = call.op.signature.parameters.map((one) => parameterText({ snapshot, source, view }, one));
  if (!texts.some(({ isInherited }) => isInherited)) return undefined;
  return { ...assemble(call, texts), active: activeParameter(call, node, offset) };
}

/** False where the syntax alone says that there is no call around the offset. */
export function maySign(snapshot: Snapshot, file: string, offset: number): boolean {
  const source = snapshot.getFile(file);
  return source !== undefined && openCall(source, offset) !== undefined;
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

// ------------------------------------------------------------------------------------------------ values

interface Place {
  readonly snapshot: Snapshot;
  readonly source: SourceFile;
  readonly view: EffectiveCallView;
}

interface ParameterText {
  readonly text: string;
  readonly documentation: string;
  readonly isInherited: boolean;
}

/** What holds for a parameter if the call does not say it. */
function parameterText(place: Place, parameter: SignatureParameter): ParameterText {
  const { name, kind, default: byDefault } = parameter;
  const star = kind === 'varPositional' ? '*' : kind === 'varKeyword' ? '**' : '';
  const set = inheritedOf(place.view, name);
  const own = byDefault === undefined ? `${star}${name}` : `${name}=${byDefault}`;
  const [first, ...others] = new Set(set.map((one) => shownText(one.value)));
  if (first === undefined) return { text: own, documentation: '', isInherited: false };
  const origins = [...new Set(set.map(({ origin }) => originText(place, origin)))].join(', ');
  const documentation = `from ${origins}${byDefault === undefined ? '' : `; default of the op: \`${byDefault}\``}`;
  return { text: `${name}=${[first, ...others].join('|')}`, documentation, isInherited: true };
}

interface Inherited {
  readonly value: Written;
  readonly origin: ScopeOrigin;
}

/** The innermost scopes that set a parameter, in each way to the call; also where the call says something else. */
function inheritedOf(view: EffectiveCallView, name: string): readonly Inherited[] {
  const found = [...view.common, ...view.varying.flatMap((one) => one.found)].filter((one) => one.name === name);
  return found.flatMap(({ origin, overridden: [hidden], ...value }): readonly Inherited[] => {
    if (origin.kind === 'argScope') return [{ value: { ...value, origin }, origin }];
    return origin.kind === 'call' && hidden ? [{ value: hidden, origin: hidden.origin }] : [];
  });
}

function shownText(value: Written): string {
  const { text, computed, unknown } = shownValue(value);
  const known = computed?.join(' or ') ?? (unknown && text === '' ? '?' : text);
  return shortened(known, LONGEST_VALUE);
}

function originText({ snapshot, source }: Place, { keyword, scope }: ScopeOrigin): string {
  const { file, span } = keyword ?? scope;
  const line = lineText(snapshot.getFile(file), span.start);
  if (isNetFile(file)) return `${netFilePath(file)} ${line}`;
  return file === source.file ? `the arg_scope in ${line}` : `${snapshot.getPath(file)} ${line}`;
}

// --------------------------------------------------------------------------------------------- assembling

function assemble(call: OpCall, texts: readonly ParameterText[]): Omit<SignatureResult, 'active'> {
  let label = `${call.calleeText}(`;
  const parameters = texts.map(({ text, documentation }, i) => {
    if (i > 0) label += ', ';
    const start = label.length;
    label += text;
    return { span: { start, end: label.length }, documentation };
  });
  const names = texts.flatMap(({ isInherited, text }) => (isInherited ? [`\`${text}\``] : []));
  return { label: `${label})`, parameters, documentation: `Inherited: ${names.join(', ')}` };
}

/** The parameter that the argument at the cursor fills, or the next one by its place. */
function activeParameter(call: OpCall, node: ast.Call, offset: number): number | undefined {
  const { parameters } = call.op.signature;
  const at = node.args.find(({ span }) => touches(span, offset));
  if (at?.name) {
    const index = parameters.findIndex(({ name }) => name === at.name?.name);
    return index < 0 ? undefined : index;
  }
  const before = node.args.filter(({ span, form }) => span.end < offset && form === 'positional');
  const isPositional = node.args.every(({ span, form }) => span.end >= offset || form === 'positional');
  return isPositional && before.length < parameters.length ? before.length : undefined;
}
