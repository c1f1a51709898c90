/**
 * Graph collections that a slim layer adds its results or variables to. A Keras layer adds to none: that is a caveat
 * when nobody in the file reads the collection, and a refusal when somebody does (D10).
 */
import type { StaticValue } from '../../semantics/staticValue';
import type { Location } from '../../base/span';
import type { SourceFile } from '../../semantics/program';
import type * as ast from '../../syntax/ast';
import { walk } from '../../syntax/visit';
import type { EffectiveArgument } from '../model';
import { addCaveat, refuse } from '../rewrite/notes';
import type { KerasSite } from './kerasSite';
import { endPointsOf } from './endPoints';
import { functionsAround } from './surroundings';
import { planKey } from '../rewrite/networkPlan';
import { calleeName } from '../rewrite/syntaxAt';

/** Functions that read a collection, given by name as their first argument or as `collection=`. */
const readers = new Set(['get_collection', 'get_collection_ref', 'convert_collection_to_dict']);

/** Functions that read the variables of all slim layers. */
const variableReaders = new Set([
  ...['get_model_variables', 'get_variables_to_restore', 'get_variables', 'get_variables_by_name'],
  ...['get_variables_by_suffix', 'get_unique_variable', 'assign_from_checkpoint_fn', 'init_from_checkpoint'],
]);

/** Checks `outputs_collections` or `variables_collections`. */
export function checkCollection(site: KerasSite, argument: EffectiveArgument | undefined): void {
  if (!argument || isNothing(argument.value)) return;
  if (argument.name === 'outputs_collections' && endPointsOf(site, argument)) return;
  const names = collectionNames(argument.value);
  const reader = findReader(site.source, names) ?? readerWhereNamed(site, argument, names);
  if (reader) {
    refuse(
      site.notes,
      `\`${argument.name}\` fills a collection that \`${reader.name}\` reads: ${whyKept(site, argument) ?? 'a Keras layer fills none'}`,
      reader.at,
    );
    return;
  }
  addCaveat(
    site.notes,
    `\`${argument.name}\` (\`${argument.text}\`) goes: nothing in this file reads the collection, other files are not searched`,
  );
}

/** Why the collection could not become a dictionary, if that was tried. */
function whyKept(site: KerasSite, { text }: EffectiveArgument): string | undefined {
  const owner = functionsAround(site.path)[0]?.name.name;
  const variable = /^\[?\s*(\w+)\s*,?\s*\]?$/.exec(text)?.[1];
  if (owner === undefined || variable === undefined) return undefined;
  return site.network?.keptCollections.get(planKey(owner, variable));
}

/** A caveat when the file looks variables up where slim registers them: Keras's are not there (E5). */
export function checkVariableReaders(site: KerasSite): void {
  walk(site.source.tree.module, (node) => {
    const name = node.kind === 'Call' ? calleeName(node) : undefined;
    if (name === undefined || !variableReaders.has(name)) return;
    addCaveat(site.notes, `\`${name}\` in this file no longer finds the variables of this layer`);
  });
}

function isNothing(value: StaticValue): boolean {
  if (value.kind === 'none') return true;
  return (value.kind === 'list' || value.kind === 'tuple' || value.kind === 'dict') && isEmpty(value);
}

function isEmpty(value: Extract<StaticValue, { kind: 'list' | 'tuple' | 'set' | 'dict' }>): boolean {
  return value.kind === 'dict' ? value.entries.length === 0 : value.items.length === 0;
}

/** The names of the collections, or undefined when one is not known. */
function collectionNames(value: StaticValue): readonly string[] | undefined {
  if (value.kind === 'str') return [value.value];
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  const names = value.items.map((item) => (item.kind === 'str' ? item.value : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}

interface Reader {
  readonly name: string;
  readonly at: Location;
}

/** The same in the file of the caller whose scope names the collection. */
function readerWhereNamed(
  site: KerasSite,
  { expression }: EffectiveArgument,
  names: readonly string[] | undefined,
): Reader | undefined {
  const source = expression && expression.file !== site.source.file ? site.program.getFile(expression.file) : undefined;
  return source && findReader(source, names);
}

/** A call that reads one of the collections, or one that is not known to be another. */
function findReader(source: SourceFile, names: readonly string[] | undefined): Reader | undefined {
  let found: Reader | undefined;
  walk(source.tree.module, (node) => {
    if (found || node.kind !== 'Call') return;
    const name = calleeName(node) ?? '';
    if (!readers.has(name)) return;
    const read = nameRead(node);
    if (read === undefined || !names || names.includes(read))
      found = { name, at: { file: source.file, span: node.span } };
  });
  return found;
}

/** The collection that a call reads: a literal, or a member of `tf.GraphKeys`, whose values are its names in lower case. */
function nameRead(call: ast.Call): string | undefined {
  const [first] = call.args;
  if (first?.value.kind === 'String') return first.value.value;
  const isGraphKey = first?.value.kind === 'Attribute' && /^[A-Z_]+$/.test(first.value.attribute.name);
  return isGraphKey && first.value.kind === 'Attribute' ? first.value.attribute.name.toLowerCase() : undefined;
}
