/**
 * Writes `contributes.configuration` of package.json from the one table of settings and the registry of rules, and takes
 * the texts of the whole manifest out into package.nls.json beside it (support/manifestTexts.mjs).
 *
 *   node scripts/generateSettings.mjs                     write
 *   node scripts/generateSettings.mjs --check             only compare; exit code 1 when package.json is stale
 *   node scripts/generateSettings.mjs --manifest PATH     another manifest
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { externalize } from './support/manifestTexts.mjs';
import { main, root, UserError } from './support/project.mjs';

await main(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, manifest: { type: 'string' } } });
  const path = values.manifest ?? join(root, 'package.json');
  const before = await readFile(path, 'utf8');
  const textsPath = path.replace(/\.json$/, '.nls.json');
  const textsBefore = await readFile(textsPath, 'utf8').catch(() => '{}');
  const manifest = JSON.parse(before);
  manifest.contributes = { ...manifest.contributes, configuration: toConfiguration(await loadTables()) };
  const { manifest: after, texts } = externalize(manifest, JSON.parse(textsBefore));
  const stale = [
    [path, before, toText(after)],
    [textsPath, textsBefore, toText(texts)],
  ].filter(([, old, now]) => old !== now);
  if (stale.length === 0) return 0;
  const names = stale.map(([name]) => name).join(' and ');
  if (values.check) throw new UserError(`${names} is stale: run \`npm run generate\``);
  await Promise.all(stale.map(([name, , now]) => writeFile(name, now)));
  console.log(`Wrote the settings and texts into ${names}`);
  return 0;
});

function toText(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** The tables are TypeScript of the product; they are bundled and loaded as they are. */
async function loadTables() {
  const folder = await mkdtemp(join(tmpdir(), 'slimscope-settings-'));
  try {
    const outfile = join(folder, 'tables.cjs');
    const contents = [
      "export { settingDefinitions, severitySettings } from './server/src/project/settings';",
      "export { rules } from './server/src/rules/registry';",
    ].join('\n');
    const stdin = { contents, resolveDir: root, loader: 'ts' };
    await esbuild.build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
    return createRequire(import.meta.url)(outfile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toConfiguration({ settingDefinitions, severitySettings, rules }) {
  const properties = {};
  for (const [order, setting] of settingDefinitions.entries()) {
    properties[`slimscope.${setting.name}`] = {
      order,
      scope: setting.scope,
      ...toSchema(setting.type, { severitySettings, rules }),
      default: setting.default,
      markdownDescription: setting.markdown,
    };
  }
  return { title: 'Slimscope', properties };
}

function toSchema(type, tables) {
  switch (type.kind) {
    case 'boolean':
      return { type: 'boolean' };
    case 'text':
      return { type: 'string', minLength: 1 };
    case 'integer':
      return { type: 'integer', minimum: type.minimum, maximum: type.maximum };
    case 'stringList':
    case 'assumedScopes':
      return { type: 'array', items: { type: 'string' } };
    case 'choice':
      return {
        type: 'string',
        enum: type.values.map(([value]) => value),
        markdownEnumDescriptions: type.values.map(([, meaning]) => meaning),
      };
    case 'severities': {
      const { severitySettings, rules } = tables;
      const severity = (rule) => ({
        enum: severitySettings,
        markdownDescription: rule.summary,
        default: rule.severity,
      });
      const families = [...new Set(rules.map((rule) => rule.family))].sort();
      const wide = [...families.map((family) => `family:${family}`), 'all'];
      return {
        type: 'object',
        properties: {
          ...Object.fromEntries(rules.map((rule) => [rule.name, severity(rule)])),
          ...Object.fromEntries(wide.map((key) => [key, { enum: severitySettings }])),
        },
        additionalProperties: false,
      };
    }
    case 'pathSeverities': {
      const { severitySettings } = tables;
      // The keys are those of `slimscope.rules`; the server says what is wrong with others.
      const severities = { type: 'object', additionalProperties: { enum: severitySettings } };
      return { type: 'object', additionalProperties: severities };
    }
    default:
      throw new Error(`no schema for settings of kind ${type.kind}`);
  }
}
