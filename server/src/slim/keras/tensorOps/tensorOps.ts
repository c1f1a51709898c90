/**
 * Functions of TensorFlow between layers as layers of Keras. A functional model of Keras 3 refuses them on its symbolic
 * tensors; the layers are right there, on plain tensors, and under Keras 2. Only where a function has an equal layer in
 * both (decision 0016); others stay, and fail loudly in a functional model.
 */
import type { TextEdit } from '../../../base/textEdit';
import { contains, type Span } from '../../../base/span';
import type { Program, SourceFile } from '../../../semantics/program';
import { pathsOf } from '../../../semantics/qualifiedNames';
import type * as ast from '../../../syntax/ast';
import { walk } from '../../../syntax/visit';
import { indentationAt, quoteLike, readFileStyle } from '../../rewrite/fileStyle';
import { pathTo, scopeAlong } from '../../rewrite/syntaxAt';
import { findKerasNames } from '../kerasNames';
import { wrapLayers } from '../wrap';
import { findLayerTensors, type LayerTensors } from './layerTensors';
import { shapeEdit } from './shapes';
import { tensorOpOf, type LayerForm } from './tensorOpTable';

/** Edits for the innermost of such calls, import included; those around them come in later rounds. */
export function tensorOpEdits(program: Program, source: SourceFile, within: Span): readonly TextEdit[] {
  const tensors = findLayerTensors(program, source);
  const found: { readonly span: Span; readonly edits: readonly TextEdit[] }[] = [];
  walk(source.tree.module, (node) => {
    if ((node.kind !== 'Call' && node.kind !== 'Attribute') || !contains(within, node.span)) return;
    const shape = shapeEdit(program, source, tensors, node);
    const edits = shape ? [shape] : node.kind === 'Call' ? callEdits(program, source, tensors, node) : [];
    if (edits.length > 0) found.push({ span: node.span, edits });
  });
  const innermost = found.filter(
    ({ span }) => !found.some((other) => other.span !== span && contains(span, other.span)),
  );
  return innermost.flatMap(({ edits }) => edits);
}

function callEdits(program: Program, source: SourceFile, tensors: LayerTensors, call: ast.Call): readonly TextEdit[] {
  const scope = scopeAlong(source, pathTo(source.tree.module, call.span));
  const name = commonName(pathsOf(program, source, scope, call.callee));
  if (name === undefined) return [];
  const style = readFileStyle(source);
  const context = { text: (node: ast.Node) => textOf(source, node), quote: (text: string) => quoteLike(style, text) };
  const form = tensorOpOf(name, call, { ...context, tensors });
  if (!form) return [];
  if (form.kind === 'expression') return [{ span: call.span, newText: form.text }];
  const names = findKerasNames(source, scope, call.span.start, style);
  const edits = layerEdits(source, call, form, names.keras);
  return names.importEdit ? [names.importEdit, ...edits] : edits;
}

function layerEdits(source: SourceFile, call: ast.Call, form: LayerForm, keras: string): readonly TextEdit[] {
  const callee = `${keras}.layers.${form.className}`;
  const input = typeof form.input === 'string' ? form.input : textOf(source, form.input);
  const { text, lines } = source;
  if (typeof form.input !== 'string' && /[\r\n]/.test(input)) {
    // What spans lines keeps its own.
    const gap = /^\s*/.exec(text.slice(call.argsSpan.start + 1, form.input.span.start))?.[0] ?? '';
    const isFirst = gap.length === form.input.span.start - call.argsSpan.start - 1;
    return [
      {
        span: { start: call.span.start, end: form.input.span.start },
        newText: `${callee}(${form.args.join(', ')})(${isFirst ? gap : ''}`,
      },
      { span: { start: form.input.span.end, end: call.span.end }, newText: ')' },
    ];
  }
  const style = readFileStyle(source);
  const indentation = indentationAt(source, call.span.start);
  const before = text.slice(
    lines.lineStart(lines.positionAt(call.span.start).line) + indentation.length,
    call.span.start,
  );
  const after = /^[^\r\n#]*/.exec(text.slice(call.span.end))?.[0].trimEnd() ?? '';
  const newText = wrapLayers(style, { callee, args: form.args, input, callArgs: [] }, { indentation, before, after });
  return [{ span: call.span, newText }];
}

function textOf({ text }: SourceFile, { span }: ast.Node): string {
  return text.slice(span.start, span.end);
}

/** The function's own name, when all paths mean TensorFlow's function of that name. */
function commonName(paths: readonly string[]): string | undefined {
  const names = paths.map((path) => tensorflowName.exec(path)?.[1]);
  return names.length > 0 && names.every((name) => name === names[0]) ? names[0] : undefined;
}

const tensorflowName =
  /^tensorflow\.(?:compat\.v[12]\.)?(?:(?:nn|math|linalg)\.|python\.(?:ops|framework)\.\w+\.)?(\w+)$/;
