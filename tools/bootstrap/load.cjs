'use strict';
// Separate from bootstrap.cjs because an old Node cannot parse `import()`.
import('./main.mjs').then((main) => main.bootstrap(process.argv.slice(2)));
