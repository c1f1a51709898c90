/** A scope template (scopeTemplate.ts) as Python text in the style of the file: a string, an f-string, or a variable. */
import { quoted, type Site } from '../rewrite/site';

/** Text of the expression that gives the string. */
export function templateText(site: Site, template: string): string {
  const variable = /^\{(\w+)\}$/.exec(template)?.[1];
  if (variable !== undefined) return variable;
  return template.includes('{') ? `f${quoted(site, template)}` : quoted(site, template);
}
