/**
 * What the layers panel and its page say to each other. Types only: the page imports nothing of the extension's.
 */
import type { LayersPlace, LayersResult } from '../../server/src/lsp/protocol';

/** What the page keeps over reloads. */
export interface PanelState {
  readonly uri: string;
  readonly network?: string;
  readonly context?: number;
  readonly inputShape?: string;
}

/** Words of the page, in the user's language. */
export interface PanelStrings {
  readonly layers: string;
  readonly scopeMap: string;
  readonly network: string;
  readonly context: string;
  readonly inputShape: string;
  readonly filter: string;
  readonly exportAs: string;
  readonly wholeFile: string;
  readonly nothing: string;
  readonly shared: string;
  readonly columns: Readonly<Record<'index' | 'name' | 'op' | 'arguments' | 'output' | 'parameters', string>>;
  readonly totals: string;
  readonly totalsUnknown: string;
  readonly shown: string;
  readonly others: string;
  readonly mapHelp: string;
  readonly reaches: string;
  readonly hiddenAt: string;
  readonly fit: string;
  readonly fromScope: string;
  readonly hides: string;
}

export type ToPage =
  | { readonly type: 'strings'; readonly strings: PanelStrings }
  | { readonly type: 'busy' }
  | { readonly type: 'result'; readonly state: PanelState; readonly file: string; readonly result: LayersResult | null }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'cursor'; readonly uri: string; readonly line: number };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'choose'; readonly network?: string; readonly context?: number; readonly inputShape?: string }
  | { readonly type: 'open'; readonly place: LayersPlace }
  | { readonly type: 'export'; readonly format: 'csv' | 'json' | 'markdown' };
