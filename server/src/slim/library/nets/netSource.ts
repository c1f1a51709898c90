/**
 * The files of the nets that a library ships, made from the facts about them: what the interpreter runs in place of a
 * file of the workspace, with everything that follows from it (`**kwargs`, partials, saved scopes, nesting). A function
 * whose body is not known returns what `netResult.ts` makes of it.
 * Invariant: a file is made once, so that its tree is the same object in every analysis.
 */
import type { Span } from '../../../base/span';
import { buildScopes } from '../../../semantics/scopes';
import type { SourceFile } from '../../../semantics/program';
import type * as ast from '../../../syntax/ast';
import { netSummaries } from '../../data/netSummaries';
import { FactWriter } from './factWriter';
import type { AssignFact, FunctionFact, ImportFact, NamedTupleFact, NetFact, NetModule } from './netFacts';

/**
 * Names of functions that no Python program can call: what stands for a body that is not known, and for a value; whether
 * a call does not fit the signature, and why. netResult.ts answers them.
 */
export const RESULT = '<result>';
export const UNKNOWN_VALUE = '<unknown>';
export const IS_MISFIT = '<misfit>';
export const WHY_MISFIT = '<why>';

/** The parameters that take what a call gives and the function does not have. */
const SURPLUS: readonly (readonly [name: string, form: 'star' | 'doubleStar'])[] = [
  ['<more>', 'star'],
  ['<others>', 'doubleStar'],
];

const SCHEME = 'slimscope-library:/';

const modules: ReadonlyMap<string, NetModule> = new Map(netSummaries.map((one) => [one.module, one]));
const modulesByFile: ReadonlyMap<string, NetModule> = new Map(netSummaries.map((one) => [SCHEME + one.file, one]));
const sources = new Map<NetModule, SourceFile>();
const facts = new WeakMap<ast.FunctionDef, KnownFunction>();

/** A function of these files: its facts, and the library that has it. */
export interface KnownFunction {
  readonly fact: FunctionFact;
  readonly library: string;
}

/** The file of a module of nets; undefined for every other name. */
export function netSourceOf(module: string): SourceFile | undefined {
  return sourceOf(modules.get(module));
}

/** The file with this identity, if it is one of these. */
export function netSourceByFile(file: string): SourceFile | undefined {
  return isNetFile(file) ? sourceOf(modulesByFile.get(file)) : undefined;
}

/** True for the identity of a file of an installed library, which no editor can open. */
export function isNetFile(file: string): boolean {
  return file.startsWith(SCHEME);
}

/** The path of such a file below the folder where packages are installed: `tf_slim/nets/vgg.py`. */
export function netFilePath(file: string): string {
  return file.slice(SCHEME.length);
}

/** True for the name of a module of nets. */
export function isNetModule(name: string): boolean {
  return modules.has(name);
}

/** The facts about a function of these files. */
export function knownFunction(node: ast.Node | undefined): KnownFunction | undefined {
  return node?.kind === 'FunctionDef' ? facts.get(node) : undefined;
}

function sourceOf(module: NetModule | undefined): SourceFile | undefined {
  if (!module) return undefined;
  let source = sources.get(module);
  if (!source) {
    source = makeNetSource(module);
    sources.set(module, source);
  }
  return source;
}

/** Makes the file of a module from its facts. */
export function makeNetSource({ module, file, library, isPackage, facts: list }: NetModule): SourceFile {
  const writer = new FactWriter();
  const body = [...hiddenImports(writer), ...list.map((fact) => statement(writer, fact, library))];
  const tree: ast.Module = { kind: 'Module', body, span: { start: 0, end: writer.offset } };
  return {
    file: SCHEME + file,
    path: `<${file}>`,
    moduleName: module,
    isPackage,
    text: writer.text,
    tree: { module: tree, comments: [], incomplete: [], python2: false },
    lines: writer.lines(),
    scopes: buildScopes(tree),
  };
}

/** Binds the names that stand for what is not known. */
function hiddenImports(writer: FactWriter): readonly ast.Statement[] {
  writer.anchor([1, 1]);
  return [RESULT, UNKNOWN_VALUE, IS_MISFIT, WHY_MISFIT].map((name) =>
    importStatement(writer, { import: name, as: name }),
  );
}

function statement(writer: FactWriter, fact: NetFact, library: string): ast.Statement {
  if ('import' in fact) return importStatement(writer, fact);
  if ('assign' in fact) return assignment(writer, fact);
  if ('function' in fact) return definition(writer, fact, library);
  if ('namedtuple' in fact) return namedTuple(writer, fact);
  return unknownVariable(writer, fact.unknown, fact.reason);
}

function line<T>(writer: FactWriter, write: () => T): { readonly written: T; readonly span: Span } {
  const start = writer.offset;
  const written = write();
  const span = { start, end: writer.offset };
  writer.put('\n');
  return { written, span };
}

