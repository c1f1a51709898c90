/**
 * The command behind a code lens: opens the peek of references with the places that the server has found. Turns the
 * protocol's places into the editor's and nothing else; it is not in the palette, where it would have nothing to show.
 */
import { commands, type Disposable } from 'vscode';
import type { BaseLanguageClient, Location, Position } from 'vscode-languageclient';
import { showPlacesCommand } from '../../server/src/lsp/protocol';

/** Registers the command. */
export function registerShowPlaces(client: BaseLanguageClient): Disposable {
  return commands.registerCommand(showPlacesCommand, (uri: string, position: Position, places: readonly Location[]) => {
    const { protocol2CodeConverter: converter } = client;
    return commands.executeCommand(
      'editor.action.showReferences',
      converter.asUri(uri),
      converter.asPosition(position),
      places.map((place) => converter.asLocation(place)),
    );
  });
}
