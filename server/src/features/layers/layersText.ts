/**
 * The layers of a network as text: a table for terminals, Markdown, CSV (RFC 4180) and JSON. What is not known is `?`, with
 * its reason in a column of its own.
 */
import type { Location } from '../../base/span';
import type { LayerArgument, LayerRow, LayersView, Parameters } from './layersModel';

export const layersFormats = ['table', 'csv', 'json', 'markdown'] as const;
export type LayersFormat = (typeof layersFormats)[number];

/** A place as the texts say it: `nets/vgg.py:12`, or the parts of it. */
export interface TextPlace {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** The text in a format, with a line feed at its end. */
export function layersText(view: LayersView, format: LayersFormat, placeOf: (at: Location) => TextPlace): string {
  switch (format) {
    case 'table':
      return tableText(view);
    case 'markdown':
      return markdownText(view);
    case 'csv':
      return csvText(view, placeOf);
    case 'json':
      return `${JSON.stringify(layersJson(view, placeOf), undefined, 2)}\n`;
  }
}

const columns = ['#', 'Layer', 'Op', 'Arguments', 'Output', 'Parameters'] as const;

function cells(row: LayerRow): readonly string[] {
  const op = row.via === undefined ? row.op : `${row.op} (${row.via})`;
  return [String(row.index), row.name, op, argumentsText(row), row.output, parametersText(row)];
}

/** `num_outputs=64, stride=2, batch_norm.decay=0.9`; inherited ones in the order of the signature like all others. */
export function argumentsText({ arguments: args }: LayerRow): string {
  return args
    .filter(({ isQuiet }) => !isQuiet)
    .map(argumentText)
    .join(', ');
}

function argumentText({ name, of, text }: LayerArgument): string {
  return `${of === undefined ? '' : `${of}.`}${name}=${text}`;
}

function parametersText({ parameters, isShared }: LayerRow): string {
  return isShared ? 'shared' : countText(parameters);
}

/** All parameters together, with separators; `?` when they are not known. */
export function countText({ trainable, nonTrainable }: Parameters): string {
  return trainable === null || nonTrainable === null ? '?' : grouped(trainable + nonTrainable);
}

/** `27,143,152`, whatever the language of the system is. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Why things are not known: what holds for many layers is said once. */
function notes({ layers, total, problems, input }: LayersView): readonly string[] {
  const byReason = new Map<string, LayerRow[]>();
  for (const row of layers) {
    const { outputReason, parameters, condition, error } = row;
    const failure = error === undefined ? undefined : `the call fails: ${error}`;
    for (const reason of new Set([failure, condition, outputReason, parameters.reason])) {
      if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), row]);
    }
  }
  const ofLayers = [...byReason].map(([reason, [first, ...others]]) => {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    return `${first?.name ?? ''}${more}: ${reason}`;
  });
  const shown = ofLayers.length > 10 ? [...ofLayers.slice(0, 10), `... and ${ofLayers.length - 10} more`] : ofLayers;
  const ofTotal = total.reason === undefined || byReason.has(total.reason) ? [] : [`total: ${total.reason}`];
  return [...(input?.problem === undefined ? [] : [input.problem]), ...shown, ...ofTotal, ...problems];
}

function totals({ total, layers }: LayersView): readonly string[] {
  if (total.trainable === null || total.nonTrainable === null) return [`Layers: ${layers.length}`, 'Parameters: ?'];
  return [
    `Layers: ${layers.length}`,
    `Parameters: ${countText(total)}`,
    `Trainable: ${grouped(total.trainable)}`,
    `Not trainable: ${grouped(total.nonTrainable)}`,
  ];
}

function title({ network, input, contexts, context }: LayersView): string {
  const name = network?.name === '' ? 'the file' : (network?.name ?? 'no network');
  const shape = input && input.shape !== '' ? `, ${input.parameter} ${input.shape}` : '';
  const how = contexts[context]?.label;
  return `${name}${shape}${how === undefined ? '' : `. ${how}`}`;
}

// -------------------------------------------------------------------------------------------------------- table

/** Widest column of arguments in a terminal. */
const WIDEST = 48;

function tableText(view: LayersView): string {
  const rows = view.layers.map((row) => cells(row).map((cell, i) => (i === 3 ? cut(cell, WIDEST) : cell)));
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const isNumber = (i: number): boolean => i === 0 || i === 5;
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (isNumber(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ').trimEnd(); // prettier-ignore
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const body = [line(columns), rule, ...rows.map(line), rule];
  const noted = notes(view).map((note) => `note: ${note}`);
  return `${[title(view), '', ...body, ...totals(view), ...noted].join('\n')}\n`;
}

function cut(text: string, limit: number): string {
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}

// -------------------------------------------------------------------------------------------------------- Markdown

function markdownText(view: LayersView): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const rows = view.layers.map((row) => line(cells(row).map((cell, i) => (i === 0 || i > 3 ? cell : code(cell)))));
  const noted = notes(view).map((note) => `* ${escaped(note)}`);
  return `${[
    `**${escaped(title(view))}**`,
    '',
    line(columns),
    line(['--:', '---', '---', '---', '---', '--:']),
    ...rows,
    '',
    totals(view).join(', '),
    ...(noted.length > 0 ? ['', ...noted] : []),
  ].join('\n')}\n`;
}

/** Code in a cell: a fence longer than any inside, and no bar that would end the cell. */
function code(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const blank = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${blank}${text.replaceAll('|', '\\|')}${blank}${fence}`;
}

function escaped(text: string): string {
  return text.replace(/[\\*_<>[\]|]/g, '\\$&');
}

// -------------------------------------------------------------------------------------------------------- CSV

function csvText(view: LayersView, placeOf: (at: Location) => TextPlace): string {
  const header = [
    'index',
    'name',
    'op',
    'arguments',
    'output',
    'trainable',
    'non_trainable',
    'shared',
    'path',
    'line',
    'note',
  ];
  const rows = view.layers.map((row) => {
    const { path, line } = placeOf(row.at);
    const { trainable, nonTrainable, reason } = row.parameters;
    const note = [row.error, row.condition, row.outputReason, reason === row.outputReason ? undefined : reason];
    return [
      ...[
        row.index,
        row.name,
        row.op,
        argumentsText(row),
        row.output,
        trainable ?? '',
        nonTrainable ?? '',
        row.isShared,
      ],
      ...[path, line, note.filter((one) => one !== undefined).join('; ')],
    ];
  });
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** Programs that compute tables take a cell that begins with one of these for a formula. */
function csvCell(value: string | number | boolean): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// -------------------------------------------------------------------------------------------------------- JSON

/** The JSON of the layers, schema version 1: public. */
function layersJson(view: LayersView, placeOf: (at: Location) => TextPlace) {
  const { network, networks, contexts, context, input, total, problems } = view;
  return {
    schemaVersion: 1,
    network: network?.name ?? null,
    networks: networks.map(({ name }) => name),
    context,
    contexts: contexts.map(({ label, callers, others }) => ({ label, callers: callers.map(placeOf), others })),
    input: input ?? null,
    layers: view.layers.map(({ at, arguments: args, ...row }) => ({
      ...row,
      ...placeOf(at),
      arguments: args.map(({ keyword: _, hides: __, at: place, ...one }) => ({
        ...one,
        ...(place && { place: placeOf(place) }),
      })),
    })),
    total,
    problems,
  };
}
