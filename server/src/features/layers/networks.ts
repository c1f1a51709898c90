/**
 * Which functions of a file build layers, and which of them is meant by a place in it. A function that only makes scopes
 * is none of them.
 */
import type { Snapshot } from '../../project/snapshot';
import type { SourceFile } from '../../semantics/program';
import { opReach } from '../../slim/evaluator/opReach';
import type { FunctionDef, Node, Statement } from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { NetworkName } from './layersModel';

/** A network with its function; none for the body of the file. */
export interface Network extends NetworkName {
  readonly node?: FunctionDef;
}

/** The networks of a file, in its order; the body of the file first. */
export function networksOf(snapshot: Snapshot, source: SourceFile): readonly Network[] {
  const reach = opReach(snapshot, source);
  if (!reach.reaches) return [];
  const calls = snapshot.quickAnalysis(source.file)?.calls ?? [];
  const direct = new Set(calls.map(({ enclosingFunction = '' }) => enclosingFunction));
  const functions = functionsOf(source.tree.module.body, '');
  const isNetwork = ({ name, node }: Network): boolean =>
    node !== undefined && reach.mayReach(node) && (direct.has(name) || callsSomething(node));
  const body: readonly Network[] = direct.has('')
    ? [{ name: '', at: { file: source.file, span: { start: 0, end: 0 } } }]
    : [];
  return [...body, ...functions.map(({ name, node }): Network => ({ name, node, at: { file: source.file, span: node.name.span } })).filter(isNetwork)]; // prettier-ignore
}

/** True when it calls more than what makes scopes. */
function callsSomething(node: FunctionDef): boolean {
  let found = false;
  for (const statement of node.body) {
    walk(statement, (inner: Node) => {
      if (inner.kind === 'Call' && !/(?:arg_scope|regularizer|initializer)$/.test(lastName(inner.callee))) found = true;
      return undefined;
    });
  }
  return found;
}

function lastName(callee: Node): string {
  return callee.kind === 'Name' ? callee.name : callee.kind === 'Attribute' ? callee.attribute.name : '';
}

function functionsOf(
  body: readonly Statement[],
  prefix: string,
): readonly { readonly name: string; readonly node: FunctionDef }[] {
  return body.flatMap((statement) => {
    if (statement.kind === 'FunctionDef') return [{ name: prefix + statement.name.name, node: statement }];
    return statement.kind === 'ClassDef' ? functionsOf(statement.body, `${statement.name.name}.`) : [];
  });
}

/** The network that is asked for by name, else the one around a place, else the last one of the file. */
export function chooseNetwork(
  networks: readonly Network[],
  { network, offset }: { readonly network?: string; readonly offset?: number },
): Network | undefined {
  const named = network === undefined ? undefined : networks.find(({ name }) => name === network);
  if (network !== undefined) return named;
  const around = networks.find(
    ({ node }) => node && offset !== undefined && node.span.start <= offset && offset <= node.span.end,
  );
  return around ?? networks.at(-1);
}
