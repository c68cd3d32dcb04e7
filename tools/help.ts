/** Shown after the options in `npm start -- --help`. */
export const HOW_THE_DRILL_MEASURES = `
How the drill measures
  It opens five witnesses: tabs on pages that it serves on the loopback address. Each keeps state: a
  counter that a 4 ms timer turns, a text field with a note in it, an animation. They send each other
  numbered messages. Then it causes one fault after the other: SIGKILL, SIGTERM and a crash, each of a
  tab opened for it, and SIGKILL of the plugin. It measures all times in that run, by the clock of the
  browser process:
    noticed      from the fault until the browser process knows of it
    shown        from the fault until the sad tab (or the plugin's notice) is on the screen
    recovered    from the reload until the page has loaded in a new process; for the plugin, from the
                 fault until its next result from a frame
    PID, state   of the witnesses: the same process; the same document, with its note still in it
                 and its counter ahead of where it was
    longest gap  the longest time between two turns of a witness's timer, from the fault on; the row
                 "(none)" is the same with no fault at all, and "times (none)" is the ratio of both:
                 Bulkhead means to keep it at 1.5 or below, and says where it did not
    beats lost   heartbeats over the tab's port that came too late or not at all
  Processes, memory (PSS), seccomp and namespaces are read from the system (/proc).
  --drill=full causes every fault of the matrix (bulkhead://isolation); it takes about three minutes.
  It exits with 0 only if every witness kept its process, its state and its heartbeat.
`;
