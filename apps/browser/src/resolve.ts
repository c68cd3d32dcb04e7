/** What a person typed, as an address. The list of public suffixes behind it is large, and loaded when first needed. */
export async function resolve(typed: string): Promise<string> {
  const { resolveTyped } = await import('./typed-address.ts');
  return resolveTyped(typed);
}
