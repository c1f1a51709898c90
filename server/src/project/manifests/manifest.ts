/**
 * One manifest: its text as it is on disk, and what it says to Slimscope, each read when someone asks and then kept. An
 * edit on disk makes another one.
 */
import { LineIndex } from '../../base/lineIndex';
import { assertNever } from '../../base/assertNever';
import type { Parse } from '../../syntax/parse';
import type { RuleId } from '../settings';
import { condaRequirements, pipRequirements, setupCfgRequirements } from './lineRequirements';
import { manifestKind } from './manifestFiles';
import { readProjectConfiguration, type ProjectConfiguration } from './projectConfiguration';
import type { Requirement } from './requirement';
import { setupPyRequirements } from './setupPy';
import {
  lockRequirements,
  pipfileLockRequirements,
  pipfileRequirements,
  pyprojectRequirements,
} from './tomlRequirements';

/** What reading manifests needs. */
export interface ManifestReader {
  /** The text of a file; empty when it cannot be read. */
  read(file: string): string;
  readonly parse: Parse;
  readonly rules: readonly RuleId[];
}

/** See the file comment. */
export class Manifest {
  readonly #reader: ManifestReader;
  #text: string | undefined;
  #lines: LineIndex | undefined;
  #requirements: readonly Requirement[] | undefined;
  #configuration: { readonly found: ProjectConfiguration | undefined } | undefined;

  constructor(
    readonly file: string,
    reader: ManifestReader,
  ) {
    this.#reader = reader;
  }

  get text(): string {
    return (this.#text ??= this.#reader.read(this.file));
  }

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.text));
  }

  get requirements(): readonly Requirement[] {
    return (this.#requirements ??= requirementsOf(this.file, this.text, this.#reader.parse));
  }

  /** `[tool.slimscope]`, if this is a `pyproject.toml` that has one. */
  get configuration(): ProjectConfiguration | undefined {
    const isPyproject = manifestKind(this.file) === 'pyproject';
    const read = () => (isPyproject ? readProjectConfiguration(this.file, this.text, this.#reader.rules) : undefined);
    return (this.#configuration ??= { found: read() }).found;
  }
}

function requirementsOf(file: string, text: string, parse: Parse): readonly Requirement[] {
  const kind = manifestKind(file);
  switch (kind) {
    case undefined:
      return [];
    case 'requirements':
      return pipRequirements(text);
    case 'conda':
      return condaRequirements(text);
    case 'pyproject':
      return pyprojectRequirements(text);
    case 'pipfile':
      return pipfileRequirements(text);
    case 'lock':
      return lockRequirements(text);
    case 'pipfileLock':
      return pipfileLockRequirements(text);
    case 'setupCfg':
      return setupCfgRequirements(text);
    case 'setupPy':
      return setupPyRequirements(text, parse);
    default:
      return assertNever(kind);
  }
}
