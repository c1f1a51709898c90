/**
 * Puts a network with its program on disk, twice: as it was, and migrated by the one command, with the map of weights
 * beside it. Nothing is edited by hand.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { slimscopeIn } from '../../cli/slimscope';
import { programOf, type Net } from './nets';

/**
 * Inference in single precision, as such models run; training in double precision, where a difference is one of
 * mathematics: rounding errors grow a thousandfold on their way through a hundred batch_norms, and flip pools.
 */
export const modes = [
  { mode: 'inference', isTraining: false, dtype: 'float32' },
  { mode: 'training', isTraining: true, dtype: 'float64' },
] as const;

export type Mode = (typeof modes)[number]['mode'];

/** What the Python scripts read. */
export interface Run {
  readonly name: string;
  readonly folder: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isTraining: boolean;
}

export interface PreparedNet {
  readonly net: Net;
  readonly runs: readonly Run[];
  readonly calls: number;
  readonly converted: number;
  /** Why calls stay, with the place. */
  readonly refused: readonly string[];
}

interface Report {
  readonly files: readonly {
    readonly converted: readonly unknown[];
    readonly refused: readonly { readonly path: string; readonly line: number; readonly reasons: readonly string[] }[];
  }[];
}

/** Writes the projects of a network below `folder` and migrates them. */
export async function prepareNet(
  net: Net,
  options: { readonly folder: string; readonly sources: string; readonly isFullSize: boolean },
): Promise<PreparedNet> {
  const folder = join(options.folder, net.name);
  writeProgram(net, join(folder, 'original'), options);
  cpSync(join(folder, 'original'), join(folder, 'converted'), { recursive: true });
  const args = ['migrate', '.', '--write', '--format', 'json', '--weights-map', '../weights.json'];
  const { out, error } = await slimscopeIn(join(folder, 'converted'), args);
  if (error !== '') throw new Error(error);
  const { files } = JSON.parse(out) as Report;
  const refused = files.flatMap((file) => file.refused);
  const converted = files.reduce((sum, file) => sum + file.converted.length, 0);
  return {
    net,
    runs: modes.map((mode) => ({ ...mode, name: `${net.name}-${mode.mode}`, folder, shape: net.shape })),
    calls: converted + refused.length,
    converted,
    refused: refused.map(({ path, line, reasons }) => `${path}:${line}: ${reasons[0] ?? ''}`),
  };
}

function writeProgram(
  net: Net,
  folder: string,
  options: { readonly sources: string; readonly isFullSize: boolean },
): void {
  mkdirSync(join(folder, 'nets'), { recursive: true });
  writeFileSync(join(folder, 'nets', '__init__.py'), '');
  for (const file of net.files) {
    const text = readFileSync(join(options.sources, 'tf_slim', 'nets', file), 'utf8').replaceAll(
      /from tf_slim\.nets import (resnet_utils)\b/g,
      'from nets import $1',
    );
    const replacements = options.isFullSize ? [] : (net.narrower ?? []);
    const narrower = replacements.reduce(
      (now, [from, to]) => (typeof to === 'string' ? now.replaceAll(from, to) : now.replaceAll(from, to)),
      text,
    );
    writeFileSync(join(folder, 'nets', file), narrower);
  }
  writeFileSync(join(folder, 'model.py'), programOf(net, options.isFullSize));
}
