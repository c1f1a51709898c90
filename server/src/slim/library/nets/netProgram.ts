/**
 * A program that knows the nets of the installed libraries beside the files of the workspace. What the workspace has
 * comes first, always: the summary is for those who do not have the sources.
 */
import { joinObjects } from '../../../semantics/interpreter/join';
import type { Machine } from '../../../semantics/interpreter/machine';
import type { PyExternal, PyObject } from '../../../semantics/interpreter/objects';
import type { Program, SourceFile } from '../../../semantics/program';
import { isNetModule, netSourceByFile, netSourceOf } from './netSource';

/** The program with the nets. */
export function withNets(program: Program): Program {
  const resolve = (from: SourceFile, name: string, level: number): SourceFile | undefined => {
    // A sub-module of one of these packages, as an attribute of it.
    if (level === 1 && from.isPackage && isNetModule(from.moduleName) && netSourceByFile(from.file) === from)
      return resolve(from, `${from.moduleName}.${name}`, 0);
    const found = program.resolveImport(from, name, level);
    if (found || level > 0 || !isNetModule(name)) return found;
    // With the package in the workspace a module that it lacks does not exist.
    const parent = name.slice(0, name.lastIndexOf('.'));
    const isElsewhere = isNetModule(parent) && program.resolveImport(from, parent, 0) !== undefined;
    return isElsewhere ? undefined : netSourceOf(name);
  };
  return { getFile: (file) => netSourceByFile(file) ?? program.getFile(file), resolveImport: resolve };
}

/** The object that a library name stands for: the module, for a module of nets (`slim.nets.vgg`). */
export function netModule(machine: Machine, external: PyExternal): PyObject {
  if (!external.paths.every(isNetModule)) return external;
  const sources = external.paths.map((path) => machine.program.resolveImport(machine.frame.source, path, 0));
  const modules = sources.map((source) => source && machine.module(source));
  return modules.includes(undefined) ? external : (joinObjects(modules) ?? external);
}
