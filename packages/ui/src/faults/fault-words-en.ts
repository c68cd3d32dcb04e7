/** Displayed text on a fault: its name and its effect. */
export interface FaultWords {
  name: string;
  about: string;
}

export const english = {
  'tab-kill': { name: 'Kill it (SIGKILL)', about: 'The system ends its process at once.' },
  'tab-terminate': { name: 'Terminate it (SIGTERM)', about: 'The system asks its process to end.' },
  'tab-stop': { name: 'Stop it (SIGSTOP)', about: 'The system freezes its process.' },
  'tab-segmentation-fault': { name: 'Segmentation fault', about: 'Its process reads memory that does not exist.' },
  'tab-abort': { name: 'Abort (SIGABRT)', about: 'Its process aborts itself.' },
  'tab-endless-loop': { name: 'Endless loop', about: 'Its main thread never returns.' },
  'tab-endless-loop-in-worker': {
    name: 'Endless loop in a worker',
    about: 'One core is busy without end; the page still answers.',
  },
  'tab-endless-loop-after-dialog': {
    name: 'Endless loop behind a dialog',
    about: 'The page shows a dialog, and hangs after the answer.',
  },
  'tab-endless-alert': { name: 'Endless alerts', about: 'One dialog after another.' },
  'tab-stack-overflow': { name: 'Stack overflow', about: 'A function calls itself until the stack is full.' },
  'tab-exhaust-heap': { name: 'Exhaust the JavaScript heap', about: 'Creates objects without end.' },
  'tab-exhaust-array-buffers': { name: 'Exhaust memory by buffers', about: 'Creates array buffers without end.' },
  'tab-exhaust-elements': { name: 'Exhaust memory by elements', about: 'Adds elements to the document without end.' },
  'tab-leak': { name: 'Leak', about: 'Takes a few megabytes at a time, again and again.' },
  'tab-swarm-of-workers': { name: 'Swarm of workers', about: 'Starts busy threads without end.' },
  'tab-message-flood': { name: 'Flood of messages', about: 'Sends more messages to the browser than its port allows.' },
  'tab-malformed-message': { name: 'Malformed message', about: 'Sends a message that no contract allows.' },
  'tab-closed-port': { name: 'Closed port', about: 'Closes its port to the browser while the port is in use.' },
  'tab-dead-frame': { name: 'Dead frame', about: 'A frame of another site loses its process; the page lives on.' },
  'tab-reload-loop': { name: 'Reload loop', about: 'The page loads itself again and again.' },
  'plugin-kill': { name: 'Kill the plugin (SIGKILL)', about: 'The system ends its process at once.' },
  'plugin-terminate': { name: 'Terminate the plugin (SIGTERM)', about: 'The system asks its process to end.' },
  'plugin-stop': { name: 'Stop the plugin (SIGSTOP)', about: 'The system freezes its process.' },
  'plugin-segmentation-fault': { name: 'Plugin: segmentation fault', about: 'It reads memory that does not exist.' },
  'plugin-abort': { name: 'Plugin: abort (SIGABRT)', about: 'It aborts itself.' },
  'plugin-endless-loop': { name: 'Plugin: endless loop', about: 'Its event loop never returns.' },
  'plugin-endless-loop-in-worker': { name: 'Plugin: endless loop in a worker', about: 'One core is busy without end.' },
  'plugin-stack-overflow': {
    name: 'Plugin: stack overflow',
    about: 'A function calls itself until the stack is full.',
  },
  'plugin-exhaust-heap': { name: 'Plugin: exhaust the heap', about: 'It creates objects without end.' },
  'plugin-exhaust-array-buffers': {
    name: 'Plugin: exhaust memory by buffers',
    about: 'It creates array buffers without end.',
  },
  'plugin-leak': { name: 'Plugin: leak', about: 'It takes a few megabytes at a time, again and again.' },
  'plugin-swarm-of-workers': { name: 'Plugin: swarm of workers', about: 'It starts threads without end.' },
  'plugin-message-flood': { name: 'Plugin: flood of messages', about: 'It sends more messages than its port allows.' },
  'plugin-malformed-message': {
    name: 'Plugin: malformed message',
    about: 'It sends a message that no contract allows.',
  },
  'plugin-closed-port': {
    name: 'Plugin: closed port',
    about: 'It closes its port to the browser while the port is in use.',
  },
  'plugin-exit': { name: 'Plugin: exit', about: 'It ends by itself, with a code.' },
  'plugin-exception-at-start': { name: 'Plugin: exception at start', about: 'It throws before it is ready.' },
  'plugin-never-starts': { name: 'Plugin: a start that never ends', about: 'It never becomes ready.' },
  'plugin-corrupt-memory': {
    name: 'Plugin: corrupt shared memory',
    about: 'It writes noise into the memory that the browser reads.',
  },
  'plugin-truncate-segment': {
    name: 'Plugin: truncate its segment',
    about: 'It tries to shrink shared memory to nothing.',
  },
  'gpu-crash': { name: 'GPU process: crash', about: 'The process that draws the window crashes.' },
  'gpu-kill': { name: 'GPU process: kill', about: 'The process that draws the window is killed.' },
  'gpu-hang': { name: 'GPU process: hang', about: 'The process that draws the window hangs.' },
  'network-kill': { name: 'Network service: kill', about: 'The process that fetches pages is killed.' },
  'zygote-kill': { name: 'Zygote: kill', about: 'The process that starts new processes is killed.' },
  'shell-crash': { name: 'Interface: crash', about: 'The renderer of the window itself crashes.' },
  'shell-hang': { name: 'Interface: hang', about: 'The renderer of the window itself hangs.' },
  'browser-kill': { name: 'Browser: kill (SIGKILL)', about: 'Bulkhead itself is killed.' },
  'browser-terminate': { name: 'Browser: terminate (SIGTERM)', about: 'Bulkhead itself is asked to end.' },
  'browser-exception': { name: 'Browser: uncaught exception', about: 'Bulkhead itself has a bug.' },
} as const satisfies Record<string, FaultWords>;

/** Faults that have words, by their names in the contracts' catalogue. */
export type NamedFault = keyof typeof english;
