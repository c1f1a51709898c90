/**
 * A function that keeps a result by itself, `utils.collect_named_outputs(outputs_collections, sc.name, net)`: once it is
 * handed the dictionary, it writes the entry.
 */
import type { TextEdit } from '../../../base/textEdit';
import type { SourceFile } from '../../../semantics/program';
import { uniqueFunctions } from '../../../slim/keras/findNetworks';
import { indentationAt, readFileStyle } from '../../../slim/rewrite/fileStyle';
import { calleeName } from '../../../slim/rewrite/syntaxAt';
import type * as ast from '../../../syntax/ast';
import { walk } from '../../../syntax/visit';
import { threadNames } from './planThreads';

/** The edits for all functions of a file that are handed the dictionary, with what they do for callers that hand none. */
export function collectNamedEdits(source: SourceFile, handed: ReadonlySet<string>): readonly TextEdit[] {
  return [...uniqueFunctions(source)]
    .filter(({ name }) => handed.has(name.name))
    .flatMap((fn) => {
      const edits: TextEdit[] = [];
      let isKept = false;
      walk(fn, (node, parents) => {
        const parent = parents[parents.length - 1];
        if (node.kind === 'Subscript' && node.value.kind === 'Name' && node.value.name === threadNames.endPoints)
          isKept = true;
        if (node.kind !== 'Call' || calleeName(node) !== 'collect_named_outputs' || !parent) return;
        const edit = entryEdit(source, node, parent);
        if (!edit) return;
        edits.push(edit);
        isKept = true;
      });
      return isKept ? [...edits, ...guardEdits(source, fn)] : edits;
    });
}

function entryEdit(source: SourceFile, call: ast.Call, parent: ast.Node): TextEdit | undefined {
  const [collection, alias, value, ...others] = call.args.map((argument) => argument.value);
  if (collection?.kind !== 'Name' || !alias || value?.kind !== 'Name' || others.length > 0) return undefined;
  if (collection.name !== 'outputs_collections') return undefined;
  const text = (node: ast.Node) => source.text.slice(node.span.start, node.span.end);
  const entry = `${threadNames.endPoints}[${text(alias)}] = ${value.name}`;
  const next = readFileStyle(source).lineEnd + indentationAt(source, parent.span.start);
  if (parent.kind === 'Return') return { span: parent.span, newText: `${entry}${next}return ${value.name}` };
  if (parent.kind === 'ExpressionStatement') return { span: parent.span, newText: entry };
  if (parent.kind !== 'Assign' || parent.targets.length !== 1) return undefined;
  const [target] = parent.targets;
  if (target?.kind !== 'Name') return undefined;
  const isSame = target.name === value.name;
  return { span: parent.span, newText: isSame ? entry : `${entry}${next}${target.name} = ${value.name}` };
}

/** Whoever hands no dictionary wants none. */
function guardEdits(source: SourceFile, fn: ast.FunctionDef): readonly TextEdit[] {
  const [first, second] = fn.body;
  const isDocumented = first?.kind === 'ExpressionStatement' && first.value.kind === 'String';
  const before = isDocumented ? second : first;
  if (!before) return [];
  if (before.kind === 'If' && source.text.startsWith(`if ${threadNames.endPoints} is None:`, before.span.start))
    return [];
  const { indent, lineEnd } = readFileStyle(source);
  const indentation = indentationAt(source, before.span.start);
  const at = before.span.start;
  const name = threadNames.endPoints;
  return [
    {
      span: { start: at, end: at },
      newText: `if ${name} is None:${lineEnd}${indentation}${indent}${name} = {}${lineEnd}${indentation}`,
    },
  ];
}
