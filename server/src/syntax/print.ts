/**
 * Prints the syntax tree for people: one line per statement, indented, every operator in parentheses, strings and
 * numbers as decoded. For fixtures and for looking at trees; the result is close to Python, but not meant to be run.
 */
import { assertNever } from '../base/assertNever';
import type * as ast from './ast';

/** The printed tree of a module, one statement per line. */
export function printModule(module: ast.Module): string {
  return block(module.body, '').join('\n');
}

/** An expression on one line. */
export function printExpression(node: ast.Expression): string {
  switch (node.kind) {
    case 'Name':
      return node.name;
    case 'Constant':
      return node.value;
    case 'Number':
      return printNumber(node);
    case 'String':
      return `${node.isBytes ? 'b' : ''}${JSON.stringify(node.value)}`;
    case 'FormattedString':
      return `f[${node.parts.map(printPart).join(' ')}]`;
    case 'Attribute':
      return `${printExpression(node.value)}.${node.attribute.name || '?'}`;
    case 'Subscript':
      return `${printExpression(node.value)}[${printExpression(node.index)}]`;
    case 'Slice':
      return `slice(${[node.lower, node.upper, node.step].map(optional).join(':')})`;
    case 'Call':
      return `${printExpression(node.callee)}(${printArguments(node.args)})`;
    case 'ErrorExpression':
      return `error(${list(node.children)})`;
    default:
      return printCompound(node);
  }
}

type Compound = Exclude<
  ast.Expression,
  | ast.Name
  | ast.Constant
  | ast.NumberLiteral
  | ast.StringLiteral
  | ast.FormattedString
  | ast.Attribute
  | ast.Subscript
  | ast.Slice
  | ast.Call
  | ast.ErrorExpression
>;

function printCompound(node: Compound): string {
  switch (node.kind) {
    case 'UnaryOp':
      return `(${node.operator}${node.operator === 'not' ? ' ' : ''}${printExpression(node.operand)})`;
    case 'BinaryOp':
    case 'BoolOp':
      return `(${printExpression(node.left)} ${node.operator} ${printExpression(node.right)})`;
    case 'Compare':
      return `(${node.operands.map((one, i) => `${i > 0 ? `${node.operators[i - 1]} ` : ''}${printExpression(one)}`).join(' ')})`;
    case 'Conditional':
      return `(${printExpression(node.body)} if ${printExpression(node.test)} else ${printExpression(node.orelse)})`;
    case 'Lambda':
      return `(lambda${node.parameters.length > 0 ? ` ${printParameters(node.parameters)}` : ''}: ${printExpression(node.body)})`;
    case 'Tuple':
      return `(${list(node.elements)}${node.elements.length === 1 ? ',' : ''})`;
    case 'List':
      return `[${list(node.elements)}]`;
    case 'Set':
      return `{${list(node.elements)}}`;
    case 'Dict':
      return `{${node.entries.map(printEntry).join(', ')}}`;
    case 'Comprehension':
      return printComprehension(node);
    case 'Starred':
      return `*${printExpression(node.value)}`;
    case 'Await':
      return `(await ${printExpression(node.value)})`;
    case 'Yield':
      return `(yield${node.isFrom ? ' from' : ''}${node.value ? ` ${printExpression(node.value)}` : ''})`;
    case 'NamedExpression':
      return `(${node.target.name} := ${printExpression(node.value)})`;
    default:
      return assertNever(node);
  }
}

function optional(node: ast.Expression | undefined): string {
  return node ? printExpression(node) : '';
}

function list(nodes: readonly ast.Expression[]): string {
  return nodes.map(printExpression).join(', ');
}

/** A float always has a point or an exponent. */
function printNumber({ type, value }: ast.NumberLiteral): string {
  if (type === 'imaginary') return `${value}j`;
  const text = String(value);
  return type === 'float' && /^\d+$/.test(text) ? `${text}.0` : text;
}

