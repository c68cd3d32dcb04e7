/** Hands over values by name. `put` and `take` may come in either order; a name's values are first in, first out. */
export class Awaited<Value> {
  readonly #come = new Map<string, Value[]>();
  readonly #waiting = new Map<string, ((value: Value) => void)[]>();

  put(name: string, value: Value): void {
    const waiter = this.#waiting.get(name)?.shift();
    if (waiter) waiter(value);
    else append(this.#come, name, value);
  }

  take(name: string): Promise<Value> {
    const queue = this.#come.get(name);
    // A value may be undefined, so only the queue's length tells whether there is one.
    if (queue && queue.length > 0) return Promise.resolve(queue.shift() as Value);
    return new Promise((resolve) => append(this.#waiting, name, resolve));
  }
}

function append<Item>(lists: Map<string, Item[]>, name: string, item: Item): void {
  const list = lists.get(name);
  if (list) list.push(item);
  else lists.set(name, [item]);
}
