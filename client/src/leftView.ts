/**
 * The view "Left to Migrate": shows leftTree.ts with icons and words, and keeps it as the server tells.
 * Nothing is asked of the server here, and no check is begun. The view exists only where there is code that uses TensorFlow.
 */
import { commands, EventEmitter, l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { Range, TreeItemCollapsibleState, Uri, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext, TreeDataProvider, TreeView } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { leftToMigrateNotification, type LeftToMigrateParams, type PlaceLeft } from '../../server/src/lsp/protocol';
import { LeftFiles, type FileNode, type Grouping, type LeftNode, type LeftProgress } from './leftTree';

/** Set once a file that uses TensorFlow was seen; the view depends on it. */
const hasTensorflowContext = 'slimscope.hasTensorflow';
/** The grouping, for the two buttons. */
const groupingContext = 'slimscope.leftGrouping';
const groupingKey = 'leftGrouping';

/** What the commands of the view need. */
export interface LeftView extends Disposable {
  readonly progress: LeftProgress;
  groupBy(grouping: Grouping): void;
}

/** Makes the view. */
export function showLeftToMigrate(context: ExtensionContext, client: BaseLanguageClient): LeftView {
  const files = new LeftFiles();
  const changed = new EventEmitter<undefined>();
  const summaries = ruleSummaries(context);
  let grouping: Grouping = context.workspaceState.get<string>(groupingKey) === 'file' ? 'file' : 'rule';
  const provider: TreeDataProvider<LeftNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => [...(node ? childrenOf(node) : files.roots(grouping, toPath))],
    getTreeItem: (node) => toItem(node, grouping, summaries),
  };
  const view = window.createTreeView('slimscope.leftToMigrate', { treeDataProvider: provider, showCollapseAll: true });
  let hasTensorflow = false;
  const update = (): void => {
    // Once there was such a file the view stays: one that comes and goes with the open files would be no help.
    hasTensorflow ||= files.progress.files > 0 || files.checked.length > 0;
    void commands.executeCommand('setContext', hasTensorflowContext, hasTensorflow);
    void commands.executeCommand('setContext', groupingContext, grouping);
    describeView(view, files);
    changed.fire(undefined);
  };
  update();
  const listening = [
    client.onNotification(leftToMigrateNotification, (params: LeftToMigrateParams) => {
      files.take(params);
      update();
    }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) return;
      files.clear();
      update();
    }),
  ];
  return {
    get progress() {
      return files.progress;
    },
    groupBy(next) {
      grouping = next;
      void context.workspaceState.update(groupingKey, next);
      update();
    },
    dispose: () => [view, changed, ...listening].forEach((one) => one.dispose()),
  };
}

/** What stands beside the title, and above the tree. */
function describeView(view: TreeView<LeftNode>, files: LeftFiles): void {
  const { files: all, ready, places, percent } = files.progress;
  const isChecked = files.checked.length > 0;
  view.description = isChecked && all > 0 ? l10n.t('{0} % ready', percent) : '';
  view.message = ''; // nothing to say and nothing to show: then the welcome is shown
  if (all === 0) {
    if (isChecked) view.message = l10n.t('No file uses TensorFlow.');
  } else if (!isChecked) {
    if (places > 0) view.message = l10n.t('In open files: {0}. Check the workspace to see all.', placeCount(places));
  } else if (places === 0) {
    view.message = l10n.t('Nothing is left: all files that use TensorFlow are ready ({0}).', all);
  } else {
    view.message = l10n.t('{0} of {1} files that use TensorFlow are ready. Left: {2}.', ready, all, placeCount(places));
  }
}

function placeCount(n: number): string {
  return n === 1 ? l10n.t('1 place') : l10n.t('{0} places', n);
}

function childrenOf(node: LeftNode): readonly LeftNode[] {
  return node.kind === 'place' ? [] : node.children;
}

function toPath(uri: string): string {
  return workspace.asRelativePath(Uri.parse(uri), (workspace.workspaceFolders?.length ?? 0) > 1);
}

