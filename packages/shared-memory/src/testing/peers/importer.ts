/** Imports the package, and says which native libraries that has loaded; then uses it, and says so again. */
const loaded = (): string[] => {
  const { sharedObjects } = process.report.getReport() as { sharedObjects: string[] };
  return sharedObjects.filter((file) => file.includes('koffi')).map((file) => file.replace(/.*\//, ''));
};

const { capabilities } = await import('../../index.ts');
const imported = loaded();
const capable = capabilities();
const used = loaded();
process.send?.({ imported, capable, used });

export {};
