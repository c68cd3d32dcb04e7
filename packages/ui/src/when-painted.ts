/** Calls back when the document's present state has been painted. Returns a function that cancels it. */
export function whenPainted(callback: () => void): () => void {
  // The first frame callback runs before that frame is painted, the second after it.
  let request = requestAnimationFrame(() => {
    request = requestAnimationFrame(callback);
  });
  return () => cancelAnimationFrame(request);
}
