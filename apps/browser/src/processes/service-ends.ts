import { EventEmitter } from 'node:events';
import type { Notice } from '@bulkhead/contracts';
import { app } from 'electron';
import { type Gone, signalOf } from './process-end.ts';

/** The end of one of Chromium's own processes. */
export interface ServiceEnd {
  victim: Extract<Notice['victim'], 'gpu' | 'network' | 'utility'>;
  /** Name of a utility process. Empty for the others. */
  name: string;
  reason: string;
  signal: string | null;
  exitCode: number | null;
}

/** Reports every end of a process that Chromium runs for itself. Plugins and lessons report their ends themselves. */
export class ServiceEnds extends EventEmitter<{ end: [ServiceEnd] }> {
  constructor() {
    super();
    app.on('child-process-gone', (_event, { type, name = '', serviceName = '', reason, exitCode }) => {
      if (reason === 'clean-exit' || /^(Plugin|Lesson) /.test(name)) return;
      const victim = victimOf(type, serviceName);
      if (!victim) return;
      const gone: Gone = { reason, exitCode };
      const signal = signalOf(gone);
      const end: ServiceEnd = {
        victim,
        name: victim === 'utility' ? (name || serviceName).slice(0, 64) : '',
        reason,
        signal,
        exitCode: signal === null ? exitCode : null,
      };
      // Deferred: Electron is still handling the end within this event.
      setImmediate(() => this.emit('end', end));
    });
  }
}

function victimOf(type: string, serviceName: string): ServiceEnd['victim'] | undefined {
  if (type === 'GPU') return 'gpu';
  if (type !== 'Utility') return undefined;
  return serviceName.startsWith('network.') ? 'network' : 'utility';
}
