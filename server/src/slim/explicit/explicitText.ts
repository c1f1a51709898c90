/**
 * Text of an inherited argument at the call, in terms of slim: the author's expression where it means the same, else the
 * same library call with names that are visible at the call, else a literal.
 */
import type { ExternalValue, StaticArgument, StaticValue } from '../../semantics/staticValue';
import type { EffectiveArgument } from '../model';
import { resolveLibraryName } from '../library/libraryNames';
import { bindResult, visibleText } from '../rewrite/expressionText';
import { refuse } from '../rewrite/notes';
import { spellValue } from '../rewrite/pythonText';
import type { Site } from '../rewrite/site';
import { quoted } from '../rewrite/site';
import { visibleModules } from '../rewrite/visibleModules';

/** The text, or undefined with a reason in the site's notes. */
export function explicitText(site: Site, argument: EffectiveArgument): string | undefined {
  const visible = argument.expression && visibleText(site, argument.expression);
  const text = visible ?? valueText(site, argument.value);
  if (text) return text;
  const why = argument.value.kind === 'unknown' ? `: ${argument.value.reason}` : '';
  return refuse(
    site.notes,
    `\`${argument.name}\` (\`${argument.text}\`) has no meaning at this call${why}`,
    argument.expression,
  );
}

/** Python text for a value, with library functions by names that are visible at the call. */
function valueText(site: Site, value: StaticValue): string | undefined {
  switch (value.kind) {
    case 'external':
      return libraryText(site, value);
    case 'externalResult':
      return resultText(site, value);
    case 'list':
    case 'tuple': {
      const items = value.items.map((item) => valueText(site, item));
      if (!items.every((item) => item !== undefined)) return undefined;
      if (value.kind === 'list') return `[${items.join(', ')}]`;
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    }
    case 'dict': {
      const entries = value.entries.map(([key, item]) => [valueText(site, key), valueText(site, item)] as const);
      if (!entries.every(([key, item]) => key !== undefined && item !== undefined)) return undefined;
      return `{${entries.map(([key, item]) => `${key}: ${item}`).join(', ')}}`;
    }
    default:
      return spellValue(value, (text) => quoted(site, text));
  }
}

/**
 * A library call written again, with the author's arguments where they mean the same. Only calls that make initializers
 * and regularizers: others may draw numbers or add to the graph each time they run.
 */
function resultText(site: Site, value: Extract<StaticValue, { kind: 'externalResult' }>): string | undefined {
  const callee = makesObject(value.callee) ? libraryText(site, value.callee) : undefined;
  if (!callee) return undefined;
  const bound = bindResult(
    site,
    value,
    value.args.map((_, index) => String(index)),
  );
  const texts = value.args.map((argument, index) => {
    const text = bound?.get(argument.name ?? String(index))?.text ?? valueText(site, argument.value);
    return text && keywordPrefix(argument) + text;
  });
  return texts.every((text) => text !== undefined) ? `${callee}(${texts.join(', ')})` : undefined;
}

function makesObject(callee: ExternalValue): boolean {
  return callee.paths.every((path) =>
    /(?:_initializer\w*|_regularizer|(?:initializers|regularizers)\.\w+)$/.test(path),
  );
}

function keywordPrefix(argument: StaticArgument): string {
  return argument.name === undefined ? '' : `${argument.name}=`;
}

/** A way to a library function through an import that is visible at the call: `slim.l2_regularizer`, `tf.nn.relu`. */
function libraryText(site: Site, value: ExternalValue): string | undefined {
  const [path] = value.paths;
  if (path === undefined || value.paths.some((one) => identityOf(one) !== identityOf(path))) return undefined;
  const modules = visibleModules(site.source, site.scope, site.call.call.span.start);
  const found = [...modules].flatMap(([name, module]) => waysThrough(name, module, path));
  // The namespace that the call itself uses reads best, then the shortest.
  const own = site.call.calleeText.slice(0, site.call.calleeText.lastIndexOf('.') + 1);
  const shortest = found.sort((a, b) => a.length - b.length);
  return shortest.find((text) => own !== '' && text.startsWith(own)) ?? shortest[0];
}

/** Chains that start at a name bound to `module` and reach the function at `path`. */
function waysThrough(name: string, module: string, path: string): string[] {
  if (module === path) return [name];
  const ways = path.startsWith(`${module}.`) ? [path.slice(module.length + 1)] : [];
  const object = resolveLibraryName(path, 'any');
  if (object.kind === 'other') {
    // Public names of TensorFlow hold below its root, also that of compat.v1, where the code itself takes them from.
    const isRoot = module === 'tensorflow' || module === 'tensorflow.compat.v1';
    if (isRoot && object.canonical.startsWith('tf.')) ways.push(object.canonical.slice('tf.'.length));
    return ways.map((way) => `${name}.${way}`);
  }
  const shortName = path.slice(path.lastIndexOf('.') + 1);
  const reached = [...ways, shortName].filter((way) => isSameFunction(`${module}.${way}`, path));
  return reached.map((way) => `${name}.${way}`);
}

/** The same text for all paths to one function. contrib and tf_slim are two libraries. */
function identityOf(path: string): string {
  const object = resolveLibraryName(path, 'any');
  switch (object.kind) {
    case 'op':
      return `${object.library} ${object.op.name}`;
    case 'opPartial':
      return `${object.library} ${object.name}`;
    case 'notScopable':
      return `${object.library} ${object.moduleName}.${object.functionName}`;
    case 'other':
      return object.canonical;
    default:
      return path;
  }
}

/** True when an attribute chain really reaches the function, as Python resolves it. */
function isSameFunction(chain: string, path: string): boolean {
  const { kind } = resolveLibraryName(chain, 'attribute');
  const isFunction = kind === 'op' || kind === 'opPartial' || kind === 'notScopable';
  return isFunction && identityOf(chain) === identityOf(path);
}