function printPart(part: ast.FormattedText | ast.FormattedField): string {
  if (part.kind === 'FormattedText') return JSON.stringify(part.value);
  const conversion = part.conversion === undefined ? '' : `!${part.conversion}`;
  const format = part.format === undefined ? '' : `:${part.format}`;
  const fields = part.formatFields ? `:${part.formatFields.map(printPart).join(' ')}` : '';
  return `{${printExpression(part.value)}${conversion}${format}${fields}}`;
}

function printArguments(args: readonly ast.Argument[]): string {
  return args.map(printArgument).join(', ');
}

function printArgument({ form, name, value }: ast.Argument): string {
  const text = printExpression(value);
  if (form === 'keyword') return `${name?.name ?? ''}=${text}`;
  return form === 'star' ? `*${text}` : form === 'doubleStar' ? `**${text}` : text;
}

function printEntry({ key, value }: ast.DictEntry): string {
  return key ? `${printExpression(key)}: ${printExpression(value)}` : `**${printExpression(value)}`;
}

function printComprehension({ form, key, element, clauses }: ast.Comprehension): string {
  const [open, close] = form === 'list' ? '[]' : form === 'generator' ? '()' : '{}';
  const head = key ? `${printExpression(key)}: ${printExpression(element)}` : printExpression(element);
  const tail = clauses.map(({ target, iter, conditions, isAsync }) => {
    const ifs = conditions.map((condition) => ` if ${printExpression(condition)}`).join('');
    return ` ${isAsync ? 'async ' : ''}for ${printExpression(target)} in ${printExpression(iter)}${ifs}`;
  });
  return `${open}${head}${tail.join('')}${close}`;
}

function printParameters(parameters: readonly ast.Parameter[]): string {
  return parameters.map(printParameter).join(', ');
}

const stars: Readonly<Record<ast.Parameter['form'], string>> = {
  plain: '',
  star: '*',
  doubleStar: '**',
  bareStar: '*',
  slash: '/',
  tuple: '',
};

function printParameter(parameter: ast.Parameter): string {
  const { form, name, unpacked, annotation, default: value } = parameter;
  const names = unpacked ? `(${unpacked.map((one) => one.name).join(', ')})` : name.name;
  const type = annotation ? `: ${printExpression(annotation)}` : '';
  return `${stars[form]}${names}${type}${value ? `=${printExpression(value)}` : ''}`;
}

// ---------------------------------------------------------------------------------------------------- statements

function block(statements: readonly ast.Statement[], indent: string): string[] {
  return statements.flatMap((statement) => printStatement(statement, indent));
}

function inner(statements: readonly ast.Statement[], indent: string): string[] {
  return block(statements, `${indent}  `);
}

function clause(title: string, statements: readonly ast.Statement[], indent: string): string[] {
  return statements.length > 0 ? [`${indent}${title}:`, ...inner(statements, indent)] : [];
}

function printStatement(node: ast.Statement, indent: string): string[] {
  switch (node.kind) {
    case 'FunctionDef': {
      const returns = node.returns ? ` -> ${printExpression(node.returns)}` : '';
      const head = `${asynchronous(node)}def ${node.name.name || '?'}(${printParameters(node.parameters)})${returns}:`;
      return [...decorators(node, indent), `${indent}${head}`, ...inner(node.body, indent)];
    }
    case 'ClassDef': {
      const head = `class ${node.name.name || '?'}(${printArguments(node.bases)}):`;
      return [...decorators(node, indent), `${indent}${head}`, ...inner(node.body, indent)];
    }
    case 'For': {
      const head = `${asynchronous(node)}for ${printExpression(node.target)} in ${printExpression(node.iter)}:`;
      return [`${indent}${head}`, ...inner(node.body, indent), ...clause('else', node.orelse, indent)];
    }
    case 'While':
    case 'If': {
      const head = `${node.kind === 'If' ? 'if' : 'while'} ${printExpression(node.test)}:`;
      return [`${indent}${head}`, ...inner(node.body, indent), ...clause('else', node.orelse, indent)];
    }
    case 'With': {
      const items = node.items.map((item) => printAs(item.context, item.target)).join(', ');
      return [`${indent}${asynchronous(node)}with ${items}:`, ...inner(node.body, indent)];
    }
    case 'Try':
      return printTry(node, indent);
    case 'Match':
      return [
        `${indent}match ${printExpression(node.subject)}:`,
        ...node.cases.flatMap((one) => printCase(one, indent)),
      ];
    default:
      return [indent + printSimple(node)];
  }
}

