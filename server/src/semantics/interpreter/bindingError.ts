/**
 * Why arguments do not fit the parameters of a function of the workspace: Python's messages, in the order in which it
 * finds what is wrong (wording of 3.10 and later). What the arguments leave open is no error.
 */
import type { Scope } from '../scopes';
import { defaultsOf } from './functionDefaults';
import type { CallArguments, PyFunction } from './objects';

/** A parameter as far as binding asks for it. */
export interface BindableParameter {
  readonly name: string;
  readonly form: 'positionalOnly' | 'plain' | 'keywordOnly' | 'star' | 'doubleStar';
  readonly hasDefault: boolean;
}

/** What Python says about a call that cannot bind its arguments; undefined when it can, or when that is not known. */
export function bindingError(
  name: string,
  parameters: readonly BindableParameter[],
  args: CallArguments,
): string | undefined {
  const { positional, keywords, unknownPositional, unknownKeywords } = args;
  const positionals = parameters.filter(({ form }) => form === 'positionalOnly' || form === 'plain');
  const filled = new Set(unknownPositional ? [] : positionals.slice(0, positional.length).map((one) => one.name));
  const takesMore = parameters.some(({ form }) => form === 'doubleStar');
  for (const { name: keyword = '' } of keywords) {
    const parameter = parameters.find((one) => one.name === keyword && (one.form === 'plain' || isKeywordOnly(one)));
    if (!parameter && takesMore) continue;
    if (positionals.some((one) => one.name === keyword && one.form === 'positionalOnly'))
      return `${name}() got some positional-only arguments passed as keyword arguments: '${keyword}'`;
    if (!parameter) return `${name}() got an unexpected keyword argument '${keyword}'`;
    if (filled.has(keyword)) return `${name}() got multiple values for argument '${keyword}'`;
    filled.add(keyword);
  }
  if (unknownPositional) return undefined;
  if (positional.length > positionals.length && !parameters.some(({ form }) => form === 'star')) {
    const required = positionals.filter((one) => !one.hasDefault).length;
    const named = parameters.filter((one) => isKeywordOnly(one) && filled.has(one.name)).length;
    return tooManyPositional(name, { required, limit: positionals.length, given: positional.length, named });
  }
  if (unknownKeywords) return undefined;
  const missing = (list: readonly BindableParameter[]): string[] =>
    list.filter((one) => !one.hasDefault && !filled.has(one.name)).map((one) => one.name);
  const lacking = missing(positionals);
  if (lacking.length > 0) return missingArguments(name, lacking, 'positional');
  const lackingNamed = missing(parameters.filter(isKeywordOnly));
  return lackingNamed.length > 0 ? missingArguments(name, lackingNamed, 'keyword-only') : undefined;
}

function isKeywordOnly({ form }: BindableParameter): boolean {
  return form === 'keywordOnly';
}

/** The same for a call of a function of the workspace. */
export function callError(fn: PyFunction, args: CallArguments): string | undefined {
  const stated = fn.node.parameters;
  const defaults = defaultsOf(fn);
  const slash = stated.findIndex(({ form }) => form === 'slash');
  const parameters = stated.flatMap((parameter, i): readonly BindableParameter[] => {
    const name = parameter.name.name;
    const hasDefault = defaults.has(name);
    switch (parameter.form) {
      case 'star':
      case 'doubleStar':
        return [{ name, form: parameter.form, hasDefault: true }];
      case 'plain':
        return [
          { name, form: parameter.keywordOnly ? 'keywordOnly' : i < slash ? 'positionalOnly' : 'plain', hasDefault },
        ];
      case 'tuple':
        return [{ name, form: 'positionalOnly', hasDefault }];
      default:
        return [];
    }
  });
  return bindingError(nameInMessages(fn), parameters, args);
}

/** The name by which Python's messages call a function: `net.<locals>.block`, `Net.block`. */
export function nameInMessages(fn: PyFunction): string {
  const names = [fn.name];
  for (let scope: Scope | undefined = fn.closure.scope; scope; scope = scope.parent) {
    const { node } = scope;
    if (node.kind === 'ClassDef') names.unshift(node.name.name);
    else if (node.kind === 'FunctionDef') names.unshift(node.name.name, '<locals>');
    else if (node.kind === 'Lambda') names.unshift('<lambda>', '<locals>');
  }
  return names.join('.');
}

/** How many positional arguments a call gives, and how many the function takes. */
export interface PositionalCount {
  readonly required: number;
  readonly limit: number;
  readonly given: number;
  /** Keyword-only arguments that the call gives. */
  readonly named?: number;
}

/** `f() takes from 1 to 2 positional arguments but 3 were given`. */
export function tooManyPositional(name: string, { required, limit, given, named = 0 }: PositionalCount): string {
  const takes =
    required === limit
      ? `${limit} positional argument${limit === 1 ? '' : 's'}`
      : `from ${required} to ${limit} positional arguments`;
  const plural = (count: number): string => (count === 1 ? '' : 's');
  const but =
    named > 0
      ? `${given} positional argument${plural(given)} (and ${named} keyword-only argument${plural(named)}) were given`
      : `${given} ${given === 1 ? 'was' : 'were'} given`;
  return `${name}() takes ${takes} but ${but}`;
}

/** `f() missing 2 required positional arguments: 'a' and 'b'`. */
export function missingArguments(
  name: string,
  missing: readonly string[],
  kind: 'positional' | 'keyword-only' = 'positional',
): string {
  const quoted = missing.map((one) => `'${one}'`);
  const last = quoted[quoted.length - 1] ?? '';
  const list =
    quoted.length === 1
      ? last
      : quoted.length === 2
        ? quoted.join(' and ')
        : `${quoted.slice(0, -1).join(', ')}, and ${last}`;
  return `${name}() missing ${missing.length} required ${kind} argument${missing.length === 1 ? '' : 's'}: ${list}`;
}
