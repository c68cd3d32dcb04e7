/** The core of electron-log, of which only the whole has types: levels, scopes and transports. */
declare module 'electron-log/src/core/Logger.js' {
  import type { Logger, Transport } from 'electron-log';

  interface Options {
    logId: string;
    /** By name. A message goes to each of them whose level admits it. */
    transportFactories: Record<string, () => Pick<Transport, 'level'> & ((...message: Parameters<Transport>) => void)>;
  }
  const LoggerClass: new (options: Options) => Logger;
  export default LoggerClass;
}
