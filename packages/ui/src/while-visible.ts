/**
 * Runs `follow` whenever this document is visible. The signal is aborted when it is hidden, and `follow` runs again, with
 * a new one, when it is shown. Resolves when `follow` resolves by itself; rejects when it rejects by itself.
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
