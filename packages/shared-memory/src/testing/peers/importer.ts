/**
 * Imports the package and reports the native libraries loaded by that; then uses the package and reports them again.
 */
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
