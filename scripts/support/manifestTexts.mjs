/**
 * Takes the texts that a person reads out of the manifest: each is replaced by `%key%`, and the texts go into
 * package.nls.json, where translators find them. A text that was taken out before is kept under its key.
 */

/** Fields that VS Code shows, wherever they stand in `contributes` and `capabilities`. */
const textFields = new Set([
  'title',
  'label',
  'contents',
  'description',
  'markdownDescription',
  'deprecationMessage',
  'markdownDeprecationMessage',
  'altText',
]);
const textLists = new Set(['enumDescriptions', 'markdownEnumDescriptions']);

/** Names of the product: the same in every language. */
const names = new Set(['Slimscope']);

/**
 * @param manifest with texts, or keys of `known`, or both
 * @param known the texts by key, as package.nls.json has them
 * @returns the manifest with keys only, and the texts that it needs
 */
export function externalize(manifest, known) {
  const texts = {};
  const take = (value, key) => {
    if (typeof value !== 'string' || names.has(value)) return value;
    const old = /^%(.+)%$/.exec(value)?.[1];
    texts[key] = old === undefined ? value : known[old];
    if (texts[key] === undefined) throw new Error(`package.nls.json has no ${old}`);
    return `%${key}%`;
  };
  const visit = (value, path) => {
    if (Array.isArray(value)) return value.map((one, i) => visit(one, [...path, nameOf(one) ?? String(i)]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, child]) => {
        const key = [...path, field].join('.');
        // The name of a view is its title; everywhere else a name is an identifier.
        const isText = textFields.has(field) || (field === 'name' && path[0] === 'views');
        if (isText) return [field, take(child, key)];
        if (textLists.has(field)) return [field, child.map((one, i) => take(one, `${key}.${value.enum?.[i] ?? i}`))];
        return [field, visit(child, [...path, shortName(field)])];
      }),
    );
  };
  const { description, capabilities, contributes, ...rest } = manifest;
  const changed = {
    ...rest,
    description: take(description, 'description'),
    capabilities: visit(capabilities, ['capabilities']),
    contributes: Object.fromEntries(
      Object.entries(contributes).map(([point, value]) => [point, visit(value, [point])]),
    ),
  };
  // In the order of the manifest as it was.
  return { manifest: Object.fromEntries(Object.keys(manifest).map((field) => [field, changed[field]])), texts };
}

/** What a member of a list is called in its key, so that the keys of the others stay when one is added. */
function nameOf(one) {
  const name = one?.command ?? one?.id ?? one?.view;
  return typeof name === 'string' ? shortName(name) : undefined;
}

function shortName(name) {
  return name.replace(/^slimscope\./, '');
}
