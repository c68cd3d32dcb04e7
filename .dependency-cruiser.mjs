import path from 'node:path';

/**
 * Folders of the browser process from the bottom to the top. A folder imports only from those before it, types included.
 * Files outside a folder (`main.ts`, `browser.ts`) put everything together: no folder imports them.
 */
const browserLayers = [
  'log',
  'timing bounds omnibox',
  'processes',
  'runtime',
  'guard',
  'storage',
  'page-events',
  'tabs',
  'opening dialogs downloads folders plugins',
  'frames',
  'shell',
  'supervision',
  'faults',
  'lab',
  'cleanup',
  'drill',
  'internal-pages',
  'window',
  'app',
].map((names) => names.split(' '));

const browserRules = browserLayers.flatMap((layer, index) => {
  const above = browserLayers.slice(index + 1).flat();
  return layer.map((folder) => {
    const others = [...layer.filter((each) => each !== folder), ...above].map((each) => `${each}/`);
    return {
      name: `browser-${folder}-imports-down`,
      comment: 'browserLayers in .dependency-cruiser.mjs has the order. Declare an interface for what is above.',
      severity: 'error',
      from: { path: `^apps/browser/src/${folder}/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^apps/browser/src/(${[...others, '[^/]+$'].join('|')})` },
    };
  });
});

// Who may import what: the tree says which process a file belongs to, and these rules hold it to that.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...browserRules,
    {
      name: 'only-main-imports-browser',
      comment: 'Browser puts the parts together. A part declares the few others that it needs.',
      severity: 'error',
      from: { pathNot: '^apps/browser/src/main\\.ts$' },
      to: { path: '^apps/browser/src/browser\\.ts$' },
    },
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
      to: { path: '^(e2e|bench|gallery|tools)/' },
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
    exclude: { path: '(^|/)out/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(import.meta.dirname, 'tsconfig.node.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.svelte', '.json'],
    },
  },
};
