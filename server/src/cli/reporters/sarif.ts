/**
 * `slimscope check --format sarif`: SARIF 2.1.0 for code scanning. Paths are relative to the root, so that the report is
 * the same on every machine. Hints are left to editors.
 */
import { createHash } from 'node:crypto';
import type { ArtifactLocation, Location, Log, Region, ReportingDescriptor, Result, Fix as SarifFix } from 'sarif';
import { rules } from '../../rules/registry';
import type { Severity } from '../../rules/rule';
import type { CheckedFile, CheckResult, Found, PlacedFix } from '../check';
import { placeText, type Place, type PlaceRange } from '../places';

/** What the report says of Slimscope itself. */
export interface SarifContext {
  readonly version: string;
  /** The page that explains a rule, as Markdown. */
  rulePage(rule: string): string | undefined;
  /** The address of that page. */
  ruleUri(rule: string): string | undefined;
  /** False after an internal error. */
  readonly isComplete: boolean;
  /** The part of a check that this is (`2-of-5`): parts must not replace each other where they are uploaded. */
  readonly part?: string;
}

/** The whole report. */
export function sarif({ files, problems }: CheckResult, context: SarifContext): string {
  const shown = files.flatMap((file) =>
    file.found.filter(({ diagnostic }) => diagnostic.severity !== 'hint').map((found) => ({ file, found })),
  );
  const names = [...new Set(shown.map(({ found }) => found.diagnostic.rule))].sort();
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Slimscope',
            version: context.version,
            rules: names.map((name) => describeRule(name, context)),
          },
        },
        ...(context.part !== undefined && { automationDetails: { id: `slimscope/${context.part}/` } }),
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The folder that paths are relative to' } } },
        invocations: [
          {
            executionSuccessful: context.isComplete,
            toolExecutionNotifications: problems.map(({ path, reason }) => ({
              level: 'note',
              message: { text: `${path}: ${reason}` },
            })),
          },
        ],
        results: shown.map(({ file, found }) => toResult(file, found, names)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function describeRule(name: string, { rulePage, ruleUri }: SarifContext): ReportingDescriptor {
  const rule = rules.find((one) => one.name === name);
  const uri = ruleUri(name);
  const page = rulePage(name);
  return {
    id: name,
    ...(uri !== undefined && { helpUri: uri }),
    ...(page !== undefined && { help: { text: page, markdown: withAbsoluteLinks(page, uri) } }),
    ...(rule && {
      shortDescription: { text: `${rule.summary}.` },
      defaultConfiguration: { level: levelOf(rule.severity) },
      properties: { tags: [rule.family] },
    }),
  };
}

/** Links of a page are relative to it; where the report is read there is no such file. */
function withAbsoluteLinks(page: string, uri: string | undefined): string {
  if (uri === undefined) return page;
  return page.replace(/\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_, link: string) => `](${new URL(link, uri).href})`);
}

function toResult(file: CheckedFile, { diagnostic, range, related, fixes }: Found, names: readonly string[]): Result {
  const { rule, message, severity, key } = diagnostic;
  // Lines of a notebook are not lines of its file, so that neither regions nor edits can be given.
  const prefix = file.isNotebook ? `${placeText(range)}: ` : '';
  return {
    ruleId: rule,
    ruleIndex: names.indexOf(rule),
    level: levelOf(severity),
    message: { text: prefix + message },
    locations: [toLocation(range, file.isNotebook ? undefined : toRegion(range))],
    ...(related.length > 0 && { relatedLocations: related.map(toRelated) }),
    // The key does not change with edits elsewhere in the file.
    partialFingerprints: { 'slimscopeFinding/v1': createHash('sha256').update(key).digest('hex').slice(0, 32) },
    ...(fixes.length > 0 && !file.isNotebook && { fixes: fixes.map((fix) => toFix(file.path, fix)) }),
  };
}

function toLocation({ path }: Place, region: Region | undefined): Location {
  return { physicalLocation: { artifactLocation: toArtifact(path), ...(region && { region }) } };
}

function toRelated(place: Place & { readonly message: string }, index: number): Location {
  const region = place.cell === undefined ? { startLine: place.line, startColumn: place.column } : undefined;
  return { id: index + 1, ...toLocation(place, region), message: { text: place.message } };
}

function toRegion({ line, column, endLine, endColumn }: PlaceRange): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function toFix(path: string, { title, safety, edits }: PlacedFix): SarifFix {
  const replacements = edits.map((edit) => ({
    deletedRegion: toRegion(edit),
    insertedContent: { text: edit.newText },
  }));
  return {
    description: { text: title },
    artifactChanges: [{ artifactLocation: toArtifact(path), replacements }],
    properties: { safety },
  };
}

function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}

/** Relative to the root, or absolute for what lies elsewhere; characters that mean something in a URI are escaped. */
function toArtifact(path: string): ArtifactLocation {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  if (/^([A-Za-z]:)?\//.test(path)) return { uri: `file://${uri.startsWith('/') ? '' : '/'}${uri}` };
  return { uri, uriBaseId: 'SRCROOT' };
}
