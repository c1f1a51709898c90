/**
 * Text of an inherited argument at the call, in terms of slim: the author's expression where it means the same, else the
 * same library call with names that are visible at the call, else a literal.
 */
import type { ExternalValue, StaticArgument, StaticValue } from '../../semantics/staticValue';
import type { EffectiveArgument } from '../model';
import { resolveLibraryName } from '../library/libraryNames';
import type { LibraryObject } from '../library/libraryObject';
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

/** A library call written again, with the author's arguments where they mean the same. */
function resultText(site: Site, value: Extract<StaticValue, { kind: 'externalResult' }>): string | undefined {
  const callee = libraryText(site, value.callee);
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

function keywordPrefix(argument: StaticArgument): string {
  return argument.name === undefined ? '' : `${argument.name}=`;
}

/** A way to a library function through an import that is visible at the call: `slim.l2_regularizer`, `tf.nn.relu`. */
function libraryText(site: Site, value: ExternalValue): string | undefined {
  const [path] = value.paths;
  if (path === undefined || value.paths.some((one) => identityOf(one) !== identityOf(path))) return undefined;
  const identity = identityOf(path);
  const offset = site.call.call.span.start;
  const found: string[] = [];
  for (const [name, bound] of visibleModules(site.source, site.scope, offset)) {
    if (identityOf(bound) === identity && bound.split('.').length > 1) found.push(name);
    for (const suffix of suffixes(path, identity)) {
      const isSame = identityOf(`${bound}.${suffix}`) === identity && isLibraryOf(`${bound}.${suffix}`, path);
      if (isSame) found.push(`${name}.${suffix}`);
    }
  }
  const own = site.call.calleeText.slice(0, site.call.calleeText.lastIndexOf('.') + 1);
  return found.find((text) => own !== '' && text.startsWith(own)) ?? found.sort((a, b) => a.length - b.length)[0];
}

/** What may stand behind a module's name: the last parts of the path and of the public name. */
function suffixes(path: string, identity: string): ReadonlySet<string> {
  const parts = path.split('.');
  const publicParts = identity.replace(/^\w+ /, '').split('.').slice(1);
  return new Set([
    ...[1, 2, 3].map((count) => parts.slice(-count).join('.')),
    ...[1, 2, 3].map((count) => publicParts.slice(-count).join('.')).filter((suffix) => suffix !== ''),
  ]);
}

/** The same text for all paths to one function. contrib and tf_slim are two libraries. */
function identityOf(path: string): string {
  const object: LibraryObject = resolveLibraryName(path, 'any');
  switch (object.kind) {
    case 'op':
    case 'opPartial':
      return `${object.library} ${object.kind === 'op' ? object.op.name : object.name}`;
    case 'notScopable':
      return `${object.library} ${object.moduleName}.${object.functionName}`;
    case 'other':
      return `other ${object.canonical}`;
    default:
      return `unknown ${path}`;
  }
}

/** True when an attribute chain really reaches the function as Python resolves it. */
function isLibraryOf(chain: string, path: string): boolean {
  const object = resolveLibraryName(chain, 'attribute');
  const isKnown = object.kind === 'op' || object.kind === 'opPartial' || object.kind === 'notScopable';
  // A name that we know nothing of is taken only as it was written.
  return isKnown || (object.kind === 'other' && (object.canonical.startsWith('tf.') || chain === path));
}
