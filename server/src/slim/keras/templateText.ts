/** A scope template (scopeTemplate.ts) as Python text in the style of the file: a string, an f-string, or a variable. */
import { functionsAround } from './surroundings';
import type { KerasSite } from './kerasSite';
import { quoted, type Site } from '../rewrite/site';

/** Text of the expression that gives the string. */
export function templateText(site: Site, template: string): string {
  const variable = /^\{(\w+)\}$/.exec(template)?.[1];
  if (variable !== undefined) return variable;
  return template.includes('{') ? `f${quoted(site, template)}` : quoted(site, template);
}

/** The same for the name of a layer, which has no slashes: those of names that callers hand down go at run time. */
export function nameText(site: KerasSite, template: string): string {
  const around = functionsAround(site.path)[0]?.name.name ?? '';
  const isHanded = template.startsWith('{') && (site.network?.handed.has(around) ?? false);
  if (!isHanded) return templateText(site, template);
  return `f${quoted(site, template)}.replace(${quoted(site, '/')}, ${quoted(site, '_')})`;
}
