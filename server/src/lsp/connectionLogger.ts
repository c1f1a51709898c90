/**
 * The log of a running server: `window/logMessage`, filtered by `slimscope.log.level`, which may change at any time.
 * Never writes to stdout: that belongs to the protocol.
 */
import { MessageType, type Connection } from 'vscode-languageserver';
import type { Logger } from '../project/ports';
import type { LogLevel } from '../project/settings';

export interface LeveledLogger extends Logger {
  setLevel(level: LogLevel): void;
}

const order: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];

/** Makes the logger of one connection. */
export function createConnectionLogger(connection: Connection): LeveledLogger {
  let enabled = order.indexOf('info');
  const write = (level: LogLevel, type: MessageType) => (message: string) => {
    if (order.indexOf(level) > enabled) return;
    // When the connection is gone there is nobody to tell.
    connection.sendNotification('window/logMessage', { type, message }).catch(() => undefined);
  };
  return {
    error: write('error', MessageType.Error),
    warn: write('warn', MessageType.Warning),
    info: write('info', MessageType.Info),
    debug: write('debug', MessageType.Log),
    trace: write('trace', MessageType.Log),
    setLevel(level) {
      enabled = order.indexOf(level);
    },
  };
}
