import type { Fault, ProcessEnd } from '@bulkhead/contracts';

/** What a fault does to its victim, if everything holds. */
export type Expectation =
  /** Its process ends, or is ended, and this is what is said of it. */
  | { by: 'end'; as: readonly ProcessEnd['kind'][] }
  /** It stops answering; somebody ends it, or, when it is only stopped, lets it go on. */
  | { by: 'hang' }
  /** It asks a person, and stops answering once it is told to go on. */
  | { by: 'dialog' }
  /** One of its frames loses its process. */
  | { by: 'frame' }
  /** It loses its port, and gets another one. */
  | { by: 'port' }
  /** The plugin's process tries, and the kernel refuses. */
  | { by: 'refusal' }
  /** Its process ends, and Chromium starts another. */
  | { by: 'service' }
  /** A whole program ends, as its parent is told: by this signal, or with this code. Its next start has every tab. */
  | { by: 'program'; ends: NodeJS.Signals | number }
  /** It goes on as if nothing were. */
  | { by: 'nothing' };

const ends = (...as: ProcessEnd['kind'][]): Expectation => ({ by: 'end', as });

export const expectations: Partial<Record<Fault, Expectation>> = {
  'tab-kill': ends('killed'),
  'tab-terminate': ends('killed'),
  'tab-stop': { by: 'hang' },
  'tab-segmentation-fault': ends('crashed'),
  'tab-abort': ends('killed', 'crashed'),
  'tab-endless-loop': { by: 'hang' },
  'tab-endless-loop-in-worker': { by: 'nothing' },
  'tab-endless-loop-after-dialog': { by: 'dialog' },
  'tab-endless-alert': { by: 'dialog' },
  // JavaScript's own stack is checked: the page gets an exception, and nothing else happens.
  'tab-stack-overflow': { by: 'nothing' },
  'tab-exhaust-heap': ends('out-of-memory'),
  'tab-exhaust-array-buffers': ends('out-of-memory'),
  'tab-exhaust-elements': ends('out-of-memory'),
  'tab-leak': ends('out-of-memory'),
  'tab-swarm-of-workers': ends('out-of-memory'),
  'tab-message-flood': ends('bad-message'),
  'tab-malformed-message': ends('bad-message'),
  'tab-closed-port': { by: 'port' },
  'tab-dead-frame': { by: 'frame' },
  'tab-reload-loop': ends('reload-loop'),
  'plugin-kill': ends('killed'),
  'plugin-terminate': ends('killed', 'exited'),
  'plugin-stop': ends('unresponsive'),
  'plugin-segmentation-fault': ends('crashed'),
  'plugin-abort': ends('crashed', 'killed'),
  'plugin-endless-loop': ends('unresponsive'),
  'plugin-endless-loop-in-worker': { by: 'nothing' },
  'plugin-stack-overflow': ends('exited', 'crashed'),
  'plugin-exhaust-heap': ends('out-of-memory'),
  'plugin-exhaust-array-buffers': ends('out-of-memory'),
  'plugin-leak': ends('out-of-memory'),
  'plugin-swarm-of-workers': ends('out-of-memory'),
  'plugin-message-flood': ends('bad-message'),
  'plugin-malformed-message': ends('bad-message'),
  'plugin-closed-port': ends('unresponsive'),
  'plugin-exit': ends('exited'),
  'plugin-exception-at-start': ends('launch-failed'),
  'plugin-never-starts': ends('launch-failed'),
  // Whoever looks first: the browser ends a plugin that wrote what none may write, the plugin gives up on such memory.
  'plugin-corrupt-memory': ends('bad-message', 'exited', 'crashed'),
  'plugin-truncate-segment': { by: 'refusal' },
  'gpu-crash': { by: 'service' },
  'gpu-kill': { by: 'service' },
  'gpu-hang': { by: 'service' },
  'network-kill': { by: 'service' },
  // All renderers go with it: the program leaves, and starts again by itself.
  'zygote-kill': { by: 'program', ends: 0 },
  'shell-crash': ends('crashed'),
  'shell-hang': ends('unresponsive'),
  'browser-kill': { by: 'program', ends: 'SIGKILL' },
  'browser-terminate': { by: 'program', ends: 0 },
  'browser-exception': { by: 'program', ends: 70 },
};
