/**
 * Runs `follow` whenever this document is visible. Aborts the signal when the document is hidden, and runs `follow`
 * again with a new signal when it is visible. Resolves or rejects when `follow` does so without having been aborted.
 */
export async function whileVisible(follow: (signal: AbortSignal) => Promise<void>): Promise<void> {
  for (;;) {
    await untilVisible();
    const controller = new AbortController();
    const onChange = () => document.hidden && controller.abort();
    document.addEventListener('visibilitychange', onChange);
    try {
      await follow(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      document.removeEventListener('visibilitychange', onChange);
    }
    if (!controller.signal.aborted) return;
  }
}

async function untilVisible(): Promise<void> {
  while (document.hidden)
    await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
}
