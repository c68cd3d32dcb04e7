// Ends at once: that this line is reached shows that the runtime starts, and its sandbox with it.
require('electron').app.exit(0);
