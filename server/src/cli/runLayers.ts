/**
 * `slimscope layers` with its file at hand: prints the layers of one network.
 */
import { layersOf } from '../features/layers/layers';
import { layersText } from '../features/layers/layersText';
import type { Command } from './args';
import { exitCode } from './exitCode';
import type { OpenedInputs } from './inputs';
import { toPlace } from './places';
import type { CliIo } from './run';

type LayersCommand = Extract<Command, { kind: 'layers' }>;

/** Prints the layers and answers the exit code. */
export function runLayers(inputs: OpenedInputs, command: LayersCommand, io: CliIo): number {
  const { format, network, context, inputShape } = command;
  const { snapshot, targets } = inputs;
  const [target, ...more] = targets;
  if (!target || more.length > 0) return wrong(io, `\`${command.paths.join(' ')}\` is not one Python file`);
  const [line] = target.lines ?? [];
  const offset = line && snapshot.getLines(target.file)?.offsetAt({ line: line.line - 1, column: 0 });
  const view = layersOf(snapshot, {
    file: target.file,
    context,
    ...(offset !== undefined && { offset }),
    ...(network !== undefined && { network }),
    ...(inputShape !== undefined && { inputShape }),
  });
  for (const { path, reason } of inputs.problems()) io.error(`slimscope: ${path}: ${reason}\n`);
  if (!view?.network) {
    const names = view?.networks.map(({ name }) => (name === '' ? 'the body of the file' : `\`${name}\``)) ?? [];
    const others = names.length > 0 ? `; the networks are ${names.join(', ')}` : '';
    const what = network === undefined ? 'builds no layers that can be seen' : `has no network \`${network}\``;
    return wrong(io, `${snapshot.getPath(target.file)} ${what}${others}`);
  }
  if (context > 0 && context >= view.contexts.length)
    return wrong(io, `there are ${view.contexts.length} contexts, counted from 0`);
  io.out(layersText(view, format, (at) => toPlace(snapshot, at)));
  return exitCode.clean;
}

function wrong(io: CliIo, problem: string): number {
  io.error(`slimscope: ${problem}\n`);
  return exitCode.badArguments;
}
