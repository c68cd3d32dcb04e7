/** Shown after the options in `npm start -- --help`. */
export const HOW_THE_DRILL_MEASURES = `
How the drill measures
  It opens at least five tabs on pages that it serves on the loopback address. Each keeps state: a
  counter that a 4 ms timer turns, a text field with a note in it, an animation. Then it injures one
  process after the other: a tab by SIGKILL, by a crash from inside, by SIGTERM, and the plugin by
  SIGKILL. All of it is measured in that run, by the clock of the browser process:
    noticed      from the fault to the browser process knowing of it
    shown        from the fault to the sad tab (or the plugin's notice) painted on the screen
    recovered    from the reload to the page having loaded in a new process; for the plugin, from
                 the fault to its next result from a frame
    PID, state   of the other tabs: the same process; the same document, with its note still in it
                 and its counter ahead of where it was
    longest gap  the longest time between two turns of a survivor's timer, from the fault on; the
                 row "(none)" is the same with no fault at all, and "times (none)" the one against
                 the other: Bulkhead means to keep it at 1.5 or below, and says where it did not
    beats lost   heartbeats over the tab's port that came too late or not at all
  Processes, memory (PSS), seccomp and namespaces are read from the system (/proc).
  --drill=full causes every fault of the matrix (bulkhead://isolation) on a tab opened for it, with
  five others beside it that also send each other numbered messages; three minutes or so.
  It exits with 0 only if every survivor kept its process, its state and its heartbeat.
`;