function toItem(node: LeftNode, grouping: Grouping, summaries: ReadonlyMap<string, string>): TreeItem {
  switch (node.kind) {
    case 'group': {
      const label = node.rule ?? l10n.t('Calls of TF-Slim');
      const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
      const summary = node.rule === undefined ? l10n.t('They become Keras layers') : summaries.get(node.rule);
      item.description = [l10n.t('{0} left', node.places), ...(summary === undefined ? [] : [summary])].join(' · ');
      item.tooltip = new MarkdownString([`**${label}**: ${placeCount(node.places)}`, summary ?? ''].join('\n\n'));
      item.iconPath = node.rule === undefined ? new ThemeIcon('symbol-method') : severityIcon(node.severity);
      item.contextValue = node.rule === undefined ? 'slimCalls' : 'rule';
      return item;
    }
    case 'folder': {
      const item = new TreeItem(
        node.path === '' || node.path === '.' ? './' : node.path,
        TreeItemCollapsibleState.Expanded,
      );
      item.description = l10n.t('{0} left · {1} of {2} ready', node.places, node.ready, node.files);
      item.iconPath = ThemeIcon.Folder;
      item.contextValue = 'folder';
      return item;
    }
    case 'file':
      return fileItem(node, grouping);
    case 'place':
      return placeItem(node.file, node.place, grouping);
  }
}

function fileItem(node: FileNode, grouping: Grouping): TreeItem {
  const item = new TreeItem(node.name, TreeItemCollapsibleState.Collapsed);
  const count = l10n.t('{0} left', node.children.length);
  item.description = grouping === 'rule' && node.folder !== '' ? `${count} · ${node.folder}` : count;
  // For the icon alone: under its own scheme the number of its problems would stand beside that of its places.
  item.resourceUri = Uri.from({ scheme: 'slimscope-listed', path: `/${node.name}` });
  item.tooltip = node.folder === '' ? node.name : `${node.folder}/${node.name}`;
  item.iconPath = ThemeIcon.File;
  item.contextValue = node.uri.endsWith('.ipynb') ? 'notebook' : 'file';
  return item;
}

function placeItem(file: string, place: PlaceLeft, grouping: Grouping): TreeItem {
  const item = new TreeItem(place.code);
  const line =
    place.uri === undefined ? l10n.t('line {0}', place.line + 1) : l10n.t('line {0} of a cell', place.line + 1);
  item.description = grouping === 'file' && place.rule !== undefined ? `${line} · ${place.rule}` : line;
  if (place.message !== undefined) item.tooltip = new MarkdownString(`${place.message}\n\n${place.rule ?? ''}`);
  item.iconPath = place.rule === undefined ? new ThemeIcon('symbol-method') : severityIcon(place.severity);
  item.contextValue = place.rule === undefined ? 'call' : 'finding';
  const { line: row, character } = place;
  const selection = new Range(row, character, row, character);
  const opened = [Uri.parse(place.uri ?? file), { selection }];
  item.command = { title: l10n.t('Open'), command: 'vscode.open', arguments: opened };
  return item;
}

function severityIcon(severity: PlaceLeft['severity']): ThemeIcon {
  if (severity === 'error') return new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground'));
  if (severity === 'warning') return new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'));
  return new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground'));
}

/** What each rule finds, in the words of the settings. */
function ruleSummaries(context: ExtensionContext): ReadonlyMap<string, string> {
  const { contributes } = context.extension.packageJSON as {
    readonly contributes: {
      readonly configuration: { readonly properties: Readonly<Record<string, { readonly properties?: Summaries }>> };
    };
  };
  const rules = contributes.configuration.properties['slimscope.rules']?.properties ?? {};
  return new Map(
    Object.entries(rules).flatMap(([name, { markdownDescription: text }]) =>
      text === undefined ? [] : [[name, text.replaceAll('`', '')] as const],
    ),
  );
}

type Summaries = Readonly<Record<string, { readonly markdownDescription?: string }>>;
