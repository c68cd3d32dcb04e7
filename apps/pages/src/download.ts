/** Offers a file of these contents to the person, under this name. */
export function download(name: string, contents: Blob | string, type = 'text/plain'): void {
  const blob = typeof contents === 'string' ? new Blob([contents], { type }) : contents;
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the contents once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
