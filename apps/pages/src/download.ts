/** Downloads a file with these contents and this name. */
export function download(name: string, contents: Blob | string, type = 'text/plain'): void {
  const blob = typeof contents === 'string' ? new Blob([contents], { type }) : contents;
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // A started download keeps the contents alive by itself.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
