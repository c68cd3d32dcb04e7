// Ends at once. Its output proves that Electron starts, with its sandbox.
require('node:fs').writeSync(1, 'started');
require('electron').app.exit(0);
