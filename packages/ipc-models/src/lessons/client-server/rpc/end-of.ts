/** A call that has not ended by then is taken to hang. Far longer than any takes. */
const patienceMs = 5000;

/** How a call ended: its value, its error, or `undefined` when it did not. */
export async function endOf<Value>(call: Promise<Value>): Promise<Value | Error | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patienceMs, undefined);
  });
  try {
    return await Promise.race([call.catch((error: Error) => error), never]);
  } finally {
    clearTimeout(timer);
  }
}
