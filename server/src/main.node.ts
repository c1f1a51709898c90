/**
 * The language server as a Node program: started by the VS Code client over IPC, by other editors with `--stdio`.
 * Only puts the platform and the server together.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection } from 'vscode-languageserver/node';
import { connectionOptions } from './lsp/checkedMessages';
import { startServer } from './lsp/startServer';
import { loadParser, nodeClock, nodeFileSystem } from './platform/node';
import { packageVersion } from './platform/packageVersion';

const transports = ['--stdio', '--node-ipc', '--pipe', '--socket'];
if (!process.argv.some((argument) => transports.some((transport) => argument.startsWith(transport)))) {
  process.stderr.write('slimscope-server is started by an editor; use `slimscope-server --stdio`\n');
  process.exit(4);
}

startServer(createConnection(connectionOptions), {
  version: packageVersion(__dirname),
  parse: loadParser(__dirname),
  fileSystem: nodeFileSystem,
  clock: nodeClock,
  rulePage(rule) {
    const page = join(__dirname, '..', 'docs', 'rules', `${rule}.md`);
    return existsSync(page) ? pathToFileURL(page).href : undefined;
  },
});
