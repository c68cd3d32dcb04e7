/** Time after which a call counts as hanging. Much longer than any call takes. */
const patienceMs = 5000;

/** Resolves to a call's value or error, or to `undefined` if it did not end. */
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
