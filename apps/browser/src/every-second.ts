const looks = new Set<() => void>();
let timer: NodeJS.Timeout | undefined;

/**
 * Has `look` called once a second until the function that it returns is called. All that has to look regularly shares one
 * timer, so that an idle program wakes once a second, and not once for each.
 */
export function everySecond(look: () => void): () => void {
  // A function of its own for each call, so that one can be added twice.
  const own = () => look();
  looks.add(own);
  timer ??= setInterval(() => {
    for (const each of [...looks]) each();
  }, 1000);
  return () => {
    looks.delete(own);
    if (looks.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
