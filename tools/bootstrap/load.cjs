'use strict';
// Apart from bootstrap.cjs because an old Node cannot even parse `import()`.
import('./main.mjs').then((main) => main.bootstrap(process.argv.slice(2)));
