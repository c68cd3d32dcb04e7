import { log } from '../log/log.ts';

const looks = new Set<() => void>();
/** The last logged error of each look, so that it is logged only once. */
const failures = new WeakMap<() => void, string>();
let timer: NodeJS.Timeout | undefined;

/**
 * Calls `look` once a second until the returned function is called. All looks share one timer, so that an idle browser
 * wakes only once a second. An error is logged, and stops neither the other looks nor the browser: the look may have
 * met a page that was just closed.
 */
export function everySecond(look: () => void): () => void {
  // A separate function for each call, so that the same look can be added twice.
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
    log.error('a check that runs every second failed:', error);
  }
}
