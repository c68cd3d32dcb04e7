export default [
  { entry: 'main.ts', outDir: 'out', clean: false, deps: { neverBundle: 'electron' } },
  // A sandboxed preload can require Electron and nothing else: everything that it uses is in its file.
  {
    entry: 'preload.ts',
    format: 'cjs',
    outDir: 'out',
    clean: false,
    deps: { neverBundle: 'electron', alwaysBundle: /^(?!electron$)/ },
  },
];
