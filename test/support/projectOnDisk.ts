/**
 * A project over files that exist in memory "on disk", with rules by name, for tests of the project layer.
 */
import { Project } from '../../server/src/project/project';
import type { ReadResult } from '../../server/src/project/ports';
import { rules } from '../../server/src/rules/registry';
import { evaluator } from '../../server/src/slim/evaluator/evaluator';
import { parse } from './parser';

export const diskRoot = 'file:///workspace';

export interface ProjectOnDisk {
  readonly project: Project;
  uri(path: string): string;
  /** Writes a file, or deletes it, and tells the project. */
  write(path: string, text: string | undefined): void;
}

/** Makes a project with one workspace folder (or those given, as paths; none for `[]`). */
export function projectOnDisk(
  files: Readonly<Record<string, string>>,
  folders: readonly string[] = [''],
): ProjectOnDisk {
  const uri = (path: string): string => (path === '' ? diskRoot : `${diskRoot}/${path}`);
  const texts = new Map(Object.entries(files).map(([path, text]) => [uri(path), text]));
  const readText = (file: string): ReadResult => {
    const text = texts.get(file);
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  };
  const project = new Project({ parse, evaluator, rules, readText });
  project.apply({ folders: folders.map(uri), onDisk: [...texts.keys()] });
  return {
    project,
    uri,
    write(path, text) {
      if (text === undefined) texts.delete(uri(path));
      else texts.set(uri(path), text);
      project.apply(text === undefined ? { removed: [uri(path)] } : { onDisk: [uri(path)] });
    },
  };
}
