import path from 'node:path';

// Who may import what: the tree says which process a file belongs to, and these rules hold it to that.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'only-rpc-imports-comlink',
      comment: 'Comlink is no trust boundary: packages/rpc stands in front of it, everybody else uses that.',
      severity: 'error',
      from: { pathNot: '^packages/rpc/' },
      to: { path: '(^|/)comlink($|[/@])' },
    },
    {
      name: 'only-shared-memory-imports-koffi',
      comment: 'Foreign functions can read and write anything: they stay in one reviewed package.',
      severity: 'error',
      from: { pathNot: '^packages/shared-memory/' },
      to: { path: '(^|/)koffi($|[/@])' },
    },
    {
      name: 'nothing-imports-an-app',
      comment: 'A folder under apps/ is a process. What two of them share belongs in a package.',
      severity: 'error',
      from: { pathNot: '^apps/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-app-or-plugin-reaches-into-another',
      comment: 'They talk over ports and shared memory, as the processes that they are.',
      severity: 'error',
      from: { path: '^(apps|plugins)/([^/]+)/' },
      to: { path: '^(apps|plugins)/', pathNot: '^$1/$2/' },
    },
    {
      name: 'packages-know-no-plugin',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^plugins/' },
    },
    {
      name: 'product-imports-no-tooling',
      severity: 'error',
      from: { path: '^(apps|packages|plugins)/' },
      to: { path: '^(e2e|bench|tools)/' },
    },
    {
      name: 'packages-by-their-name',
      comment: "A package's exports are its interface; a relative path goes past them.",
      severity: 'error',
      from: { path: '^([^/]+/[^/]+)/' },
      to: { path: '^packages/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-cycles',
      comment: 'Types count, too: files that know each other are one file in two places.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(electron($|/))' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(import.meta.dirname, 'tsconfig.node.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.svelte', '.json'],
    },
  },
};
