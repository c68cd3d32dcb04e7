const looks = new Set<() => void>();
/** The last failure of each look: the log has it once. */
const failures = new WeakMap<() => void, string>();
let timer: NodeJS.Timeout | undefined;

/**
 * Has `look` called once a second until the function that it returns is called. All that has to look regularly shares one
 * timer, so that an idle program wakes once a second, and not once for each. A look that throws is said in the log: it
 * may have met a page that has just gone, and keeps neither the others nor the program from going on.
 */
export function everySecond(look: () => void): () => void {
  // A function of its own for each call, so that one can be added twice.
  const own = () => look();
  looks.add(own);
  timer ??= setInterval(() => {
    for (const each of [...looks]) call(each);
  }, 1000);
  return () => {
    looks.delete(own);
    if (looks.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function call(look: () => void): void {
  try {
    look();
  } catch (error) {
    const said = String(error);
    if (failures.get(look) === said) return;
    failures.set(look, said);
    console.error('bulkhead: what is looked at every second:', error);
  }
}
