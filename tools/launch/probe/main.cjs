// Ends at once: that this word is said shows that the runtime starts, and its sandbox with it.
require('node:fs').writeSync(1, 'started');
require('electron').app.exit(0);