function asynchronous(node: { readonly isAsync: boolean }): string {
  return node.isAsync ? 'async ' : '';
}

function decorators(node: ast.FunctionDef | ast.ClassDef, indent: string): string[] {
  return node.decorators.map((decorator) => `${indent}@${printExpression(decorator)}`);
}

function printAs(value: ast.Expression, target: ast.Expression | undefined): string {
  return target ? `${printExpression(value)} as ${printExpression(target)}` : printExpression(value);
}

function printTry(node: ast.Try, indent: string): string[] {
  const handlers = node.handlers.flatMap(({ type, name, body }) => {
    const head = type ? ` ${printAs(type, name)}` : '';
    return [`${indent}except${head}:`, ...inner(body, indent)];
  });
  const rest = [...clause('else', node.orelse, indent), ...clause('finally', node.finalbody, indent)];
  return [`${indent}try:`, ...inner(node.body, indent), ...handlers, ...rest];
}

function printCase({ bound, values, guard, body }: ast.MatchCase, indent: string): string[] {
  const constants = values ? ` ${values.map(printExpression).join(' | ')}` : '';
  const names = bound.map((name) => ` ${name.name}`).join(',');
  const condition = guard ? ` if ${printExpression(guard)}` : '';
  return [`${indent}  case${constants} binding${names}${condition}:`, ...inner(body, `${indent}  `)];
}

type SimpleStatement = Exclude<
  ast.Statement,
  ast.FunctionDef | ast.ClassDef | ast.For | ast.While | ast.If | ast.With | ast.Try | ast.Match
>;

function printSimple(node: SimpleStatement): string {
  switch (node.kind) {
    case 'Return':
      return `return ${optional(node.value)}`.trimEnd();
    case 'Assign':
      return [...node.targets, node.value].map(printExpression).join(' = ');
    case 'AugAssign':
      return `${printExpression(node.target)} ${node.operator}= ${printExpression(node.value)}`;
    case 'AnnAssign': {
      const value = node.value ? ` = ${printExpression(node.value)}` : '';
      return `${printExpression(node.target)}: ${printExpression(node.annotation)}${value}`;
    }
    case 'Raise':
      return `raise ${[...(node.value ? [node.value] : []), ...node.extra].map(printExpression).join(', ')}`.trimEnd();
    case 'Assert':
      return `assert ${list(node.message ? [node.test, node.message] : [node.test])}`;
    case 'Delete':
      return `del ${list(node.targets)}`;
    case 'Pass':
    case 'Break':
    case 'Continue':
      return node.kind.toLowerCase();
    case 'Global':
    case 'Nonlocal':
      return `${node.kind.toLowerCase()} ${node.names.map((name) => name.name).join(', ')}`;
    case 'Import':
      return `import ${node.names.map((alias) => printAlias(printDotted(alias.name), alias)).join(', ')}`;
    case 'ImportFrom': {
      const names = node.names.map((alias) => printAlias(alias.name.name || '?', alias));
      return `from ${'.'.repeat(node.level)}${printDotted(node.module)} import ${[...(node.star ? ['*'] : []), ...names].join(', ')}`;
    }
    case 'ExpressionStatement':
      return printExpression(node.value);
    case 'Print':
    case 'Exec':
      return `${node.kind.toLowerCase()}: ${list(node.values)}`;
    case 'ErrorStatement':
      return `error: ${list(node.children)}`.trimEnd();
    default:
      return assertNever(node);
  }
}

function printDotted(name: ast.DottedName): string {
  return name.parts.map((part) => part.name || '?').join('.');
}

function printAlias(name: string, { asName }: { readonly asName?: ast.Identifier }): string {
  return asName ? `${name} as ${asName.name || '?'}` : name;
}
