/** Displayed text on a fault: its name and its effect. */
export interface FaultWords {
  name: string;
  about: string;
}

export const english = {
  'tab-kill': { name: 'Kill it (SIGKILL)', about: 'The system takes its process away at once.' },
  'tab-terminate': { name: 'Terminate it (SIGTERM)', about: 'The system asks its process to end.' },
  'tab-stop': { name: 'Stop it (SIGSTOP)', about: 'The system freezes its process: it is there and does nothing.' },
  'tab-segmentation-fault': { name: 'Segmentation fault', about: 'Its process reads memory that is not there.' },
  'tab-abort': { name: 'Abort (SIGABRT)', about: 'Its process gives up on itself.' },
  'tab-endless-loop': { name: 'Endless loop', about: 'Its main thread never comes back.' },
  'tab-endless-loop-in-worker': {
    name: 'Endless loop in a worker',
    about: 'A core is busy for ever; the page answers.',
  },
  'tab-endless-loop-after-dialog': {
    name: 'Endless loop behind a dialog',
    about: 'It waits for an answer, and hangs once it has it.',
  },
  'tab-endless-alert': { name: 'Endless alerts', about: 'A dialog after each dialog.' },
  'tab-stack-overflow': { name: 'Stack overflow', about: 'A function that calls itself until there is no room.' },
  'tab-exhaust-heap': { name: 'Exhaust the JavaScript heap', about: 'Objects without end.' },
  'tab-exhaust-array-buffers': { name: 'Exhaust memory by buffers', about: 'Array buffers without end.' },
  'tab-exhaust-elements': { name: 'Exhaust memory by elements', about: 'A document that never stops growing.' },
  'tab-leak': { name: 'Leak', about: 'A few megabytes at a time, again and again.' },
  'tab-swarm-of-workers': { name: 'Swarm of workers', about: 'Threads without end, each of them busy.' },
  'tab-message-flood': { name: 'Flood of messages', about: 'More messages to the browser than its port may carry.' },
  'tab-malformed-message': { name: 'Malformed message', about: 'Something that no contract allows.' },
  'tab-closed-port': { name: 'Closed port', about: 'Its port to the browser closes while in use.' },
  'tab-dead-frame': { name: 'Dead frame', about: 'A frame of another site loses its process; the page lives.' },
  'tab-reload-loop': { name: 'Reload loop', about: 'A page that loads itself again and again.' },
  'plugin-kill': { name: 'Kill the plugin (SIGKILL)', about: 'The system takes its process away at once.' },
  'plugin-terminate': { name: 'Terminate the plugin (SIGTERM)', about: 'The system asks its process to end.' },
  'plugin-stop': { name: 'Stop the plugin (SIGSTOP)', about: 'The system freezes its process.' },
  'plugin-segmentation-fault': { name: 'Plugin: segmentation fault', about: 'It reads memory that is not there.' },
  'plugin-abort': { name: 'Plugin: abort (SIGABRT)', about: 'It gives up on itself.' },
  'plugin-endless-loop': { name: 'Plugin: endless loop', about: 'Its event loop never comes back.' },
  'plugin-endless-loop-in-worker': { name: 'Plugin: endless loop in a worker', about: 'A core is busy for ever.' },
  'plugin-stack-overflow': { name: 'Plugin: stack overflow', about: 'A function that calls itself without end.' },
  'plugin-exhaust-heap': { name: 'Plugin: exhaust the heap', about: 'Objects without end.' },
  'plugin-exhaust-array-buffers': { name: 'Plugin: exhaust memory by buffers', about: 'Array buffers without end.' },
  'plugin-leak': { name: 'Plugin: leak', about: 'A few megabytes at a time, again and again.' },
  'plugin-swarm-of-workers': { name: 'Plugin: swarm of workers', about: 'Threads without end.' },
  'plugin-message-flood': { name: 'Plugin: flood of messages', about: 'More messages than its port may carry.' },
  'plugin-malformed-message': { name: 'Plugin: malformed message', about: 'Something that no contract allows.' },
  'plugin-closed-port': { name: 'Plugin: closed port', about: 'Its port to the browser closes while in use.' },
  'plugin-exit': { name: 'Plugin: exit', about: 'It ends by itself, with a code.' },
  'plugin-exception-at-start': { name: 'Plugin: exception at start', about: 'It fails before it serves.' },
  'plugin-never-starts': { name: 'Plugin: a start that never ends', about: 'It never says that it is ready.' },
  'plugin-corrupt-memory': { name: 'Plugin: corrupt shared memory', about: 'It writes noise where the browser reads.' },
  'plugin-truncate-segment': { name: 'Plugin: truncate its segment', about: 'It tries to take shared memory away.' },
  'gpu-crash': { name: 'GPU process: crash', about: 'What draws the window fails.' },
  'gpu-kill': { name: 'GPU process: kill', about: 'What draws the window is taken away.' },
  'gpu-hang': { name: 'GPU process: hang', about: 'What draws the window stands still.' },
  'network-kill': { name: 'Network service: kill', about: 'What fetches pages is taken away.' },
  'zygote-kill': { name: 'Zygote: kill', about: 'What new processes are made from is taken away.' },
  'shell-crash': { name: 'Interface: crash', about: "The window's own renderer fails." },
  'shell-hang': { name: 'Interface: hang', about: "The window's own renderer stands still." },
  'browser-kill': { name: 'Browser: kill (SIGKILL)', about: 'The program itself is taken away.' },
  'browser-terminate': { name: 'Browser: terminate (SIGTERM)', about: 'The program itself is asked to end.' },
  'browser-exception': { name: 'Browser: uncaught exception', about: 'A bug in the program itself.' },
} as const satisfies Record<string, FaultWords>;

/** Faults that have words, by their names in the contracts' catalogue. */
export type NamedFault = keyof typeof english;
