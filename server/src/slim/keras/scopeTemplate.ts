/**
 * A scope's name as far as the file tells it: text, with the expressions that are only known at run time in braces, as in
 * an f-string: `{scope}/Branch_0/conv_{i + 1}`. Slim's scopes have no braces, so that a template reads one way only.
 * Answers undefined for what cannot be written inside an f-string.
 */
import type * as ast from '../../syntax/ast';

/** How the text of a name is found where the file sets it; undefined leaves the name in braces. */
export interface TemplateContext {
  readonly text: string;
  resolve(name: ast.Name): string | undefined;
}

/** The template of an expression that gives a string. */
export function templateOf(context: TemplateContext, expression: ast.Expression): string | undefined {
  switch (expression.kind) {
    case 'String':
      return literal(expression.value);
    case 'Name':
      return context.resolve(expression) ?? `{${expression.name}}`;
    case 'FormattedString':
      return formatted(context, expression);
    case 'BinaryOp':
      return expression.operator === '+' ? concatenated(context, expression) : percent(context, expression);
    case 'Attribute':
      return field(context, expression);
    case 'Call':
      return dotFormat(context, expression);
    default:
      return undefined;
  }
}

/** The names in the braces of a template. */
export function namesInTemplate(template: string): ReadonlySet<string> {
  const fields = template.match(/\{[^}]*\}/g) ?? [];
  return new Set(fields.flatMap((field) => field.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? []));
}

function literal(text: string): string | undefined {
  return /[{}]/.test(text) ? undefined : text;
}

/** Text that needs no quotes, brackets of other kinds, or formats: it may stand in braces. */
function field({ text }: TemplateContext, expression: ast.Expression): string | undefined {
  const code = text.slice(expression.span.start, expression.span.end);
  return /^[\w.+\-*/() ]+$/.test(code) ? `{${/^\(.*\)$/.test(code) ? code.slice(1, -1) : code}}` : undefined;
}

function formatted(context: TemplateContext, expression: ast.FormattedString): string | undefined {
  const parts = expression.parts.map((part) => {
    if (part.kind === 'FormattedText') return literal(part.value);
    if (part.conversion !== undefined || part.format !== undefined || part.formatFields !== undefined) return undefined;
    return part.value.kind === 'Name' || part.value.kind === 'String'
      ? templateOf(context, part.value)
      : field(context, part.value);
  });
  return joined(parts);
}

function concatenated(context: TemplateContext, { left, right }: ast.BinaryOp): string | undefined {
  return joined([templateOf(context, left), templateOf(context, right)]);
}

/** `'unit_%d' % (i + 1)`: only fields without width and flags, which an f-string writes by itself. */
function percent(context: TemplateContext, { left, operator, right }: ast.BinaryOp): string | undefined {
  if (operator !== '%' || left.kind !== 'String') return undefined;
  const texts = left.value.split(/%[ds]/);
  const values = right.kind === 'Tuple' ? right.elements : [right];
  if (texts.some((text) => text.includes('%')) || values.length !== texts.length - 1) return undefined;
  return interleaved(
    texts,
    values.map((value) => valueField(context, value)),
  );
}

/** `'AvgPool_{}x{}'.format(*kernel_size)`: of what is unpacked only the elements that are asked for are read. */
function dotFormat(context: TemplateContext, { callee, args }: ast.Call): string | undefined {
  if (callee.kind !== 'Attribute' || callee.attribute.name !== 'format' || callee.value.kind !== 'String') {
    return undefined;
  }
  const texts = callee.value.value.split('{}');
  const count = texts.length - 1;
  const [only] = args;
  const isUnpacked = args.length === 1 && only?.form === 'star' && only.value.kind === 'Name';
  const fields = isUnpacked
    ? Array.from(
        { length: count },
        (_, at) => `{${context.text.slice(only.value.span.start, only.value.span.end)}[${at}]}`,
      )
    : args.map(({ form, value }) => (form === 'positional' ? valueField(context, value) : undefined));
  return fields.length < count ? undefined : interleaved(texts, fields.slice(0, count));
}

function valueField(context: TemplateContext, value: ast.Expression): string | undefined {
  return value.kind === 'Name' || value.kind === 'String' ? templateOf(context, value) : field(context, value);
}

function interleaved(texts: readonly string[], fields: readonly (string | undefined)[]): string | undefined {
  return joined(texts.flatMap((text, at) => (at === 0 ? [literal(text)] : [fields[at - 1], literal(text)])));
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}
