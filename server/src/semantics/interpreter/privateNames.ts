/**
 * Private names: inside a class, `__x` means `_Class__x` for attributes and for what the class body binds.
 */
import type { Environment } from './objects';

/** The name that an attribute, as written in code that runs in this environment, really has. */
export function attributeName(name: string, environment: Environment): string {
  if (!isPrivate(name)) return name;
  for (let at: Environment | undefined = environment; at; at = at.parent) {
    const { node } = at.scope;
    if (node.kind === 'ClassDef') return mangled(name, node.name.name);
  }
  return name;
}

/** The name of a member as the body of a class states it. */
export function mangled(name: string, className: string): string {
  const owner = className.replace(/^_+/, '');
  return isPrivate(name) && owner !== '' ? `_${owner}${name}` : name;
}

function isPrivate(name: string): boolean {
  return name.startsWith('__') && !name.endsWith('__') && !name.includes('.');
}
