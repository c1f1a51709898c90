/**
 * The one finding about a file that is written for TensorFlow 1: counts, what one changed import would bring back, and
 * the fix that changes it, offered only when everything that the file takes from `tf` is in `tf.compat.v1`.
 */
import type { QualifiedUse } from '../../semantics/qualifiedNames';
import { usesOf } from '../../semantics/qualifiedNames';
import { lookUpTensorflowName } from '../../slim/tensorflowFate';
import type * as ast from '../../syntax/ast';
import type { Finding, Fix, RuleContext } from '../rule';
import { shownName } from './tensorflowMessages';
import { keras2File, tensorflow1File } from './tensorflowFile';
import type { TensorflowUse } from './tensorflowUses';
import { environmentOf, tensorflowPath } from './tensorflowUses';

/** The finding about the whole file, if it is one. */
export function* tensorflowFileFindings(context: RuleContext): Iterable<Finding> {
  const first = context.settings.tf1Files === 'summary' ? firstImport(context) : undefined;
  if (!first) return;
  const file = tensorflow1File(context);
  if (file) {
    yield {
      span: first.span,
      message: messageOf(file.uses),
      fixes: () => {
        const fix = importFix(context, first);
        return fix ? [fix] : [];
      },
    };
  }
  const keras2 = keras2File(context);
  if (keras2) yield { span: first.span, message: keras2Message(keras2.uses) };
}

function keras2Message(uses: readonly TensorflowUse[]): string {
  return (
    `File for Keras 2: ${countsText(uses)} of \`tf.compat.v1\` that raise with Keras 3, the Keras of TensorFlow 2.16 and newer\n` +
    'The package `tf_keras`, with `TF_USE_LEGACY_KERAS=1` set before TensorFlow is imported, brings them back. ' +
    'Each use has a hint of its own'
  );
}

function countsText(uses: readonly TensorflowUse[]): string {
  const names = new Set(uses.map(({ found }) => found.name));
  return `${uses.length} uses of ${names.size} ${names.size === 1 ? 'name' : 'names'}`;
}

function isImport({ form }: QualifiedUse): boolean {
  return form === 'import' || form === 'fromImport' || form === 'starImport';
}

function firstImport(context: RuleContext): QualifiedUse | undefined {
  return usesOf(context.program, context.source).find(
    (use) =>
      isImport(use) && use.targets.some(({ path, steps }) => steps.length === 0 && /^tensorflow(?:\.|$)/.test(path)),
  );
}

function messageOf(uses: readonly TensorflowUse[]): string {
  const lost = uses.filter(({ found }) => found.fate === 'needsKeras2' || found.fate === 'gone');
  const headline =
    `File for TensorFlow 1: ${countsText(uses)} ` + 'that TensorFlow 2 does not have in `tf`, or not under this name';
  const kept =
    '`import tensorflow.compat.v1 as tf` with `tf.disable_v2_behavior()` at the start of the program ' +
    (lost.length === 0 ? 'brings them back' : `brings ${uses.length - lost.length} of them back`);
  return `${headline}\n${kept}${lost.length === 0 ? '' : `, not ${namesText(lost)}`}. Each use has a hint of its own`;
}

/** Three names, and how many more there are. */
function namesText(uses: readonly TensorflowUse[]): string {
  const names = [...new Set(uses.map((one) => shownName({ owner: one.owner, below: one.found.name })))];
  const shown = names.slice(0, 3).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

// ------------------------------------------------------------------------------------------------- fix

/** `import tensorflow as tf` -> `import tensorflow.compat.v1 as tf` and the switch to graph mode below it. */
function importFix(context: RuleContext, first: QualifiedUse): Fix | undefined {
  const { node } = first;
  if (node.kind !== 'ImportAlias' || !node.asName || first.targets[0]?.path !== 'tensorflow') return undefined;
  const statement = context.source.tree.module.body.find(
    (one): one is ast.Import => one.kind === 'Import' && one.names.includes(node),
  );
  if (!statement || statement.names.length > 1 || !everythingIsInCompat(context, first)) return undefined;
  const { text, lines } = context.source;
  const start = lines.lineStart(lines.positionAt(statement.span.start).line);
  const newline = text.indexOf('\n', statement.span.end);
  const rest = text.slice(statement.span.end, newline < 0 ? text.length : newline);
  if (start !== statement.span.start || !/^\s*(?:#.*)?$/.test(rest)) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const at = newline < 0 ? text.length : newline + 1;
  const call = `${node.asName.name}.disable_v2_behavior()`;
  return {
    title: `Import \`tensorflow.compat.v1\` as \`${node.asName.name}\` and switch to graph mode`,
    safety: 'unsafe',
    edits: [
      { span: node.name.span, newText: 'tensorflow.compat.v1' },
      { span: { start: at, end: at }, newText: newline < 0 ? eol + call : call + eol },
    ],
  };
}

/** True when each name that the file takes through this import, and no other import of TensorFlow, is there too. */
function everythingIsInCompat(context: RuleContext, first: QualifiedUse): boolean {
  const environment = environmentOf(context.target.target);
  if (!environment) return false;
  return usesOf(context.program, context.source).every((use) => {
    if (use === first) return true;
    return use.targets.every(({ path }) => {
      if (!/^tensorflow(?:\.|$)/.test(path)) return true;
      if (isImport(use)) return false;
      if (/^tensorflow\.compat(?:\.|$)/.test(path)) return true;
      const below = tensorflowPath(path)?.below;
      if (below === undefined) return path === 'tensorflow';
      const found = lookUpTensorflowName(below, environment);
      return found !== undefined && found.fate !== 'gone' && found.fate !== 'needsKeras2';
    });
  });
}