function importStatement(writer: FactWriter, fact: ImportFact): ast.Statement {
  const { written, span } = line(writer, () => {
    if (fact.name === undefined) {
      writer.put('import ');
      const start = writer.offset;
      const name = writer.dottedName(fact.import);
      writer.put(' as ');
      const asName = writer.identifier(fact.as);
      return { alias: { kind: 'ImportAlias', name, asName, span: { start, end: writer.offset } } } as const;
    }
    writer.put('from ');
    const module = writer.dottedName(fact.import);
    writer.put(' import ');
    const start = writer.offset;
    const name = writer.identifier(fact.name);
    writer.put(' as ');
    const asName = writer.identifier(fact.as);
    return { module, member: { kind: 'ImportFromAlias', name, asName, span: { start, end: writer.offset } } } as const;
  });
  if ('alias' in written) return { kind: 'Import', names: [written.alias], span };
  return { kind: 'ImportFrom', level: 0, module: written.module, names: [written.member], span };
}

function assignment(writer: FactWriter, fact: AssignFact): ast.Statement {
  writer.anchor(fact.from);
  const { written, span } = line(writer, () => {
    const target = writer.path(fact.assign);
    writer.put(' = ');
    return { target, value: writer.expression(fact.value) };
  });
  return { kind: 'Assign', targets: [written.target], value: written.value, span };
}

function unknownVariable(writer: FactWriter, name: string, reason: string): ast.Statement {
  const { written, span } = line(writer, () => {
    const target = writer.name(name);
    writer.put(' = ');
    const value = writer.call(writer.name(UNKNOWN_VALUE), () => [['', { str: reason }, undefined]]);
    return { target, value };
  });
  return { kind: 'Assign', targets: [written.target], value: written.value, span };
}

function namedTuple(writer: FactWriter, { namedtuple, from, fields }: NamedTupleFact): ast.Statement {
  writer.anchor(from);
  const { written, span } = line(writer, () => {
    writer.put('class ');
    const name = writer.identifier(namedtuple);
    writer.put('(');
    const start = writer.offset;
    const value = writer.call(writer.path('collections.namedtuple'), () => [
      ['', { str: namedtuple }, undefined],
      ['', { list: fields.map((field) => ({ str: field })) }, undefined],
    ]);
    const base: ast.Argument = { kind: 'Argument', form: 'positional', value, span: { start, end: writer.offset } };
    writer.put('): ');
    return { name, base, body: writer.put('pass') };
  });
  const { name, base, body } = written;
  return { kind: 'ClassDef', name, bases: [base], decorators: [], body: [{ kind: 'Pass', span: body }], span };
}

/** An op's own signature is told to users; the evaluator itself finds calls that do not fit it. */
function definition(writer: FactWriter, fact: FunctionFact, library: string): ast.FunctionDef {
  const [startLine, startColumn, ...end] = fact.at;
  writer.anchor([startLine, startColumn]);
  const decorators = fact.decorator === undefined ? [] : [decoratorOf(writer, fact.decorator)];
  const { written, span } = line(writer, () => {
    writer.put('def ');
    const name = writer.identifier(fact.function);
    writer.put('(');
    const isOp = fact.decorator !== undefined;
    const parameters = [...writer.parameters(fact.parameters), ...(isOp ? [] : surplusParameters(writer))];
    writer.put('):\n');
    const body = [...(isOp ? [] : [misfitTest(writer)]), bodyOf(writer, fact)];
    writer.anchor(end);
    return { name, parameters, body };
  });
  const node: ast.FunctionDef = { kind: 'FunctionDef', ...written, decorators, isAsync: false, span };
  facts.set(node, { fact, library });
  return node;
}

function surplusParameters(writer: FactWriter): readonly ast.Parameter[] {
  return SURPLUS.map(([surplus, form]) => {
    writer.put(', ');
    const { start } = writer.put(form === 'star' ? '*' : '**');
    const name = writer.identifier(surplus);
    return { kind: 'Parameter', form, name, keywordOnly: form === 'doubleStar', span: { start, end: writer.offset } };
  });
}

/** `if <misfit>(...): return <why>(...)`: another version of the library may have other parameters than the facts say. */
function misfitTest(writer: FactWriter): ast.If {
  const surplus = (): readonly (readonly ['', { readonly path: string }, undefined])[] =>
    SURPLUS.map(([name]) => ['', { path: name }, undefined]);
  writer.put('    ');
  const { written, span } = line(writer, () => {
    writer.put('if ');
    const test = writer.call(writer.name(IS_MISFIT), surplus);
    writer.put(': ');
    const start = writer.offset;
    writer.put('return ');
    const value = writer.call(writer.name(WHY_MISFIT), surplus);
    return { test, body: [{ kind: 'Return', value, span: { start, end: writer.offset } }] } as const;
  });
  return { kind: 'If', ...written, orelse: [], span };
}

function decoratorOf(writer: FactWriter, decorator: string): ast.Expression {
  return line(writer, () => {
    writer.put('@');
    return writer.path(decorator);
  }).written;
}

function bodyOf(writer: FactWriter, fact: FunctionFact): ast.Statement {
  if ('scopes' in fact) return writer.scopes(fact.scopes, '    ');
  writer.put('    ');
  const start = writer.offset;
  writer.put('return ');
  const value =
    'value' in fact
      ? writer.expression(fact.value)
      : writer.call(writer.name(RESULT), () => fact.parameters.map(([name]) => ['', { path: name }, undefined]));
  return { kind: 'Return', value, span: { start, end: writer.offset } };
}
