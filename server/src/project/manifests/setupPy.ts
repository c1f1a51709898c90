/**
 * Requirements of TensorFlow in a `setup.py`: the strings in `install_requires` and `extras_require` of a call of `setup`,
 * and in what is assigned to the names that stand there. The file is parsed, never run: what it computes stays unknown.
 */
import type * as ast from '../../syntax/ast';
import type { Parse } from '../../syntax/parse';
import { walk } from '../../syntax/visit';
import { readRequirement, type Requirement } from './requirement';

const keywords = new Set(['install_requires', 'extras_require']);

/** See the file comment. */
export function setupPyRequirements(text: string, parse: Parse): readonly Requirement[] {
  if (!/tensorflow|tf[-_]/i.test(text)) return [];
  const { module } = parse(text);
  const values: ast.Node[] = [];
  walk(module, (node) => {
    if (node.kind === 'Argument' && keywords.has(node.name?.name ?? '')) values.push(node.value);
    return undefined;
  });
  const names = new Set(values.flatMap((value) => (value.kind === 'Name' ? [value.name] : [])));
  for (const name of keywords) names.add(name);
  walk(module, (node) => {
    const added = addedTo(node, names);
    if (added) values.push(added);
    return undefined;
  });
  const found = new Map<number, Requirement>();
  for (const value of values) {
    for (const string of stringsIn(value)) {
      const requirement = readRequirement(string.value, 0);
      if (requirement) found.set(string.span.start, { ...requirement, span: string.span });
    }
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}

/** `NAME = [...]`, `NAME += [...]`, `NAME.append(...)`, `NAME.extend(...)` */
function addedTo(node: ast.Node, names: ReadonlySet<string>): ast.Node | undefined {
  const isOurs = (target: ast.Expression): boolean => target.kind === 'Name' && names.has(target.name);
  if (node.kind === 'Assign') return node.targets.some(isOurs) ? node.value : undefined;
  if (node.kind === 'AugAssign') return isOurs(node.target) ? node.value : undefined;
  if (node.kind !== 'Call' || node.callee.kind !== 'Attribute' || !isOurs(node.callee.value)) return undefined;
  const isAdding = ['append', 'extend', 'insert'].includes(node.callee.attribute.name);
  return isAdding ? node.args.at(-1)?.value : undefined;
}

/** Strings written in a value; those in calls are arguments of something else, and keys are names of extras. */
function stringsIn(value: ast.Node): readonly ast.StringLiteral[] {
  const strings: ast.StringLiteral[] = [];
  walk(value, (node, parents) => {
    if (node.kind === 'Call') return 'skip';
    const parent = parents.at(-1);
    const isKey = parent?.kind === 'DictEntry' && parent.key === node;
    if (node.kind === 'String' && !isKey) strings.push(node);
    return undefined;
  });
  return strings;
}
